import { ChartResources, ReleaseRecord, type ReleaseInfo } from '../../lib/pulumi';
import { boutiqueApp } from '../boutique/app';
import { madeOnce } from './made-once';
import { planDeployment, type DeploymentSettings } from './plan';
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
  /** When it may be removed; only preview environments have an end. */
  readonly expires?: string;
  /** The objects. */
  readonly resources: ChartResources;
}

/** How an environment is deployed, besides what its file says. */
export interface DeployOptions extends DeploymentSettings {
  /** What is released, why and by whom. @default nobody said */
  readonly release?: ReleaseInfo;
  /** Ends the update once a rollout is stuck, where no CLI runs the program. @default the CLI that runs it is interrupted */
  readonly onStuck?: (message: string) => void;
}

/**
 * Deploys one environment: what `npm run synth` shows for it, through the same loader and the same app.
 * @param directory - the folder of Pulumi.yaml
 * @param stack - the environment, or `preview-<name>` for a preview environment
 * @throws EnvironmentError with the key path of every mistake, before anything is touched
 */
export function deployEnvironment(directory: string, stack: string, { release = {}, onStuck, ...settings }: DeployOptions = {}): Deployment {
  const { environment, getCluster } = planDeployment(directory, stack, settings);
  const { host, images, namespace, monitoring, protect, retainVolumes } = environment.config;
  const app = boutiqueApp(environment, stack);
  const outputs = addSecrets(app, environment);
  // Grafana reads its password when it starts: its pods carry a digest of it, which tells nobody what it is.
  const digests = monitoring ? { digestKey: madeOnce('digest-key') } : {};
  const { provider, access, kubectl, loadBalancer } = getCluster();
  const watch = { ...access, ...(onStuck ? { onStuck } : {}) };
  const { at: _, ...change } = release;
  const resources = new ChartResources('boutique', { charts: app, outputs, ...digests, protect, retainVolumes, loadBalancer, watch, release: change }, { provider });
  const logs = `${kubectl} --namespace ${namespace} logs --selector app.kubernetes.io/part-of=boutique --all-containers --prefix --tail 20`;
  // An output that is undefined draws a warning of the engine.
  const found = { url: `https://${host}`, namespace, version: images.tag, logs, ...(environment.expires === undefined ? {} : { expires: environment.expires }) };
  new ReleaseRecord('releases', { charts: [resources], info: release, outputs: found });
  return { ...found, resources };
}
