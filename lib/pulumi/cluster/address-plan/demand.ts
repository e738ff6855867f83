import { sentenceList } from '../../../core/suggest';
import type { NodePool } from '../settings/node-pools';

/** The most nodes of a kind that can be there at once. */
export interface NodeDemand {
  /** How many. */
  readonly nodes: number;
  /** Pods that fit on each. */
  readonly podsPerNode: number;
}

/** Nodes that are there besides the pool's own while it is upgraded. */
export function upgradeNodes({ nodes: { max }, upgrade: { strategy, surge } }: Pick<NodePool, 'nodes' | 'upgrade'>): number {
  return strategy === 'blue-green' ? max : surge;
}

/**
 * The most nodes that can be there at once, pool by pool, with those of upgrades; the spare ones last.
 * @param spare - nodes besides those of the pools
 */
export function demandOf(pools: Readonly<Record<string, NodePool>>, podsPerNode: number, spare: number): NodeDemand[] {
  const ofPools = Object.values(pools).map((pool) => ({ nodes: pool.nodes.max + upgradeNodes(pool), podsPerNode: pool.maxPodsPerNode ?? podsPerNode }));
  return spare > 0 ? [...ofPools, { nodes: spare, podsPerNode }] : ofPools;
}

/** Nodes to leave room for where nobody said how many: a second set of every pool, as when all are replaced at once. */
export const spareNodes = (pools: Readonly<Record<string, NodePool>>): number => Object.values(pools).reduce((sum, { nodes }) => sum + nodes.max, 0);

/** All nodes of a demand. */
export const totalNodes = (demand: readonly NodeDemand[]): number => demand.reduce((sum, { nodes }) => sum + nodes, 0);

/** A demand in words: `12 nodes (workers: 10 and 1 for upgrades and 1 spare)`. */
export function describeDemand(pools: Readonly<Record<string, NodePool>>, spare: number): string {
  const parts = Object.entries(pools).map(([name, pool]) => `${name}: ${pool.nodes.max} and ${upgradeNodes(pool)} for upgrades`);
  const total = totalNodes(demandOf(pools, 0, spare));
  return `${total} nodes (${sentenceList(spare > 0 ? [...parts, `${spare} spare`] : parts)})`;
}
