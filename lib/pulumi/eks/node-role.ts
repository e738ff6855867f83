import { makeRole, trustedService, type ReadyRole } from './role';
import type { Scope } from './scope';

/**
 * The role of nodes: to join the cluster and to pull images, nothing more. What pods may do is bound to their service
 * accounts, the network plugin's included.
 */
export function makeNodeRole(scope: Scope): ReadyRole {
  const join = scope.settings.autoMode ? 'AmazonEKSWorkerNodeMinimalPolicy' : 'AmazonEKSWorkerNodePolicy';
  return makeRole(scope, `${scope.name}-nodes`, {
    description: `Nodes of the cluster ${scope.name}`,
    trust: trustedService('ec2.amazonaws.com'),
    managed: [join, 'AmazonEC2ContainerRegistryPullOnly'],
  });
}
