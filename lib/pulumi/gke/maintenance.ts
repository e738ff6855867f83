import type { input } from '@pulumi/gcp/types';
import { WEEKDAYS } from '../cluster/settings/maintenance';
import type { Gke } from './schema';

type Window = Gke['maintenance']['window'];

/** What GKE calls a scope, and the most days that it takes. */
export const WORD_OF_SCOPE = {
  all: { word: 'NO_UPGRADES', most: 30 },
  minor: { word: 'NO_MINOR_UPGRADES', most: 180 },
  'minor-and-nodes': { word: 'NO_MINOR_OR_NODE_UPGRADES', most: 180 },
} as const;

/** A Monday in the past: windows recur from a fixed day on, so that the same settings give the same inputs. */
const MONDAY = Date.UTC(2025, 0, 6);
const DAY = 86_400_000;
const HOUR = 3_600_000;

/** Hours of the window in a week. */
export const weeklyHours = ({ days, hours }: Window): number => new Set(days).size * hours;

const instant = (time: number) => new Date(time).toISOString().replace('.000Z', 'Z');

/** The window and the exclusions, as GKE takes them. */
export function maintenancePolicy({ maintenance: { window, exclusions } }: Gke): input.container.ClusterMaintenancePolicy {
  const days = WEEKDAYS.filter((day) => window.days.includes(day));
  const [hour, minute] = window.start.split(':').map(Number) as [number, number];
  // The first window lies on the first of its days.
  const start = MONDAY + WEEKDAYS.indexOf(days[0]!) * DAY + hour * HOUR + minute * 60_000;
  const excluded = Object.entries(exclusions).sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    recurringWindow: { startTime: instant(start), endTime: instant(start + window.hours * HOUR), recurrence: `FREQ=WEEKLY;BYDAY=${days.map((day) => day.slice(0, 2).toUpperCase()).join(',')}` },
    ...(excluded.length === 0 ? {} : { maintenanceExclusions: excluded.map(([exclusionName, { from, until, scope }]) => ({ exclusionName, startTime: `${from}T00:00:00Z`, endTime: `${until}T00:00:00Z`, exclusionOptions: { scope: WORD_OF_SCOPE[scope].word } })) }),
  };
}
