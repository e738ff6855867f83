import { zonesOf, type CostedCluster, type CostedPool } from './cluster';
import { requestsOf, type Demand, type PodDemand } from './demand';
import { HOURS, type CostItems } from './items';
import { machineOf, type Machine } from './machines';
import { placePods, roomOf, type Pool } from './nodes';
import type { PriceTable, RegionPrices } from './prices/table';
import { exactly, showPrice, showRange, sum, times, type Range } from './range';

/** A pool as it costs. */
export interface PoolCost {
  /** Its name. */
  readonly name: string;
  /** Type of machine. */
  readonly machineType: string;
  /** Whether it has spot nodes. */
  readonly spot: boolean;
  /** Whether it runs what holds state. */
  readonly stateful: boolean;
  /** Nodes that are paid: at least what the pods need at their fewest, at most what the pool may grow to. */
  readonly nodes: Range;
  /** Nodes that the pods need: at their fewest and at their most. */
  readonly needed: Range;
  /** Nodes that stay when the environment sleeps. */
  readonly atNight: number;
  /** List price of a node's machine, an hour. */
  readonly hourly: number;
  /** What comes with each node, spot or not, an hour: its disk, and what the cloud takes for managing it. */
  readonly extras: number;
}

/** What nodes cost, and what the pods need of them. */
export interface NodeCost {
  /** Pools whose machines have a price. */
  readonly pools: readonly PoolCost[];
  /** Workloads with pods that find no room at their most. */
  readonly pending: readonly string[];
}

/** What node items are made of. */
export interface NodeInput {
  readonly cluster: CostedCluster;
  readonly demand: Demand;
  readonly table: PriceTable;
  readonly prices: RegionPrices;
  /** Share of the week in which the environment sleeps. */
  readonly asleep: number;
}

const DISK_SIZE = 50;
const MAX_PODS = { gke: 64, eks: 110 } as const;
const MIN_CPU = 0.05;
/** GiB for a vCPU that Autopilot takes at most and at least. */
const RATIO = { most: 6.5, least: 1 };

/** Adds nodes, their disks, and the way out of them. */
export function costNodes(items: CostItems, input: NodeInput): NodeCost {
  const { cluster, table, prices, demand } = input;
  const pools = Object.entries(cluster.nodePools ?? {}).map(([name, pool]) => ({ name, pool, machine: machineOf(cluster.cloud, pool.machineType, prices) }));
  for (const { pool, machine } of pools) if (!machine) items.addUnknown(`machines of type ${pool.machineType} in ${cluster.region}`);
  if (pools.length === 0) costManagedPods(items, input);
  const known = pools.flatMap(({ name, pool, machine }) => (machine ? [{ name, pool, machine }] : []));
  // Where one pool is not known, nobody can tell which pods would be on it.
  const place = known.length === pools.length ? placements(known, cluster, demand) : undefined;
  const costs = known.map((entry) => costPool(items, entry, place, input));
  addNat(items, input, costs, known.length === pools.length && pools.length > 0);
  if (cluster.managedNodes && table.managedNodes === undefined && pools.length > 0) items.addUnknown('what the cloud takes for the nodes that it manages');
  return { pools: costs, pending: place?.most.pending ?? [] };
}

interface KnownPool {
  readonly name: string;
  readonly pool: CostedPool;
  readonly machine: Machine;
}

function placements(known: readonly KnownPool[], { cloud, addresses }: CostedCluster, { pods }: Demand) {
  const pools = known.map(({ name, pool, machine }): Pool => ({
    name,
    room: roomOf(cloud, machine, pool.maxPodsPerNode ?? addresses?.maxPodsPerNode ?? MAX_PODS[cloud]),
    most: pool.nodes.max,
    labels: pool.labels ?? {},
    taints: (pool.taints ?? []).map(({ value = '', ...taint }) => ({ value, ...taint })),
  }));
  const place = (count: (pod: PodDemand) => number) => placePods(pods, pools, count);
  return { least: place(({ count }) => count.low), most: place(({ count }) => count.high), night: place(({ count, sleeps }) => (sleeps ? 0 : count.low)) };
}

