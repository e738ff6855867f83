import type { KubernetesObject, V1Pod } from '@kubernetes/client-node' with { 'resolution-mode': 'import' };
import type { NamedTarget } from './local-target';

/** What runs somewhere: a line a workload. */
export interface Running {
  readonly kind: string;
  readonly name: string;
  /** How far it is: `1 of 1 ready`, `complete`, a schedule. */
  readonly state: string;
  /** The nodes of its pods. */
  readonly nodes: readonly string[];
}

interface Workload extends KubernetesObject {
  readonly spec?: { readonly replicas?: number; readonly schedule?: string };
  readonly status?: { readonly readyReplicas?: number; readonly numberReady?: number; readonly desiredNumberScheduled?: number; readonly succeeded?: number };
}

const NAME = 'app.kubernetes.io/name';

/** Asks the cluster what runs in a namespace. */
export async function readRunning({ context, kubeconfig }: Pick<NamedTarget, 'context' | 'kubeconfig'>, namespace: string): Promise<Running[]> {
  // Large, and needed here alone.
  const { AppsV1Api, BatchV1Api, CoreV1Api, KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  if (kubeconfig === undefined) config.loadFromDefault();
  else config.loadFromFile(kubeconfig);
  config.setCurrentContext(context);
  const [apps, batch, core] = [config.makeApiClient(AppsV1Api), config.makeApiClient(BatchV1Api), config.makeApiClient(CoreV1Api)];
  const pods = (await core.listNamespacedPod({ namespace })).items;
  const lists: [string, (workload: Workload) => string, { readonly items: readonly KubernetesObject[] }][] = [
    ['Deployment', readiness, await apps.listNamespacedDeployment({ namespace })],
    ['StatefulSet', readiness, await apps.listNamespacedStatefulSet({ namespace })],
    ['DaemonSet', ({ status }) => `${status?.numberReady ?? 0} of ${status?.desiredNumberScheduled ?? 0} ready`, await apps.listNamespacedDaemonSet({ namespace })],
    ['Job', ({ status }) => (status?.succeeded ? 'complete' : 'not complete'), await batch.listNamespacedJob({ namespace })],
    ['CronJob', ({ spec }) => spec?.schedule ?? '', await batch.listNamespacedCronJob({ namespace })],
  ];
  return lists.flatMap(([kind, state, { items }]) => items.map((workload) => ({ kind, name: workload.metadata?.name ?? '', state: state(workload as Workload), nodes: nodesOf(workload, pods) })));
}

const readiness = ({ spec, status }: Workload) => `${status?.readyReplicas ?? 0} of ${spec?.replicas ?? 1} ready`;

function nodesOf({ metadata }: KubernetesObject, pods: readonly V1Pod[]): string[] {
  const own = pods.filter((pod) => pod.metadata?.labels?.[NAME] !== undefined && pod.metadata.labels[NAME] === metadata?.labels?.[NAME]);
  return [...new Set(own.flatMap(({ spec }) => spec?.nodeName ?? []))].sort();
}

/** The same as a table. */
export function showRunning(running: readonly Running[]): string {
  const width = (key: 'kind' | 'name' | 'state') => Math.max(0, ...running.map((line) => line[key].length));
  const [kinds, names, states] = [width('kind'), width('name'), width('state')];
  return running.map(({ kind, name, state, nodes }) => `  ${kind.padEnd(kinds)}  ${name.padEnd(names)}  ${state.padEnd(states)}  ${nodes.join(', ')}`.trimEnd()).join('\n');
}
