import { partOf, selectionRestsOn, type Cluster, type Workload } from '../cluster';
import type { StackPolicy } from '../definition';
import { selects } from '../selector';
import type { Subject } from '../subject';

const SELECTOR = ['spec', 'selector'];
const KINDS = ['Deployment', 'StatefulSet'];

/** A budget without a selector means no pod. */
export const budgetsOf = (cluster: Cluster, { subject, pods }: Workload): Subject[] =>
  cluster.in(subject.namespace, 'PodDisruptionBudget').filter((budget) => partOf(budget, 'spec').selector !== undefined && selects(partOf(budget, ...SELECTOR), pods.labels));

/** Workloads of several pods have a budget. */
export const disruptionBudget: StackPolicy = {
  promise: 'A Deployment or StatefulSet of two pods or more has a disruption budget',
  reason: 'without one, draining nodes may take all of its pods at once',
  level: 'advisory',
  checkAll: (cluster) => cluster.workloads.filter(({ subject }) => KINDS.includes(subject.fullKind)).flatMap((workload) => {
    const pods = cluster.fewestPods(workload);
    if (pods < 2 || budgetsOf(cluster, workload).length > 0) return [];
    const restsOn = [...selectionRestsOn(workload, cluster.in(workload.subject.namespace, 'PodDisruptionBudget'), SELECTOR), ...cluster.numberRestsOn(workload)];
    return [{ subject: workload.subject, path: ['spec', 'replicas'], got: `${pods} pods and no PodDisruptionBudget that selects them`, mend: 'make one with maxUnavailable: 1', restsOn }];
  }),
};