function costPool(items: CostItems, { name, pool, machine }: KnownPool, place: ReturnType<typeof placements> | undefined, { cluster, table, prices, asleep }: NodeInput): PoolCost {
  const { nodes: { min = 1, max }, spot = false } = pool;
  const least = place?.least.nodes.get(name) ?? 0;
  const needed = { low: least, high: Math.max(least, place?.most.nodes.get(name) ?? 0) };
  const nodes = { low: Math.max(min, least), high: max };
  const atNight = Math.min(nodes.low, Math.max(min, place?.night.nodes.get(name) ?? 0));
  const paid = { low: nodes.low - (nodes.low - atNight) * asleep, high: max };
  const share = spot ? table.spot : exactly(1);
  const count = `${showRange(nodes)} ${pool.machineType}${spot ? ', spot' : ''}`;
  items.add('machines', `nodes of ${name}`, `${count}, ${showPrice(machine.hourly)} an hour`, times(paid, share), machine.hourly);
  const fee = cluster.managedNodes ? machine.hourly * (table.managedNodes ?? 0) : 0;
  if (fee > 0) items.add('managed nodes', `managing the nodes of ${name}`, `${count}, ${showPrice(fee)} an hour`, paid, fee);
  const disk = costDisk(items, name, pool, paid, { cluster, table, prices });
  const address = cluster.publicNodes ? table.publicAddress : 0;
  if (address > 0) items.add('addresses', `addresses of ${name}`, `one a node, ${address} an hour`, paid, address);
  return { name, machineType: pool.machineType, spot, stateful: pool.stateful ?? false, nodes, needed, atNight, hourly: machine.hourly, extras: fee + disk + address };
}

/** @returns what the disk of a node costs an hour; 0 where nobody knows */
function costDisk(items: CostItems, name: string, { disk: { size = DISK_SIZE, type } = {} }: CostedPool, paid: Range, { cluster, table, prices }: Pick<NodeInput, 'cluster' | 'table' | 'prices'>): number {
  const kind = type ?? table.defaultDisk;
  const price = prices.disks[kind];
  if (price === undefined) {
    items.addUnknown(`disks of nodes (${kind}) in ${cluster.region}`);
    return 0;
  }
  const all = size + (cluster.systemDisk ?? 0);
  items.addMonthly('disks', `disks of ${name}`, `${all} GiB ${kind} a node, ${price} a GiB`, paid, all * price);
  return (all * price) / HOURS;
}

function addNat(items: CostItems, { cluster, table, prices: { nat } }: NodeInput, pools: readonly PoolCost[], complete: boolean): void {
  const gateways = cluster.natGateways ?? (cluster.cloud === 'gke' ? 1 : zonesOf(cluster));
  if (gateways === 0) return;
  const addresses = cluster.natAddresses ?? gateways;
  items.add('addresses', 'addresses of NAT', `${addresses}, ${table.publicAddress} an hour`, exactly(addresses), table.publicAddress);
  if (typeof nat === 'number') return items.add('NAT', 'NAT gateways', `${gateways}, ${nat} an hour`, exactly(gateways), nat);
  if (!complete) return items.addUnknown(`NAT gateways, as the number of nodes is not known: up to ${nat.most} an hour`);
  const nodes = sum(pools.map((pool) => pool.nodes));
  const hourly = (count: number) => Math.min(nat.most, count * nat.perNode);
  items.add('NAT', 'NAT gateway', `${showRange(nodes)} nodes, ${nat.perNode} an hour each, ${nat.most} at most`, { low: hourly(nodes.low), high: hourly(nodes.high) }, 1);
}

/** Where the cloud makes the nodes: what the pods request, where that is what is paid. */
function costManagedPods(items: CostItems, { cluster, demand, prices: { pods }, asleep }: NodeInput): void {
  const { cpu, memory } = requestsOf(demand);
  const asked = `pods request ${showRange(cpu)} vCPU and ${showRange(memory)} GiB`;
  if (cluster.cloud === 'eks') return items.addUnknown(`nodes that EKS makes itself, of machines that it chooses; ${asked}`);
  if (!pods) return items.addUnknown(`pods on Autopilot in ${cluster.region}; ${asked}`);
  const billed = demand.pods.map((pod) => {
    const vcpu = Math.max(MIN_CPU, pod.cpu, pod.memory / RATIO.most);
    const hourly = vcpu * pods.vcpu + Math.max(pod.memory, vcpu * RATIO.least) * pods.gib;
    return { low: pod.count.low * (1 - (pod.sleeps ? asleep : 0)) * hourly, high: pod.count.high * hourly };
  });
  items.add('pods', 'pods', `${asked}; ${pods.vcpu} an hour for a vCPU, ${pods.gib} for a GiB`, sum(billed), 1);
}

