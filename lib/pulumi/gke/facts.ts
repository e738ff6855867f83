import { gkeNetwork } from '../cluster/address-plan/gke';
import type { ClusterNetwork } from '../cluster/cluster';
import type { ClusterFacts } from '../cluster/facts';
import { planAddresses } from './addresses';
import type { Gke } from './schema';

/** The class of Gateways whose load balancer has an address on the internet. */
export const GATEWAY_CLASS = 'gke-l7-global-external-managed';

/** Where images are pushed to. */
export const registryAddress = (name: string, { project, region }: Pick<Gke, 'project' | 'region'>): string => `${region}-docker.pkg.dev/${project}/${name}`;

/**
 * What is known of a cluster on GKE before it exists.
 * @param name - of the cluster
 * @param settings - as `gkeSchema` gives them back, and so without mistakes
 */
export function gkeFacts(name: string, settings: Gke): ClusterFacts & { readonly network: ClusterNetwork } {
  const { autopilot, sharedVolumes, registry } = settings;
  return {
    network: gkeNetwork(planAddresses(settings, { add: () => undefined })!),
    hostAccess: !autopilot,
    storageClasses: { default: 'standard-rwo', fast: 'premium-rwo', ...(sharedVolumes || autopilot ? { shared: 'standard-rwx' } : {}) },
    ingress: { loadBalancer: true, gatewayClassName: GATEWAY_CLASS },
    ...(registry.create ? { registry: registryAddress(name, settings) } : {}),
  };
}
