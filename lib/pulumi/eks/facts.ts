import type { EksAddresses } from '../cluster/address-plan/eks';
import type { ClusterNetwork } from '../cluster/cluster';
import { ALB_TARGETS, ALB_TLS } from '../../network/alb';
import type { ClusterFacts } from '../cluster/facts';
import { namesOf } from '../cluster/settings/hosts';
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
  const { sharedVolumes, registry, account, region } = settings;
  const addresses = planAddresses(settings, { add: () => undefined })!;
  return {
    network: networkOf(addresses, settings),
    hostAccess: true,
    storageClasses: { default: 'gp3', fast: 'io2', ...(sharedVolumes ? { shared: 'efs' } : {}) },
    ingress: ingressOf(addresses, settings),
    ...(registry.create ? { registry: `${account}.dkr.ecr.${region}.${domainOf(region)}/${name}` } : {}),
  };
}

/** Auto Mode has a controller of Application Load Balancers, which stand in the public subnets; without, only Services get addresses. */
function ingressOf({ subnets }: EksAddresses, { autoMode, hosts }: Pick<Eks, 'autoMode' | 'hosts'>): ClusterFacts['ingress'] {
  if (!autoMode) return { loadBalancer: true };
  const certified = hosts && { hosts: namesOf(hosts) };
  return { loadBalancer: true, className: INGRESS_CLASS, sources: subnets.map((zone) => zone.public), ...certified, annotations: { ...ALB_TARGETS, ...(hosts ? ALB_TLS : {}) } };
}
