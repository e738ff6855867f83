import { OWNERSHIP_KEYS, type Application, type OwnershipProps } from '../core/application';
import type { DurationInput } from '../core/duration';
import { compact, type JsonObject } from '../core/json';
import { makePod, POD_KEYS, type Pod, type PodProps } from '../pod/pod-template';
import { readSeconds, readShutdown, type ShutdownProps } from '../pod/shutdown';
import { ownedClaim } from '../pod/volumes';

/** What every workload that runs to its end takes: ReleaseTask and CronTask. */
export interface JobProps extends OwnershipProps, PodProps {
  /** How long a run may take in all before it counts as failed. @default 15 minutes for a ReleaseTask, 1 hour for a CronTask */
  readonly deadline?: DurationInput;
  /** How often a failed run is tried again. @default 3 */
  readonly backoffLimit?: number;
  /** How a pod stops when it must go early. @default 20 s to finish */
  readonly shutdown?: ShutdownProps;
}

/** The keys of {@link JobProps}. */
export const JOB_KEYS: Record<keyof JobProps, true> = { ...OWNERSHIP_KEYS, ...POD_KEYS, deadline: true, backoffLimit: true, shutdown: true };

const BACKOFF_LIMIT = 3;

/** Makes the spec of a Job. Losing a pod to a drain does not count as a failure. */
export function makeJob(application: Application, props: JobProps, builtInDeadline: number): { spec: JsonObject; pod: Pod } {
  const { problems } = application;
  const { grace } = readShutdown(application, props.shutdown, false);
  const deadline = readSeconds(application, 'deadline', props.deadline, 1) ?? application.decide('deadline', builtInDeadline, 'a run that hangs must end some time');
  const backoffLimit = props.backoffLimit ?? application.decide('backoffLimit', BACKOFF_LIMIT, 'a passing fault should pass');
  if (!Number.isInteger(backoffLimit) || backoffLimit < 0) problems.add('backoffLimit', backoffLimit, 'a whole number is allowed');
  const pod = makePod(application, props, { grace, spec: { restartPolicy: 'Never' } });
  for (const { name, claim } of pod.volumes.claims) ownedClaim(application, name, claim);
  const spec = compact({
    backoffLimit,
    activeDeadlineSeconds: deadline,
    podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] },
    template: pod.template((name) => `${application.name}-${name}`),
  })!;
  return { spec, pod };
}
