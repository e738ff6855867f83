import * as path from 'node:path';
import type { EngineEvent, PulumiFn, Stack } from '@pulumi/pulumi/automation';
import type { App } from 'cdk8s';
import { ChartResources, type ChartResourcesArgs } from '../../../lib/pulumi';
import { loadEnvironment } from '../../../lib/environment';
import { environmentSchema } from '../../../stacks/environment';
import { ClusterProvider } from '../../../lib/pulumi/cluster';
import { Engine } from '../../engine';
import { connect, type Cluster } from '../harness/cluster';

/** What an engine did. */
export interface Run {
  /** Everything it printed. */
  readonly output: string;
  /** What it did to objects, in the order in which it was done: `create Deployment/shop/web`. Refreshes are not among it. */
  readonly steps: readonly string[];
  /** The stack's outputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** A run that failed; the engine's text is its message. */
export class RunFailed extends Error {
  constructor(
    readonly output: string,
    readonly steps: readonly string[],
  ) {
    super(output);
  }
}

const DONE = ['create', 'update', 'delete', 'create-replacement', 'delete-replaced', 'import'];

/** A real engine whose stacks are deployed to the cluster of the tests. */
export class Deployer {
  private constructor(
    readonly cluster: Cluster,
    readonly engine: Engine,
    /** The context of the cluster. */
    readonly context: string,
  ) {}

  static async connect(): Promise<Deployer> {
    const cluster = await connect();
    const { context } = cluster.connection;
    return new Deployer(cluster, await Engine.create(), context ?? (await cluster.kubectl.mustRun(['config', 'current-context'])).trim());
  }

  /** What a stack file says of the cluster, as YAML below `config:`. */
  get clusterConfig(): string {
    const settings = { context: this.context, kubeconfig: this.cluster.connection.kubeconfig, loadBalancer: false };
    return `  fairlead:cluster: ${JSON.stringify(settings)}\n`;
  }

  /** A program that deploys an app; without load balancers and protection, unless the arguments say otherwise. */
  program(app: () => App, args: Partial<ChartResourcesArgs> | (() => Partial<ChartResourcesArgs>) = {}): PulumiFn {
    return async () => {
      const given = typeof args === 'function' ? args() : args;
      const provider = new ClusterProvider('cluster', { identifier: this.context, context: this.context, kubeconfig: this.cluster.connection.kubeconfig });
      new ChartResources('shop', { charts: app(), loadBalancer: false, protect: 'none', retainVolumes: false, ...given }, { provider });
    };
  }

  /** Brings a stack up. @throws RunFailed */
  async up(program: PulumiFn, stack = 'test'): Promise<Run> {
    return this.run(await this.engine.stack(program, stack), (it, options) => it.up(options));
  }

  /** Shows what `up` would do. @throws RunFailed */
  async preview(program: PulumiFn, { stack = 'test', refresh = false } = {}): Promise<Run> {
    return this.run(await this.engine.stack(program, stack), (it, options) => it.preview({ ...options, refresh, diff: true }));
  }

  /** Takes a stack down. @throws RunFailed */
  async destroy(stack = 'test'): Promise<Run> {
    return this.run(await this.engine.stack(async () => undefined, stack), (it, options) => it.destroy(options));
  }

  /** Does what the engine can with a stack, and tells what that was. */
  async run(stack: Stack, work: (stack: Stack, options: { onEvent: (event: EngineEvent) => void; onOutput: (text: string) => void; onError: (text: string) => void; color: 'never' }) => Promise<unknown>): Promise<Run> {
    const steps: string[] = [];
    const output: string[] = [];
    const onEvent = ({ resourcePreEvent, resOutputsEvent }: EngineEvent) => {
      const event = resOutputsEvent ?? (resourcePreEvent?.planning ? resourcePreEvent : undefined);
      if (event && DONE.includes(event.metadata.op) && event.metadata.type.startsWith('kubernetes:')) steps.push(`${event.metadata.op} ${event.metadata.urn.split('::').at(-1)}`);
    };
    const onOutput = (text: string) => void output.push(text);
    try {
      await work(stack, { onEvent, onOutput, onError: onOutput, color: 'never' });
    } catch (error) {
      throw new RunFailed(output.join('') || (error as Error).message, [...new Set(steps)]);
    }
    const outputs = Object.fromEntries(Object.entries(await stack.outputs()).map(([name, { value }]) => [name, value as unknown]));
    return { output: output.join(''), steps: [...new Set(steps)], outputs };
  }

  /** What programs of these namespaces may do elsewhere has their names in front. */
  private async removeRights(namespaces: readonly string[]): Promise<void> {
    for (const place of [['clusterroles,clusterrolebindings'], ['roles,rolebindings', '--namespace=default']]) {
      const names = (await this.cluster.kubectl.mustRun(['get', ...place, '--output=name'])).split('\n').filter((name) => namespaces.some((namespace) => name.includes(`/${namespace}-`)));
      if (names.length > 0) await this.cluster.kubectl.run(['delete', '--ignore-not-found', ...place.slice(1), ...names]);
    }
  }

  /** Removes the engine, and what is left of these namespaces and of their monitoring. */
  async close(...given: readonly string[]): Promise<void> {
    const namespaces = given.flatMap((name) => [name, `${name}-monitoring`, `${name}-monitoring-nodes`]);
    this.engine.remove();
    for (const namespace of namespaces) await this.cluster.kubectl.run(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
    await this.removeRights(namespaces);
    await this.cluster.close();
  }
}

/** Gives every encrypted value of an environment's file another value, which needs no passphrase of its owner. */
export async function setSecrets(stack: Stack, environment: string, value: string): Promise<void> {
  const { secrets } = loadEnvironment(path.resolve(__dirname, '../../..'), environment, environmentSchema);
  for (const secret of secrets) await stack.setConfig(secret.path, { value, secret: true }, true);
}

/** A step without the content hash in the object's name. */
export const hashless = (step: string): string => step.replace(/-[0-9a-f]{10}(?=$| )/, '-HASH');
