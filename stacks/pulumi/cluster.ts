import type * as pulumi from '@pulumi/pulumi';
import { EnvironmentError } from '../../lib/environment';
import type { ClusterAccess } from '../../lib/pulumi';
import { ClusterProvider } from '../../lib/pulumi/cluster';
import type { ClusterSettings, ShopEnvironment } from '../environment';
import { checkLocalEnvironment, LOCAL } from './local-cluster';
import { accessTo } from './provider';

/** A cluster that charts can be deployed to. */
export interface Cluster {
  /** The provider that leads to it. */
  readonly provider: pulumi.ProviderResource;
  /** How whoever watches it gets there. */
  readonly access: ClusterAccess;
  /** How kubectl is told to go there. */
  readonly kubectl: string;
  /** Whether it gives addresses to Ingresses. */
  readonly loadBalancer: boolean;
}

/** Gets a cluster, once everything that can be wrong has been checked; it registers resources. */
export type GetCluster = () => Cluster;

/**
 * How to get the cluster of an environment: only ever one that the environment's file names, whatever kubeconfig is at hand.
 * The one place that knows where clusters come from; one that the program makes itself is another case here.
 * @param directory - the folder of Pulumi.yaml
 * @throws EnvironmentError when it names none, or `local` one that is elsewhere
 */
export function planCluster(directory: string, { name, file, config }: ShopEnvironment): GetCluster {
  if (!config.cluster) throw new EnvironmentError([{ file, path: 'fairlead:cluster', got: 'nothing', allowed: 'the cluster to deploy to, such as { context: my-cluster }; `kubectl config get-contexts` lists those at hand' }]);
  if (name === LOCAL) checkLocalEnvironment(directory, file, config.cluster);
  return () => existingCluster(directory, config.cluster!);
}

function existingCluster(directory: string, settings: ClusterSettings): Cluster {
  const { context, kubeconfig, loadBalancer } = settings;
  const kubectl = `kubectl${kubeconfig === undefined ? '' : ` --kubeconfig ${kubeconfig}`} --context ${context}`;
  const access = accessTo(settings, directory);
  return { provider: new ClusterProvider('cluster', { identifier: context, ...access }), access, kubectl, loadBalancer };
}
