import type { ClusterNetwork } from '../cluster';
import type { Addresses } from '../settings/addresses';
import type { NodePool } from '../settings/node-pools';
import type { Reporter } from '../settings/read';
import { demandOf, describeDemand, spareNodes, totalNodes, type NodeDemand } from './demand';
import { planRanges, type Need } from './plan';
import { parseRange, powerOfTwo, showRange } from './range';

/** Addresses of a subnetwork that Google Cloud keeps: the first two and the last two. */
const KEPT = 4;
/** Addresses for internal load balancers, the endpoint of the control plane and the like. */
const OTHERS = 28;
/** Pods on a node, where nobody says how many: room for twice as many addresses, a /25 each. */
export const GKE_PODS_PER_NODE = 64;

/** Ranges that GKE, or Google Cloud, uses itself. */
const RESERVED = {
  '172.17.0.0/16': "the nodes' own bridge",
  '169.254.0.0/16': 'the metadata server',
};

/** What a plan for GKE is made from. */
export interface GkeDemand {
  /** The settings. */
  readonly addresses: Addresses;
  /** The pools. */
  readonly nodePools: Readonly<Record<string, NodePool>>;
  /** Nodes that the cluster may make itself, where the settings leave `spareNodes` out. @default none */
  readonly ownNodes?: number;
}

/** Ranges of a cluster of GKE. */
export interface GkeAddresses {
  /** Of the subnetwork: the nodes. */
  readonly nodes: string;
  /** Secondary range of the pods. */
  readonly pods: string;
  /** Secondary range of the Services. */
  readonly services: string;
  /** Of the control plane. */
  readonly controlPlane: string;
}

/** Addresses that a node takes of the range of the pods: twice its pods, so that none is used anew at once. */
const podBlock = (podsPerNode: number) => powerOfTwo(2 * podsPerNode);

const podAddresses = (demand: readonly NodeDemand[]) => demand.reduce((sum, { nodes, podsPerNode }) => sum + nodes * podBlock(podsPerNode), 0);

/**
 * Plans the ranges of a VPC-native cluster: nodes in the subnetwork, pods and Services in its secondary ranges. Only the
 * range of the nodes can grow later, so it lies at the top, where it grows in place. The pods get half of the whole range,
 * however many they are: no number of nodes that fits ever moves a range, which would replace the cluster.
 * @returns undefined when there is a mistake, which is reported
 */
export function planGkeAddresses({ addresses, nodePools, ownNodes }: GkeDemand, reporter: Reporter, at: readonly string[] = ['addresses']): GkeAddresses | undefined {
  const { range, taken, maxServices, maxPodsPerNode = GKE_PODS_PER_NODE } = addresses;
  const required = addresses.spareNodes ?? ownNodes ?? 0;
  const least = demandOf(nodePools, maxPodsPerNode, required);
  const reason = describeDemand(nodePools, required);
  // Room for a second set of every pool, as when all are replaced at once.
  const roomy = demandOf(nodePools, maxPodsPerNode, addresses.spareNodes ?? ownNodes ?? spareNodes(nodePools));
  const nodesOf = (demand: readonly NodeDemand[]) => totalNodes(demand) + KEPT + OTHERS;
  const needs: Need[] = [
    { key: 'pods', given: addresses.pods, least: podAddresses(least), most: (parseRange(range)?.size ?? 0) / 2, reason: `${reason}, each with twice its pods`, largest: 9, smallest: 21 },
    { key: 'services', given: addresses.services, least: maxServices, reason: `${maxServices} Services`, largest: 16, smallest: 27 },
    { key: 'controlPlane', given: addresses.controlPlane, least: 16, reason: 'the control plane', largest: 28, smallest: 28 },
    { key: 'nodes', given: addresses.nodes, least: nodesOf(least), most: nodesOf(roomy), reason: `${reason} and ${KEPT + OTHERS} others`, largest: 9, smallest: 26, from: 'top' },
  ];
  const ranges = planRanges({ range, needs, taken, reserved: RESERVED, at }, reporter);
  if (ranges.size < needs.length) return undefined;
  const text = (key: keyof GkeAddresses) => showRange(ranges.get(key)!);
  return { nodes: text('nodes'), pods: text('pods'), services: text('services'), controlPlane: text('controlPlane') };
}

/** The same as network policies need it. */
export const gkeNetwork = ({ nodes, pods, services, controlPlane }: GkeAddresses): ClusterNetwork => ({ nodes: [nodes], pods: [pods], services: [services], controlPlane: [controlPlane] });
