import type { PulumiFn, Stack } from '@pulumi/pulumi/automation';
import { Chart } from 'cdk8s';
import { App, PlatformNamespace, WebApp, type CloudRights } from '../../../lib';
import { ChartResources, ReleaseRecord } from '../../../lib/pulumi';
import { WorkloadIdentities, type Cluster } from '../../../lib/pulumi/cluster';
import { EksCluster } from '../../../lib/pulumi/eks';
import { GkeCluster } from '../../../lib/pulumi/gke';
import type { EksSettings } from '../../../lib/pulumi/eks/settings';
import type { GkeSettings } from '../../../lib/pulumi/gke/settings';
import { deploy } from '../../../stacks/commands/deploy';
import { update, type Update } from '../../../stacks/commands/update';
import { Clouds } from './clouds';
import { Deployer } from './deployer';

/** The cluster of a small shop. */
export type CloudSettings = ({ readonly cloud: 'gke' } & GkeSettings) | ({ readonly cloud: 'eks' } & EksSettings);

/** What an `up` of it can change. */
export interface CloudRelease {
  /** Tag of the image. @default '1.0.0' */
  readonly web?: string;
  /** What its pods may do in the cloud. @default nothing */
  readonly rights?: CloudRights;
}

/** Name of the cluster, and what the logical names of its parts begin with. */
export const CLUSTER = 'shop-staging';

const DONE = ['create', 'update', 'delete', 'create-replacement', 'delete-replaced'];

/** One workload with a way in: what stands on a cluster. */
function shopOf(namespace: string, { web = '1.0.0', rights }: CloudRelease): App {
  const app = new App({ defaults: { owner: 'shop', rollout: { minReady: '1s' }, resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } } } });
  const chart = new Chart(app, 'shop', { namespace });
  new PlatformNamespace(chart, 'namespace', { quota: { pods: '40' } });
  new WebApp(chart, 'web', { image: `registry.example/web:${web}`, ports: { http: 8080 }, route: { hosts: ['shop.example.com'], tls: false }, ...(rights ? { identity: { rights } } : {}) });
  return app;
}

function clusterOf({ cloud, ...settings }: CloudSettings): Cluster {
  return cloud === 'gke' ? new GkeCluster(CLUSTER, settings as GkeSettings) : new EksCluster(CLUSTER, settings as EksSettings);
}

/** A small shop and the cluster that it stands on, made together: by the real engine, with stand-ins for the clouds. */
export class CloudShop {
  /** All that the engine printed in the last run. */
  output = '';
  /** What was done in the last run, in the order in which it was done: `create <type> <name>`. */
  steps: readonly string[] = [];

  private constructor(
    readonly deployer: Deployer,
    readonly clouds: Clouds,
    readonly namespace: string,
  ) {}

  /** @param namespace - of the shop, on the cluster of the tests */
  static async open(namespace: string): Promise<CloudShop> {
    const deployer = await Deployer.connect();
    return new CloudShop(deployer, new Clouds(deployer.engine, deployer.cluster.connection), namespace);
  }

  /** The stack, with the program of a cluster and a release; without them, for what works on the state alone. */
  async stack(settings?: CloudSettings, release: CloudRelease = {}): Promise<Stack> {
    return this.deployer.engine.stack(settings === undefined ? async () => undefined : this.program(settings, release));
  }

  /** Makes the cluster and the shop. @returns the steps @throws FailedUpdate */
  async up(settings: CloudSettings, release: CloudRelease = {}): Promise<string[]> {
    return this.recorded(async (options) => update(await this.stack(settings, release), { ...options, action: 'up' }));
  }

  /** Looks at it first, as `npm run up` does. @throws Error where it would lose what can't be made again */
  async look(settings: CloudSettings): Promise<string[]> {
    return this.recorded(async (options) => deploy(await this.stack(settings), options, { preview: true }));
  }

  /** Looks at it as Pulumi's own command does. @throws FailedUpdate */
  async preview(settings: CloudSettings): Promise<string[]> {
    return this.recorded(async (options) => update(await this.stack(settings), { ...options, action: 'preview' }));
  }

  /** Takes all of it away. @throws FailedUpdate */
  async destroy(): Promise<string[]> {
    return this.recorded(async (options) => update(await this.stack(), { ...options, action: 'destroy' }));
  }

  /** Removes the engine, and what is left in the cluster of the tests. */
  async close(): Promise<void> {
    await this.deployer.close(this.namespace);
    // Its name is taken again by the next run.
    await this.deployer.cluster.kubectl.run(['wait', '--for=delete', `namespace/${this.namespace}`, '--timeout=60s']);
    await this.deployer.cluster.kubectl.run(['delete', 'storageclass', 'gp3', 'io2', '--ignore-not-found']);
  }

  private program(settings: CloudSettings, release: CloudRelease): PulumiFn {
    return async () => {
      const app = shopOf(this.namespace, release);
      const identities = new WorkloadIdentities(app);
      identities.check(settings.cloud);
      const cluster = clusterOf(settings);
      const version = release.web ?? '1.0.0';
      const charts = new ChartResources('shop', { charts: app, loadBalancer: false, protect: 'none', retainVolumes: false, optionsFor: identities.bind(cluster) }, { provider: cluster.provider });
      new ReleaseRecord('releases', { charts: [charts], info: { version, at: new Date().toISOString() }, outputs: { version } });
      return { version };
    };
  }

  private async recorded(work: (options: Omit<Update, 'action'>) => Promise<void>): Promise<string[]> {
    const steps: string[] = [];
    this.steps = steps;
    this.output = '';
    await work({
      print: (text) => void (this.output += text),
      onEvent: ({ resOutputsEvent: event }) => {
        if (event && DONE.includes(event.metadata.op)) steps.push(`${event.metadata.op} ${event.metadata.type} ${event.metadata.urn.split('::').at(-1)}`);
      },
    });
    return steps;
  }
}
