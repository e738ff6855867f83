import { awakeHours, type WorkingHours } from '../platform/working-hours';
import { chartItems } from './chart-items';
import type { CostedCluster } from './cluster';
import type { Demand } from './demand';
import { fixedItems } from './fixed-items';
import { CostItems, type CostItem } from './items';
import { costNodes, type NodeCost } from './node-items';
import { EKS_PRICES } from './prices/eks';
import { GKE_PRICES } from './prices/gke';
import type { PricedCloud, PriceTable } from './prices/table';
import { sum, type Range } from './range';
import { savingsOf, type Saving } from './savings';
import { oldest, sourcesOf, type UsedSource } from './sources';

/** What a month of an environment costs by list prices, as far as that is known. */
export interface CostEstimate {
  /** What the amounts are in. */
  readonly currency: string;
  /** The region that the prices are of. */
  readonly region: string;
  /** The first of the days on which prices held, of those that are known. @default no source says */
  readonly asOf?: string;
  /** Where the prices come from, and the day of each. */
  readonly sources: readonly UsedSource[];
  /** What it costs, item by item. */
  readonly items: readonly CostItem[];
  /** All items together. */
  readonly total: Range;
  /** What the pods need of each pool, and what fits nowhere. */
  readonly nodes: NodeCost;
  /** What is there and has no known price. */
  readonly unknown: readonly string[];
  /** What could be saved. */
  readonly savings: readonly Saving[];
}

/** What an estimate is made of. */
export interface EstimateInput {
  /** The cluster as it is described. */
  readonly cluster: CostedCluster;
  /** What the charts ask for. */
  readonly demand: Demand;
  /** When the environment is awake. @default always; what weekday hours would save is told */
  readonly workingHours?: WorkingHours;
}

const TABLES: Readonly<Record<PricedCloud, PriceTable>> = { gke: GKE_PRICES, eks: EKS_PRICES };
const WEEK = 168;

/**
 * Estimates what a month costs: from the fewest nodes, the cheapest spot price and the fewest pods to the most of all. A
 * bill also has what no description tells: traffic, logs, requests, snapshots.
 * @returns undefined where there is no price at all for the region
 */
export function estimate({ cluster, demand, workingHours }: EstimateInput): CostEstimate | undefined {
  const { cloud, region } = cluster;
  const table = TABLES[cloud];
  const prices = table.regions[region];
  if (!prices) return undefined;
  const items = new CostItems();
  fixedItems(items, cluster, table, prices);
  for (const what of cluster.uncounted ?? []) items.addUnknown(what);
  const asleep = 1 - awakeHours(workingHours ?? {}) / WEEK;
  const nodes = costNodes(items, { cluster, demand, table, prices, asleep: workingHours === undefined ? 0 : asleep });
  chartItems(items, { cluster, demand, table, prices });
  const total = sum(items.items.map(({ monthly }) => monthly));
  const savings = savingsOf(nodes, table, asleep, workingHours !== undefined);
  const sources = sourcesOf(items.items, nodes.pools.length > 0, table);
  const asOf = oldest(sources);
  return { currency: table.currency, region, ...(asOf === undefined ? {} : { asOf }), sources, items: items.items, total, nodes, unknown: items.unknown, savings };
}

/** Regions of a cloud that have prices. */
export const pricedRegions = (cloud: PricedCloud): readonly string[] => Object.keys(TABLES[cloud].regions);
