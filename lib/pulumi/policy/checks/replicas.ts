import type { StackPolicy } from '../definition';

/** Deployments have pods to spare. */
export const replicas: StackPolicy = {
  promise: 'A Deployment runs at least two pods, by its number or by the least of its autoscaler',
  reason: 'one pod leaves none while its node is drained or lost',
  level: 'advisory',
  settings: { minReplicas: { type: 'integer', minimum: 1, default: 2, description: 'how many pods at least' } },
  checkAll: (cluster, { minReplicas }) => cluster.workloads.filter(({ subject }) => subject.fullKind === 'Deployment').flatMap((workload) => {
    const pods = cluster.fewestPods(workload);
    // None at all is switched off, or scaled by events.
    if (pods === 0 || pods >= (minReplicas as number)) return [];
    return [{ subject: workload.subject, path: ['spec', 'replicas'], got: `${pods} pod${pods === 1 ? '' : 's'} at least`, mend: `run at least ${String(minReplicas)}, or let an autoscaler keep that many`, restsOn: cluster.numberRestsOn(workload) }];
  }),
};
