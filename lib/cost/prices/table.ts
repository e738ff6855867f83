import type { Range } from '../range';

/** Clouds whose prices are known. */
export type PricedCloud = 'gke' | 'eks';

/** What the machines of a family cost. Either by vCPU and GiB, or by the machine of size `large`, of which all others are multiples. */
export type FamilyPrice = { readonly vcpu: number; readonly gib: number } | { readonly large: number };

/** List prices in a region. What is not there is not known, and never taken from elsewhere. */
export interface RegionPrices {
  /** The day on which they held: `2026-07-20`. */
  readonly asOf: string;
  /** Families of machines, an hour. */
  readonly machines: Readonly<Record<string, FamilyPrice>>;
  /** Kinds of disks, a GiB and month. */
  readonly disks: Readonly<Record<string, number>>;
  /** A load balancer, an hour, without what goes through it. */
  readonly loadBalancer?: number;
  /** A NAT gateway, an hour: so much for each node that it serves, with a most; or so much for itself. Without what goes through it. */
  readonly nat?: { readonly perNode: number; readonly most: number } | number;
  /** What pods ask for where the cloud makes the nodes (Autopilot), an hour for a vCPU and a GiB. */
  readonly pods?: { readonly vcpu: number; readonly gib: number };
}

/** List prices of a cloud. */
export interface PriceTable {
  /** What the amounts are in. */
  readonly currency: 'USD';
  /** Where they come from. */
  readonly source: string;
  /** The control plane, an hour, while its version has standard support. */
  readonly controlPlane: number;
  /** A public IPv4 address, an hour. */
  readonly publicAddress: number;
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
  /** Regions by name. */
  readonly regions: Readonly<Record<string, RegionPrices>>;
}
