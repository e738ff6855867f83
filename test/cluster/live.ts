/** What the tests read of live objects beyond what the harness does. */
import type { Cluster } from './harness/cluster';
import { nameOf, trueCondition, type KubeObject } from './harness/objects';

export interface Pod extends KubeObject {
  readonly spec: { readonly nodeName?: string; readonly containers: readonly { readonly image: string }[] };
}

export interface Workload extends KubeObject {
  readonly spec: { readonly replicas?: number; readonly selector: { readonly matchLabels: Readonly<Record<string, string>> } };
}

interface EndpointSlice extends KubeObject {
  readonly endpoints?: readonly { readonly conditions: { readonly ready?: boolean }; readonly targetRef?: { readonly name: string } }[];
}

/** The zone of each node. */
export async function zonesOf(cluster: Cluster): Promise<ReadonlyMap<string, string>> {
  const nodes = await cluster.list('nodes');
  return new Map(nodes.map(({ metadata }) => [metadata.name, metadata.labels?.['topology.kubernetes.io/zone'] ?? metadata.name]));
}

/** What keeps running in a namespace, by name. */
export async function workloads(cluster: Cluster, namespace: string): Promise<ReadonlyMap<string, Workload>> {
  const found = await cluster.list<Workload>('deployments,statefulsets', namespace);
  return new Map(found.map((workload) => [nameOf(workload), workload]));
}

/** The pods that a workload selects and that are not on their way out. */
export async function podsOf(cluster: Cluster, workload: Workload): Promise<readonly Pod[]> {
  const selector = Object.entries(workload.spec.selector.matchLabels).map(([key, value]) => `${key}=${value}`);
  const pods = await cluster.list<Pod & { metadata: { deletionTimestamp?: string } }>('pods', workload.metadata.namespace, selector.join(','));
  return pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

export const isReady = (pod: KubeObject): boolean => trueCondition(pod, 'Ready') !== undefined;

/** Names of the ready pods behind each Service of a namespace. */
export async function readyEndpoints(cluster: Cluster, namespace: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const services = await cluster.list('services', namespace);
  const slices = await cluster.list<EndpointSlice>('endpointslices', namespace);
  const behind = (service: string) =>
    slices
      .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === service)
      .flatMap(({ endpoints }) => endpoints ?? [])
      .filter(({ conditions }) => conditions.ready === true)
      .map(({ targetRef }) => targetRef?.name ?? '');
  return Object.fromEntries(services.map(({ metadata }) => [metadata.name, behind(metadata.name)]));
}

/** How many pods each workload must have by what was rendered: its own number, or its autoscaler's least. */
export function declaredReplicas(manifests: readonly KubeObject[]): Readonly<Record<string, number>> {
  const spec = (object: KubeObject) => object.spec as { replicas?: number; minReplicas: number; scaleTargetRef: { kind: string; name: string } };
  const scaled = new Map(
    manifests.filter(({ kind }) => kind === 'HorizontalPodAutoscaler').map((it) => [`${spec(it).scaleTargetRef.kind}/${spec(it).scaleTargetRef.name}`, spec(it).minReplicas]),
  );
  const running = manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
  return Object.fromEntries(running.map((it) => [nameOf(it), scaled.get(nameOf(it)) ?? spec(it).replicas ?? 1]));
}
