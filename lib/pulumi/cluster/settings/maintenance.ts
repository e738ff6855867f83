import * as z from 'zod';
import { WEEKDAYS, type Weekday } from '../../../core/weekdays';
import { integer, section } from '../../../environment/schema';
import type { Reporter, ShapeOf } from './read';

export { WEEKDAYS, type Weekday };

/** When the cloud may upgrade what it manages. */
export interface MaintenanceWindow {
  /** Days on which it begins. @default Tuesday to Thursday: whoever mends a bad upgrade is at work when it shows */
  readonly days?: readonly Weekday[];
  /** When it begins, UTC: `01:00`. @default '01:00' */
  readonly start?: string;
  /** Hours that it lasts. @default 4 */
  readonly hours?: number;
}

/** A time without upgrades. */
export interface MaintenanceExclusion {
  /** First day: `2026-11-20`. */
  readonly from: string;
  /** The day after the last: `2026-12-02`. */
  readonly until: string;
  /** What does not happen: any upgrade, those to a minor version, or those and all of nodes. @default 'all' */
  readonly scope?: 'all' | 'minor' | 'minor-and-nodes';
}

/** When a cluster is upgraded, and when not. */
export interface MaintenanceSettings {
  /** When upgrades may happen. @default Tuesday to Thursday, 01:00 to 05:00 UTC */
  readonly window?: MaintenanceWindow;
  /** Times without upgrades, by name. @default none */
  readonly exclusions?: Readonly<Record<string, MaintenanceExclusion>>;
}

const day = z.iso.date({ error: 'a day such as "2026-11-20"' });

/** Schema of {@link MaintenanceSettings}. */
export const maintenance = section({
  window: section({
    days: z.array(z.enum(WEEKDAYS)).min(1).default(['tuesday', 'wednesday', 'thursday']),
    start: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day (UTC) such as "01:00"').default('01:00'),
    hours: integer({ min: 1, max: 24 }).default(4),
  } satisfies ShapeOf<MaintenanceWindow>).prefault({}),
  exclusions: z.record(z.string().regex(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, 'a name of lower-case letters, digits and "-"'), section({ from: day, until: day, scope: z.enum(['all', 'minor', 'minor-and-nodes']).default('all') } satisfies ShapeOf<MaintenanceExclusion>)).default({}),
} satisfies ShapeOf<MaintenanceSettings>).prefault({});

/** {@link MaintenanceSettings} with all that was left out filled in. */
export type Maintenance = z.output<typeof maintenance>;

/** Reports exclusions that end before they begin. */
export function checkMaintenance({ exclusions }: Maintenance, reporter: Reporter, at: readonly string[] = ['maintenance']): void {
  for (const [name, { from, until }] of Object.entries(exclusions)) {
    if (from >= until) reporter.add([...at, 'exclusions', name, 'until'], until, `a day after from, which is ${from}`);
  }
}
