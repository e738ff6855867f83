import { EKS_PODS_PER_NODE, planEksAddresses, type EksAddresses } from '../cluster/address-plan/eks';
import type { Reporter } from '../cluster/settings/read';
import { zonesOf } from './defaults';
import type { Eks } from './schema';

/** Nodes that ranges leave room for where Auto Mode makes them all and nobody says how many. */
const AUTO_NODES = 100;

/** Pods that fit on a node of a pool that says nothing else. */
export const podsPerNode = ({ addresses }: Pick<Eks, 'addresses'>): number => addresses.maxPodsPerNode ?? EKS_PODS_PER_NODE;

/**
 * The ranges of the cluster.
 * @returns undefined when there is a mistake, which is reported
 */
export function planAddresses(settings: Eks, reporter: Reporter): EksAddresses | undefined {
  const { addresses, nodePools, podsFrom } = settings;
  const own = Object.keys(nodePools).length === 0 ? { ownNodes: AUTO_NODES } : {};
  return planEksAddresses({ addresses, nodePools, zones: zonesOf(settings), podsFrom, ...own }, reporter);
}
