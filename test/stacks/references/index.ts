import { unresolvedByAvailability } from './availability';
import { unresolvedByPods } from './pods';
import { unresolvedAddresses, unresolvedByPolicies, unresolvedTexts } from './policies';
import { unresolvedByRights } from './rights';
import { unresolvedByServices } from './services';
import { labelOf, World, type GivenSecret, type Obj } from './world';

/** Variables that name what an environment leaves out on purpose. */
const LEFT_OUT = {
  // The frontend does not start without this variable; the assistant itself is an option that needs a cloud database.
  SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80',
};

const CLUSTER_SCOPED = ['Namespace', 'ClusterRole', 'ClusterRoleBinding'];

/** Everything that an object names and that is not there, a line each. A simulated node would call the pods ready nevertheless. */
export function unresolvedReferences(objects: readonly Obj[], given: readonly GivenSecret[]): string[] {
  const world = new World(objects, given);
  const lost = objects.filter(({ kind, metadata }) => !CLUSTER_SCOPED.includes(kind) && metadata.namespace !== 'default' && !world.find('Namespace', undefined, metadata.namespace ?? ''));
  return [
    ...lost.map((object) => `${labelOf(object)}: no Namespace ${object.metadata.namespace}`),
    ...unresolvedByPods(world),
    ...unresolvedByServices(world),
    ...unresolvedByRights(world),
    ...unresolvedByAvailability(world),
    ...unresolvedByPolicies(world),
    ...unresolvedAddresses(world, LEFT_OUT),
    ...unresolvedTexts(world),
  ];
}
