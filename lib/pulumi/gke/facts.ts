import { gkeNetwork } from '../cluster/address-plan/gke';
import type { ClusterNetwork } from '../cluster/cluster';
import type { ClusterFacts } from '../cluster/facts';
import { namesOf } from '../cluster/settings/hosts';
import { planAddresses } from './addresses';
import type { Gke } from './schema';

/** The class of Gateways whose load balancer has an address on the internet. */
export const GATEWAY_CLASS = 'gke-l7-global-external-managed';

/** Where Google's proxies and health checks ask from: https://cloud.google.com/load-balancing/docs/firewall-rules. */
const PROXIES = ['130.211.0.0/22', '35.191.0.0/16'];

/** Name of the address of the hosts. */
export const addressName = (name: string): string => `${name}-address`;

/** Name of the map of the certificates of the hosts. */
export const certificateMapName = (name: string): string => `${name}-certificates`;

/** Where images are pushed to. */
export const registryAddress = (name: string, { project, region }: Pick<Gke, 'project' | 'region'>): string => `${region}-docker.pkg.dev/${project}/${name}`;

/**
 * What is known of a cluster on GKE before it exists.
 * @param name - of the cluster
 * @param settings - as `gkeSchema` gives them back, and so without mistakes
 */
export function gkeFacts(name: string, settings: Gke): ClusterFacts & { readonly network: ClusterNetwork } {
  const { autopilot, sharedVolumes, registry, hosts } = settings;
  const certified = hosts && { hosts: namesOf(hosts), annotations: { 'networking.gke.io/certmap': certificateMapName(name) }, address: addressName(name) };
  return {
    network: gkeNetwork(planAddresses(settings, { add: () => undefined })!),
    hostAccess: !autopilot,
    storageClasses: { default: 'standard-rwo', fast: 'premium-rwo', ...(sharedVolumes || autopilot ? { shared: 'standard-rwx' } : {}) },
    ingress: { loadBalancer: true, gatewayClassName: GATEWAY_CLASS, sources: PROXIES, ...certified },
    ...(registry.create ? { registry: registryAddress(name, settings) } : {}),
  };
}
