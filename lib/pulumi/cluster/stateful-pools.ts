import { isPlainObject } from '../../core/json';
import { at } from '../../core/paths';

/** The label (tag) of the cloud on a pool that runs what holds state. */
const CLOUD_LABEL = 'fairlead-stateful';
/** The same on a pool that is an object of Kubernetes. */
const OBJECT_LABEL = 'fairlead.dev/stateful';

type Labels = Readonly<Record<string, string>>;

/** The mark of a stateful pool: the state keeps it, so that the guard knows the pool also where nothing is protected. */
export const statefulLabels = (stateful: boolean): Labels => (stateful ? { [CLOUD_LABEL]: 'true' } : {});

/** The mark of a stateful pool that is an object of Kubernetes. */
export const statefulObjectLabels = (stateful: boolean): Labels => (stateful ? { [OBJECT_LABEL]: 'true' } : {});

/** Whether the inputs of a resource are those of a pool with the mark, of any cloud. */
export function isStatefulPool(inputs: unknown): boolean {
  return [at(inputs, 'nodeConfig', 'resourceLabels', CLOUD_LABEL), at(inputs, 'tags', CLOUD_LABEL), at(inputs, 'metadata', 'labels', OBJECT_LABEL)].includes('true');
}

/** The zones that a cluster or a pool names for its nodes; undefined where it names none, and so has all of them. */
export function zonesOf(inputs: unknown): readonly unknown[] | undefined {
  const requirements = at(inputs, 'spec', 'template', 'spec', 'requirements');
  const requirement = Array.isArray(requirements) ? requirements.find((one) => isPlainObject(one) && one.key === 'topology.kubernetes.io/zone') : undefined;
  const zones = at(inputs, 'nodeLocations') ?? at(requirement, 'values');
  return Array.isArray(zones) ? zones : undefined;
}
