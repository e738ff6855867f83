import { isAmount } from '../availability/amount';
import type { Application } from '../core/application';
import type { DurationInput } from '../core/duration';
import type { JsonObject } from '../core/json';
import { asObject } from '../core/shape';
import { readSeconds } from '../pod/shutdown';

/** How a new version takes over. */
export interface RolloutProps {
  /** Pods beyond the wanted number while it does: a number or a percentage. @default '25%' */
  readonly maxSurge?: number | string;
  /** Pods fewer than the wanted number: a number or a percentage. @default 0: no capacity is lost */
  readonly maxUnavailable?: number | string;
  /** How long a new pod must be ready before it counts. @default 5 s */
  readonly minReady?: DurationInput;
  /** When a rollout that makes no progress counts as failed. More than `minReady`. @default 10 minutes */
  readonly progressDeadline?: DurationInput;
  /** Old revisions kept for a rollback. @default 5 */
  readonly revisionHistory?: number;
}

/** The keys of {@link RolloutProps}. */
export const ROLLOUT_KEYS: Record<keyof RolloutProps, true> = { maxSurge: true, maxUnavailable: true, minReady: true, progressDeadline: true, revisionHistory: true };
const MIN_READY = 5;
const PROGRESS_DEADLINE = 600;
const REVISIONS = 5;
/** Most that Kubernetes takes of each, in percent. */
const MOST = { maxSurge: 999, maxUnavailable: 100 };

/** A rollout as read. */
export interface Rollout {
  readonly props: Partial<RolloutProps>;
  /** Whether the workload said so itself; a default yields where it does not fit. */
  readonly own: boolean;
  readonly minReadySeconds: number;
  readonly revisionHistoryLimit: number;
}

/** Reads the `rollout` prop, of which a kind of workload may know a part. */
export function readRollout(application: Application, own: Partial<RolloutProps> | undefined, keys: Readonly<Record<string, true>> = ROLLOUT_KEYS): Rollout {
  const { problems } = application;
  const props = asObject(problems, 'rollout', application.setting('rollout', own), own === undefined ? ROLLOUT_KEYS : keys);
  const minReadySeconds = readSeconds(application, 'rollout.minReady', props.minReady, 0) ?? application.decide('rollout.minReady', MIN_READY, 'a pod that fails in its first seconds does not count');
  const revisionHistoryLimit = props.revisionHistory ?? REVISIONS;
  if (!Number.isInteger(revisionHistoryLimit) || revisionHistoryLimit < 0) problems.add('rollout.revisionHistory', props.revisionHistory, 'a whole number is allowed');
  return { props, own: own !== undefined, minReadySeconds, revisionHistoryLimit };
}

/** Reads how long a Deployment may make no progress. */
export function readProgressDeadline(application: Application, { props, minReadySeconds }: Rollout): number {
  const seconds = readSeconds(application, 'rollout.progressDeadline', props.progressDeadline, 1) ?? PROGRESS_DEADLINE;
  if (seconds <= minReadySeconds) application.problems.add('rollout.progressDeadline', `${seconds}s`, `more than minReady (${minReadySeconds} s) is allowed, or no rollout ever succeeds`);
  return seconds;
}

/** The strategy of a Deployment; `Recreate` only where a volume can't be on two nodes. */
export function deploymentStrategy(application: Application, { props, own }: Rollout, exclusiveVolume: string | undefined): JsonObject {
  const { problems } = application;
  if (exclusiveVolume !== undefined) {
    if (own && (props.maxSurge ?? props.maxUnavailable) !== undefined) problems.add('rollout', props, `'${exclusiveVolume}' can be mounted by one node alone, so the old pod must go first; remove maxSurge and maxUnavailable`);
    return application.decide('rollout.strategy', { type: 'Recreate' }, `'${exclusiveVolume}' can be mounted by one node alone, so the old pod goes first`);
  }
  for (const key of ['maxSurge', 'maxUnavailable'] as const) {
    if (props[key] !== undefined && !isAmount(props[key], MOST[key])) problems.add(`rollout.${key}`, props[key], 'a whole number or a percentage such as "25%" is allowed');
  }
  const maxSurge = props.maxSurge ?? application.decide('rollout.maxSurge', '25%', 'new pods come before old ones go');
  const maxUnavailable = props.maxUnavailable ?? application.decide('rollout.maxUnavailable', 0, 'no capacity is lost');
  const none = (amount: number | string) => Number.parseInt(String(amount), 10) === 0;
  if (none(maxSurge) && none(maxUnavailable)) problems.add('rollout.maxSurge', maxSurge, 'with maxUnavailable 0 no pod could ever be replaced; allow at least 1 of either');
  return { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } };
}
