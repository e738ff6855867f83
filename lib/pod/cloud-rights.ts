import { readObject, type Shapes } from '../core/forms';
import type { Mistakes } from '../core/problems';

/** A role on Google Cloud, in the project or on one resource of it. */
export interface GcpRole {
  /** The role: `roles/storage.objectViewer`, or one of the project's or the organization's own. */
  readonly role: string;
  /** The one resource that it is granted on: `bucket/orders`, `secret/api-key`, `topic/orders`, `subscription/orders`, `dns-zone/example`. @default the project */
  readonly on?: string;
}

/** A statement of an IAM policy of AWS. It always allows; what nobody allows is denied. */
export interface AwsStatement {
  /** Actions: `s3:GetObject`. */
  readonly actions: readonly string[];
  /** ARNs of the resources. */
  readonly resources: readonly string[];
  /** Conditions, as IAM writes them. @default none */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Rights on AWS. At least one of the two. */
export interface AwsRights {
  /** ARNs of managed policies. @default none */
  readonly policies?: readonly string[];
  /** Statements of a policy of its own. @default none */
  readonly statements?: readonly AwsStatement[];
}

/** What a workload may do in the cloud; both where the same manifests serve both clouds. */
export interface CloudRights {
  /** Roles on Google Cloud, for a cluster of GKE. @default none */
  readonly gcp?: readonly GcpRole[];
  /** Rights on AWS, for a cluster of EKS. @default none */
  readonly aws?: AwsRights;
}

/** What a role of Google Cloud can be granted on, besides the project. */
export const GCP_RESOURCES = ['bucket', 'secret', 'topic', 'subscription', 'dns-zone'] as const;

const GCP_ROLE = /^(roles|projects\/[a-z][-a-z0-9]{4,28}[a-z0-9]\/roles|organizations\/\d+\/roles)\/[A-Za-z0-9_.]+$/;
/** They grant nearly everything in a project; no workload needs that. */
const GCP_BASIC = ['roles/owner', 'roles/editor', 'roles/viewer'];
const GCP_ON = new RegExp(`^(${GCP_RESOURCES.join('|')})/[^/\\s]+$`);
const AWS_POLICY = /^arn:aws[-a-z]*:iam::(aws|\d{12}):policy\/[\w+=,.@/-]+$/;
const AWS_ACTION = /^[a-z0-9-]+:[A-Za-z0-9*]+$/;

const SHAPES: Shapes<CloudRights> = { gcp: 'list', aws: 'map' };
const ROLE_SHAPES: Shapes<GcpRole> = { role: 'text', on: 'text' };
const AWS_SHAPES: Shapes<AwsRights> = { policies: 'texts', statements: 'list' };
const STATEMENT_SHAPES: Shapes<AwsStatement> = { actions: 'texts', resources: 'texts', conditions: 'map' };

/**
 * Reports rights of a wrong form.
 * @param path - of the prop that has them: `identity.rights`
 */
export function checkRights(rights: CloudRights, problems: Mistakes, path: string): void {
  const { gcp, aws } = readObject(problems, path, rights, SHAPES);
  gcp?.forEach((role, index) => checkGcpRole(role, problems, `${path}.gcp[${index}]`));
  if (gcp?.length === 0) problems.add(`${path}.gcp`, gcp, 'at least one role is allowed, or leave it out');
  if (aws !== undefined) checkAws(aws, problems, `${path}.aws`);
}

function checkGcpRole(given: GcpRole, problems: Mistakes, path: string): void {
  const { role, on } = readObject(problems, path, given, ROLE_SHAPES);
  if (role === undefined || !GCP_ROLE.test(role)) problems.add(`${path}.role`, role, 'a role is required, such as "roles/storage.objectViewer"');
  else if (GCP_BASIC.includes(role)) problems.add(`${path}.role`, role, 'a role for one service is allowed, such as "roles/storage.objectViewer"; this one grants nearly everything in the project');
  if (on !== undefined && !GCP_ON.test(on)) problems.add(`${path}.on`, on, `one of ${GCP_RESOURCES.join(', ')} with its name is allowed, such as "bucket/orders"; or leave it out for the whole project`);
}

function checkAws(given: AwsRights, problems: Mistakes, path: string): void {
  const { policies = [], statements = [] } = readObject(problems, path, given, AWS_SHAPES);
  if (policies.length + statements.length === 0) problems.add(path, given, "'policies' or 'statements' is required");
  policies.forEach((policy, index) => {
    if (!AWS_POLICY.test(policy)) problems.add(`${path}.policies[${index}]`, policy, 'the ARN of a managed policy is allowed: arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess');
    else if (policy.endsWith('/AdministratorAccess')) problems.add(`${path}.policies[${index}]`, policy, 'a policy for one service is allowed; this one grants everything');
  });
  statements.forEach((statement, index) => checkStatement(statement, problems, `${path}.statements[${index}]`));
}

function checkStatement(given: AwsStatement, problems: Mistakes, path: string): void {
  const { actions = [], resources = [] } = readObject(problems, path, given, STATEMENT_SHAPES);
  if (actions.length === 0) problems.add(`${path}.actions`, actions, 'at least one action is required, such as "s3:GetObject"');
  if (resources.length === 0) problems.add(`${path}.resources`, resources, 'at least one ARN is required, such as "arn:aws:s3:::orders/*"');
  actions.forEach((action, index) => {
    if (!AWS_ACTION.test(action)) problems.add(`${path}.actions[${index}]`, action, 'an action of one service is allowed, such as "s3:GetObject"');
  });
}
