import type { BackupSettings } from '../cluster/settings/backup';
import type { CommonSettings } from '../cluster/settings/common';

/** How fast a cluster gets new versions. */
export type ReleaseChannel = 'rapid' | 'regular' | 'stable';

/** Logs that go to Cloud Logging. */
export type LogSource = 'system' | 'workloads' | 'api-server' | 'scheduler' | 'controller-manager';

/** Metrics that go to Cloud Monitoring. */
export type MetricSource = 'system' | 'api-server' | 'scheduler' | 'controller-manager' | 'storage' | 'hpa' | 'pod' | 'daemonset' | 'deployment' | 'statefulset' | 'kubelet' | 'cadvisor';

/** Limits of the nodes that a Standard cluster makes itself (node auto-provisioning). */
export interface AutoProvisioningSettings {
  /** Cores, of all nodes together. */
  readonly cpu: { readonly min?: number; readonly max: number };
  /** Memory in GiB, of all nodes together. */
  readonly memory: { readonly min?: number; readonly max: number };
  /** The most nodes; what the ranges of addresses are planned with. @default one for every two cores */
  readonly maxNodes?: number;
  /** Whether nodes are packed closely rather than spread. @default false */
  readonly optimizeUtilization?: boolean;
}

/** When a cluster is backed up, with what, and how long that is kept. */
export interface GkeBackupSettings extends BackupSettings {
  /** Whether Secrets are in it; with keys of the account they are encrypted. @default true */
  readonly secrets?: boolean;
  /** Whether the content of volumes is in it. @default true */
  readonly volumes?: boolean;
}

/** How nodes and pods reach the internet. */
export interface EgressSettings {
  /** Addresses that are kept, so that others can allow them. @default 0: the cloud takes what it needs */
  readonly staticAddresses?: number;
  /** What is logged of connections. @default 'errors' */
  readonly logs?: 'errors' | 'all' | 'none';
}

/** A cluster on Google Kubernetes Engine. */
export interface GkeSettings extends CommonSettings<'dns' | 'private' | 'public'> {
  /** Id of the project. */
  readonly project: string;
  /** Number of the project. @default it is looked up */
  readonly projectNumber?: string;
  /** Whether Google runs the nodes (Autopilot). @default false: node pools of one's own (Standard) */
  readonly autopilot?: boolean;
  /** How fast it gets new versions. With extended support it gets those of a channel of its own. @default 'regular' */
  readonly channel?: ReleaseChannel;
  /** The least version, such as `1.35`; the channel goes on from there. @default the channel's */
  readonly version?: string;
  /** Whether nodes have private addresses only. @default true */
  readonly privateNodes?: boolean;
  /** The Google group whose members RBAC may name: `gke-security-groups@example.com`. @default none */
  readonly securityGroup?: string;
  /** Whether the project's policy says which images may run. Its default lets all in. @default true */
  readonly binaryAuthorization?: boolean;
  /** Logs that go to Cloud Logging. @default all */
  readonly logs?: readonly LogSource[];
  /** Metrics that go to Cloud Monitoring; all but those of the system and the control plane need `managedPrometheus`. @default those of the system; with `managedPrometheus` those of storage, autoscalers and workloads, too */
  readonly metrics?: readonly MetricSource[];
  /** Whether Google's collectors fetch metrics of workloads. @default on Autopilot, which can't do without */
  readonly managedPrometheus?: boolean;
  /** Share of the connections that is logged, up to 1. @default 0.5 */
  readonly flowLogShare?: number;
  /** Nodes that the cluster makes itself, on Standard. @default none but those of the pools */
  readonly autoProvisioning?: AutoProvisioningSettings;
  /** Backups; `false` for none. @default every night, kept for 30 days, in production; else none */
  readonly backup?: GkeBackupSettings | false;
  /** How nodes and pods reach the internet. @default through Cloud NAT with addresses that the cloud takes */
  readonly egress?: EgressSettings;
  /** Whether pods may mount secrets of Secret Manager. @default true */
  readonly secretManager?: boolean;
}
