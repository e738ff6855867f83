import type { Mistakes } from '../../core/problems';

/**
 * How long a rollout may show a problem, in seconds, before it counts as stuck. What no waiting can cure ends the `up` at
 * once: an image that the registry does not know, pods that the namespace's Pod Security level forbids, a failed Job.
 */
export interface RolloutLimits {
  /**
   * An image can't be pulled for another reason than that it does not exist: credentials, the network, a rate limit.
   * @default 60: the kubelet has then tried at least three times (after 10, 20 and 40 seconds)
   */
  readonly imagePull?: number;
  /**
   * How often a container may be restarted; a number, no time.
   * @default 3: what waits for something that comes up at the same time has usually found it by then
   */
  readonly restarts?: number;
  /**
   * No node has room for a pod, and no autoscaler said that it adds one.
   * @default 120: the cluster autoscaler looks every 10 seconds, and the scheduler tries anew for each change
   */
  readonly unschedulable?: number;
  /**
   * No node has room for a pod, and an autoscaler is adding one.
   * @default 900: the time that the cluster autoscaler itself gives a new node (`max-node-provision-time`)
   */
  readonly scaleUp?: number;
  /**
   * The namespace's quota is used up.
   * @default 60: a rollout frees some when old pods go
   */
  readonly quota?: number;
  /**
   * A ConfigMap, a Secret, a key of one, a service account or a priority class is missing.
   * @default 60: another controller may be making it
   */
  readonly config?: number;
  /**
   * A volume is not bound, attached or mounted.
   * @default 180: detaching a disk from the node before takes a minute or two
   */
  readonly volume?: number;
  /**
   * A container runs and is not ready, and its readiness probe says why.
   * @default 180
   */
  readonly readiness?: number;
  /**
   * Something else that may pass: a webhook that does not answer, a sandbox that can't be made.
   * @default 60
   */
  readonly other?: number;
  /**
   * A problem that was there before and that the cluster has not tried again since.
   * @default 300: the longest pause of the kubelet between two tries
   */
  readonly old?: number;
}

/** The limits where none are given. */
export const DEFAULT_LIMITS: Readonly<Required<RolloutLimits>> = { imagePull: 60, restarts: 3, unschedulable: 120, scaleUp: 900, quota: 60, config: 60, volume: 180, readiness: 180, other: 60, old: 300 };

/** The limits that hold. */
export const limitsOf = (given: RolloutLimits = {}): Required<RolloutLimits> => ({ ...DEFAULT_LIMITS, ...given });

/** Reports what is no limit. */
export function checkLimits(limits: RolloutLimits, prop: string, mistakes: Mistakes): void {
  mistakes.unknownKeys(prop, limits, Object.keys(DEFAULT_LIMITS));
  for (const [key, value] of Object.entries(limits)) {
    if (key in DEFAULT_LIMITS && value !== undefined && !(typeof value === 'number' && value >= 0)) mistakes.add(`${prop}.${key}`, value, `a number of ${key === 'restarts' ? 'restarts' : 'seconds'} is allowed`);
  }
}
