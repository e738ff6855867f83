import type { Range } from '../range';

/** Clouds whose prices are known. */
export type PricedCloud = 'gke' | 'eks';

/** What prices are of. */
export const PRICE_KINDS = ['control plane', 'machines', 'spot', 'managed nodes', 'pods', 'disks', 'NAT', 'addresses', 'load balancers', 'endpoints', 'keys', 'DNS zones'] as const;

/** A kind of price. */
export type PriceKind = (typeof PRICE_KINDS)[number];

/** Where prices were read. */
export interface PriceSource {
  /** The day on which they held: `2026-07-20`. @default the source does not say */
  readonly asOf?: string;
  /** The page or the data. */
  readonly from: string;
}

/** What the machines of a family cost. Either by vCPU and GiB, or by the machine of size `large`, of which all others are multiples. */
export type FamilyPrice = { readonly vcpu: number; readonly gib: number } | { readonly large: number };

/** List prices in a region. What is not there is not known, and never taken from elsewhere. */
export interface RegionPrices {
  /** Families of machines, an hour. */
  readonly machines: Readonly<Record<string, FamilyPrice>>;
  /** Kinds of disks, a GiB and month. */
  readonly disks: Readonly<Record<string, number>>;
  /** A load balancer of the region, an hour, without what goes through it. */
  readonly loadBalancer?: number;
  /** A NAT gateway, an hour: so much for each node that it serves, with a most; or so much for itself. Without what goes through it. */
  readonly nat: { readonly perNode: number; readonly most: number } | number;
  /** An endpoint of a service in one zone, an hour, without what goes through it. */
  readonly endpoint?: number;
  /** What pods ask for where the cloud makes the nodes (Autopilot), an hour for a vCPU and a GiB. */
  readonly pods?: { readonly vcpu: number; readonly gib: number };
}

/** Load balancers that belong to no region: one price for the first five rules of a project together, one for each further. */
export interface GlobalBalancers {
  /** Classes of Ingresses that get one. Every Gateway does. */
  readonly classes: readonly string[];
  /** Up to five rules together, an hour. */
  readonly firstFive: number;
  /** Each further rule, an hour. */
  readonly further: number;
}

/** List prices of a cloud. */
export interface PriceTable {
  /** What the amounts are in. */
  readonly currency: 'USD';
  /** Where they come from, kind by kind. Those that the cloud does not have are missing. */
  readonly sources: Readonly<Partial<Record<PriceKind, PriceSource>>>;
  /** The control plane, an hour, while its version has standard support. */
  readonly controlPlane: number;
  /** A public IPv4 address, an hour. */
  readonly publicAddress: number;
  /** A version of a key, a month; and how many versions of a key are paid at most. */
  readonly keyVersion: { readonly monthly: number; readonly most?: number };
  /** A zone of public DNS, a month. */
  readonly dnsZone: number;
  /** What a spot node costs, as a share of the list price. */
  readonly spot: Range;
  /** What the cloud takes for making and renewing the nodes itself, as a share of their list price. */
  readonly managedNodes?: number;
  /** The kind of disk of a volume whose class is the cluster's default. */
  readonly defaultDisk: string;
  /** Kinds of disks by the storage classes that such a cluster has. */
  readonly storageClasses: Readonly<Record<string, string>>;
  /** Classes of Ingresses each of which gets a load balancer of its own. */
  readonly ownLoadBalancer: readonly string[];
  /** Load balancers that belong to no region. @default the cloud has none */
  readonly globalBalancers?: GlobalBalancers;
  /** Whether a load balancer has a public address in every zone that is paid for. */
  readonly balancerAddresses: boolean;
  /** Regions by name. */
  readonly regions: Readonly<Record<string, RegionPrices>>;
}
