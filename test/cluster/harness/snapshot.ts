import { createHash } from 'node:crypto';
import type { Kubectl } from './kubectl';
import { controllerOf, nameOf, type KubeList, type KubeObject } from './objects';

/** What a namespace holds at one moment, for comparing with a later one. */
export interface Snapshot {
  /** By `Kind/name`; without what controllers derive from other objects. */
  readonly objects: Readonly<Record<string, ObjectVersion>>;
  /** Sorted uids of pods by the workload they belong to in the end: `Deployment/web`, `CronJob/report`. */
  readonly pods: Readonly<Record<string, readonly string[]>>;
}

export interface ObjectVersion {
  readonly uid?: string;
  /** Rises with the spec; some kinds have none. */
  readonly generation?: number;
  /** Rises with every write, status included: equal means untouched, different means little. */
  readonly resourceVersion?: string;
  /** Changes with everything but status and bookkeeping. */
  readonly content: string;
}

/** Derived by controllers, or written on a timer. */
const DERIVED_KINDS = /^(events|endpoints|endpointslices|leases|controllerrevisions|bindings)(\.|$)/;

/** Controllers put these into each namespace, a moment after it is made. */
const OF_EVERY_NAMESPACE = ['ConfigMap/kube-root-ca.crt', 'ServiceAccount/default'];

/** Only steps between a pod and the workload that somebody wrote. */
const INTERMEDIATE_KINDS = ['Pod', 'ReplicaSet'];

export async function snapshot(kubectl: Kubectl, namespace: string): Promise<Snapshot> {
  const kinds = await kubectl.mustRun(['api-resources', '--verbs=list', '--namespaced', '-o', 'name']);
  const listed = kinds.trim().split('\n').filter((kind) => !DERIVED_KINDS.test(kind));
  const { items } = await kubectl.json<KubeList>(['get', listed.join(','), `--namespace=${namespace}`]);
  const kept = items.filter((it) => !isDerived(it));
  return {
    objects: Object.fromEntries(kept.map((it) => [nameOf(it), versionOf(it)])),
    pods: podsByWorkload(items),
  };
}

/** What differs between two snapshots, one line each; empty when nothing was changed and nothing rolled. */
export function changesBetween(before: Snapshot, after: Snapshot): string[] {
  return [
    ...changes(before.objects, after.objects, (it) => `${it.uid} ${it.content}`),
    ...changes(before.pods, after.pods, (uids) => uids.join(' ')).map((line) => `pods of ${line}`),
  ];
}

function changes<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
  identity: (value: T) => string,
): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((name) => {
    const [old, now] = [before[name], after[name]];
    if (old === undefined) return [`${name} created`];
    if (now === undefined) return [`${name} removed`];
    return identity(old) === identity(now) ? [] : [`${name} changed`];
  });
}

function isDerived(it: KubeObject): boolean {
  if (INTERMEDIATE_KINDS.includes(it.kind) && controllerOf(it)) return true;
  // The Jobs of a CronJob come and go with the clock.
  return (it.kind === 'Job' && controllerOf(it) !== undefined) || OF_EVERY_NAMESPACE.includes(nameOf(it));
}

function versionOf(it: KubeObject): ObjectVersion {
  const { uid, generation, resourceVersion } = it.metadata;
  const bookkeeping = ['status', 'resourceVersion', 'generation', 'managedFields'];
  const text = JSON.stringify(it, (key, value: unknown) => (bookkeeping.includes(key) ? undefined : value));
  const content = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { uid, generation, resourceVersion, content };
}

function podsByWorkload(items: readonly KubeObject[]): Record<string, string[]> {
  const byUid = new Map(items.map((it) => [it.metadata.uid, it]));
  const pods: Record<string, string[]> = {};
  for (const pod of items.filter((it) => it.kind === 'Pod')) {
    (pods[workloadOf(pod, byUid)] ??= []).push(String(pod.metadata.uid));
  }
  for (const uids of Object.values(pods)) uids.sort();
  return pods;
}

function workloadOf(it: KubeObject, byUid: ReadonlyMap<string | undefined, KubeObject>): string {
  const owner = controllerOf(it);
  if (!owner) return nameOf(it);
  const parent = byUid.get(owner.uid);
  return parent ? workloadOf(parent, byUid) : `${owner.kind}/${owner.name}`;
}
