import type { DeployedObject } from './deployed-object';
import { at } from '../core/paths';

const MINUTE = 60;
/** What a controller may take to notice and report, beyond the time that the object itself names. */
const MARGIN = MINUTE;
const PROGRESS_DEADLINE = 10 * MINUTE;
const JOB_DEADLINE = 30 * MINUTE;
const POD = 5 * MINUTE;
const QUICK = 2 * MINUTE;

/** How long the kinds that are waited for may take to get ready, in seconds, before what waits for them gives up. */
const BY_KIND: Readonly<Record<string, (object: DeployedObject) => number>> = {
  // A rollout may make progress pod by pod, each within the deadline.
  Deployment: ({ manifest }) => (number(manifest, 'spec', 'progressDeadlineSeconds') ?? PROGRESS_DEADLINE) + MARGIN,
  // One pod after the other.
  StatefulSet: ({ manifest }) => Math.max(1, number(manifest, 'spec', 'replicas') ?? 1) * POD + MARGIN,
  DaemonSet: () => PROGRESS_DEADLINE + MARGIN,
  ReplicaSet: () => POD,
  Pod: () => POD,
  Job: ({ manifest }) => (number(manifest, 'spec', 'activeDeadlineSeconds') ?? JOB_DEADLINE) + MARGIN,
  Ingress: () => POD,
  PersistentVolumeClaim: () => POD,
  CustomResourceDefinition: () => QUICK,
  Namespace: () => QUICK,
};
const DEFAULT = 5 * MINUTE;

const number = (manifest: unknown, ...path: string[]): number | undefined => {
  const found = at(manifest, ...path);
  return typeof found === 'number' ? found : undefined;
};

/** Gives each object its time to get ready, in seconds. */
export class Timeouts {
  private readonly known = new Map<DeployedObject, number>();

  /**
   * @param needs - what an object waits for
   * @param behind - the workloads whose pods a Service needs
   */
  public constructor(
    private readonly needs: (object: DeployedObject) => ReadonlySet<DeployedObject>,
    private readonly behind: (object: DeployedObject) => readonly DeployedObject[],
  ) {}

  /** Seconds that creating or updating the object may take. */
  public of(object: DeployedObject): number {
    if (object.kind !== 'Service') return BY_KIND[object.kind]?.(object) ?? DEFAULT;
    // A Service is ready when a pod behind it is, and that pod may have to wait for a release task and more.
    return Math.max(DEFAULT, ...this.behind(object).map((workload) => this.until(workload)));
  }

  /** Seconds from the start of the update until the object is ready at the latest. */
  private until(object: DeployedObject): number {
    const known = this.known.get(object);
    if (known !== undefined) return known;
    const before = [...this.needs(object)].map((needed) => this.until(needed));
    const seconds = before.reduce((longest, next) => Math.max(longest, next), 0) + this.of(object);
    this.known.set(object, seconds);
    return seconds;
  }
}
