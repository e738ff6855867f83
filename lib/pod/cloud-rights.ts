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
