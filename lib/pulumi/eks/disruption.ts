import { WEEKDAYS, type Maintenance } from '../cluster/settings/maintenance';
import type { NodePool } from '../cluster/settings/node-pools';

/** How many nodes may go at a time, and when: a budget of Karpenter. */
export interface Budget {
  readonly nodes: string;
  readonly reasons?: readonly string[];
  readonly schedule?: string;
  readonly duration?: string;
}

const HOURS_A_DAY = 24;
const DAYS = WEEKDAYS.length;
/** The reason of nodes that are not as their class, or the version of the cluster, says. */
const UPGRADE = ['Drifted'];
const DAY = 86_400_000;

/**
 * Budgets by which nodes are upgraded a few at a time, in the window only, and not at all in an exclusion. The strictest one
 * that is active holds, so that the times between windows are those with a budget of none.
 */
export function budgets({ window, exclusions }: Maintenance, { surge, unavailable }: NodePool['upgrade']): Budget[] {
  const frozen = Object.values(exclusions).filter(({ scope }) => scope !== 'minor').map(({ from, until }): Budget => {
    const [, month, day] = from.split('-').map(Number);
    return { nodes: '0', reasons: UPGRADE, schedule: `0 0 ${day} ${month} *`, duration: `${((Date.parse(until) - Date.parse(from)) / DAY) * HOURS_A_DAY}h` };
  });
  return [{ nodes: '10%' }, { nodes: String(Math.max(1, surge + unavailable)), reasons: UPGRADE }, ...between(window), ...frozen];
}

/** The times from the end of each window to the beginning of the next. */
function between({ days, start, hours }: Maintenance['window']): Budget[] {
  const [hour, minute] = start.split(':').map(Number) as [number, number];
  const indices = WEEKDAYS.flatMap((day, index) => (days.includes(day) ? [index] : []));
  return indices.flatMap((day, place) => {
    const next = indices[place + 1] ?? indices[0]! + DAYS;
    const rest = (next - day) * HOURS_A_DAY - hours;
    if (rest <= 0) return [];
    const end = hour + hours;
    // Cron counts from Sunday, the names of our days from Monday.
    const weekday = (day + Math.floor(end / HOURS_A_DAY) + 1) % DAYS;
    return [{ nodes: '0', reasons: UPGRADE, schedule: `${minute} ${end % HOURS_A_DAY} * * ${weekday}`, duration: `${rest}h` }];
  });
}
