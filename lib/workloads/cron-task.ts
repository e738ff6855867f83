import { Construct } from 'constructs';
import { Application } from '../core/application';
import type { DurationInput } from '../core/duration';
import { compact } from '../core/json';
import type { Manifest } from '../core/manifest';
import type { ApplicationInfo, IApplication } from '../core/registry';
import { didYouMean } from '../core/suggest';
import { readNetwork } from '../network/network-policy';
import { readSeconds } from '../pod/shutdown';
import { versionLabel } from './deployment';
import { JOB_KEYS, makeJob, type JobProps } from './job';
import { checkSchedule, checkTimeZone } from './schedule';
import { waitFor } from './serving';
import type { ReleaseTask } from './release-task';

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
  readonly deadline?: JobProps['deadline'];
  /** Runs kept to look at. @default 3 that succeeded, 3 that failed */
  readonly history?: { readonly successful?: number; readonly failed?: number };
  /** Whether it rests. @default false */
  readonly suspend?: boolean;
  /** Tasks that must have completed before this version is put in place. @default none */
  readonly after?: readonly ReleaseTask[];
}

const KEYS: Record<keyof CronTaskProps, true> = { ...JOB_KEYS, schedule: true, timeZone: true, concurrency: true, startingDeadline: true, history: true, suspend: true, after: true };
const POLICIES = ['Forbid', 'Allow', 'Replace'];
const DEADLINE = 3_600;
const STARTING_DEADLINE = 300;
const HISTORY = 3;
/** A run's Job is named after the CronJob with eleven characters more. */
const NAME_LIMIT = 52;

/** A job that runs by a schedule. Makes a CronJob. */
export class CronTask extends Construct implements IApplication {
  public readonly application: ApplicationInfo;
  public readonly cronJob: Manifest;
  /** The task's own service account; undefined where an existing one was given. */
  public readonly serviceAccount: Manifest | undefined;
  public readonly role: Manifest | undefined;
  public readonly roleBinding: Manifest | undefined;
  /** The ConfigMap of the `config` prop. */
  public readonly config: Manifest | undefined;
  /** The ConfigMap of the `files` prop. */
  public readonly files: Manifest | undefined;
  /** The PersistentVolumeClaims of volumes made by `Volume.claim`. */
  public readonly claims: readonly Manifest[];
  public readonly networkPolicy: Manifest | undefined;

  public constructor(scope: Construct, id: string, props: CronTaskProps) {
    super(scope, id);
    const application = new Application(this, props, { type: 'CronTask', component: 'cron', keys: KEYS, nameLimit: NAME_LIMIT });
    const { spec, pod, claims } = makeJob(application, props, DEADLINE);
    this.cronJob = application.manifest('cronJob', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { labels: versionLabel(props.image) },
      spec: { ...readTiming(application, props), jobTemplate: { metadata: { labels: { ...application.labels } }, spec } },
    });
    waitFor(application, this.cronJob, props.after);
    this.application = application.register({ ports: [], metrics: undefined, hosts: [] });
    this.networkPolicy = readNetwork(application, props, { info: this.application, callsApiServer: pod.serviceAccount.mountsToken, hasIdentity: props.identity !== undefined });
    this.serviceAccount = pod.serviceAccount.object;
    this.role = pod.serviceAccount.role;
    this.roleBinding = pod.serviceAccount.roleBinding;
    this.config = pod.main.config;
    this.files = pod.main.files;
    this.claims = claims;
  }
}

function readTiming(application: Application, props: CronTaskProps) {
  const { problems } = application;
  checkSchedule(application, props.schedule);
  const timeZone = props.timeZone ?? application.decide('timeZone', 'Etc/UTC', "a cluster's own time zone is anybody's guess");
  checkTimeZone(application, timeZone);
  const concurrency = props.concurrency ?? application.decide('concurrency', 'Forbid', 'two runs at once surprise');
  if (!POLICIES.includes(concurrency)) problems.add('concurrency', concurrency, `${POLICIES.join(', ')} are allowed`);
  const startingDeadline = readSeconds(application, 'startingDeadline', props.startingDeadline, 10) ?? application.decide('startingDeadline', STARTING_DEADLINE, 'a run that comes very late is left out');
  const { history = {} } = props;
  problems.unknownKeys('history', history, ['successful', 'failed'], didYouMean);
  for (const [key, value] of Object.entries(history)) if (!Number.isInteger(value) || value < 0) problems.add(`history.${key}`, value, 'a whole number is allowed');
  return compact({
    schedule: props.schedule,
    timeZone,
    concurrencyPolicy: concurrency,
    startingDeadlineSeconds: startingDeadline,
    successfulJobsHistoryLimit: history.successful ?? HISTORY,
    failedJobsHistoryLimit: history.failed ?? HISTORY,
    suspend: props.suspend ? true : undefined,
  });
}
