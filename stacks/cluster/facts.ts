import type { ClusterFacts } from '../../lib/pulumi/cluster/facts';
import { eksFacts } from '../../lib/pulumi/eks/facts';
import { gkeFacts } from '../../lib/pulumi/gke/facts';
import type { ShopEnvironment } from '../environment';
import { monitoringWithFacts } from '../monitoring/facts';
import { clusterName, type ClusterSettings, type ExistingSettings } from './settings';

/** What is known of the cluster before it exists; synth shows the same as `up` deploys. Nothing where no cluster is named. */
export function clusterFacts({ name, config: { cluster } }: Pick<ShopEnvironment, 'name' | 'config'>): Partial<ClusterFacts> {
  if (cluster === undefined) return {};
  if (cluster.provider === 'existing') return existingFacts(cluster);
  return cluster.provider === 'gke' ? gkeFacts(clusterName(name, cluster), madeSettings(cluster)) : eksFacts(clusterName(name, cluster), madeSettings(cluster));
}

function existingFacts({ hostAccess, storageClasses, network, registry, ingress, loadBalancer }: ExistingSettings): ClusterFacts {
  return { hostAccess, storageClasses, ingress: { loadBalancer, ...ingress }, ...(network ? { network } : {}), ...(registry === undefined ? {} : { registry }) };
}

/** What the component of a cluster is made from. */
export function madeSettings<T extends Exclude<ClusterSettings, ExistingSettings>>({ provider: _, name: _name, ...settings }: T): Omit<T, 'provider' | 'name'> {
  return settings;
}

/** The environment, with what its cluster has where the settings leave it out: the class of its volumes, and what the monitoring goes by. */
export function withFacts<T extends ShopEnvironment>(environment: T, facts: Partial<ClusterFacts>): T {
  const { config } = environment;
  const { redis: { storage }, monitoring } = config;
  const storageClass = storage?.storageClass ?? facts.storageClasses?.default;
  return {
    ...environment,
    config: {
      ...config,
      ...(storage === undefined || storageClass === undefined ? {} : { redis: { storage: { ...storage, storageClass } } }),
      ...(monitoring === undefined ? {} : { monitoring: monitoringWithFacts(monitoring, facts) }),
    },
  };
}
