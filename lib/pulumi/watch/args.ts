import type * as pulumi from '@pulumi/pulumi';
import { Mistakes } from '../../core/problems';
import { checkLimits, type RolloutLimits } from './limits';

/** How to reach the cluster that is deployed to; at least one of the two is required. */
export interface ClusterAccess {
  /** Path of a kubeconfig, or its text. @default the kubeconfig that kubectl takes */
  readonly kubeconfig?: pulumi.Input<string>;
  /** Context of the kubeconfig. @default its current context */
  readonly context?: string;
}

/** How rollouts are watched while they are waited for. */
export interface WatchArgs extends ClusterAccess {
  /** How long a rollout may show a problem before it counts as stuck. @default DEFAULT_LIMITS */
  readonly limits?: RolloutLimits;
  /**
   * Ends the update once a rollout is stuck; `message` says why. For inline programs of the Automation API, which have no
   * CLI above them: abort the signal that was given to `stack.up`.
   * @default the Pulumi CLI that runs the program is interrupted, as by Ctrl-C
   */
  readonly onStuck?: (message: string) => void;
}

const KEYS: Record<keyof WatchArgs, true> = { kubeconfig: true, context: true, limits: true, onStuck: true };

/** @throws on what only JavaScript, or configuration, lets pass */
export function checkWatch(args: WatchArgs | undefined): void {
  if (args === undefined) return;
  const mistakes = new Mistakes();
  for (const key of Object.keys(args)) if (!Object.hasOwn(KEYS, key)) mistakes.refuse(`watch.${key}`, `no such prop here; ${Object.keys(KEYS).join(', ')} are allowed`);
  if (args.kubeconfig === undefined && args.context === undefined) mistakes.refuse('watch', 'got neither kubeconfig nor context; name the cluster that the provider deploys to');
  if (args.context !== undefined && (typeof args.context !== 'string' || args.context === '')) mistakes.add('watch.context', args.context, 'the name of a context is allowed');
  if (args.limits !== undefined) checkLimits(args.limits, 'watch.limits', mistakes);
  if (mistakes.messages.length > 0) throw new Error(mistakes.messages.join('\n  '));
}
