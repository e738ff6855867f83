import { AccessEntry, AccessPolicyAssociation, type Cluster } from '@pulumi/aws/eks';
import type * as pulumi from '@pulumi/pulumi';
import { builtInPoolsOf } from './defaults';
import { partitionOf } from './regions';
import { named, partOf, type Scope } from './scope';
import type { AccessPolicy } from './settings';

const POLICIES: Readonly<Record<AccessPolicy, string>> = {
  'cluster-admin': 'AmazonEKSClusterAdminPolicy',
  admin: 'AmazonEKSAdminPolicy',
  'admin-view': 'AmazonEKSAdminViewPolicy',
  edit: 'AmazonEKSEditPolicy',
  view: 'AmazonEKSViewPolicy',
};

/** Somebody who gets in. */
interface Entry {
  readonly principal: pulumi.Input<string>;
  readonly type?: 'STANDARD' | 'EC2';
  readonly policy?: string | undefined;
  readonly namespaces?: readonly string[] | undefined;
  readonly groups?: readonly string[];
}

/**
 * Makes the entries of all who get in: the admins, the others, and nodes where EKS makes none for them.
 * @param nodeRole - ARN of the role of the nodes
 */
export function makeAccess(scope: Scope, cluster: Cluster, nodeRole: pulumi.Input<string>): pulumi.Resource[] {
  const { settings } = scope;
  const admins = Object.entries(settings.admins).map(([name, principal]): [string, Entry] => [name, { principal, policy: POLICIES['cluster-admin'] }]);
  const others = Object.entries(settings.accessEntries).map(([name, { policy, ...entry }]): [string, Entry] => [`entry-${name}`, { ...entry, policy: policy && POLICIES[policy] }]);
  // EKS makes that of nodes itself for managed node groups and for the pools that Auto Mode has of its own.
  const nodes: [string, Entry][] = settings.autoMode && builtInPoolsOf(settings).length === 0 ? [['nodes', { principal: nodeRole, type: 'EC2', policy: 'AmazonEKSAutoNodePolicy' }]] : [];
  return [...admins.map(([name, entry]): [string, Entry] => [`admin-${name}`, entry]), ...others, ...nodes].flatMap(([name, entry]) => makeEntry(scope, cluster, name, entry));
}

function makeEntry(scope: Scope, { name: clusterName }: Cluster, suffix: string, { principal, type = 'STANDARD', policy, namespaces, groups = [] }: Entry): pulumi.Resource[] {
  const name = `${scope.name}-${suffix}`;
  const args = { clusterName, principalArn: principal, type, ...(groups.length === 0 ? {} : { kubernetesGroups: [...groups] }), tags: named(name) };
  const entry = new AccessEntry(name, args, partOf(scope));
  if (policy === undefined) return [entry];
  const policyArn = `arn:${partitionOf(scope.settings.region)}:eks::aws:cluster-access-policy/${policy}`;
  const accessScope = namespaces === undefined ? { type: 'cluster' } : { type: 'namespace', namespaces: [...namespaces] };
  // To AWS, one with other namespaces is the same one: if the old one went last, it would take the new one's rights with it.
  return [entry, new AccessPolicyAssociation(name, { clusterName, principalArn: entry.principalArn, policyArn, accessScope }, partOf(scope, { parent: entry, deleteBeforeReplace: true }))];
}
