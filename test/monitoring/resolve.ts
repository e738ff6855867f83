import type { MonitoredApplication } from '../../lib/monitoring';
import { applicationMetrics, CATALOGUE, jobOf, type JobMetrics, type PlatformJob } from '../../lib/monitoring/catalogue';
import type { LabelsOf } from '../../lib/monitoring/promql';
import { RECORDED_LABELS, RECORDED_METRICS } from '../../lib/monitoring/rules';

/** The labels of what a selector finds, by the job that it names; a metric that a rule recorded belongs to none. */
export function labelsOf(applications: readonly MonitoredApplication[]): LabelsOf {
  const jobs = new Map<string, JobMetrics | undefined>([...Object.keys(CATALOGUE).map((job) => [job, CATALOGUE[job as PlatformJob]] as const), ...applications.map((app) => [jobOf(app), applicationMetrics(app)] as const)]);
  return ({ metric, matchers }) => {
    if (RECORDED_METRICS.has(metric)) return RECORDED_LABELS;
    const job = matchers.find(({ label, operator }) => label === 'job' && operator === '=')?.value;
    const source = job === undefined ? undefined : jobs.get(job);
    const own = source && Object.hasOwn(source.metrics, metric) ? source.metrics[metric] : undefined;
    return source && own && [...source.targetLabels, ...own];
  };
}
