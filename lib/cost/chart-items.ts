import type { CostedCluster } from './cluster';
import type { Demand, EntryDemand, VolumeDemand } from './demand';
import type { CostItems } from './items';
import type { PriceTable, RegionPrices } from './prices/table';
import { exactly, showRange, sum, times, type Range } from './range';

/** What the charts' part of an estimate is made of. */
export interface ChartInput {
  readonly cluster: CostedCluster;
  readonly demand: Demand;
  readonly table: PriceTable;
  readonly prices: RegionPrices;
}

/** Adds what the charts ask for besides pods: volumes and load balancers. */
export function chartItems(items: CostItems, input: ChartInput): void {
  addVolumes(items, input);
  const count = loadBalancers(input.demand.entries, input.table.ownLoadBalancer);
  const { loadBalancer } = input.prices;
  if (count.high === 0) return;
  if (loadBalancer === undefined) items.addUnknown(`load balancers (${showRange(count)}) in ${input.cluster.region}`);
  else items.add('load balancers', `${showRange(count)}, ${loadBalancer} an hour`, count, loadBalancer);
}

/** Load balancers for what leads in: Ingresses of a class share one, unless each of that class has its own, or nobody knows. */
export function loadBalancers(entries: readonly EntryDemand[], own: readonly string[]): Range {
  return sum(entries.map(({ kind, className, count }) => {
    if (kind !== 'Ingress' || own.includes(className ?? '')) return exactly(count);
    return { low: 1, high: className === undefined ? count : 1 };
  }));
}

function addVolumes(items: CostItems, { cluster: { region }, demand, table, prices }: ChartInput): void {
  const byKind = new Map<string, VolumeDemand[]>();
  for (const volume of demand.volumes) {
    const kind = volume.storageClass === undefined ? table.defaultDisk : table.storageClasses[volume.storageClass];
    if (kind === undefined) items.addUnknown(`volumes of the storage class ${volume.storageClass}`);
    else if (prices.disks[kind] === undefined) items.addUnknown(`volumes (${kind}) in ${region}`);
    else byKind.set(kind, [...(byKind.get(kind) ?? []), volume]);
  }
  for (const [kind, volumes] of byKind) {
    const size = sum(volumes.map((volume) => times(volume.count, exactly(volume.size))));
    items.addMonthly('volumes', `${showRange(size)} GiB ${kind}, ${prices.disks[kind]} a GiB`, size, prices.disks[kind]!);
  }
}
