import { at } from '../../core/paths';
import { countOf, type ApiObject } from './api-objects';
import type { ClusterView } from './cluster-view';

const REVISION = 'deployment.kubernetes.io/revision';
const GENERATION = 'deprecated.daemonset.template.generation';
const HASH = 'controller-revision-hash';

/** The pods that a rollout brings, without those that it takes away. */
export interface Revision {
  /** What makes the pods: the new ReplicaSet of a Deployment, else the workload itself. */
  readonly maker: ApiObject;
  readonly pods: readonly ApiObject[];
  /** Pods of the revisions before that are still there. */
  readonly old: readonly ApiObject[];
  /** How many pods of the revision there shall be in the end. */
  readonly wanted: number;
}

/** What is rolled out; undefined while its controller has not begun. */
export function revisionOf(workload: ApiObject, view: ClusterView): Revision | undefined {
  const { kind, metadata } = workload;
  if (kind === 'Pod') return { maker: workload, pods: [workload], old: [], wanted: 1 };
  if (kind === 'Job') return { maker: workload, pods: view.owned('Pod', workload), old: [], wanted: Number(at(workload, 'spec', 'completions') ?? 1) };
  if (countOf(workload, 'observedGeneration') < (metadata.generation ?? 0)) return undefined;
  if (kind === 'Deployment') return deploymentRevision(workload, view);
  const isNew = kind === 'DaemonSet' ? hasLabel('pod-template-generation', metadata.annotations?.[GENERATION]) : hasLabel(HASH, workload.status?.updateRevision);
  const pods = view.owned('Pod', workload);
  const wanted = kind === 'DaemonSet' ? countOf(workload, 'desiredNumberScheduled') : replicasOf(workload) - Number(at(workload, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0);
  return { maker: workload, pods: pods.filter(isNew), old: pods.filter((pod) => !isNew(pod)), wanted: Math.max(0, wanted) };
}

function deploymentRevision(deployment: ApiObject, view: ClusterView): Revision | undefined {
  const sets = view.owned('ReplicaSet', deployment);
  const maker = sets.find((set) => set.metadata.annotations?.[REVISION] === deployment.metadata.annotations?.[REVISION]);
  if (!maker) return undefined;
  const old = sets.filter((set) => set !== maker).flatMap((set) => view.owned('Pod', set));
  return { maker, pods: view.owned('Pod', maker), old, wanted: replicasOf(deployment) };
}

const replicasOf = (workload: ApiObject) => Number(workload.spec?.replicas ?? 1);

const hasLabel = (key: string, value: unknown) => (pod: ApiObject) => value === undefined || pod.metadata.labels?.[key] === value;
