import { isAmount, podsOf } from '../../../availability/amount';
import { show } from '../../../core/problems';
import { at } from '../../../core/paths';
import { partOf, placesOf, selectionRestsOn, type Cluster, type Workload } from '../cluster';
import type { StackPolicy, Violation } from '../definition';
import type { Subject } from '../subject';
import { budgetsOf } from './disruption-budget';

const SELECTOR = ['spec', 'selector'];

/** Budgets let nodes be drained. */
export const drainable: StackPolicy = {
  promise: 'Every disruption budget lets a pod go, and no pod has two budgets',
  reason: 'a budget that never lets one go blocks every drain, and so every upgrade of the nodes, and Kubernetes evicts no pod that has two',
  level: 'mandatory',
  checkAll: (cluster) => [...cluster.all('PodDisruptionBudget').flatMap((budget) => blocking(cluster, budget)), ...cluster.workloads.flatMap((workload) => shared(cluster, workload))],
};

function blocking(cluster: Cluster, subject: Subject): Violation[] {
  const selected = partOf(subject, 'spec').selector === undefined ? [] : cluster.selected(subject, partOf(subject, ...SELECTOR));
  // Of pods whose number nobody sets, such as those of Jobs, nothing can be said, nor where there may be more of them.
  const pods = cluster.knowsLabels(subject.namespace) && selected.every((workload) => cluster.isScaled(workload)) ? selected.reduce((sum, workload) => sum + cluster.fewestPods(workload), 0) : 0;
  const restsOn = [...selected.flatMap((workload) => [...selectionRestsOn(workload, [subject], SELECTOR), ...cluster.numberRestsOn(workload)]), ...placesOf([subject], ['spec'])];
  return ['maxUnavailable', 'minAvailable'].flatMap((field) => {
    const amount = at(subject.manifest, 'spec', field);
    if (!isAmount(amount, 100) || !blocks(field, amount, pods)) return [];
    const counted = pods > 0 ? ` for ${pods} pod${pods === 1 ? '' : 's'}` : '';
    return [{ subject, path: ['spec', field], got: `${show(amount)}${counted}`, mend: `leave at least one pod free to go${pods === 1 ? ': run two, or remove the budget' : ', such as by maxUnavailable: 1'}`, restsOn }];
  });
}

function blocks(field: string, amount: number | string, pods: number): boolean {
  if (field === 'maxUnavailable') return podsOf(amount, Math.max(pods, 1)) < 1;
  return amount === '100%' || (pods > 0 && pods - podsOf(amount, pods) < 1);
}

function shared(cluster: Cluster, workload: Workload): Violation[] {
  const [first, ...more] = budgetsOf(cluster, workload);
  return more.map((subject) => ({
    subject,
    path: SELECTOR,
    got: `the pods of ${workload.subject.identity}, which ${first!.identity} selects too`,
    mend: 'keep one budget for each pod',
    restsOn: selectionRestsOn(workload, [first!, subject], SELECTOR),
  }));
}
