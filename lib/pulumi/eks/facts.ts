import type { EksAddresses } from '../cluster/address-plan/eks';
import type { ClusterNetwork } from '../cluster/cluster';
import type { ClusterFacts } from '../cluster/facts';
import { planAddresses } from './addresses';
import { domainOf } from './regions';
import type { Eks } from './schema';

/** The class of Ingresses on Auto Mode: an Application Load Balancer. */
export const INGRESS_CLASS = 'alb';

/** The ranges, by what is in them. */
export function networkOf({ subnets, services }: EksAddresses, { autoMode }: Pick<Eks, 'autoMode'>): ClusterNetwork {
  const nodes = subnets.map((zone) => zone.private);
  return { nodes, pods: subnets.map((zone) => zone.pods ?? zone.private), services: [services], controlPlane: autoMode ? nodes : subnets.map((zone) => zone.controlPlane) };
}

/**
 * What is known of a cluster on EKS before it exists.
 * @param name - of the cluster
 * @param settings - as `eksSchema` gives them back, and so without mistakes
 */
export function eksFacts(name: string, settings: Eks): ClusterFacts & { readonly network: ClusterNetwork } {
  const { autoMode, sharedVolumes, registry, account, region } = settings;
  return {
    network: networkOf(planAddresses(settings, { add: () => undefined })!, settings),
    hostAccess: true,
    storageClasses: { default: 'gp3', fast: 'io2', ...(sharedVolumes ? { shared: 'efs' } : {}) },
    ingress: { loadBalancer: true, ...(autoMode ? { className: INGRESS_CLASS } : {}) },
    ...(registry.create ? { registry: `${account}.dkr.ecr.${region}.${domainOf(region)}/${name}` } : {}),
  };
}
