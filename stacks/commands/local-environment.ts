import { existsSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { EnvironmentError, loadEnvironment } from '../../lib/environment';
import { environmentSchema, type Settings } from '../environment';
import { agentsNamespace, monitoringNamespace } from '../monitoring/settings';
import { environmentProgram } from '../pulumi/deploy';
import { currentContext } from '../pulumi/kubeconfig';
import { LOCAL } from '../pulumi/local-cluster';
import { deploy } from './deploy';
import { findOnPath } from './find-on-path';
import { controlPlaneDoubles } from './local-doubles';
import { checkTools, findEngine, type LocalEngine } from './local-engine';
import { readRunning, showRunning } from './local-summary';
import { chooseTarget, describeTarget, forgetLocal, localFolder, readTarget, rememberTarget, type NamedTarget, type Target, type TargetOptions } from './local-target';
import { unlocked } from './lock';
import { writeMessage } from './message';
import { recover } from './recovery';
import { update } from './update';
import { openStack } from './workspace';

/** A cluster that can be reached, and how. */
interface Reached extends Pick<NamedTarget, 'context' | 'kubeconfig'> {
  /** The kubectl that goes with it. */
  readonly kubectl: string;
}

/** The environment `local`, with its cluster and its engine. */
export class LocalEnvironment {
  /**
   * @param directory - the folder of Pulumi.yaml
   * @param print - takes what is said
   */
  public constructor(private readonly directory: string, private readonly print: (text: string) => void) {}

  /** Deploys it, and says what runs where. What is there already is used again. */
  public async up(options: TargetOptions): Promise<void> {
    const target = chooseTarget(this.directory, options);
    const config = this.checkSettings();
    const { images: { tag: version } } = config;
    checkTools(target);
    const cluster = await this.reach(target);
    rememberTarget(target);
    const engine = await findEngine();
    this.say(`Cluster: ${describeTarget(target)}`, ...engine.description, '');
    const release = { version, at: new Date().toISOString() };
    const settings = { context: cluster.context, ...(cluster.kubeconfig === undefined ? {} : { kubeconfig: cluster.kubeconfig }), loadBalancer: false };
    const stuck = new AbortController();
    const program = () => environmentProgram(this.directory, LOCAL, { cluster: settings, release, onStuck: () => stuck.abort() });
    const stack = await openStack({ ...engine.place, environment: LOCAL, program, create: true });
    await deploy(stack, { message: writeMessage({ version, by: userInfo().username }), signal: stuck.signal, print: this.print }, { yes: true });
    await this.report(target, cluster, config);
  }

  /** Removes it: what was deployed, the control plane if that is its own, and the engine's state. */
  public async down(): Promise<void> {
    const target = readTarget();
    if (!target) {
      // Nothing but what an interrupted start may have left.
      if (existsSync(localFolder())) await this.forget({ own: true });
      return this.say('local runs nowhere; nothing is left of it.');
    }
    if (await this.canBeReached(target)) await this.destroy(await findEngine());
    await this.forget(target);
    this.say(`local is gone from ${describeTarget(target)}${target.own ? ', and so is that' : ''}.`);
  }

  private async destroy({ place }: LocalEngine): Promise<void> {
    const stack = await openStack({ ...place, environment: LOCAL, create: true });
    await recover(stack);
    await unlocked(stack, () => update(stack, { action: 'destroy', print: this.print }));
  }

  private async forget(target: Target): Promise<void> {
    if (target.own) await controlPlaneDoubles().endControlPlane(planeFolder());
    forgetLocal();
  }

  /** What is deployed; mistakes in the environment are found before anything is started. */
  private checkSettings(): Settings {
    const { config, file, secrets } = loadEnvironment(this.directory, LOCAL, environmentSchema);
    const [secret] = secrets;
    if (secret) throw new EnvironmentError([{ file, path: secret.path, got: 'an encrypted value', allowed: 'nothing encrypted: `npm run local` has a passphrase of its own; use `pulumi up --stack local` for this' }]);
    return config;
  }

  private async reach(target: Target): Promise<Reached> {
    if (!target.own) return { ...target, kubectl: 'kubectl' };
    const { kubectl, kubeconfig, isNew } = await controlPlaneDoubles().standControlPlane(planeFolder());
    // What an earlier control plane held is gone with it.
    if (isNew) rmSync(join(localFolder(), 'state'), { recursive: true, force: true });
    return { context: currentContext(planeFolder(), kubeconfig), kubeconfig, kubectl: findOnPath('kubectl') ? 'kubectl' : kubectl };
  }

  /** Our own control plane may have ended with the machine: then there is nothing to destroy. */
  private async canBeReached(target: Target): Promise<boolean> {
    if (!target.own) return true;
    return (await controlPlaneDoubles().findControlPlane(planeFolder())) !== undefined;
  }

  private async report(target: Target, cluster: Reached, { host, namespace, images, monitoring }: Settings): Promise<void> {
    const url = `https://${host}`;
    const kubectl = `${cluster.kubectl}${cluster.kubeconfig === undefined ? '' : ` --kubeconfig ${cluster.kubeconfig}`} --context ${cluster.context} --namespace`;
    this.say('', `Version ${images.tag} runs in the namespace ${namespace} of ${describeTarget(target)}:`, '', showRunning(await readRunning(cluster, namespace)), '');
    if (monitoring) await this.reportMonitoring(cluster, namespace);
    if (target.own) this.say('API server, controllers and scheduler are real. The nodes are simulated: no container runs, no image is pulled,', `and nothing answers at ${url}. With kind or minikube the shop itself runs: npm run local -- --context kind-kind`);
    else {
      this.say(`The shop is at ${url}, once the cluster has an ingress controller; without one: ${kubectl} ${namespace} port-forward service/frontend 8080:80`);
      if (monitoring) this.say(`Grafana: ${kubectl} ${monitoringNamespace(namespace)} port-forward service/grafana 3000:3000`);
    }
    this.say('', 'Try next:', `  ${kubectl} ${namespace} get pods`, '  change the tag in Pulumi.local.yaml, and run npm run local again: a release task, then the rollout', '  npm run rollback -- local: back to the version before, from the state; npm run history -- local shows both', '  npm run local -- down: removes everything');
  }

  private async reportMonitoring(cluster: Reached, namespace: string): Promise<void> {
    const watching = [monitoringNamespace(namespace), agentsNamespace(namespace)];
    const running = await Promise.all(watching.map((one) => readRunning(cluster, one)));
    this.say(`Its monitoring, in ${watching.join(' and ')}:`, '', showRunning(running.flat()), '');
  }

  private say(...lines: readonly string[]): void {
    this.print(`${lines.join('\n')}\n`);
  }
}

const planeFolder = () => join(localFolder(), 'control-plane');
