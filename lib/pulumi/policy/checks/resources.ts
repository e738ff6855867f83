import type { JsonObject } from '../../../core/json';
import { at, listAt, objectAt } from '../../../core/paths';
import { placesOf, type Cluster, type Workload } from '../cluster';
import type { StackPolicy, Violation } from '../definition';
import { containersOf, type PlacedContainer } from '../pods';

/** What a container must say: the section and the resource. */
const NEEDED = [['requests', 'cpu'], ['requests', 'memory'], ['limits', 'memory']] as const;
/** Where a LimitRange has the value for containers that say nothing. */
const DEFAULTS = { requests: 'defaultRequest', limits: 'default' };

/** Containers say what they need. */
export const resources: StackPolicy = {
  promise: 'Containers request CPU and memory, and have a memory limit; their own or the default of a LimitRange',
  reason: 'without requests the scheduler packs nodes blindly, and without a limit one leak takes its neighbours along',
  level: 'advisory',
  checkAll: (cluster) => cluster.workloads.flatMap((workload) => containersOf(workload.pods).flatMap((container) => missingIn(cluster, workload, container))),
};

function missingIn(cluster: Cluster, { subject, pods }: Workload, { container, path }: PlacedContainer): Violation[] {
  const ranges = cluster.in(subject.namespace, 'LimitRange');
  const defaults = ranges.flatMap(({ manifest }) => listAt(manifest, 'spec', 'limits')).filter(({ type }) => type === 'Container');
  return NEEDED.filter(([section, resource]) => !says(container, section, resource) && !says(pods.spec, section, resource) && !defaults.some((limits) => at(limits, DEFAULTS[section], resource) !== undefined)).map(([section, resource]) => ({
    subject,
    path: [...path, 'resources', section, resource],
    got: 'nothing',
    mend: `container '${String(container.name)}' must set it, or a LimitRange of the namespace`,
    restsOn: [{ subject, path: [...path, 'resources'] }, { subject, path: [...pods.path, 'resources'] }, ...placesOf(ranges, ['spec', 'limits'])],
  }));
}

/** A limit alone is a request of the same amount. */
function says(holder: JsonObject, section: 'requests' | 'limits', resource: string): boolean {
  const own = objectAt(holder, 'resources');
  return at(own, section, resource) !== undefined || (section === 'requests' && at(own, 'limits', resource) !== undefined);
}
