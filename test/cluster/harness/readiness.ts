import { trueCondition, nameOf, type KubeObject } from './objects';

/** Something that is not ready, and why. */
export interface Unready {
  readonly object: string;
  readonly reason: string;
  /** Waiting longer cannot help. */
  readonly final: boolean;
}

/** The kinds that `unready` judges; all others have nothing to wait for. */
export const JUDGED_KINDS = [
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'persistentvolumeclaims',
  'horizontalpodautoscalers.autoscaling',
  'pods',
];

/** What is not ready yet among a namespace's objects. */
export function unready(objects: readonly KubeObject[]): Unready[] {
  return objects.flatMap((object) => {
    const reason = JUDGES[object.kind]?.(object);
    if (reason === undefined) return [];
    return [{ object: nameOf(object), reason, final: hasFailed(object) }];
  });
}

/** Each answers why an object is not ready, or undefined when it is. */
const JUDGES: Readonly<Record<string, (object: KubeObject) => string | undefined>> = {
  Deployment: (it) => notObserved(it) ?? deploymentProblem(it),
  StatefulSet: (it) => notObserved(it) ?? statefulSetProblem(it),
  DaemonSet: (it) => notObserved(it) ?? daemonSetProblem(it),
  Job: jobProblem,
  PersistentVolumeClaim: claimProblem,
  HorizontalPodAutoscaler: autoscalerProblem,
  Pod: barePodProblem,
};

/** Until the controller has seen the latest spec, its status describes an older one. */
function notObserved(it: KubeObject): string | undefined {
  return status(it, 'observedGeneration') < (it.metadata.generation ?? 0)
    ? 'its controller has not seen the latest spec'
    : undefined;
}

function deploymentProblem(it: KubeObject): string | undefined {
  const desired = spec(it, 'replicas', 1);
  const surplus = status(it, 'replicas') - desired;
  return (
    tooFew(it, 'updatedReplicas', desired) ??
    tooFew(it, 'availableReplicas', desired) ??
    (surplus > 0 ? `${surplus} old replicas still run` : undefined)
  );
}

function statefulSetProblem(it: KubeObject): string | undefined {
  const desired = spec(it, 'replicas', 1);
  const strategy = (it.spec?.['updateStrategy'] ?? {}) as { type?: string; rollingUpdate?: { partition?: number } };
  const toUpdate = Math.max(0, desired - (strategy.rollingUpdate?.partition ?? 0));
  const updated = strategy.type === 'OnDelete' ? undefined : tooFew(it, 'updatedReplicas', toUpdate);
  return updated ?? tooFew(it, 'availableReplicas', desired);
}

function daemonSetProblem(it: KubeObject): string | undefined {
  const desired = status(it, 'desiredNumberScheduled');
  const strategy = (it.spec?.['updateStrategy'] ?? {}) as { type?: string };
  const updated = strategy.type === 'OnDelete' ? undefined : tooFew(it, 'updatedNumberScheduled', desired);
  return updated ?? tooFew(it, 'numberAvailable', desired);
}

function jobProblem(it: KubeObject): string | undefined {
  if (trueCondition(it, 'Complete') || it.spec?.['suspend'] === true) return undefined;
  const failure = trueCondition(it, 'Failed');
  if (failure) return `failed: ${failure.reason}: ${failure.message}`;
  return `${status(it, 'succeeded')} of ${spec(it, 'completions', 1)} completions, ${status(it, 'failed')} failed pods`;
}

function claimProblem(it: KubeObject): string | undefined {
  const phase = String(it.status?.['phase'] ?? 'new');
  return phase === 'Bound' ? undefined : `${phase}, storage class ${String(it.spec?.['storageClassName'] ?? '(none)')}`;
}

/** The minimum holds even without metrics; a target that somebody scaled to zero is left alone. */
function autoscalerProblem(it: KubeObject): string | undefined {
  const conditions = (it.status?.['conditions'] ?? []) as readonly { reason?: string }[];
  if (conditions.some((condition) => condition.reason === 'ScalingDisabled')) return undefined;
  return tooFew(it, 'currentReplicas', spec(it, 'minReplicas', 1));
}

/** Pods of a controller are judged through it. */
function barePodProblem(it: KubeObject): string | undefined {
  if (it.metadata.ownerReferences?.length) return undefined;
  const phase = String(it.status?.['phase']);
  return phase === 'Succeeded' || trueCondition(it, 'Ready') ? undefined : phase;
}

function hasFailed(it: KubeObject): boolean {
  if (it.kind === 'Pod') return it.status?.['phase'] === 'Failed';
  return it.kind === 'Job' && trueCondition(it, 'Failed') !== undefined;
}

function tooFew(it: KubeObject, field: string, desired: number): string | undefined {
  const actual = status(it, field);
  return actual < desired ? `${field} ${actual} of ${desired}` : undefined;
}

function spec(it: KubeObject, field: string, otherwise: number): number {
  return Number(it.spec?.[field] ?? otherwise);
}

function status(it: KubeObject, field: string): number {
  return Number(it.status?.[field] ?? 0);
}
