import { isPlainObject } from '../../core/json';
import { listAt, textAt } from '../../core/paths';
import { conditionOf, containersOf, oneLine, type ApiObject } from './api-objects';
import { containerProblem } from './container-problems';
import { finder, type Finding, type Surroundings } from './finding';

/** What autoscalers say when they add a node for a pod: the cluster autoscaler, Karpenter. */
const NODE_IS_COMING = ['TriggeredScaleUp', 'Nominated'];
const CLAIM = /persistentvolumeclaim "([^"]+)" not found/;
const MISSING_CONFIG = /(configmap|secret) "[^"]+" not found|references non-existent (config|secret) key/i;

/** Why a pod that keeps running is not ready. */
export function podProblem(pod: ApiObject, around: Surroundings): Finding | undefined {
  return schedulingProblem(pod, around) ?? firstContainerProblem(pod, around) ?? preparationProblem(pod, around) ?? probeProblem(pod, around);
}

/** Why a pod of a Job does not run. How often it may fail is up to the Job. */
export function taskPodProblem(pod: ApiObject, around: Surroundings): Finding | undefined {
  const found = schedulingProblem(pod, around) ?? firstContainerProblem(pod, around) ?? preparationProblem(pod, around);
  return found?.problem === 'crash' ? undefined : found;
}

function firstContainerProblem(pod: ApiObject, around: Surroundings): Finding | undefined {
  for (const container of containersOf(pod)) {
    const found = containerProblem(container, pod, around);
    if (found) return found;
  }
  return undefined;
}

function schedulingProblem(pod: ApiObject, around: Surroundings): Finding | undefined {
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable') return undefined;
  const { view, limits, kubectl } = around;
  const { name } = pod.metadata;
  const found = finder(pod);
  const message = scheduled.message ?? '';
  const claim = CLAIM.exec(message)?.[1];
  if (claim !== undefined) return found('claim', limits.config, `pod ${name}: its volume claim ${claim} does not exist`, `${kubectl} get persistentvolumeclaims`);
  if (message.includes('unbound immediate PersistentVolumeClaims')) return found('volume', limits.volume, `pod ${name}: a volume is not bound: ${boundBy(pod, around) ?? oneLine(message)}`, `${kubectl} describe persistentvolumeclaims`);
  const coming = view.events(pod, ...NODE_IS_COMING).at(-1);
  if (coming) return found('node is coming', limits.scaleUp, `pod ${name} waits for a new node: ${oneLine(coming.message)}`, `${kubectl} describe pod ${name}`);
  return found('unschedulable', limits.unschedulable, `pod ${name} fits on no node: ${oneLine(message)}`, `${kubectl} describe pod ${name}`);
}

/** What the provisioner says of a claim that the pod waits for. */
function boundBy(pod: ApiObject, { view }: Surroundings): string | undefined {
  const { namespace = '' } = pod.metadata;
  for (const volume of listAt(pod, 'spec', 'volumes')) {
    const name = textAt(volume, 'persistentVolumeClaim', 'claimName');
    const claim = name === undefined ? undefined : view.get('PersistentVolumeClaim', namespace, name);
    if (!claim || claim.status?.phase === 'Bound') continue;
    const event = view.events(claim, 'ProvisioningFailed', 'FailedBinding', 'ExternalProvisioning').at(-1);
    return `claim ${name}${event?.message ? `: ${oneLine(event.message)}` : ' is pending'}`;
  }
  return undefined;
}

/** What stands in the way before the first container starts. */
function preparationProblem(pod: ApiObject, { view, limits, kubectl }: Surroundings): Finding | undefined {
  const preparing = containersOf(pod).some(({ state }) => state?.waiting?.reason === 'ContainerCreating' || state?.waiting?.reason === 'PodInitializing');
  const started = containersOf(pod).some(({ state, restartCount }) => isPlainObject(state?.running) || isPlainObject(state?.terminated) || restartCount > 0);
  if (!preparing || started) return undefined;
  const event = view.events(pod, 'FailedMount', 'FailedAttachVolume', 'FailedCreatePodSandBox').at(-1);
  if (!event) return undefined;
  const { name } = pod.metadata;
  const found = finder(event);
  const message = oneLine(event.message);
  const next = `${kubectl} describe pod ${name}`;
  if (MISSING_CONFIG.test(message)) return found('config', limits.config, `pod ${name}: config is missing: ${message}`, `${kubectl} get configmaps,secrets`);
  if (event.reason === 'FailedCreatePodSandBox') return found('sandbox', limits.other, `pod ${name} can't be set up: ${message}`, next);
  return found('volume', limits.volume, `pod ${name}: a volume can't be mounted: ${message}`, next);
}

function probeProblem(pod: ApiObject, { view, limits, kubectl }: Surroundings): Finding | undefined {
  // While a startup probe still tries, the kubelet itself decides how long that may take.
  const waiting = containersOf(pod).find(({ state, ready, started }) => state?.running !== undefined && started !== false && !ready);
  const event = waiting && view.events(pod, 'Unhealthy').filter(({ message = '' }) => message.startsWith('Readiness probe')).at(-1);
  if (!event) return undefined;
  const { name } = pod.metadata;
  return finder(pod)('probe', limits.readiness, `pod ${name}, container ${waiting.name} runs and is not ready: ${oneLine(event.message)}`, `${kubectl} logs ${name} --container ${waiting.name}`);
}
