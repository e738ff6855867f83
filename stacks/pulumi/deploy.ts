import type * as pulumi from '@pulumi/pulumi';
import { ChartResources, ReleaseRecord, type ReleaseInfo } from '../../lib/pulumi';
import { WorkloadIdentities, type Cluster } from '../../lib/pulumi/cluster';
import { defined } from '../../lib/core/json';
import { boutiqueApp } from '../boutique/app';
import type { ClusterOptions } from './cluster';
import { madeOnce } from './made-once';
import { planDeployment, type DeploymentPlan, type DeploymentSettings } from './plan';
import { stayInPlace } from './place';
import { asRunError } from './run-error';
import { addSecrets } from './secrets';

/** What a deployed environment tells whoever looks for it. */
export interface Deployment {
  /** Where the shop is. */
  readonly url: string;
  /** Where its objects are. */
  readonly namespace: string;
  /** The release of the shop. */
  readonly version: string;
  /** Where its dashboards are, if they have a host. */
  readonly grafana?: string;
  /** Shows the logs of all its pods. */
  readonly logs: string;
  /** Gives a person access to the cluster that was made with it. */
  readonly connect?: pulumi.Output<string>;
  /** The kubeconfig of the cluster that was made with it, secret; it has no token. */
  readonly kubeconfig?: pulumi.Output<string>;
  /** Registry and folder of images that the cluster pulls from. */
  readonly registry?: pulumi.Output<string>;
  /** Name servers of the zone that was made for its hosts, for the registrar of the domain. */
  readonly nameServers?: pulumi.Output<readonly string[]>;
  /** When it may be removed; only preview environments have an end. */
  readonly expires?: string;
  /** The objects. */
  readonly resources: ChartResources;
}

/** How an environment is deployed, besides what its file says. */
export interface DeployOptions extends DeploymentSettings, ClusterOptions {
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
export function deployEnvironment(directory: string, stack: string, options: DeployOptions = {}): Deployment {
  return deployPlanned(planDeployment(directory, stack, options), stack, options);
}

function deployPlanned({ environment, cluster: { cloud, kubectl, get } }: DeploymentPlan, stack: string, { release = {}, onStuck, allowReplacement = [] }: DeployOptions): Deployment {
  const { host, images, namespace, monitoring, protect, retainVolumes } = environment.config;
  const app = boutiqueApp(environment, stack);
  const outputs = addSecrets(app, environment);
  // Grafana reads its password when it starts: its pods carry a digest of it, which tells nobody what it is.
  const digests = monitoring ? { digestKey: madeOnce('digest-key') } : {};
  const identities = new WorkloadIdentities(app);
  identities.check(cloud);
  const cluster = get({ allowReplacement });
  const { provider, access, ingress: { loadBalancer } } = cluster;
  const watch = { ...access, ...(onStuck ? { onStuck } : {}) };
  const { at: _, ...change } = release;
  const resources = new ChartResources('boutique', { charts: app, outputs, ...digests, protect, retainVolumes, loadBalancer, watch, release: change, optionsFor: identities.bind(cluster) }, { provider });
  const logs = `${kubectl} --namespace ${namespace} logs --selector app.kubernetes.io/part-of=boutique --all-containers --prefix --tail 20`;
  const grafana = monitoring?.grafana.host;
  // An output that is undefined draws a warning of the engine.
  const found = {
    url: `https://${host}`, ...(grafana === undefined ? {} : { grafana: `https://${grafana}` }), namespace, version: images.tag, logs,
    ...(environment.expires === undefined ? {} : { expires: environment.expires }), ...outputsOf(cluster),
  };
  new ReleaseRecord('releases', { charts: [resources], info: release, outputs: found });
  return { ...found, resources };
}

/**
 * The program of an environment: deploys it where it lives.
 * @returns the outputs of the stack
 * @throws RunError with the key path of every mistake, before anything is touched; also where its file has moved it to another provider
 */
export async function environmentProgram(directory: string, stack: string, options: DeployOptions = {}): Promise<Omit<Deployment, 'resources'>> {
  try {
    const plan = planDeployment(directory, stack, options);
    await stayInPlace(plan.environment, plan.cluster.cloud);
    const { resources: _, ...outputs } = deployPlanned(plan, stack, options);
    return outputs;
  } catch (error) {
    throw asRunError(error);
  }
}

/** What people need of a cluster that was made. */
function outputsOf({ cloud, connect, kubeconfig, registry, ingress: { nameServers } }: Cluster): Pick<Deployment, 'connect' | 'kubeconfig' | 'registry' | 'nameServers'> {
  return cloud === 'existing' ? {} : defined({ connect, kubeconfig, registry, nameServers });
}
