import * as pulumi from '@pulumi/pulumi';
import { EnvironmentError, loadEnvironment } from '../../lib/environment';
import { ChartResources } from '../../lib/pulumi';
import { boutiqueApp } from '../boutique/app';
import { environmentSchema, type ClusterSettings, type ShopEnvironment } from '../environment';
import { PREVIEW, previewEnvironment, previewName } from '../preview';
import { planCluster, type GetCluster } from './cluster';
import { addSecrets } from './secrets';

/** What a command says about a deployment, besides the environment's file. */
export interface DeploymentOptions {
  /** The cluster to deploy to. @default the one that the environment's file names */
  readonly cluster?: ClusterSettings;
  /** When a preview environment may be removed: `2026-01-31T12:00:00Z`. @default the stack's configuration `preview.expires` */
  readonly expires?: string;
}

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

/**
 * Deploys one environment: what `npm run synth` shows for it, through the same loader and the same app.
 * @param directory - the folder of Pulumi.yaml
 * @param stack - the environment, or `preview-<name>` for a preview environment
 * @throws EnvironmentError with the key path of every mistake, before anything is touched
 */
export function deployEnvironment(directory: string, stack: string, options: DeploymentOptions = {}): Deployment {
  const { environment, getCluster } = planDeployment(directory, stack, options);
  const { host, images, namespace, protect, retainVolumes } = environment.config;
  const app = boutiqueApp(environment, stack);
  const outputs = addSecrets(app, environment);
  const { provider, kubectl, loadBalancer } = getCluster();
  const resources = new ChartResources('boutique', { charts: app, outputs, protect, retainVolumes, loadBalancer }, { provider });
  const logs = `${kubectl} --namespace ${namespace} logs --selector app.kubernetes.io/part-of=boutique --all-containers --prefix --tail 20`;
  return { url: `https://${host}`, namespace, version: images.tag, logs, ...(environment.expires === undefined ? {} : { expires: environment.expires }), resources };
}

/** What is to be deployed, and where. */
export interface DeploymentPlan {
  /** The environment. */
  readonly environment: ShopEnvironment;
  /** Gets its cluster. */
  readonly getCluster: GetCluster;
}

/**
 * Checks all that can be checked without an engine; a command does so before it makes a stack.
 * @throws EnvironmentError with the key path of every mistake
 */
export function planDeployment(directory: string, stack: string, options: DeploymentOptions = {}): DeploymentPlan {
  const environment = readEnvironment(directory, stack, options);
  return { environment, getCluster: planCluster(directory, environment) };
}

function readEnvironment(directory: string, stack: string, { cluster, expires }: DeploymentOptions): ShopEnvironment {
  const name = previewName(stack);
  const found: ShopEnvironment = loadEnvironment(directory, name === undefined ? stack : PREVIEW, environmentSchema);
  const environment = name === undefined ? found : previewEnvironment(found, { name, expires: expires ?? configuredExpiry(stack, name) });
  return cluster === undefined ? environment : { ...environment, config: { ...environment.config, cluster } };
}

/** For those who run `pulumi up` themselves. */
function configuredExpiry(stack: string, name: string): string {
  const { expires } = new pulumi.Config().getObject<{ readonly expires?: string }>('preview') ?? {};
  if (expires !== undefined) return expires;
  throw new EnvironmentError([{ file: stack, path: 'expires', got: 'nothing', allowed: `a date: run \`npm run preview -- create ${name}\`, or \`pulumi config set --stack ${stack} --path fairlead:preview.expires 2026-01-31T12:00:00Z\`` }]);
}
