import { EKS_MACHINES } from '../machines/eks';
import { GKE_MACHINES } from '../machines/gke';
import { machineFor, type MachineSettings } from '../machines/machine';
import type { CostedCluster, CostedPool } from './cluster';
import { fixedOf, type FixedSettings } from './fixed-settings';
import type { PricedCloud } from './prices/table';

/** The settings of a pool that say what it costs. */
export interface CostedPoolSettings extends Omit<CostedPool, 'machineType'> {
  /** What its machines have at least. @default what `machineType` has */
  readonly machine?: MachineSettings;
  /** Type of machine, as the cloud names it. @default the one that the cluster takes for `machine` */
  readonly machineType?: string;
}

/** The settings of a cluster that say what it costs: those of GkeCluster and EksCluster, as they are given or filled in. */
export interface CostedSettings extends FixedSettings, Pick<CostedCluster, 'region' | 'zones' | 'addresses'> {
  /** Pools of nodes, by name. @default none */
  readonly nodePools?: Readonly<Record<string, CostedPoolSettings>>;
  /** GKE: whether Google runs the nodes. @default false */
  readonly autopilot?: boolean;
  /** GKE: limits of the nodes that a Standard cluster makes itself. @default none */
  readonly autoProvisioning?: { readonly cpu: { readonly max: number }; readonly memory: { readonly max: number } } | undefined;
  /** EKS: size of the control plane. @default 'standard' */
  readonly controlPlaneTier?: string;
  /** How nodes and pods reach the internet. @default through NAT */
  readonly egress?: { readonly nat?: 'per-zone' | 'single' | 'none' | undefined; readonly staticAddresses?: number; readonly endpoints?: readonly string[] | undefined };
}

const MACHINES = { gke: GKE_MACHINES, eks: EKS_MACHINES };

/** What the settings of a cluster say of its cost. */
export function costedCluster(cloud: PricedCloud, settings: CostedSettings): CostedCluster {
  const { region, zones, addresses, nodePools = {} } = settings;
  const own = cloud === 'gke' ? onGoogle(settings) : onAws(settings);
  const pools = Object.entries(nodePools).map(([name, pool]) => [name, costedPool(cloud, pool, own)] as const);
  return { cloud, region, nodePools: Object.fromEntries(pools), ...(zones ? { zones } : {}), ...(addresses ? { addresses } : {}), ...own, ...fixedOf(cloud, settings) };
}

function costedPool(cloud: PricedCloud, { machine, machineType, nodes, ...pool }: CostedPoolSettings, { managedNodes }: Partial<CostedCluster>): CostedPool {
  const chosen = machine && (machineFor(machine, MACHINES[cloud])?.type ?? `${machine.cpus} vCPUs and ${machine.memory}`);
  // Where the cloud makes nodes when pods need them, none stays for its own sake.
  return { ...pool, machineType: machineType ?? chosen ?? 'nobody named', nodes: managedNodes ? { ...nodes, min: 0 } : nodes };
}

function onGoogle({ autopilot = false, autoProvisioning, egress: { staticAddresses = 0 } = {} }: CostedSettings): Partial<CostedCluster> {
  const made = autoProvisioning && `nodes that the cluster makes itself, of up to ${autoProvisioning.cpu.max} vCPU and ${autoProvisioning.memory.max} GiB in all`;
  return { managedNodes: autopilot, natAddresses: Math.max(1, staticAddresses), uncounted: made === undefined ? [] : [made] };
}

function onAws({ autoMode = true, nodePools = {}, controlPlaneTier = 'standard', production = true, zones, egress }: CostedSettings): Partial<CostedCluster> {
  const gateways = { 'none': 0, 'single': 1, 'per-zone': zones?.length ?? 3 }[egress?.nat ?? (production ? 'per-zone' : 'single')];
  const uncounted = [
    ...(controlPlaneTier === 'standard' ? [] : [`a control plane of size ${controlPlaneTier}, over the standard one`]),
    ...(autoMode && Object.keys(nodePools).length > 0 ? ["nodes of Auto Mode's own pools"] : []),
  ];
  return { managedNodes: autoMode, natGateways: gateways, uncounted };
}
