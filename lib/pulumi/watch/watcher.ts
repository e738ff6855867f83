import * as pulumi from '@pulumi/pulumi';
import type { WatchArgs } from './args';
import { ClusterFeed } from './cluster-feed';
import type { ClusterReader } from './cluster-reader';
import type { EngineLog } from './engine-log';
import { InFlight, type Operation } from './in-flight';
import { interruptPulumi } from './interrupt';
import { limitsOf } from './limits';
import { RolloutWatch, type Workload } from './rollout-watch';
import { Ticker } from './ticker';

/** A workload and the engine's operation on it. */
export interface Watched extends Operation, Workload {
  /** URN that the engine's log shows it under. */
  readonly urn: pulumi.Input<string> | undefined;
}

/** Opens the cluster, once there is something to look at. */
export type OpenCluster = (args: WatchArgs) => Promise<ClusterReader>;

/** Milliseconds that the engine may take before anybody looks: an `up` that changes nothing is over by then. */
const HEAD_START = 1000;
/** Watches the workloads of one component during one update. */
export class Watcher {
  private readonly inFlight: InFlight<Watched>;
  private readonly end = new AbortController();
  private state: 'idle' | 'looking' | 'stopping' = 'idle';

  public constructor(
    watched: readonly Watched[],
    private readonly args: WatchArgs,
    private readonly log: EngineLog,
    private readonly open: OpenCluster,
  ) {
    this.inFlight = new InFlight(watched, () => this.onBegin());
    // When all registrations are answered or the engine is gone; Outputs would never tell the latter.
    void (pulumi.runtime as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs().finally(() => this.end.abort());
  }

  /** Nothing here may keep the program alive, hence `unref`, nor make it fail. */
  private onBegin(): void {
    if (this.state !== 'idle') return;
    this.state = 'looking';
    setTimeout(() => void this.look().catch((error: Error) => this.trouble(error.message)), HEAD_START).unref();
  }

  private async look(): Promise<void> {
    const { signal } = this.end;
    if (signal.aborted) return;
    if (this.inFlight.current().length === 0) {
      this.state = 'idle';
      return;
    }
    const reader = await this.open(this.args);
    const feed = new ClusterFeed(reader, signal, (message) => this.trouble(message), () => ticker.soon());
    const rollouts = new RolloutWatch<Watched>(feed.view, limitsOf(this.args.limits), kubectlOf(this.args), {
      progress: ({ urn }, text) => void this.log.progress(text, urn).catch(() => undefined),
      stuck: (workload, reason) => void this.stop(workload, reason).catch((error: Error) => this.trouble(error.message)),
    });
    const ticker = new Ticker((now) => {
      const workloads = this.inFlight.current().map((workload) => ({ ...workload, namespace: workload.namespace ?? reader.namespace }));
      for (const { kind, namespace } of workloads) feed.follow(kind, namespace);
      rollouts.check(workloads, now);
    }, signal);
  }

  private async stop({ identity, urn }: Watched, reason: string): Promise<void> {
    const message = `${identity} can't be rolled out: ${reason}`;
    await this.log.error(message, urn);
    if (this.state === 'stopping') return;
    this.state = 'stopping';
    if (this.args.onStuck) this.args.onStuck(message);
    else if (!(await interruptPulumi())) await this.log.warn('this update goes on waiting until its time is out: end it with Ctrl-C', urn);
  }

  /** The update is more important than watching it. */
  private trouble(message: string): void {
    if (this.end.signal.aborted) return;
    void this.log.warn(`stuck rollouts may be noticed late, as not all can be watched: ${message}`).catch(() => undefined);
  }
}

function kubectlOf({ kubeconfig, context }: WatchArgs): string {
  const isPath = typeof kubeconfig === 'string' && !/[\n{]/.test(kubeconfig);
  return ['kubectl', ...(isPath ? [`--kubeconfig ${kubeconfig}`] : []), ...(context === undefined ? [] : [`--context ${context}`])].join(' ');
}
