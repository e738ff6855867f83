import { conditionOf, containersOf, countOf, oneLine, type ApiObject } from './api-objects';
import { finder, type Finding, type Surroundings } from './finding';
import { podProblem, taskPodProblem } from './pod-problems';
import { refusal } from './refusals';
import type { Revision } from './revision';

/** Why a workload makes no progress; empty while nothing speaks against it. */
export function workloadProblems(workload: ApiObject, revision: Revision, around: Surroundings): readonly Finding[] {
  const isTask = workload.kind === 'Job';
  const judge = isTask ? taskPodProblem : podProblem;
  const pods = revision.pods.flatMap((pod) => judge(pod, around) ?? []);
  return [...endProblems(workload, revision, around), ...refusedPods(workload, revision, around), ...pods, ...blockingPods(workload, revision, around)];
}

/** What the controller itself calls failed. */
function endProblems(workload: ApiObject, { pods }: Revision, { kubectl, view }: Surroundings): readonly Finding[] {
  const found = finder(workload);
  const { name } = workload.metadata;
  if (workload.kind === 'Job') {
    const failed = conditionOf(workload, 'Failed');
    if (failed?.status !== 'True') return [];
    return [found('failed', 0, `failed: ${failed.reason}: ${oneLine(failed.message)}${lastWords(pods)}`, `${kubectl} logs job/${name} --all-containers${restartsInPlace(workload) ? ' --previous' : ''}`)];
  }
  const progressing = conditionOf(workload, 'Progressing');
  if (progressing?.status !== 'False' || progressing.reason !== 'ProgressDeadlineExceeded') return [];
  const warning = view.owned('ReplicaSet', workload).flatMap((set) => view.events(set, 'FailedCreate')).at(-1);
  return [found('deadline', 0, `no progress within its progressDeadlineSeconds${warning?.message ? `: ${oneLine(warning.message)}` : ''}`, `${kubectl} describe deployment ${name}`)];
}

const restartsInPlace = ({ spec }: ApiObject) => JSON.stringify(spec?.template ?? {}).includes('"restartPolicy":"OnFailure"');

/** How the last container ended that failed. */
function lastWords(pods: readonly ApiObject[]): string {
  for (const pod of [...pods].sort((a, b) => (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? ''))) {
    for (const { name, state, lastState } of containersOf(pod)) {
      const ended = [state?.terminated, lastState?.terminated].find((terminated) => terminated !== undefined && terminated.exitCode !== 0);
      if (ended) return `; pod ${pod.metadata.name}, container ${name}: exit code ${ended.exitCode}${ended.reason ? ` (${ended.reason})` : ''}${ended.message ? `: ${oneLine(ended.message)}` : ''}`;
    }
  }
  return '';
}

/** The API server refuses the pods that the controller wants to make. */
function refusedPods(workload: ApiObject, { maker, pods, wanted }: Revision, around: Surroundings): readonly Finding[] {
  if (workload.kind === 'Pod') return [];
  const condition = conditionOf(maker, 'ReplicaFailure');
  if (maker.kind === 'ReplicaSet') return condition?.status === 'True' && condition.reason === 'FailedCreate' ? [refusal(maker, condition.message ?? '', around)] : [];
  // These controllers only send events, which stay when their cause is gone.
  const missing = workload.kind === 'Job' ? countOf(workload, 'active') + countOf(workload, 'succeeded') + countOf(workload, 'failed') === 0 : pods.length < wanted;
  const event = missing ? around.view.events(workload, 'FailedCreate').at(-1) : undefined;
  return event ? [refusal(event, event.message ?? '', around)] : [];
}

/** A StatefulSet that goes pod by pod waits for one of the revision before, which nobody mends. */
function blockingPods(workload: ApiObject, { old }: Revision, around: Surroundings): readonly Finding[] {
  if (workload.kind !== 'StatefulSet' || workload.spec?.podManagementPolicy === 'Parallel') return [];
  return old.flatMap((pod) => {
    const found = podProblem(pod, around);
    if (!found) return [];
    const reason = `waits for a pod of the revision before, which fails: ${found.reason}`;
    return [finder(pod)('blocked', Math.max(found.patience, around.limits.other), reason, `${around.kubectl} delete pod ${pod.metadata.name}: it comes back with the new revision`)];
  });
}
