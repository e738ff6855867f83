import type { MonitoredApplication } from '../../application';
import { aggregate, regex } from '../../promql';
import type { StatPanel, TimeSeriesPanel } from '../model';
import { stat, timeSeries } from '../panels';
import { date, highest, orZero } from '../query';
import { state } from './subject';

/** What Kubernetes puts after the name of a Job into the names of its pods. */
const POD_SUFFIX = /-\[a-z0-9\]\+$/;

/** What kube-state-metrics says of the Jobs of a task; they are named as their pods are, less the end. */
const jobs = (application: MonitoredApplication, metric: string, matchers = {}) => state(application, metric, { job_name: regex(application.pods.replace(POD_SUFFIX, '')), ...matchers });

const isSchedule = ({ workload }: MonitoredApplication) => workload?.kind === 'CronJob';
const ofSchedule = (application: MonitoredApplication, metric: string) => highest([], state(application, metric, { cronjob: application.workload?.name }));

/** How long each run took. */
function duration(application: MonitoredApplication): string {
  const at = (moment: string) => highest(['job_name'], jobs(application, `kube_job_status_${moment}_time`));
  return `${at('completion')} - ${at('start')}`;
}

/** How long the longest of the runs took that are kept to look at. */
export const longestRun = (application: MonitoredApplication): string => highest([], duration(application));

/** Runs that failed, of those that are kept to look at. */
export const failedRuns = (application: MonitoredApplication): string => orZero(aggregate('count', [], `${jobs(application, 'kube_job_failed', { condition: 'true' })} == 1`));

/** When a run last succeeded. */
export const lastSuccess = (application: MonitoredApplication): string =>
  date(isSchedule(application) ? ofSchedule(application, 'kube_cronjob_status_last_successful_time') : highest([], jobs(application, 'kube_job_status_completion_time')));

/** When the schedule starts the next run; undefined without a schedule. */
export const nextRun = (application: MonitoredApplication): string | undefined => (isSchedule(application) ? date(ofSchedule(application, 'kube_cronjob_next_schedule_time')) : undefined);

const moment = (title: string, description: string, expr: string) => stat({ title, description, unit: 'dateTimeFromNow', graph: false, none: 'never', queries: [{ expr, legend: title }] });

/** What a glance should tell of a task's runs. */
export function runStats(application: MonitoredApplication): readonly StatPanel[] {
  const next = nextRun(application);
  return [
    moment('Last success', 'When a run last succeeded.', lastSuccess(application)),
    ...(next === undefined ? [] : [
      moment('Next run', 'When the schedule starts the next run.', next),
      stat({ title: 'Running', description: 'Runs that have started and not ended.', decimals: 0, queries: [{ expr: ofSchedule(application, 'kube_cronjob_status_active'), legend: 'running' }] }),
    ]),
    stat({ title: 'Longest run', description: 'How long the longest of the runs took that are kept to look at.', unit: 's', graph: false, queries: [{ expr: longestRun(application), legend: 'duration' }] }),
    stat({ title: 'Failed runs', description: 'Runs that failed, of those that are kept to look at.', decimals: 0, limits: { bad: 1 }, graph: false, queries: [{ expr: failedRuns(application), legend: 'failed' }] }),
  ];
}

/** Durations and failures over time. */
export function runPanels(application: MonitoredApplication): readonly TimeSeriesPanel[] {
  return [
    timeSeries({ title: 'Duration of runs', description: 'How long each run took that is kept to look at.', unit: 's', queries: [{ expr: duration(application), legend: '{{job_name}}' }] }),
    timeSeries({ title: 'Failures', description: 'Runs that failed, of those that are kept to look at.', decimals: 0, colors: { '/^failed$/': 'red' }, queries: [{ expr: failedRuns(application), legend: 'failed' }] }),
  ];
}
