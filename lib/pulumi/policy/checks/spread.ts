import { listAt, objectAt } from '../../../core/paths';
import type { StackPolicy } from '../definition';

const KINDS = ['Deployment', 'StatefulSet'];

/** Pods of one workload stand on several nodes. */
export const spread: StackPolicy = {
  promise: 'A Deployment or StatefulSet of two pods or more spreads them, by topologySpreadConstraints or podAntiAffinity',
  reason: 'pods that share a node or a zone are lost together',
  level: 'advisory',
  checkAll: (cluster) => cluster.workloads.filter(({ subject }) => KINDS.includes(subject.fullKind)).flatMap((workload) => {
    const { subject, pods: { spec, path } } = workload;
    const apart = Object.keys(objectAt(spec, 'affinity', 'podAntiAffinity')).length > 0;
    if (cluster.fewestPods(workload) < 2 || listAt(spec, 'topologySpreadConstraints').length > 0 || apart) return [];
    const restsOn = [{ subject, path: [...path, 'affinity'] }, ...cluster.numberRestsOn(workload)];
    return [{ subject, path: [...path, 'topologySpreadConstraints'], got: 'nothing', mend: 'spread the pods over topology.kubernetes.io/zone and kubernetes.io/hostname', restsOn }];
  }),
};
