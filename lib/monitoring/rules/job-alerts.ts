import { toleranceOf } from '../../workloads/schedule';
import type { MonitoredApplication } from '../application';
import { regex } from '../promql';
import { highest, state, title, type ApplicationAlert } from './definition';

const HOUR = 3600;

const cron = (app: MonitoredApplication, metric: string) => highest(['cronjob'], state(app, `kube_cronjob_${metric}`, { cronjob: app.workload!.name }));
const isCron = ({ workload }: MonitoredApplication) => workload?.kind === 'CronJob';
/** The Jobs of one task, whose names may end in a hash: what its pods' names start with. */
const jobs = ({ pods }: MonitoredApplication) => regex(pods.replace(/-\[a-z0-9\]\+$/, ''));
const job = (app: MonitoredApplication, metric: string, matchers = {}) => highest(['job_name'], state(app, metric, { job_name: jobs(app), ...matchers }));

/** Seconds as people say them. */
const minutes = (seconds: number) => `${Math.round(seconds / 60)} minutes`;

/** Alerts on what runs to its end. */
export const JOB_ALERTS = {
  JobFailed: {
    severity: 'warning',
    for: '0s',
    threshold: { value: 12, meaning: 'hours after its start for which a failed job is told', min: 0, max: 720 },
    fits: ({ workload }) => workload?.kind === 'Job',
    expr: (app, hours) => `(${job(app, 'kube_job_failed', { condition: 'true' })} > 0) and (time() - ${job(app, 'kube_job_status_start_time')} < ${hours * HOUR})`,
    summary: (app) => `The task ${title(app)} failed`,
    description: (_, hours) => `Job {{ $labels.job_name }} gave up. What waits for it does not start. The alert ends ${hours} hours after the start of the job, or as soon as the job is deleted.`,
  },
  CronJobFailing: {
    severity: 'warning',
    for: '5m',
    fits: isCron,
    expr: (app) => {
      const succeeded = `(${cron(app, 'status_last_successful_time')} or ${cron(app, 'created')})`;
      return `(${cron(app, 'status_last_schedule_time')} > ${succeeded}) and (${cron(app, 'status_active')} == 0) and (${cron(app, 'spec_suspend')} == 0)`;
    },
    summary: (app) => `The last run of ${title(app)} failed`,
    description: () => 'Its last run ended without success, and none is under way. The alert ends with the next run that succeeds.',
  },
  CronJobMissed: {
    severity: 'warning',
    for: '1m',
    fits: (app) => isCron(app) && !app.schedule?.suspended,
    expr: (app) => `(time() - ${cron(app, 'next_schedule_time')} > ${toleranceOf(app.schedule?.cron)}) and (${cron(app, 'spec_suspend')} == 0)`,
    summary: (app) => `A run of ${title(app)} was missed`,
    description: ({ schedule }) => `It should have run by its schedule${schedule ? ` "${schedule.cron}"` : ''} more than ${minutes(toleranceOf(schedule?.cron))} ago, and has not been started.`,
  },
} satisfies Record<string, ApplicationAlert>;
