import { HOURS } from './items';
import type { NodeCost, PoolCost } from './node-items';
import type { PriceTable } from './prices/table';
import { exactly, sum, times, type Range } from './range';

/** Something that would make it cheaper, or does already. */
export interface Saving {
  /** How. */
  readonly how: 'spot' | 'autoscaling' | 'night';
  /** What it saves a month. */
  readonly monthly: Range;
  /** What is meant, for people. */
  readonly detail: string;
}

/**
 * What could be saved on nodes.
 * @param asleep - share of the week in which the environment sleeps, or would
 * @param sleeps - whether it does
 */
export function savingsOf({ pools }: NodeCost, { spot }: PriceTable, asleep: number, sleeps: boolean): Saving[] {
  const regular = pools.filter((pool) => !pool.spot && !pool.stateful);
  const off = { low: 1 - spot.high, high: 1 - spot.low };
  const bySpot = sum(regular.map((pool) => times(times(pool.nodes, off), exactly(pool.hourly * HOURS))));
  const growth = sum(pools.map((pool) => costOf(pool, pool.nodes.high - pool.nodes.low, spot)));
  const atNight = sum(pools.map((pool) => costOf(pool, (pool.nodes.low - pool.atNight) * asleep, spot)));
  const savings: Saving[] = [
    { how: 'spot', monthly: bySpot, detail: `spot nodes in ${names(regular)}: ${percent(off.low)} to ${percent(off.high)} off, and they may go at short notice` },
    { how: 'autoscaling', monthly: { low: 0, high: growth.high }, detail: 'nodes that come and go with the load, against the most of them all month' },
    { how: 'night', monthly: atNight, detail: nightDetail(pools, atNight, sleeps) },
  ];
  return savings.filter(({ how, monthly }) => monthly.high > 0 || how === 'night');
}

/** What so many nodes of a pool cost a month. */
function costOf({ hourly, extras, spot }: PoolCost, nodes: number, share: Range): Range {
  const machines = times(spot ? share : exactly(1), exactly(hourly));
  return times(sum([machines, exactly(extras)]), exactly(nodes * HOURS));
}

function nightDetail(pools: readonly PoolCost[], { high }: Range, sleeps: boolean): string {
  if (pools.length === 0) return 'the nodes are not known';
  if (high === 0) return `no node would go at night: lower nodes.min of ${names(pools)}`;
  return sleeps ? 'nodes that go while it sleeps, outside its working hours' : 'nodes that would go outside working hours, Monday to Friday from 07:00 to 20:00';
}

const names = (pools: readonly PoolCost[]): string => pools.map(({ name }) => name).join(', ');
const percent = (share: number): string => `${Math.round(share * 100)} %`;
