import type { AwsStatement } from '../../pod/cloud-rights';
import type { CommonSettings } from '../cluster/settings/common';

/** Logs of the control plane. */
export type ControlPlaneLog = 'api-server' | 'audit' | 'authenticator' | 'scheduler' | 'controller-manager';

/** Pools of nodes that Auto Mode has of its own. */
export type BuiltInPool = 'general-purpose' | 'system';

/** What a principal may do with Kubernetes objects. */
export type AccessPolicy = 'cluster-admin' | 'admin' | 'admin-view' | 'edit' | 'view';

/** Somebody, besides the admins, who gets into the cluster. */
export interface AccessEntrySettings {
  /** ARN of the role or user. */
  readonly principal: string;
  /** What it may do. @default nothing but what RBAC gives its groups */
  readonly policy?: AccessPolicy;
  /** Namespaces in which it may. @default all */
  readonly namespaces?: readonly string[];
  /** Groups that RBAC knows it by. @default none */
  readonly groups?: readonly string[];
}

/** How nodes and pods reach the internet. */
export interface EksEgressSettings {
  /** NAT in every zone, in one for all, or none: then only what has an endpoint is reached. @default 'per-zone' in production, else 'single' */
  readonly nat?: 'per-zone' | 'single' | 'none';
  /**
   * Services of AWS that are reached through endpoints in the VPC, besides S3, whose endpoint is free. One costs about as much
   * an hour and zone as 160 MB through NAT.
   * @default none with NAT; without, those that nodes need
   */
  readonly endpoints?: readonly string[];
}

/** What an add-on's service account may do on AWS. */
export interface AddonIdentity {
  /** Its namespace. @default 'kube-system' */
  readonly namespace?: string;
  /** ARNs of managed policies. @default none */
  readonly policies?: readonly string[];
  /** Statements of a policy of its own. @default none */
  readonly statements?: readonly AwsStatement[];
}

/** An add-on that EKS installs. */
export interface AddonSettings {
  /** Its version, such as `v1.20.4-eksbuild.2`. @default the one that EKS takes by default for the cluster's version, at each deployment */
  readonly version?: string;
  /** Its configuration, as `aws eks describe-addon-configuration` documents it; goes over ours. @default ours */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** What its service accounts may do on AWS, by name. @default what we know that it needs */
  readonly identities?: Readonly<Record<string, AddonIdentity>>;
}

/** A cluster on Amazon Elastic Kubernetes Service. */
export interface EksSettings extends CommonSettings<'private' | 'public'> {
  /** The account, by its 12 digits; nothing is made in another. */
  readonly account: string;
  /** ARNs of roles (or users) that may do everything, by name; at least one: whoever deploys is one of them. */
  readonly admins: Readonly<Record<string, string>>;
  /** Others who get in, by name. @default none */
  readonly accessEntries?: Readonly<Record<string, AccessEntrySettings>>;
  /** ARN of the role that a deployment takes on, for AWS and for the cluster; one of the admins. @default who is signed in */
  readonly deployRole?: string;
  /** Whether AWS runs nodes, storage and load balancers (Auto Mode). @default true; false: managed node groups */
  readonly autoMode?: boolean;
  /**
   * Whether the identity is made that Cluster Autoscaler needs, as the service account `kube-system/cluster-autoscaler`. Node
   * groups stay at their least nodes until it is deployed; Auto Mode makes nodes itself. @default false
   */
  readonly autoscalerIdentity?: boolean;
  /** Pools of nodes that Auto Mode has of its own. @default both where no pools are described, else 'system' */
  readonly builtInPools?: readonly BuiltInPool[];
  /** System of the nodes of managed node groups. @default 'bottlerocket': nothing in it but what containers need */
  readonly nodeImage?: 'bottlerocket' | 'amazon-linux';
  /** Version of Kubernetes. Changes with a deployment only, one minor version at a time. @default '1.35' */
  readonly version?: string;
  /** Size of the control plane: `standard` grows by itself. @default 'standard' */
  readonly controlPlaneTier?: 'standard' | 'tier-xl' | 'tier-2xl' | 'tier-4xl' | 'tier-8xl';
  /** Whether traffic may be moved out of a zone that is failing. @default true */
  readonly zonalShift?: boolean;
  /** Logs of the control plane. @default all */
  readonly logs?: readonly ControlPlaneLog[];
  /** Days that logs are kept. @default 365 */
  readonly logRetentionDays?: number;
  /** Connections of the VPC that are logged. @default 'all' */
  readonly flowLogTraffic?: 'all' | 'rejected';
  /** Where pods get their addresses: with the nodes, or from a range that no other network reaches. @default 'vpc' */
  readonly podsFrom?: 'vpc' | 'secondary';
  /** How nodes and pods reach the internet. @default through NAT */
  readonly egress?: EksEgressSettings;
  /** Add-ons, by name, besides or over ours; `false` leaves one of ours out. @default ours */
  readonly addons?: Readonly<Record<string, AddonSettings | false>>;
}
