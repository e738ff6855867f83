/** API objects as a cluster tells them, for the watch to judge. */
import type { ApiObject, ClusterEvent, ContainerStatus } from '../../../lib/pulumi/watch/api-objects';
import { ClusterView } from '../../../lib/pulumi/watch/cluster-view';
import { limitsOf, type RolloutLimits } from '../../../lib/pulumi/watch/limits';
import { RolloutWatch, type Workload } from '../../../lib/pulumi/watch/rollout-watch';

export const START = Date.parse('2026-01-01T10:00:00Z');
const BEFORE = '2026-01-01T09:00:00Z';
const DURING = '2026-01-01T10:00:30Z';
const REVISION = 'deployment.kubernetes.io/revision';
export const TEMPLATE = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'ghcr.io/acme/web:2' }] } };

type Body = Partial<Omit<ApiObject, 'kind' | 'metadata'>> & { readonly metadata?: Partial<ApiObject['metadata']>; readonly old?: boolean; readonly owner?: ApiObject };

let uids = 0;
export function api(kind: string, name: string, { metadata, old = false, owner, ...body }: Body = {}): ApiObject {
  return { kind, metadata: { name, namespace: 'shop', uid: `uid-${++uids}`, generation: 1, creationTimestamp: old ? BEFORE : DURING, ...(owner ? { ownerReferences: [{ uid: owner.metadata.uid, controller: true }] } : {}), ...metadata }, ...body };
}

export const deployment = (status: object = {}, spec: object = {}, body: Body = {}): ApiObject =>
  api('Deployment', 'web', { metadata: { annotations: { [REVISION]: '2' } }, spec: { replicas: 3, template: TEMPLATE, ...spec }, status: { observedGeneration: 1, ...status }, old: true, ...body });

export const replicaSet = (owner: ApiObject, revision = '2', status: object = {}, old = false): ApiObject =>
  api('ReplicaSet', `web-${revision}`, { owner, old, metadata: { annotations: { [REVISION]: revision } }, spec: {}, status: { ...status } });

export const condition = (type: string, status: string, reason?: string, message?: string) => ({ type, status, reason, message });

export function container(state: ContainerStatus['state'], more: Partial<ContainerStatus> = {}): ContainerStatus {
  return { name: 'web', image: 'ghcr.io/acme/web:2', ready: false, restartCount: 0, state, ...more };
}

export const waiting = (reason: string, message?: string, more: Partial<ContainerStatus> = {}) => container({ waiting: { reason, message } }, more);

export function pod(owner: ApiObject, containers: readonly ContainerStatus[], { conditions = [], init = [], labels = {}, name = 'web-2-x', old = false, spec = {} }: { conditions?: readonly object[]; init?: readonly ContainerStatus[]; labels?: Record<string, string>; name?: string; old?: boolean; spec?: Record<string, unknown> } = {}): ApiObject {
  return api('Pod', name, { owner, old, metadata: { labels }, spec, status: { phase: 'Pending', conditions, containerStatuses: containers, initContainerStatuses: init } });
}

export function event(about: ApiObject, reason: string, message: string, old = false): ClusterEvent {
  return { ...api('Event', `${about.metadata.name}.${uids}`, { old }), involvedObject: { uid: about.metadata.uid }, reason, message, count: 1, lastTimestamp: old ? BEFORE : DURING };
}

/** A watch of one workload, with a clock that the test winds. */
export class Judged {
  public readonly view = new ClusterView();
  public readonly stuck: string[] = [];
  public readonly lines: string[] = [];
  private readonly watch: RolloutWatch;
  private readonly workload: Workload & { namespace: string };
  private now = 0;

  public constructor(live: ApiObject, others: readonly ApiObject[], limits: RolloutLimits = {}, manifest: unknown = { spec: live.spec }) {
    this.view.startedAt(START);
    for (const object of [live, ...others]) this.view.set(object);
    this.workload = { identity: `${live.kind}/shop/${live.metadata.name}`, kind: live.kind, namespace: 'shop', name: live.metadata.name, manifest };
    this.watch = new RolloutWatch(this.view, limitsOf(limits), 'kubectl', { progress: (_, text) => this.lines.push(text), stuck: (_, text) => this.stuck.push(text) });
    this.check();
  }

  /** What is said once some seconds have passed. */
  public after(seconds: number): this {
    this.now += seconds * 1000;
    return this.check();
  }

  /** An object has changed. */
  public change(...objects: readonly ApiObject[]): this {
    for (const object of objects) this.view.set(object);
    return this.check();
  }

  private check(): this {
    this.watch.check([this.workload], this.now);
    return this;
  }
}

/** A Deployment whose new ReplicaSet has the pods. */
export function rollout(podsOf: (set: ApiObject) => readonly ApiObject[], limits: RolloutLimits = {}): Judged {
  const live = deployment();
  const set = replicaSet(live);
  return new Judged(live, [set, ...podsOf(set)], limits);
}
