import { isPlainObject, type JsonObject } from '../core/json';
import { podTemplateOf } from '../core/pod-template';
import type { MonitoredApplication, WorkloadKind, WorkloadReference } from './application';
import { escapeRegex } from './promql/build';

/** What the objects of an application show. */
export interface ObservedObjects {
  readonly derived: Pick<MonitoredApplication, 'workload' | 'pods' | 'autoscaler' | 'budget' | 'claims' | 'schedule' | 'limits'>;
  /** Whether the route has TLS; undefined without a route of its own. */
  readonly tls: boolean | undefined;
  /** The first path of the route. */
  readonly path: string;
  /** Whether the route is one for gRPC alone, which answers no plain GET. */
  readonly speaksGrpc: boolean;
}

interface Named extends JsonObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec?: JsonObject;
}

const WORKLOADS: readonly WorkloadKind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job'];
/** What Kubernetes puts after the name of the workload into the names of its pods. */
const SUFFIXES: Readonly<Record<WorkloadKind, string>> = {
  Deployment: '-[a-z0-9]+-[a-z0-9]+', StatefulSet: '-[0-9]+', DaemonSet: '-[a-z0-9]+', CronJob: '-[0-9]+-[a-z0-9]+', Job: '-[a-z0-9]+',
};
/** The end of a name that carries a hash of the content: the next release has another, and is the same application. */
const HASHED = /-[0-9a-f]{10}$/;

/** A regular expression of the names of a workload's pods. */
export function podsOf({ kind, name }: WorkloadReference): string {
  const stable = kind === 'Job' && HASHED.test(name) ? `${escapeRegex(name.replace(HASHED, ''))}-[0-9a-f]{10}` : escapeRegex(name);
  return stable + SUFFIXES[kind];
}

/** Reads the objects of an application. */
export function readObjects(manifests: readonly JsonObject[], name: string): ObservedObjects {
  const objects = manifests.filter((manifest): manifest is Named => isPlainObject(manifest.metadata));
  const find = (...kinds: readonly string[]) => objects.find(({ kind }) => kinds.includes(kind));
  const found = find(...WORKLOADS);
  const workload = found && { kind: found.kind as WorkloadKind, name: found.metadata.name };
  const pods = workload ? podsOf(workload) : `${escapeRegex(name)}-.+`;
  const autoscaler = find('HorizontalPodAutoscaler')?.metadata.name ?? autoscalerOf(find('ScaledObject'));
  const budget = find('PodDisruptionBudget')?.metadata.name;
  const schedule = found?.kind === 'CronJob' ? scheduleOf(found.spec) : undefined;
  const route = find('Ingress', 'HTTPRoute', 'GRPCRoute');
  return {
    derived: {
      ...(workload ? { workload } : {}),
      pods,
      ...(autoscaler === undefined ? {} : { autoscaler }),
      ...(budget === undefined ? {} : { budget }),
      claims: claimsOf(objects, found, pods),
      ...(schedule ? { schedule } : {}),
      limits: limitsOf(found),
    },
    tls: route?.kind === 'Ingress' ? Array.isArray(route.spec?.tls) : route && true,
    path: pathOf(route),
    speaksGrpc: route?.kind === 'GRPCRoute',
  };
}

type ScaledObject = { readonly advanced?: { readonly horizontalPodAutoscalerConfig?: { readonly name?: string } } };

/** KEDA makes a HorizontalPodAutoscaler, under a name of its own unless one is given. */
function autoscalerOf(scaled: Named | undefined): string | undefined {
  return scaled && ((scaled.spec as ScaledObject | undefined)?.advanced?.horizontalPodAutoscalerConfig?.name ?? `keda-hpa-${scaled.metadata.name}`);
}

function scheduleOf(spec: JsonObject | undefined): MonitoredApplication['schedule'] {
  const { schedule, timeZone, suspend } = (spec ?? {}) as { schedule?: string; timeZone?: string; suspend?: boolean };
  return schedule === undefined ? undefined : { cron: schedule, ...(timeZone === undefined ? {} : { timeZone }), suspended: suspend ?? false };
}

type PodVolume = { readonly name: string; readonly persistentVolumeClaim?: { readonly claimName: string }; readonly ephemeral?: unknown };

/** Claims that it makes, those of its StatefulSet's template, and those that its pods mount. */
function claimsOf(objects: readonly Named[], workload: Named | undefined, pods: string): readonly string[] {
  const made = objects.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(({ metadata }) => escapeRegex(metadata.name));
  const templates = (workload?.spec?.volumeClaimTemplates ?? []) as readonly Named[];
  const perPod = templates.map(({ metadata }) => `${escapeRegex(metadata.name)}-${pods}`);
  const volumes = (workload && (podTemplateOf(workload)?.spec.volumes as readonly PodVolume[] | undefined)) ?? [];
  const mounted = volumes.flatMap(({ name, persistentVolumeClaim, ephemeral }) => {
    if (persistentVolumeClaim) return [escapeRegex(persistentVolumeClaim.claimName)];
    return ephemeral === undefined ? [] : [`${pods}-${escapeRegex(name)}`];
  });
  return [...new Set([...made, ...perPod, ...mounted])];
}

type Container = { readonly resources?: { readonly limits?: JsonObject } };

function limitsOf(workload: Named | undefined): MonitoredApplication['limits'] {
  const spec = (workload && podTemplateOf(workload)?.spec) as { readonly containers?: readonly Container[]; readonly initContainers?: readonly Container[] } | undefined;
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  const limited = (resource: string) => containers.some(({ resources }) => resources?.limits?.[resource] !== undefined);
  return { cpu: limited('cpu'), memory: limited('memory') };
}

type Route = { readonly rules?: readonly { readonly http?: { readonly paths?: readonly { readonly path?: string }[] }; readonly matches?: readonly { readonly path?: { readonly value?: string } }[] }[] };

function pathOf(route: Named | undefined): string {
  const [rule] = (route?.spec as Route | undefined)?.rules ?? [];
  return rule?.http?.paths?.[0]?.path ?? rule?.matches?.[0]?.path?.value ?? '/';
}
