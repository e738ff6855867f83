import { loadBalancers } from './chart-items';
import { requestsOf, type Demand } from './demand';
import type { CostEstimate } from './estimate';
import { exactly, showRange, sum, times, type Range } from './range';
import type { Saving } from './savings';

/** What no estimate has, whatever the cluster. */
const LEFT_OUT = 'traffic and what load balancers and NAT take for it, logs and metrics, backups and snapshots, images in the registry, shared volumes, requests to keys and DNS, and discounts of any kind';

const HOW: Readonly<Record<Saving['how'], string>> = { spot: 'spot nodes', autoscaling: 'autoscaling', night: 'sleep at night' };

/** Whole units, as a price list is not exact enough for less. */
function money({ low, high }: Range): string {
  const [from, to] = [Math.round(low), Math.round(high)];
  return from === to ? String(to) : `${from} to ${to}`;
}

/** One line on what the charts ask for, where there are no prices. */
export function demandLine(demand: Demand): string {
  const { cpu, memory } = requestsOf(demand);
  const size = sum(demand.volumes.map((volume) => times(volume.count, exactly(volume.size))));
  const balancers = loadBalancers(demand.entries, []);
  const parts = [
    `${showRange(cpu)} vCPU and ${showRange(memory)} GiB for pods`,
    ...(size.high > 0 ? [`${showRange(size)} GiB of volumes`] : []),
    ...(balancers.high > 0 ? [`${showRange(balancers)} load balancer${balancers.high === 1 ? '' : 's'}`] : []),
  ];
  return `asks for ${parts.join(', ')}`;
}

/** One line on what it costs. */
export function estimateLine({ total, currency, asOf, region, unknown, savings, nodes }: CostEstimate): string {
  const saving = savings.filter(({ monthly }) => Math.round(monthly.high) > 0).map(({ how, monthly }) => `${HOW[how]} ${money(monthly)}`);
  return [
    `costs about ${money(total)} ${currency} a month by list prices${asOf === undefined ? '' : ` of ${asOf} or later`} in ${region}`,
    ...(unknown.length > 0 ? [`without ${unknown.join(', ')}${unknown.length > 1 ? ', which have no known price' : ''}`] : []),
    ...(saving.length > 0 ? [`saves or would save: ${saving.join(', ')}`] : []),
    ...(nodes.pending.length > 0 ? [`at most load ${nodes.pending.length} workloads find no room`] : []),
  ].join('; ');
}

/** All of an estimate, line by line. */
export function estimateReport({ items, total, currency, region, sources, unknown, savings, nodes }: CostEstimate): string[] {
  const rows = [...items.map(({ what, monthly, detail }) => [what, money(monthly), detail] as const), ['in all', money(total), `${currency} a month`] as const];
  const [first, second] = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length))) as [number, number];
  return [
    ...rows.map(([what, amount, detail]) => `${what.padEnd(first)}  ${amount.padStart(second)}  ${detail}`),
    ...unknown.map((what) => `no known price: ${what}`),
    ...nodes.pools.map(({ name, needed, nodes: { high } }) => `the pods need ${showRange(needed)} nodes of ${name}, which may grow to ${high}`),
    ...(nodes.pending.length > 0 ? [`at their most, pods of these find no room: ${nodes.pending.join(', ')}`] : []),
    ...savings.map(({ how, monthly, detail }) => `${HOW[how]}: ${money(monthly)} (${detail})`),
    ...sources.map(({ of, asOf, from }) => `list prices of ${of.join(', ')} in ${region}${asOf === undefined ? '' : ` on ${asOf}`}: ${from}`),
    `left out: ${LEFT_OUT}`,
  ];
}
