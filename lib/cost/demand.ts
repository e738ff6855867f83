import type { JsonObject } from '../core/json';
import { at, listAt, objectAt, textAt } from '../core/paths';
import { podTemplateOf } from '../core/pod-template';
import { gibOf } from '../core/quantity';
import { podRequests, type Requests } from './pods';
import { exactly, sum, type Range } from './range';

/** The pods of one workload. */
export interface PodDemand extends Requests {
  /** The workload: `Deployment/shop/frontend`. */
  readonly workload: string;
  /** How many there are: the fewest and the most that its autoscaler leaves. One on every node counts as none. */
  readonly count: Range;
  /** Whether there is one on every node. */
  readonly perNode: boolean;
  /** Whether a NightSchedule would put it to sleep. */
  readonly sleeps: boolean;
  /** Labels that its nodes must have. */
  readonly nodeSelector: Readonly<Record<string, unknown>>;
  /** Taints that it tolerates. */
  readonly tolerations: readonly JsonObject[];
}

/** Claims of volumes. */
export interface VolumeDemand {
  /** The claim, or the template that claims are made from: `PersistentVolumeClaim/shop/data`. */
  readonly claim: string;
  /** GiB of each. */
  readonly size: number;
  /** Their storage class. @default the one that the cluster calls its default */
  readonly storageClass?: string;
  /** How many there are. */
  readonly count: Range;
}

/** A way in from outside, for which there is a load balancer. */
export interface EntryDemand {
  /** What asks for it: `Ingress`, `Gateway` or `Service`. */
  readonly kind: 'Ingress' | 'Gateway' | 'Service';
  /** Its class. @default the one that the cluster calls its default */
  readonly className?: string;
  /** How many of them there are. */
  readonly count: number;
}

/** What charts ask a cluster for. */
export interface Demand {
  /** Pods, workload by workload. */
  readonly pods: readonly PodDemand[];
  /** Volumes, claim by claim. */
  readonly volumes: readonly VolumeDemand[];
  /** Ways in from outside. */
  readonly entries: readonly EntryDemand[];
}

/** Reads from rendered objects what they ask a cluster for. */
export function demandOf(manifests: readonly JsonObject[]): Demand {
  const scalers = readScalers(manifests);
  const made = manifests.map((manifest) => ({ manifest, pods: readPods(manifest, scalers) }));
  return {
    pods: made.flatMap(({ pods }) => pods ?? []),
    volumes: made.flatMap(({ manifest, pods }) => readVolumes(manifest, pods?.count ?? exactly(0))),
    entries: readEntries(manifests),
  };
}

/** Cores and GiB that the pods request in all, those on every node left out. */
export function requestsOf({ pods }: Demand): { readonly cpu: Range; readonly memory: Range } {
  const total = (resource: keyof Requests) => sum(pods.map((pod) => ({ low: pod.count.low * pod[resource], high: pod.count.high * pod[resource] })));
  return { cpu: total('cpu'), memory: total('memory') };
}

const identityOf = (kind: unknown, namespace: unknown, name: unknown): string => [kind, namespace, name].filter((part) => part !== undefined).join('/');
const identify = (manifest: JsonObject): string => identityOf(manifest.kind, at(manifest, 'metadata', 'namespace'), at(manifest, 'metadata', 'name'));

interface Scaler {
  readonly count: Range;
  /** Whether events wake the workload, so that it must not be put to sleep by others. */
  readonly byEvents: boolean;
}

/** Autoscalers by what they scale. */
function readScalers(manifests: readonly JsonObject[]): ReadonlyMap<string, Scaler> {
  const number = (manifest: JsonObject, key: string, otherwise: number) => Number(at(manifest, 'spec', key) ?? otherwise);
  return new Map(manifests.flatMap((manifest): [string, Scaler][] => {
    const { kind, name } = objectAt(manifest, 'spec', 'scaleTargetRef');
    const of = (otherwise?: string) => identityOf(kind ?? otherwise, at(manifest, 'metadata', 'namespace'), name);
    switch (manifest.kind) {
      case 'HorizontalPodAutoscaler':
        return [[of(), { count: { low: number(manifest, 'minReplicas', 1), high: number(manifest, 'maxReplicas', 1) }, byEvents: false }]];
      case 'ScaledObject':
        // 100 is the most that KEDA takes when nothing is said.
        return [[of('Deployment'), { count: { low: number(manifest, 'minReplicaCount', 0), high: number(manifest, 'maxReplicaCount', 100) }, byEvents: true }]];
      default:
        return [];
    }
  }));
}

