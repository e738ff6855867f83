import type { k8s } from 'cdk8s-plus-28';
import type { Application } from '../core/application';
import { nameOf } from '../config/references';
import { keysOf, readObject, shaped, type Shapes } from '../core/forms';
import { isPlainObject, type JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import { checkDnsSubdomain } from '../core/names';
import { checkRights, type CloudRights } from './cloud-rights';

/** The cloud identity that the workload acts as: its own, with rights, or one made elsewhere. Those of both clouds may be given, where the same manifests serve both. */
export interface IdentityProps {
  /** Google service account, by e-mail (GKE Workload Identity). @default none */
  readonly gcpServiceAccount?: string;
  /** ARN of the IAM role (EKS). @default none */
  readonly awsRoleArn?: string;
  /**
   * What it may do in the cloud as itself, with no identity made elsewhere and no key: `up` grants it to exactly this
   * service account of this namespace, on a cluster that is made by the same program.
   * @default nothing
   */
  readonly rights?: CloudRights;
}

/** Who the workload is, towards the API server and the cloud. */
export interface ServiceAccountProps {
  /** An existing service account, by name or as cdk8s-plus' `ServiceAccount`. @default one of the workload's own */
  readonly serviceAccount?: string | { readonly name: string };
  /** What the workload may do with the API server in its namespace; it gets a token only with this or `mountServiceAccountToken`. @default nothing */
  readonly permissions?: readonly k8s.PolicyRule[];
  /** Whether the pods get a token of the service account. @default only with `permissions` */
  readonly mountServiceAccountToken?: boolean;
  /** The cloud identity that it acts as. @default none */
  readonly identity?: IdentityProps;
}

const SHAPES: Shapes<ServiceAccountProps> = { serviceAccount: 'any', permissions: 'list', mountServiceAccountToken: 'truth', identity: 'any' };
const IDENTITY_SHAPES: Shapes<IdentityProps> = { gcpServiceAccount: 'text', awsRoleArn: 'text', rights: 'any' };

/** The keys of {@link ServiceAccountProps}. */
export const SERVICE_ACCOUNT_KEYS = keysOf(SHAPES);

const GCP = /^[a-z]([-a-z0-9]*[a-z0-9])?@[-a-z0-9.:]+\.gserviceaccount\.com$/;
const AWS = /^arn:aws[-a-z]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** The service account of a workload and its rights. */
export interface ServiceAccount {
  readonly name: string;
  readonly mountsToken: boolean;
  /** What it may do in the cloud. */
  readonly rights: CloudRights | undefined;
  /** Annotations of its pods. */
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly object: Manifest | undefined;
  readonly role: Manifest | undefined;
  readonly roleBinding: Manifest | undefined;
}

/** Makes the service account, and a Role with its binding where permissions are asked for. */
export function readServiceAccount(application: Application, given: ServiceAccountProps): ServiceAccount {
  const { problems } = application;
  const props = shaped(problems, '', given, SHAPES);
  const existing = props.serviceAccount === undefined ? undefined : readName(application, props.serviceAccount);
  const { annotations, podAnnotations, rights } = readIdentity(application, props.identity);
  if (existing !== undefined) {
    if (props.identity) problems.add('identity', props.identity, `it is written on the service account, and '${existing}' is made elsewhere; put it there, or leave 'serviceAccount' out`);
  }
  const permissions = props.permissions ?? [];
  const mountsToken = props.mountServiceAccountToken ?? permissions.length > 0;
  if (permissions.length > 0 && !mountsToken) problems.add('mountServiceAccountToken', false, "'permissions' are of no use without a token; remove one of the two");
  const object = existing === undefined ? application.manifest('serviceAccount', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { annotations }, automountServiceAccountToken: false }) : undefined;
  const name = existing ?? application.name;
  return { name, mountsToken, rights, podAnnotations, object, ...readPermissions(application, name, permissions) };
}

function readName({ problems }: Application, given: NonNullable<ServiceAccountProps['serviceAccount']>): string {
  const name: unknown = nameOf(given);
  if (typeof name !== 'string') problems.add('serviceAccount', given, 'a name, or an object with one, is allowed');
  else problems.check('serviceAccount', name, checkDnsSubdomain);
  return String(name);
}

