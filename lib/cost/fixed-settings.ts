import type { CostedCluster } from './cluster';
import type { PricedCloud } from './prices/table';

/** The settings of a cluster that say what it has whatever runs in it: those of GkeCluster and EksCluster, as they are given or filled in. */
export interface FixedSettings {
  /** Whether it is held to what production needs. @default true */
  readonly production?: boolean;
  /** Who holds the keys. @default keys of the account, rotated every 90 days */
  readonly encryption?: { readonly keys?: 'customer' | 'provider'; readonly rotationDays?: number; readonly key?: string | undefined };
  /** Hosts, with a DNS zone. @default none */
  readonly hosts?: { readonly zone?: string | undefined } | undefined;
  /** Where images come from. @default a registry is made */
  readonly registry?: { readonly create?: boolean };
  /** Backups. @default in production */
  readonly backup?: object | false | undefined;
  /** GKE: whether nodes have no public addresses. @default true */
  readonly privateNodes?: boolean;
  /** EKS: whether AWS runs the nodes. @default true */
  readonly autoMode?: boolean;
  /** EKS: the image of nodes. @default 'bottlerocket' */
  readonly nodeImage?: 'bottlerocket' | 'amazon-linux';
  /** EKS: endpoints of services. @default those that nodes can't do without, where there is no NAT */
  readonly egress?: { readonly nat?: 'per-zone' | 'single' | 'none' | undefined; readonly endpoints?: readonly string[] | undefined };
}

/** GiB of the disk that Bottlerocket itself is on. */
const BOTTLEROCKET = 8;
/** Services that nodes can't do without, where there is no NAT. */
const NEEDED = 9;

/** What of a cluster is paid whatever runs in it. */
export function fixedOf(cloud: PricedCloud, settings: FixedSettings): Partial<CostedCluster> {
  const { encryption: { rotationDays } = {}, hosts } = settings;
  const both = { ...(rotationDays === undefined ? {} : { keyRotationDays: rotationDays }), dnsZones: hosts !== undefined && hosts.zone === undefined ? 1 : 0 };
  return { ...both, ...(cloud === 'gke' ? onGoogle(settings) : onAws(settings)) };
}

const hasOwnKeys = ({ encryption: { keys = 'customer', key } = {} }: FixedSettings): boolean => keys === 'customer' && key === undefined;

/** A key for each purpose: Secrets, disks, images and backups. */
function onGoogle(settings: FixedSettings): Partial<CostedCluster> {
  const { registry: { create = true } = {}, production = true, backup = production && {}, privateNodes = true } = settings;
  const keys = hasOwnKeys(settings) ? 2 + Number(create) + Number(backup !== false) : 0;
  return { keys, ...(privateNodes ? {} : { publicNodes: true, natGateways: 0 }) };
}

function onAws(settings: FixedSettings): Partial<CostedCluster> {
  const { autoMode = true, nodeImage = 'bottlerocket', egress: { nat, endpoints } = {} } = settings;
  return {
    keys: hasOwnKeys(settings) ? 1 : 0,
    endpoints: endpoints === undefined ? (nat === 'none' ? NEEDED : 0) : new Set(endpoints).size,
    ...(!autoMode && nodeImage === 'bottlerocket' ? { systemDisk: BOTTLEROCKET } : {}),
  };
}
