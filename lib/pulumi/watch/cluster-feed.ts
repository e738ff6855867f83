import { setMaxListeners } from 'node:events';
import type { ApiObject } from './api-objects';
import { ClusterView } from './cluster-view';
import type { ClusterReader, ReadKind } from './cluster-reader';

const AROUND_PODS: readonly ReadKind[] = ['Pod', 'PersistentVolumeClaim', 'Event'];
/** What has to be read to judge a kind. */
const NEEDED: Readonly<Record<string, readonly ReadKind[]>> = {
  Deployment: ['Deployment', 'ReplicaSet', ...AROUND_PODS],
  StatefulSet: ['StatefulSet', ...AROUND_PODS],
  DaemonSet: ['DaemonSet', ...AROUND_PODS],
  Job: ['Job', ...AROUND_PODS],
  Pod: AROUND_PODS,
};

/** Keeps a view of the cluster up to date, of what is asked for and no more. */
export class ClusterFeed {
  public readonly view = new ClusterView();
  private readonly followed = new Set<string>();

  /**
   * @param trouble - told what can't be read; the rest is read nevertheless
   * @param changed - told whenever the view has changed
   */
  public constructor(
    private readonly reader: ClusterReader,
    private readonly signal: AbortSignal,
    private readonly trouble: (message: string) => void,
    private readonly changed: () => void = () => undefined,
  ) {
    // One for each connection; Node would take so many for a leak.
    setMaxListeners(0, signal);
  }

  /** Reads what it takes to judge workloads of a kind in a namespace, from now on. */
  public follow(kind: string, namespace: string): void {
    for (const needed of NEEDED[kind] ?? []) this.followOne(needed, namespace);
    if (this.reader.startedAt !== undefined) this.view.startedAt(this.reader.startedAt);
  }

  private followOne(kind: ReadKind, namespace: string): void {
    const key = `${kind}/${namespace}`;
    if (this.followed.has(key)) return;
    this.followed.add(key);
    const { view, changed } = this;
    const tell = (change: (object: ApiObject) => void) => (object: ApiObject) => {
      change(object);
      changed();
    };
    const listener = { reset: () => view.clear(kind, namespace), changed: tell((object) => view.set(object)), removed: tell((object) => view.delete(object)) };
    this.reader.follow(kind, namespace, listener, this.signal).catch((error: Error) => this.trouble(error.message));
  }
}
