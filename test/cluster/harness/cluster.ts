import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { apply, type ApplyOptions, type ApplyResult } from './apply';
import { buildEngines } from './build';
import { startChaos, type Chaos, type ChaosOptions } from './chaos';
import { startControlPlane } from './control-plane';
import { installCrds, type CrdSet } from './crds';
import { deploy, type Wave } from './deploy';
import { Kubectl, type Connection } from './kubectl';
import type { KubeList, KubeObject } from './objects';
import { snapshot, type Snapshot } from './snapshot';
import { waitReady, type WaitOptions } from './wait';

export { ApplyError } from './apply';
export { WarnedError } from './deploy';
export { changesBetween } from './snapshot';

/** Simulated pods are ready at once; what takes this long never comes. */
const SIMULATED_TIMEOUT_S = 60;
/** Real ones pull images and wait for nodes and disks. */
const REAL_TIMEOUT_S = 900;

/** Set by the jest global setup for its tests; holds a Connection as JSON. */
export const CONNECTION_VARIABLE = 'FAIRLEAD_TEST_CONNECTION';

/**
 * Connects to the cluster of this test run.
 *
 * That is the one the jest global setup opened; else the one that FAIRLEAD_TEST_KUBECONFIG
 * (and FAIRLEAD_TEST_CONTEXT) name; else a control plane started here and ended by `close`.
 * An exported KUBECONFIG is ignored on purpose: it may lead to somebody's production.
 */
export async function connect(): Promise<Cluster> {
  const inherited = process.env[CONNECTION_VARIABLE];
  if (inherited) return new Cluster(JSON.parse(inherited) as Connection);
  const named = await namedCluster();
  if (named) return new Cluster(named);
  const { stop, ...plane } = await startControlPlane();
  return new Cluster(plane, stop);
}

async function namedCluster(): Promise<Connection | undefined> {
  const kubeconfig = process.env.FAIRLEAD_TEST_KUBECONFIG;
  if (!kubeconfig) return undefined;
  if (!existsSync(kubeconfig)) {
    throw new Error(
      `FAIRLEAD_TEST_KUBECONFIG names ${kubeconfig}, which does not exist; correct it, or unset it to start a control plane`,
    );
  }
  return {
    kubeconfig: path.resolve(kubeconfig),
    context: process.env.FAIRLEAD_TEST_CONTEXT || undefined,
    kubectl: isOnPath('kubectl') ? 'kubectl' : path.join(await buildEngines(['kubectl']), 'kubectl'),
    simulated: false,
  };
}

function isOnPath(program: string): boolean {
  return spawnSync(program, ['version', '--client'], { stdio: 'ignore' }).error === undefined;
}

/** A Kubernetes cluster, as tests see it. */
export class Cluster {
  /** The escape hatch: any kubectl command, against this cluster and no other. */
  readonly kubectl: Kubectl;
  private readonly patience: WaitOptions;

  constructor(
    readonly connection: Connection,
    private readonly stop: () => Promise<void> = async () => {},
  ) {
    this.kubectl = new Kubectl(connection);
    this.patience = { timeoutSeconds: connection.simulated ? SIMULATED_TIMEOUT_S : REAL_TIMEOUT_S };
  }

  /** Applies YAML or objects, in the order given. Throws `ApplyError` when any is refused. */
  apply(manifests: string | object | readonly object[], options: ApplyOptions = {}): Promise<ApplyResult> {
    return apply(this.kubectl, manifests, options);
  }

  /** Creates a namespace of a name not used before, and resolves with that name. */
  async createNamespace(prefix: string, labels: Readonly<Record<string, string>> = {}): Promise<string> {
    const metadata = { generateName: `${prefix}-`, labels };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata };
    const created = await this.kubectl.json<KubeObject>(['create', '-f', '-'], JSON.stringify(namespace));
    return created.metadata.name;
  }

  /** Reads one object; resolves with undefined when there is none. */
  async get<T = KubeObject>(kind: string, name: string, namespace?: string): Promise<T | undefined> {
    const args = ['get', kind, name, '--ignore-not-found', '-o', 'json', ...inNamespace(namespace)];
    const output = await this.kubectl.mustRun(args);
    return output === '' ? undefined : (JSON.parse(output) as T);
  }

  /** Lists objects; the selector is one of labels, as in `app=web,tier!=cache`. */
  async list<T = KubeObject>(kind: string, namespace?: string, selector?: string): Promise<readonly T[]> {
    const selecting = selector === undefined ? [] : [`--selector=${selector}`];
    const args = ['get', kind, ...inNamespace(namespace), ...selecting];
    return (await this.kubectl.json<KubeList<T>>(args)).items;
  }

  /** Deletes an object and waits until it is gone; one that is not there is fine. */
  async delete(kind: string, name: string, namespace?: string): Promise<void> {
    await this.kubectl.mustRun(['delete', kind, name, '--ignore-not-found', ...inNamespace(namespace)]);
  }

  /** Applies wave by wave, each once all before it is ready in these namespaces. Warnings of the API server count as failures. */
  deploy(namespaces: string | readonly string[], waves: readonly Wave[], options: WaitOptions = {}): Promise<void> {
    return deploy(this.kubectl, [namespaces].flat(), waves, { ...this.patience, ...options });
  }

  /**
   * Waits until the namespace's Deployments, StatefulSets and DaemonSets are rolled out, its Jobs
   * complete, its claims bound, and its HPAs at their minimum. Fails at once when a Job has failed.
   */
  waitReady(namespace: string, options: WaitOptions = {}): Promise<void> {
    return waitReady(this.kubectl, namespace, { ...this.patience, ...options });
  }

  /** Records what the namespace holds, for `changesBetween`. */
  snapshot(namespace: string): Promise<Snapshot> {
    return snapshot(this.kubectl, namespace);
  }

  /** Installs custom resource definitions, without their controllers. */
  installCrds(which: readonly CrdSet[]): Promise<void> {
    return installCrds(this.kubectl, which);
  }

  /** Makes pods fail that carry the given labels. */
  chaos(options: ChaosOptions): Promise<Chaos> {
    if (!this.connection.simulated) {
      throw new Error('pods fail on demand only where they are simulated; unset FAIRLEAD_TEST_KUBECONFIG to run this test');
    }
    return startChaos(this.kubectl, options);
  }

  /** Ends the control plane, if `connect` started it. */
  close(): Promise<void> {
    return this.stop();
  }
}

function inNamespace(namespace: string | undefined): string[] {
  return namespace === undefined ? [] : [`--namespace=${namespace}`];
}
