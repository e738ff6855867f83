import type { ApiServer, KubeObject } from './api-server';
import { at, numberAt, objectAt } from './values';

/** What is known of an object that is waited for. */
export interface Readiness {
  readonly ready: boolean;
  /** Waiting longer cannot help. */
  readonly failed?: boolean;
  /** What is still missing, for progress and errors. */
  readonly messages: readonly string[];
}

const READY: Readiness = { ready: true, messages: [] };
const waiting = (...messages: readonly string[]): Readiness => ({ ready: false, messages });

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

const conditionsOf = (object: KubeObject) => (at(object, 'status', 'conditions') ?? []) as readonly Condition[];
const condition = (object: KubeObject, type: string) => conditionsOf(object).find((it) => it.type === type);
const holds = (object: KubeObject, type: string) => condition(object, type)?.status === 'True';

/** Judges an object at one moment, by what the API server says of it and of what belongs to it. */
export type Judge = (live: KubeObject, api: ApiServer) => Readiness | Promise<Readiness>;

/** The kinds that the plugin waits for; all others are ready as soon as they are there. */
const JUDGES: Readonly<Record<string, Judge>> = {
  'apps/Deployment': judgeDeployment,
  'apps/StatefulSet': judgeStatefulSet,
  'apps/DaemonSet': judgeDaemonSet,
  'batch/Job': judgeJob,
  '/Pod': (pod) => (holds(pod, 'Ready') || at(pod, 'status', 'phase') === 'Succeeded' ? READY : waiting(...podMessages([pod]))),
  '/PersistentVolumeClaim': judgeClaim,
  '/PersistentVolume': (volume) => (['Available', 'Bound'].includes(String(at(volume, 'status', 'phase'))) ? READY : waiting('the volume is not available')),
  '/Service': judgeService,
  'networking.k8s.io/Ingress': judgeIngress,
};

/** Which of them a refresh judges too. */
const READ_JUDGED = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet', 'batch/Job', '/Pod', '/Service', 'networking.k8s.io/Ingress'];

const keyOf = ({ apiVersion, kind }: KubeObject) => `${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}/${kind}`;

/** The judge of an object's kind; undefined where nothing is waited for. */
export const judgeOf = (object: KubeObject): Judge | undefined => JUDGES[keyOf(object)];

/** The judge of an object's kind in a refresh. */
export const readJudgeOf = (object: KubeObject): Judge | undefined => (READ_JUDGED.includes(keyOf(object)) ? judgeOf(object) : undefined);

const isStale = (object: KubeObject) => numberAt(object, 'status', 'observedGeneration') < Number(object.metadata.generation ?? 0);
const UNSEEN = waiting('its controller has not seen it yet');

/** The new ReplicaSet is complete and ready; old pods may still be on their way out. */
async function judgeDeployment(live: KubeObject, api: ApiServer): Promise<Readiness> {
  if (isStale(live)) return UNSEEN;
  const revision = at(live, 'metadata', 'annotations', 'deployment.kubernetes.io/revision');
  const sets = await api.list('apps/v1', 'ReplicaSet', live.metadata.namespace, selectorOf(live));
  const current = sets.find((set) => at(set, 'metadata', 'annotations', 'deployment.kubernetes.io/revision') === revision && ownedBy(set, live));
  if (!current) return waiting('it has no ReplicaSet yet');
  const [ready, wanted] = [numberAt(current, 'status', 'readyReplicas'), Number(at(current, 'spec', 'replicas') ?? 1)];
  const rolled = revision === '1' || condition(live, 'Progressing')?.reason === 'NewReplicaSetAvailable';
  if (holds(live, 'Available') && rolled && ready >= wanted) return READY;
  const pods = await api.list('v1', 'Pod', live.metadata.namespace, selectorOf(current));
  const complaints = conditionsOf(live).filter(({ type, status }) => (type === 'ReplicaFailure') === (status === 'True')).map(({ reason, message }) => `[${reason}] ${message}`);
  return waiting(`${ready} of ${wanted} pods of the new ReplicaSet are ready`, ...complaints, ...podMessages(pods));
}

async function judgeStatefulSet(live: KubeObject, api: ApiServer): Promise<Readiness> {
  if (isStale(live)) return UNSEEN;
  const wanted = numberAt(live, 'spec', 'replicas');
  const counts = ['replicas', 'readyReplicas', 'currentReplicas'].map((field) => numberAt(live, 'status', field));
  const rolled = at(live, 'status', 'currentRevision') !== undefined && at(live, 'status', 'currentRevision') === at(live, 'status', 'updateRevision');
  const done = at(live, 'spec', 'updateStrategy', 'type') === 'OnDelete' && live.metadata.generation !== 1 ? counts.slice(0, 2).every((count) => count === wanted) : rolled && counts.every((count) => count === wanted);
  if (done) return READY;
  const pods = await api.list('v1', 'Pod', live.metadata.namespace, selectorOf(live));
  return waiting(`${counts[1]} of ${wanted} pods are ready, ${numberAt(live, 'status', 'updatedReplicas')} of them new`, ...podMessages(pods.filter((pod) => ownedBy(pod, live))));
}

