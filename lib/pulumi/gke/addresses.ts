import { GKE_PODS_PER_NODE, planGkeAddresses, type GkeAddresses } from '../cluster/address-plan/gke';
import type { Reporter } from '../cluster/settings/read';
import type { Gke } from './schema';

/** Pods on a node of Autopilot, as far as ranges are planned: what it starts with. */
const AUTOPILOT_PODS = 32;
/** Nodes of Autopilot that ranges leave room for, where nobody says how many. */
const AUTOPILOT_NODES = 256;
/** Cores of the smallest node that auto-provisioning makes. */
const LEAST_CORES = 2;

/** Pods that fit on a node, in pools that say nothing else. */
export const podsPerNode = ({ addresses, autopilot }: Pick<Gke, 'addresses' | 'autopilot'>): number => (autopilot ? AUTOPILOT_PODS : (addresses.maxPodsPerNode ?? GKE_PODS_PER_NODE));

/**
 * The ranges of the cluster.
 * @returns undefined when there is a mistake, which is reported
 */
export function planAddresses(settings: Gke, reporter: Reporter): GkeAddresses | undefined {
  const { addresses, nodePools, autopilot, autoProvisioning } = settings;
  const own = autopilot ? AUTOPILOT_NODES : autoProvisioning && (autoProvisioning.maxNodes ?? Math.ceil(autoProvisioning.cpu.max / LEAST_CORES));
  return planGkeAddresses({ addresses: { ...addresses, maxPodsPerNode: podsPerNode(settings) }, nodePools: autopilot ? {} : nodePools, ...(own === undefined ? {} : { ownNodes: own }) }, reporter);
}
