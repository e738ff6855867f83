import type { ClusterFacts } from '../../lib/pulumi/cluster/facts';
import type { Settings } from '../environment';
import type { ClusterSettings } from './settings';

/** What is known of the cluster before it exists; synth shows the same as `up` deploys. Nothing where no cluster is named. */
export function clusterFacts(cluster: ClusterSettings | undefined): Partial<ClusterFacts> {
  if (cluster === undefined) return {};
  const { hostAccess, storageClasses, network, registry, ingress, loadBalancer } = cluster;
  return { hostAccess, storageClasses, ingress: { loadBalancer, ...ingress }, ...(network ? { network } : {}), ...(registry === undefined ? {} : { registry }) };
}

/** The settings, with what the cluster has where they leave it out: the class of its Ingresses and of its volumes. */
export function withFacts(settings: Settings): Settings {
  const { ingress, storageClasses } = clusterFacts(settings.cluster);
  const { ingressClass = ingress?.className, redis: { storage } } = settings;
  const storageClass = storage?.storageClass ?? storageClasses?.default;
  return {
    ...settings,
    ...(ingressClass === undefined ? {} : { ingressClass }),
    ...(storage === undefined || storageClass === undefined ? {} : { redis: { storage: { ...storage, storageClass } } }),
  };
}
