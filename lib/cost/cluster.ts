import type { PricedCloud } from './prices/table';

/** A pool of nodes, as far as it costs. The settings of a cluster's pools fit here as they are. */
export interface CostedPool {
  /** Type of machine, as the cloud names it. */
  readonly machineType: string;
  /** How many nodes. */
  readonly nodes: { readonly min?: number; readonly max: number };
  /** Whether they are spot nodes. @default false */
  readonly spot?: boolean;
  /** Whether it runs what holds state, which spot nodes are nothing for. @default false */
  readonly stateful?: boolean;
  /** Disk of a node. @default 50 GiB of the cloud's usual kind */
  readonly disk?: { readonly size?: number; readonly type?: string };
  /** Pods that fit on a node. @default that of the cluster */
  readonly maxPodsPerNode?: number | undefined;
  /** Labels of its nodes. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Taints of its nodes. @default none */
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
}

/** A cluster, as far as it costs. {@link costedCluster} makes it from the settings of a `GkeCluster` or `EksCluster`. */
export interface CostedCluster {
  /** Whose it is. */
  readonly cloud: PricedCloud;
  /** Region. */
  readonly region: string;
  /** Zones of the nodes. @default three of the region */
  readonly zones?: readonly string[] | undefined;
  /** Whether the cloud makes the nodes that pods need (GKE Autopilot, EKS Auto Mode). @default false */
  readonly managedNodes?: boolean;
  /** Pools of nodes, by name. @default none */
  readonly nodePools?: Readonly<Record<string, CostedPool>>;
  /** What else it has that costs and that nobody can count beforehand, for people. @default nothing */
  readonly uncounted?: readonly string[];
  /** NAT gateways. @default one on GKE, one for each zone on EKS */
  readonly natGateways?: number;
  /** Whether nodes have public addresses of their own. @default false */
  readonly publicNodes?: boolean;
  /** GiB of a disk that nodes have besides the one of their pool. @default none */
  readonly systemDisk?: number;
  /** Keys of its own. @default none */
  readonly keys?: number;
  /** Days after which a key has a new version. @default 90 */
  readonly keyRotationDays?: number;
  /** DNS zones of its own. @default none */
  readonly dnsZones?: number;
  /** Endpoints of services that are paid, in each zone. @default none */
  readonly endpoints?: number;
  /** Public addresses of all NAT gateways together. @default one for each */
  readonly natAddresses?: number;
  /** Ranges of addresses, of which the pods on a node count here. @default 64 pods on GKE, 110 on EKS */
  readonly addresses?: { readonly maxPodsPerNode?: number | undefined };
}

/** How many zones its nodes are in. */
export const zonesOf = ({ zones }: CostedCluster): number => zones?.length ?? 3;
