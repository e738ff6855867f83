import { unresolvedByAvailability } from './availability';
import { unresolvedByPods } from './pods';
import { unresolvedAddresses, unresolvedByPolicies } from './policies';
import { unresolvedByRights } from './rights';
import { unresolvedByServices, unresolvedInFiles } from './services';
import { labelOf, World, type GivenSecret, type Obj } from './world';

/** Variables that name what an environment leaves out on purpose. */
const LEFT_OUT = {
  // The frontend does not start without this variable; the assistant itself is an option that needs a cloud database.
  SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
};

/** Kinds that stand in no namespace, and the namespace that every cluster has. */
const CLUSTER_KINDS = ['Namespace', 'ClusterRole', 'ClusterRoleBinding'];
const GIVEN_NAMESPACE = 'default';

/** Everything that an object names and that is not there, a line each. A simulated node would call the pods ready nevertheless. */
export function unresolvedReferences(objects: readonly Obj[], given: readonly GivenSecret[]): string[] {
  const world = new World(objects, given);
  const lost = objects.filter(({ kind, metadata }) => !CLUSTER_KINDS.includes(kind) && metadata.namespace !== GIVEN_NAMESPACE && !world.find('Namespace', undefined, metadata.namespace ?? ''));
  return [
    ...lost.map((object) => `${labelOf(object)}: no Namespace ${object.metadata.namespace}`),
    ...unresolvedByPods(world),
    ...unresolvedByServices(world),
    ...unresolvedByAvailability(world),
    ...unresolvedByPolicies(world),
    ...unresolvedByRights(world),
    ...unresolvedInFiles(world),
    ...unresolvedAddresses(world, LEFT_OUT),
  ];
}
