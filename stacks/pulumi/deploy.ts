import { loadEnvironment } from '../../lib/environment';
import { ChartResources, ReleaseRecord, type ReleaseInfo } from '../../lib/pulumi';
import { boutiqueApp } from '../boutique/app';
import { clusterOf, deploymentSchema } from './environment';
import { ClusterProvider } from './provider';
import { addSecrets } from './secrets';

/** What a deployed environment tells whoever looks for it. */
export interface Deployment {
  /** Where the shop is. */
  readonly url: string;
  /** Where its objects are. */
  readonly namespace: string;
  /** The release of the shop. */
  readonly version: string;
  /** Shows the logs of all its pods. */
  readonly logs: string;
  /** The objects. */
  readonly resources: ChartResources;
}

/**
 * Deploys one environment: what `npm run synth` shows for it, through the same loader and the same app.
 * @param directory - the folder of Pulumi.yaml
 * @param name - the environment: Pulumi's stack name
 * @param release - what is released, why and by whom
 * @throws EnvironmentError with the key path of every mistake, before anything is touched
 */
export function deployEnvironment(directory: string, name: string, release: ReleaseInfo = {}): Deployment {
  const environment = loadEnvironment(directory, name, deploymentSchema);
  const cluster = clusterOf(environment);
  const { host, images, namespace, protect } = environment.config;
  const app = boutiqueApp(environment, name);
  const outputs = addSecrets(app, environment);
  const provider = new ClusterProvider('cluster', directory, cluster);
  const { at: _, ...change } = release;
  const resources = new ChartResources('boutique', { charts: app, outputs, protect, loadBalancer: cluster.loadBalancer, release: change }, { provider });
  const logs = `kubectl --context ${cluster.context} --namespace ${namespace} logs --selector app.kubernetes.io/part-of=boutique --all-containers --prefix --tail 20`;
  const found = { url: `https://${host}`, namespace, version: images.tag, logs };
  new ReleaseRecord('releases', { charts: [resources], info: release, outputs: found });
  return { ...found, resources };
}
