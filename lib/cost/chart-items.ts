import { zonesOf, type CostedCluster } from './cluster';
import type { Demand, EntryDemand, VolumeDemand } from './demand';
import type { CostItems } from './items';
import type { GlobalBalancers, PriceTable, RegionPrices } from './prices/table';
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
  const { demand: { entries }, table: { globalBalancers, ownLoadBalancer } } = input;
  const isGlobal = ({ kind, className }: EntryDemand) => globalBalancers !== undefined && (kind === 'Gateway' || (kind === 'Ingress' && globalBalancers.classes.includes(className ?? '')));
  if (globalBalancers) addGlobal(items, loadBalancers(entries.filter(isGlobal), ownLoadBalancer), globalBalancers);
  addRegional(items, loadBalancers(entries.filter((entry) => !isGlobal(entry)), ownLoadBalancer), input);
}

/** Load balancers for what leads in: Ingresses of a class share one, unless each of that class has its own, or nobody knows. */
export function loadBalancers(entries: readonly EntryDemand[], own: readonly string[]): Range {
  return sum(entries.map(({ kind, className, count }) => {
    if (kind !== 'Ingress' || own.includes(className ?? '')) return exactly(count);
    return { low: 1, high: className === undefined ? count : 1 };
  }));
}

/** Load balancers of no region need a rule each, or two where they send HTTP to HTTPS. */
function addGlobal(items: CostItems, count: Range, { firstFive, further }: GlobalBalancers): void {
  if (count.high === 0) return;
  const hourly = (rules: number) => firstFive + Math.max(0, rules - 5) * further;
  items.add('load balancers', 'global load balancers', `${showRange(count)}; ${firstFive} an hour for five rules, ${further} for each further`, { low: hourly(count.low), high: hourly(2 * count.high) }, 1);
}

function addRegional(items: CostItems, count: Range, { cluster, table: { balancerAddresses, publicAddress }, prices: { loadBalancer } }: ChartInput): void {
  if (count.high === 0) return;
  if (loadBalancer === undefined) items.addUnknown(`load balancers (${showRange(count)}) in ${cluster.region}`);
  else items.add('load balancers', 'load balancers', `${showRange(count)}, ${loadBalancer} an hour`, count, loadBalancer);
  const zones = zonesOf(cluster);
  if (balancerAddresses) items.add('addresses', 'addresses of load balancers', `one in each of ${zones} zones, ${publicAddress} an hour`, times(count, exactly(zones)), publicAddress);
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
    items.addMonthly('disks', 'volumes', `${showRange(size)} GiB ${kind}, ${prices.disks[kind]} a GiB`, size, prices.disks[kind]!);
  }
}
