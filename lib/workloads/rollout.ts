import type { Application } from '../core/application';
import type { DurationInput } from '../core/duration';
import type { JsonObject } from '../core/json';
import { didYouMean } from '../core/suggest';
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

const KEYS: Record<keyof RolloutProps, true> = { maxSurge: true, maxUnavailable: true, minReady: true, progressDeadline: true, revisionHistory: true };
const MIN_READY = 5;
const PROGRESS_DEADLINE = 600;
const REVISIONS = 5;
const AMOUNT = /^\d{1,3}%$/;

const isAmount = (value: unknown) => (Number.isInteger(value) && (value as number) >= 0) || (typeof value === 'string' && AMOUNT.test(value));

/** The times of a rollout and the revisions kept. */
export interface Rollout {
  readonly props: RolloutProps;
  readonly minReadySeconds: number;
  readonly progressDeadlineSeconds: number;
  readonly revisionHistoryLimit: number;
}

/** Reads the `rollout` prop. */
export function readRollout(application: Application, own: RolloutProps | undefined, known: readonly (keyof RolloutProps)[] = Object.keys(KEYS) as (keyof RolloutProps)[]): Rollout {
  const props = own ?? application.setting('rollout', undefined) ?? {};
  const { problems } = application;
  if (own) problems.unknownKeys('rollout', own, known, didYouMean);
  const minReadySeconds = readSeconds(application, 'rollout.minReady', props.minReady, 0) ?? application.decide('rollout.minReady', MIN_READY, 'a pod that fails in its first seconds does not count');
  const progressDeadlineSeconds = readSeconds(application, 'rollout.progressDeadline', props.progressDeadline, 1) ?? PROGRESS_DEADLINE;
  if (progressDeadlineSeconds <= minReadySeconds) problems.add('rollout.progressDeadline', props.progressDeadline, `more than minReady (${minReadySeconds} s) is allowed, or no rollout ever succeeds`);
  const revisionHistoryLimit = props.revisionHistory ?? REVISIONS;
  if (!Number.isInteger(revisionHistoryLimit) || revisionHistoryLimit < 0) problems.add('rollout.revisionHistory', props.revisionHistory, 'a whole number is allowed');
  return { props, minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit };
}

/** The strategy of a Deployment; `Recreate` only where a volume can't be on two nodes. */
export function deploymentStrategy(application: Application, { props }: Rollout, exclusiveVolume: string | undefined): JsonObject {
  const { problems } = application;
  const asked = props.maxSurge ?? props.maxUnavailable;
  if (exclusiveVolume !== undefined) {
    if (asked !== undefined) problems.add('rollout', props, `'${exclusiveVolume}' can be mounted by one node alone, so the old pod must go first; remove maxSurge and maxUnavailable`);
    return application.decide('rollout.strategy', { type: 'Recreate' }, `'${exclusiveVolume}' can be mounted by one node alone, so the old pod goes first`);
  }
  for (const key of ['maxSurge', 'maxUnavailable'] as const) {
    if (props[key] !== undefined && !isAmount(props[key])) problems.add(`rollout.${key}`, props[key], 'a whole number or a percentage such as "25%" is allowed');
  }
  const maxSurge = props.maxSurge ?? application.decide('rollout.maxSurge', '25%', 'new pods come before old ones go');
  const maxUnavailable = props.maxUnavailable ?? application.decide('rollout.maxUnavailable', 0, 'no capacity is lost');
  const none = (amount: number | string) => amount === 0 || amount === '0%';
  if (none(maxSurge) && none(maxUnavailable)) problems.add('rollout.maxSurge', maxSurge, 'with maxUnavailable 0 no pod could ever be replaced; allow at least 1 of either');
  return { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } };
}
