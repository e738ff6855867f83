import type * as pulumi from '@pulumi/pulumi';
import { EnvironmentError } from '../../lib/environment';
import { ExistingCluster, type Cloud, type Cluster } from '../../lib/pulumi/cluster';
import { madeSettings } from '../cluster/facts';
import { clusterName, type ClusterSettings } from '../cluster/settings';
import type { ShopEnvironment } from '../environment';
import { checkLocalEnvironment, LOCAL } from './local-cluster';
import { accessTo } from './provider';

/** The cluster of an environment, before it is made or looked for. */
export interface ClusterPlan {
  /** Where it runs. */
  readonly cloud: Cloud;
  /** How kubectl is told to go there. */
  readonly kubectl: string;
  /** Gets it, once everything that can be wrong has been checked; it registers resources. */
  readonly get: (options?: ClusterOptions) => Cluster;
}

/** What holds for one `up` alone. */
export interface ClusterOptions {
  /** Names of protected resources that may be replaced or deleted. @default none */
  readonly allowReplacement?: readonly string[];
}

/**
 * The cluster of an environment: only ever one that the environment's file describes, whatever kubeconfig is at hand.
 * @param directory - the folder of Pulumi.yaml
 * @throws EnvironmentError when it names none, or `local` one that is elsewhere
 */
export function planCluster(directory: string, { name, file, config: { cluster } }: ShopEnvironment): ClusterPlan {
  if (!cluster) throw new EnvironmentError([{ file, path: 'fairlead:cluster', got: 'nothing', allowed: 'the cluster to deploy to, such as { context: my-cluster }; `kubectl config get-contexts` lists those at hand' }]);
  if (name === LOCAL) checkLocalEnvironment(directory, file, cluster);
  const get = ({ allowReplacement = [] }: ClusterOptions = {}) => getCluster({ directory, environment: name, transformations: [unprotect(allowReplacement)] }, cluster);
  return { cloud: cluster.provider, kubectl: kubectlFor(cluster), get };
}

/** For a cluster that is made, kubectl goes there once the command of the output `connect` was run. */
function kubectlFor(cluster: ClusterSettings): string {
  if (cluster.provider !== 'existing') return 'kubectl';
  const { kubeconfig, context } = cluster;
  return `kubectl${kubeconfig === undefined ? '' : ` --kubeconfig ${kubeconfig}`} --context ${context}`;
}

interface Place extends Pick<pulumi.ComponentResourceOptions, 'transformations'> {
  readonly directory: string;
  readonly environment: string;
}

/** The clouds' packages are large, and optional: each is loaded only where it is used. */
function getCluster({ directory, environment, transformations }: Place, settings: ClusterSettings): Cluster {
  switch (settings.provider) {
    case 'gke': {
      const { GkeCluster } = require('../../lib/pulumi/gke') as typeof import('../../lib/pulumi/gke');
      return new GkeCluster(clusterName(environment, settings), madeSettings(settings), { transformations });
    }
    case 'eks': {
      const { EksCluster } = require('../../lib/pulumi/eks') as typeof import('../../lib/pulumi/eks');
      return new EksCluster(clusterName(environment, settings), madeSettings(settings), { transformations });
    }
    case 'existing': {
      const { provider: _, kubeconfig: _path, ...existing } = settings;
      const { kubeconfig } = accessTo(settings, directory);
      return new ExistingCluster('cluster', { ...existing, ...(kubeconfig === undefined ? {} : { kubeconfig }) }, { transformations });
    }
  }
}

/** Takes the protection from what may be replaced this once. */
const unprotect = (names: readonly string[]): pulumi.ResourceTransformation => ({ name, props, opts }) => (names.includes(name) ? { props, opts: { ...opts, protect: false } } : undefined);
