import * as pulumi from '@pulumi/pulumi';
import { EnvironmentError, loadEnvironment } from '../../lib/environment';
import { existingCluster } from '../cluster/settings';
import { environmentSchema, type ShopEnvironment } from '../environment';
import { PREVIEW, previewEnvironment, previewName } from '../preview';
import { planCluster, type ClusterPlan } from './cluster';

/** A cluster that is there already. */
export interface NamedCluster {
  /** Context of the kubeconfig. */
  readonly context: string;
  /** Path of the kubeconfig, from the folder of Pulumi.yaml. @default the one that kubectl takes */
  readonly kubeconfig?: string;
  /** Whether it gives addresses to Ingresses. @default true */
  readonly loadBalancer?: boolean;
}

/** What may be set from outside of the environment's file. */
export interface DeploymentSettings {
  /** The cluster to deploy to. @default the one that the environment's file names */
  readonly cluster?: NamedCluster;
  /** When a preview environment may be removed: `2026-01-31T12:00:00Z`. @default the stack's configuration `preview.expires` */
  readonly expires?: string;
}

/** What is to be deployed, and where. */
export interface DeploymentPlan {
  /** The environment. */
  readonly environment: ShopEnvironment;
  /** Its cluster. */
  readonly cluster: ClusterPlan;
}

/**
 * Checks all that can be checked without an engine; a command does so before it makes a stack.
 * @param directory - the folder of Pulumi.yaml
 * @param stack - the environment, or `preview-<name>` for a preview environment
 * @throws EnvironmentError with the key path of every mistake
 */
export function planDeployment(directory: string, stack: string, settings: DeploymentSettings = {}): DeploymentPlan {
  const environment = readEnvironment(directory, stack, settings);
  return { environment, cluster: planCluster(directory, environment) };
}

function readEnvironment(directory: string, stack: string, { cluster, expires }: DeploymentSettings): ShopEnvironment {
  const name = previewName(stack);
  const found: ShopEnvironment = loadEnvironment(directory, name === undefined ? stack : PREVIEW, environmentSchema);
  const environment = name === undefined ? found : previewEnvironment(found, { name, expires: expires ?? configuredExpiry(stack, name) });
  return cluster === undefined ? environment : { ...environment, config: { ...environment.config, cluster: existingCluster.parse(cluster) } };
}

/** For those who run `pulumi up` themselves. */
function configuredExpiry(stack: string, name: string): string {
  const { expires } = new pulumi.Config().getObject<{ readonly expires?: string }>('preview') ?? {};
  if (expires !== undefined) return expires;
  throw new EnvironmentError([{ file: stack, path: 'expires', got: 'nothing', allowed: `a date: run \`npm run preview -- create ${name}\`, or \`pulumi config set --stack ${stack} --path fairlead:preview.expires 2026-01-31T12:00:00Z\`` }]);
}
