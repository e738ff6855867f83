import { Role, RolePolicy, RolePolicyAttachment } from '@pulumi/aws/iam';
import type * as pulumi from '@pulumi/pulumi';
import { policyDocument, type Statement } from './policy-document';
import { partitionOf } from './regions';
import { clusterArn, partOf, type Scope } from './scope';

/** What a role is for. */
export interface RoleArgs {
  /** What it is for, in words. */
  readonly description: string;
  /** Who takes it on, and under which conditions. */
  readonly trust: Statement;
  /** Managed policies: those of AWS by what comes after `policy/`, or ARNs. @default none */
  readonly managed?: readonly string[];
  /** Statements of a policy of its own. @default none */
  readonly statements?: readonly Statement[];
}

/** A role with all its rights: what uses it waits for them. */
export interface ReadyRole {
  readonly role: Role;
  readonly rights: readonly pulumi.Resource[];
}

/** Lets a service of AWS take on a role. */
export const trustedService = (service: string, actions: readonly string[] = ['sts:AssumeRole']): Statement => ({ Principal: { Service: service }, Action: actions });

/** Lets a service take on a role on behalf of this account alone: it acts for others too, who must not borrow the role. */
export function trustedHere(service: string, { settings: { account } }: Scope): Statement {
  return { ...trustedService(service), Condition: { StringEquals: { 'aws:SourceAccount': account } } };
}

/** Lets exactly one service account of this cluster take on a role. */
export function trustedPods(scope: Scope, namespace: string, serviceAccount: string): Statement {
  const condition = { 'aws:RequestTag/eks-cluster-arn': clusterArn(scope), 'aws:RequestTag/kubernetes-namespace': namespace, 'aws:RequestTag/kubernetes-service-account': serviceAccount };
  return { Principal: { Service: 'pods.eks.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition: { StringEquals: condition } };
}

/** Makes a role with its rights. */
export function makeRole(scope: Scope, name: string, { description, trust, managed = [], statements = [] }: RoleArgs, options: pulumi.CustomResourceOptions = {}): ReadyRole {
  const role = new Role(name, { description, assumeRolePolicy: policyDocument([trust]) }, partOf(scope, options));
  const below = partOf(scope, { parent: role });
  const rights: pulumi.Resource[] = managed.map((policy) => {
    const arn = policy.startsWith('arn:') ? policy : `arn:${partitionOf(scope.settings.region)}:iam::aws:policy/${policy}`;
    return new RolePolicyAttachment(`${name}-${policy.split('/').at(-1)}`, { role: role.name, policyArn: arn }, below);
  });
  if (statements.length > 0) rights.push(new RolePolicy(`${name}-rights`, { role: role.name, policy: policyDocument(statements) }, below));
  return { role, rights };
}