async function judgeDaemonSet(live: KubeObject, api: ApiServer): Promise<Readiness> {
  if (isStale(live)) return UNSEEN;
  const wanted = numberAt(live, 'status', 'desiredNumberScheduled');
  const counts = ['updatedNumberScheduled', 'numberAvailable', 'numberReady'].map((field) => numberAt(live, 'status', field));
  if (counts.every((count) => count >= wanted)) return READY;
  const pods = await api.list('v1', 'Pod', live.metadata.namespace, selectorOf(live));
  return waiting(`${Math.min(...counts)} of ${wanted} pods are ready`, ...podMessages(pods));
}

async function judgeJob(live: KubeObject, api: ApiServer): Promise<Readiness> {
  if (holds(live, 'Complete')) return READY;
  const failed = condition(live, 'Failed');
  if (failed?.status === 'True') return { ready: false, failed: true, messages: [`Job failed: ${failed.reason}: ${failed.message}`] };
  const pods = await api.list('v1', 'Pod', live.metadata.namespace, `batch.kubernetes.io/job-name=${live.metadata.name}`);
  return waiting('the Job has not completed', ...podMessages(pods));
}

async function judgeClaim(live: KubeObject, api: ApiServer): Promise<Readiness> {
  const phase = String(at(live, 'status', 'phase') ?? 'new');
  if (phase === 'Bound') return READY;
  const name = at(live, 'spec', 'storageClassName');
  const storageClass = name === undefined ? undefined : await api.find({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name } });
  return phase === 'Pending' && storageClass?.volumeBindingMode === 'WaitForFirstConsumer' ? READY : waiting(`the claim is ${phase}`);
}

/** No pod behind it may be unready; one that selects no pods at all is ready too. */
async function judgeService(live: KubeObject, api: ApiServer): Promise<Readiness> {
  const spec = objectAt(live, 'spec');
  const hasAddress = spec.type !== 'LoadBalancer' || at(live, 'status', 'loadBalancer', 'ingress', 0) !== undefined;
  const messages = hasAddress ? [] : ['the Service was given no address; does the cluster have load balancers?'];
  const needsPods = spec.type !== 'ExternalName' && spec.clusterIP !== 'None' && Object.keys(objectAt(spec, 'selector')).length > 0;
  if (!needsPods) return { ready: hasAddress, messages };
  const endpoints = await api.find({ apiVersion: 'v1', kind: 'Endpoints', metadata: { name: live.metadata.name, namespace: live.metadata.namespace } });
  const subsets = (at(endpoints, 'subsets') ?? []) as readonly { notReadyAddresses?: readonly unknown[] }[];
  if (endpoints === undefined) return waiting('the Service has no endpoints yet', ...messages);
  const pending = subsets.some(({ notReadyAddresses = [] }) => notReadyAddresses.length > 0);
  return { ready: hasAddress && !pending, messages: [...(pending ? ['pods behind the Service are not ready'] : []), ...messages] };
}

async function judgeIngress(live: KubeObject, api: ApiServer): Promise<Readiness> {
  const rules = (at(live, 'spec', 'rules') ?? []) as readonly { http?: { paths?: readonly { backend: unknown }[] } }[];
  const names = rules.flatMap(({ http }) => http?.paths ?? []).flatMap(({ backend }) => at(backend, 'service', 'name') ?? []) as string[];
  const found = await Promise.all([...new Set(names)].map((name) => api.find({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: live.metadata.namespace } })));
  const missing = [...new Set(names)].filter((_, index) => found[index] === undefined);
  const hasAddress = at(live, 'status', 'loadBalancer', 'ingress', 0) !== undefined;
  if (hasAddress && missing.length === 0) return READY;
  return waiting(...missing.map((name) => `there is no Service ${name}`), ...(hasAddress ? [] : ['the Ingress was given no address']));
}

const ownedBy = (object: KubeObject, owner: KubeObject) => ((object.metadata.ownerReferences ?? []) as readonly { uid: string }[]).some(({ uid }) => uid === owner.metadata.uid);

const selectorOf = (object: KubeObject) => Object.entries(objectAt(object, 'spec', 'selector', 'matchLabels')).map(([key, value]) => `${key}=${String(value)}`).join(',');

/** What pods and their containers complain about. */
function podMessages(pods: readonly KubeObject[]): string[] {
  const messages = pods.flatMap((pod) => {
    const scheduled = condition(pod, 'PodScheduled');
    const statuses = ['initContainerStatuses', 'containerStatuses'].flatMap((field) => (at(pod, 'status', field) ?? []) as readonly { name: string; state?: Record<string, { reason?: string; message?: string; exitCode?: number }> }[]);
    const containers = statuses.flatMap(({ name, state }) => {
      const problem = state?.waiting ?? state?.terminated;
      return problem === undefined || problem.exitCode === 0 ? [] : [`container ${name} of pod ${pod.metadata.name}: ${problem.reason}: ${problem.message ?? 'no message'}`];
    });
    return scheduled?.status === 'False' ? [`pod ${pod.metadata.name}: ${scheduled.reason}: ${scheduled.message}`, ...containers] : containers;
  });
  return [...new Set(messages)];
}