function readPods(manifest: JsonObject, scalers: ReadonlyMap<string, Scaler>): PodDemand | undefined {
  const template = podTemplateOf(manifest);
  if (!template) return undefined;
  const workload = identify(manifest);
  const scaler = scalers.get(workload);
  return {
    workload,
    ...podRequests(template.spec),
    count: countOf(manifest, scaler),
    perNode: manifest.kind === 'DaemonSet',
    sleeps: (manifest.kind === 'Deployment' || manifest.kind === 'StatefulSet') && scaler?.byEvents !== true,
    nodeSelector: objectAt(template.spec, 'nodeSelector'),
    tolerations: listAt(template.spec, 'tolerations'),
  };
}

function countOf(manifest: JsonObject, scaler: Scaler | undefined): Range {
  const number = (...path: readonly string[]) => Number(at(manifest, ...path) ?? 1);
  switch (manifest.kind) {
    case 'DaemonSet':
      return exactly(0);
    // They run now and then.
    case 'Job':
      return { low: 0, high: number('spec', 'parallelism') };
    case 'CronJob':
      return { low: 0, high: at(manifest, 'spec', 'suspend') === true ? 0 : number('spec', 'jobTemplate', 'spec', 'parallelism') };
    default:
      return scaler?.count ?? exactly(number('spec', 'replicas'));
  }
}

function readVolumes(manifest: JsonObject, count: Range): VolumeDemand[] {
  const volume = (name: unknown, claim: JsonObject, times: Range): VolumeDemand => {
    const storageClass = textAt(claim, 'spec', 'storageClassName');
    return { claim: identityOf('PersistentVolumeClaim', at(manifest, 'metadata', 'namespace'), name), size: gibOf(at(claim, 'spec', 'resources', 'requests', 'storage')) ?? 0, ...(storageClass === undefined ? {} : { storageClass }), count: times };
  };
  if (manifest.kind === 'PersistentVolumeClaim') return [volume(at(manifest, 'metadata', 'name'), manifest, exactly(1))];
  const templates = listAt(manifest, 'spec', 'volumeClaimTemplates').map((claim) => volume(at(claim, 'metadata', 'name'), claim, count));
  const ephemeral = listAt(podTemplateOf(manifest)?.spec, 'volumes').flatMap(({ name, ephemeral }) => (ephemeral === undefined ? [] : [volume(name, objectAt(ephemeral, 'volumeClaimTemplate'), count)]));
  return [...templates, ...ephemeral];
}

/** Services of type LoadBalancer, Gateways, and the Ingresses of each class. */
function readEntries(manifests: readonly JsonObject[]): EntryDemand[] {
  const balancers = manifests.filter((manifest) => manifest.kind === 'Service' && at(manifest, 'spec', 'type') === 'LoadBalancer');
  const classes = new Map<string | undefined, number>();
  for (const manifest of manifests.filter(({ kind }) => kind === 'Ingress')) {
    const name = textAt(manifest, 'spec', 'ingressClassName') ?? textAt(manifest, 'metadata', 'annotations', 'kubernetes.io/ingress.class');
    classes.set(name, (classes.get(name) ?? 0) + 1);
  }
  const gateways = new Set([
    ...manifests.filter(({ kind }) => kind === 'Gateway').map((manifest) => identityOf('Gateway', at(manifest, 'metadata', 'namespace'), at(manifest, 'metadata', 'name'))),
    ...manifests.filter(({ kind }) => kind === 'HTTPRoute' || kind === 'GRPCRoute').flatMap((route) => listAt(route, 'spec', 'parentRefs').map(({ namespace, name }) => identityOf('Gateway', namespace ?? at(route, 'metadata', 'namespace'), name))),
  ]);
  return [
    ...(balancers.length > 0 ? [{ kind: 'Service' as const, count: balancers.length }] : []),
    ...(gateways.size > 0 ? [{ kind: 'Gateway' as const, count: gateways.size }] : []),
    ...[...classes].map(([className, count]) => ({ kind: 'Ingress' as const, ...(className === undefined ? {} : { className }), count })),
  ];
}
