import type { Construct } from 'constructs';
import { Application } from '../core/application';
import type { DurationInput } from '../core/duration';
import { compact } from '../core/json';
import type { Manifest } from '../core/manifest';
import type { ApplicationInfo } from '../core/registry';
import { asFlag, asObject } from '../core/shape';
import { sentenceList } from '../core/suggest';
import { readSeconds } from '../pod/shutdown';
import { announce } from './announce';
import { JOB_KEYS, makeJob, type JobProps } from './job';
import type { ReleaseTask } from './release-task';
import { checkSchedule } from './schedule';
import { versionLabel, waitFor } from './serving';
import { checkTimeZone } from './time-zone';
import { Workload } from './workload';

/** Finished runs that are kept to look at. */
export interface HistoryProps {
  /** Runs that succeeded. @default 3 */
  readonly successful?: number;
  /** Runs that failed. @default 3 */
  readonly failed?: number;
}

/** Props of a {@link CronTask}. */
export interface CronTaskProps extends JobProps {
  /** When it runs: `'15 3 * * *'` (minute, hour, day of month, month, day of week), or `@daily` and the like. */
  readonly schedule: string;
  /** Time zone of the schedule, as in the tz database: `'Europe/Zurich'`. @default 'Etc/UTC' */
  readonly timeZone?: string;
  /** What happens when the last run still runs: not start, start beside it, or take its place. @default 'Forbid' */
  readonly concurrency?: 'Forbid' | 'Allow' | 'Replace';
  /** How late a run may start before it is left out. At least 10 s, or the controller may miss it. @default 5 minutes */
  readonly startingDeadline?: DurationInput;
  /** How long a run may take. @default 1 hour */
  readonly deadline?: DurationInput;
  /** Runs kept to look at. @default 3 that succeeded, 3 that failed */
  readonly history?: HistoryProps;
  /** Whether it rests. @default false */
  readonly suspend?: boolean;
  /** Tasks that must have completed before this version is put in place. @default none */
  readonly after?: readonly ReleaseTask[];
}

const KEYS: Record<keyof CronTaskProps, true> = { ...JOB_KEYS, schedule: true, timeZone: true, concurrency: true, startingDeadline: true, history: true, suspend: true, after: true };
const HISTORY_KEYS: Record<keyof HistoryProps, true> = { successful: true, failed: true };
const POLICIES = ['Forbid', 'Allow', 'Replace'];
const DEADLINE = 3_600;
const STARTING_DEADLINE = 300;
const HISTORY = 3;
/** A run's Job is named after the CronJob with eleven characters more. */
const NAME_LIMIT = 52;

/** A job that runs by a schedule. Makes a CronJob. */
export class CronTask extends Workload {
  public readonly application: ApplicationInfo;
  /** The CronJob. */
  public readonly cronJob: Manifest;

  public constructor(scope: Construct, id: string, props: CronTaskProps) {
    super(scope, id);
    const application = new Application(this, props, { type: 'CronTask', component: 'cron', keys: KEYS, nameLimit: NAME_LIMIT });
    const { spec, pod } = makeJob(application, props, DEADLINE);
    this.cronJob = application.manifest('cronJob', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { labels: versionLabel(props.image) },
      spec: { ...readTiming(application, props), jobTemplate: { metadata: { labels: { ...application.labels } }, spec } },
    });
    waitFor(application, this.cronJob, props.after);
    this.application = announce(application, props, pod);
  }
}

function readTiming(application: Application, props: CronTaskProps) {
  const { problems } = application;
  checkSchedule(application, props.schedule);
  const timeZone = props.timeZone ?? application.decide('timeZone', 'Etc/UTC', "a cluster's own time zone is anybody's guess");
  checkTimeZone(application, timeZone);
  const concurrency = props.concurrency ?? application.decide('concurrency', 'Forbid', 'two runs at once surprise');
  if (!POLICIES.includes(concurrency)) problems.add('concurrency', concurrency, `${sentenceList(POLICIES)} are allowed`);
  const startingDeadline = readSeconds(application, 'startingDeadline', props.startingDeadline, 10) ?? application.decide('startingDeadline', STARTING_DEADLINE, 'a run that comes very late is left out');
  const history = asObject(problems, 'history', props.history, HISTORY_KEYS);
  for (const key of ['successful', 'failed'] as const) {
    const value = history[key] ?? HISTORY;
    if (!Number.isInteger(value) || value < 0) problems.add(`history.${key}`, value, 'a whole number is allowed');
  }
  return compact({
    schedule: props.schedule,
    timeZone,
    concurrencyPolicy: concurrency,
    startingDeadlineSeconds: startingDeadline,
    successfulJobsHistoryLimit: history.successful ?? HISTORY,
    failedJobsHistoryLimit: history.failed ?? HISTORY,
    suspend: asFlag(problems, 'suspend', props.suspend) ? true : undefined,
  });
}