function readPermissions(application: Application, account: string, permissions: readonly k8s.PolicyRule[]): Pick<ServiceAccount, 'role' | 'roleBinding'> {
  if (permissions.length === 0) return { role: undefined, roleBinding: undefined };
  if (application.namespace === undefined) application.problems.refuse('permissions', "the RoleBinding must name the service account's namespace; set the namespace of the chart");
  permissions.forEach((rule, index) => {
    const complete = isPlainObject(rule) && [rule.apiGroups, rule.resources, rule.verbs].every((list) => Array.isArray(list) && list.length > 0);
    if (!complete) application.problems.add(`permissions[${index}]`, rule, 'apiGroups, resources and verbs are required, such as { apiGroups: [""], resources: ["pods"], verbs: ["get"] }');
  });
  const role = application.manifest('role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', rules: [...permissions] });
  const roleBinding = application.manifest('roleBinding', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: application.name },
    subjects: [{ kind: 'ServiceAccount', name: account, ...(application.namespace === undefined ? {} : { namespace: application.namespace }) }],
  });
  return { role, roleBinding };
}

interface Identity {
  readonly annotations: JsonObject;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly rights: CloudRights | undefined;
}

function readIdentity(application: Application, identity: IdentityProps | undefined): Identity {
  if (identity === undefined) return { annotations: {}, podAnnotations: {}, rights: undefined };
  const { problems } = application;
  const { gcpServiceAccount, awsRoleArn, rights } = readObject(problems, 'identity', identity, IDENTITY_SHAPES);
  if (isPlainObject(identity) && gcpServiceAccount === undefined && awsRoleArn === undefined && rights === undefined) problems.add('identity', identity, "'rights', 'gcpServiceAccount' or 'awsRoleArn' is required");
  if (gcpServiceAccount !== undefined && !GCP.test(gcpServiceAccount)) problems.add('identity.gcpServiceAccount', gcpServiceAccount, 'the e-mail of a Google service account is allowed: name@project.iam.gserviceaccount.com');
  if (awsRoleArn !== undefined && !AWS.test(awsRoleArn)) problems.add('identity.awsRoleArn', awsRoleArn, 'the ARN of an IAM role is allowed: arn:aws:iam::123456789012:role/name');
  if (rights !== undefined) readRights(application, rights, { gcp: gcpServiceAccount, aws: awsRoleArn });
  // EKS gives a pod its way to credentials only when it is made: those that are there must be made anew.
  const awsIdentity = awsRoleArn ?? (rights?.aws === undefined ? undefined : 'rights');
  const podAnnotations: Record<string, string> = awsIdentity === undefined ? {} : { 'fairlead.dev/aws-identity': String(awsIdentity) };
  return { annotations: { 'iam.gke.io/gcp-service-account': gcpServiceAccount, 'eks.amazonaws.com/role-arn': awsRoleArn }, podAnnotations, rights };
}

const ELSEWHERE = { gcp: 'gcpServiceAccount', aws: 'awsRoleArn' } as const;

/** Rights are granted to a service account of a namespace; an identity made elsewhere would take its place. */
function readRights({ problems, namespace }: Application, rights: CloudRights, elsewhere: Readonly<Record<'gcp' | 'aws', string | undefined>>): void {
  checkRights(rights, problems, 'identity.rights');
  if (!isPlainObject(rights)) return;
  if (namespace === undefined) problems.refuse('identity.rights', 'they are granted to a service account of a namespace; set the namespace of the chart');
  if (rights.gcp === undefined && rights.aws === undefined) problems.add('identity.rights', rights, "'gcp' or 'aws' is required");
  for (const cloud of ['gcp', 'aws'] as const) {
    if (rights[cloud] !== undefined && elsewhere[cloud] !== undefined) problems.add(`identity.${ELSEWHERE[cloud]}`, elsewhere[cloud], `the workload acts as this one, and 'rights.${cloud}' are for the workload itself; remove one of the two`);
  }
}
