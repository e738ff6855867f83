import { quote } from '../promql/build';
import type { Mode } from './props';

/** Gives the value that the label `job` has on the series of a job. */
export type JobLabel = (job: string) => string;

/** Google's own scrape of the kubelets, for both of their addresses. */
const GOOGLE_KUBELET: ReadonlySet<string> = new Set(['kubelet', 'cadvisor']);

/**
 * How the jobs are called in a mode. In a Prometheus of others, and in one that all clusters share, the platform's jobs carry
 * the namespace of the stack: another installation has jobs of the same names, and series would be counted twice.
 */
export function jobLabels(mode: Mode, namespace: string): JobLabel {
  if (mode.kind === 'google') {
    // There the name of the resource is the job, and the namespace a label of its own.
    return (job) => (job.includes('/') ? job.slice(job.indexOf('/') + 1) : GOOGLE_KUBELET.has(job) ? 'kubelet' : `${namespace}-${job}`);
  }
  return mode.kind === 'operator' && mode.existing ? (job) => (job.includes('/') ? job : `${namespace}/${job}`) : (job) => job;
}

const MATCHER = /\bjob="((?:[^"\\]|\\.)*)"/g;

/** The expression with the jobs that its selectors name called as the mode calls them. */
export const withJobLabels = (expression: string, label: JobLabel): string => expression.replace(MATCHER, (_, job: string) => `job=${quote(label(job))}`);

/** The same of every text within a value: a dashboard. */
export function withJobLabelsWithin<T>(value: T, label: JobLabel): T {
  if (typeof value === 'string') return withJobLabels(value, label) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => withJobLabelsWithin(item, label)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withJobLabelsWithin(inner as unknown, label)])) as T;
}
