import type { MonitoredApplication } from '../application';
import { jobOf } from '../catalogue';
import type { RenderedGroup } from '../prometheus/rule-files';
import { ownsPrometheus } from './props';
import { withJobLabels } from './jobs';
import type { StackContext } from '../stack/part';

/** A rule as Prometheus writes it. */
export interface RenderedRule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/** The rules of a group. */
export const rulesOf = (group: RenderedGroup): readonly RenderedRule[] => group.rules as readonly RenderedRule[];

/** The application that a group is about; undefined for the platform's and the user's own. */
export const applicationOf = (group: RenderedGroup, applications: readonly MonitoredApplication[]): MonitoredApplication | undefined => applications.find((application) => jobOf(application) === group.name);

/** The groups with the jobs called as the mode calls them, and with the environment on alerts where no Prometheus of our own adds it. */
export function groupsOfMode({ mode, jobLabel, environment }: Pick<StackContext, 'mode' | 'jobLabel' | 'environment'>, groups: readonly RenderedGroup[]): RenderedGroup[] {
  if (ownsPrometheus(mode)) return [...groups];
  const marked = environment === undefined ? {} : { environment };
  return groups.map((group) => ({
    ...group,
    rules: rulesOf(group).map((rule) => ({ ...rule, expr: withJobLabels(rule.expr, jobLabel), ...(rule.alert === undefined ? {} : { labels: { ...marked, ...rule.labels } }) })),
  }));
}
