import { conditionOf, containersOf, countOf, type ApiObject } from './api-objects';
import type { ClusterView } from './cluster-view';
import type { Revision } from './revision';

const SHOWN = 2;
const WAITING: Readonly<Record<string, string>> = { ContainerCreating: 'starting', PodInitializing: 'starting', ErrImagePull: "can't pull its image", ImagePullBackOff: "can't pull its image", CrashLoopBackOff: 'crash loop' };

/** How far a rollout is: `1 of 3 new pods ready; web-7d9c-x: pulling image`. */
export function progressOf(workload: ApiObject, { pods, wanted }: Revision, view: ClusterView): string {
  const open = pods.filter((pod) => !isReady(pod) && pod.status?.phase !== 'Succeeded');
  const shown = open.slice(0, SHOWN).map((pod) => `; ${pod.metadata.name}: ${stateOf(pod, view)}`);
  const more = open.length > SHOWN ? `; ${open.length - SHOWN} more` : '';
  return `${headOf(workload, pods, wanted)}${shown.join('')}${more}`;
}

function headOf(workload: ApiObject, pods: readonly ApiObject[], wanted: number): string {
  const failed = countOf(workload, 'failed');
  if (workload.kind === 'Job') return `${countOf(workload, 'succeeded')} of ${wanted} completed${failed > 0 ? `, ${failed} failed` : ''}`;
  return `${pods.filter(isReady).length} of ${wanted} new pods ready`;
}

const isReady = (pod: ApiObject) => conditionOf(pod, 'Ready')?.status === 'True';

function stateOf(pod: ApiObject, view: ClusterView): string {
  if (conditionOf(pod, 'PodScheduled')?.status === 'False') return view.events(pod, 'TriggeredScaleUp', 'Nominated').length > 0 ? 'waits for a new node' : 'waits for a node';
  for (const { state, restartCount, ready } of containersOf(pod)) {
    const reason = state?.waiting?.reason;
    if (reason === 'ContainerCreating' && view.events(pod, 'Pulling').length > view.events(pod, 'Pulled').length) return 'pulling image';
    if (reason !== undefined) return `${WAITING[reason] ?? reason}${restartCount > 0 ? `, ${restartCount} restarts` : ''}`;
    if (state?.running && !ready) return restartCount > 0 ? `not ready yet, ${restartCount} restarts` : 'not ready yet';
  }
  return containersOf(pod).length === 0 ? 'starting' : String(pod.status?.phase ?? 'starting').toLowerCase();
}
