import type { EngineEvent, Stack } from '@pulumi/pulumi/automation';
import { defined } from '../../lib/core/json';
import { engineError } from './workspace';

/** What the engine shall do with a stack. */
export interface Update {
  /** Names the operation, as Pulumi's command does. */
  readonly action: 'up' | 'preview' | 'refresh' | 'destroy';
  /** What the engine's history says of it. @default none */
  readonly message?: string;
  /** Whether to show what changes within each object. @default false */
  readonly diff?: boolean;
  /** Whether the state is first put right by what the cluster says; for `up` and `preview`. @default false */
  readonly refresh?: boolean;
  /** URNs, with `*` and `**` for parts of them, of all that may change. @default everything */
  readonly target?: readonly string[];
  /** Folders of the policy packs that check it. @default none */
  readonly policyPacks?: readonly string[];
  /** Configuration instead of the environment's file. @default `Pulumi.<stack>.yaml` */
  readonly configFile?: string;
  /** Called with each event of the engine. @default nobody */
  readonly onEvent?: (event: EngineEvent) => void;
  /** Stops it in order, as Ctrl-C does: what has begun is finished. @default never */
  readonly signal?: AbortSignal;
  /** Takes what the engine prints. @default standard output */
  readonly print?: (text: string) => void;
}

/** The engine could not do it, and has said why. */
export class FailedUpdate extends Error {
  public constructor(
    stack: string,
    action: Update['action'],
    /** All that the engine printed. */
    public readonly output: string,
    cause: Error,
  ) {
    // What it has printed is not said twice.
    super(`${action} of ${stack} failed${output.includes('error:') ? '; the engine has said above what is wrong' : `: ${engineError(cause)}`}`, { cause });
  }
}

/**
 * Lets the engine work on a stack, and prints what it says as it comes.
 * @throws FailedUpdate when it fails
 */
export async function update(stack: Stack, { action, message, diff, refresh, target, policyPacks, configFile, onEvent, signal, print = (text) => process.stdout.write(text) }: Update): Promise<void> {
  let output = '';
  const say = (text: string) => {
    output += text;
    print(text);
  };
  const stopping = new Stopping(signal);
  const options = {
    color: process.stdout.isTTY ? ('always' as const) : ('never' as const),
    onOutput: say,
    onError: say,
    signal: stopping.signal,
    // The history would else be shown with decrypted configuration, for which the environment's file must be right.
    showSecrets: false,
    ...defined({ message, diff, onEvent, configFile }),
    ...(target ? { target: [...target] } : {}),
    ...(policyPacks ? { policyPacks: [...policyPacks] } : {}),
    ...(refresh && (action === 'up' || action === 'preview') ? { refresh } : {}),
  };
  try {
    await stack[action](options);
  } catch (error) {
    throw new FailedUpdate(stack.name, action, output, error as Error);
  } finally {
    stopping.end();
  }
}

/** Passes on the request to stop; the terminal itself sends Ctrl-C to the engine, and a second one would kill it. */
class Stopping {
  private readonly controller = new AbortController();
  private readonly stop = () => this.controller.abort();
  private readonly interrupt = () => void (process.stdin.isTTY ? undefined : this.stop());

  public constructor(private readonly outer: AbortSignal | undefined) {
    process.on('SIGTERM', this.stop).on('SIGINT', this.interrupt);
    outer?.addEventListener('abort', this.stop, { once: true });
    if (outer?.aborted) this.stop();
  }

  public get signal(): AbortSignal {
    return this.controller.signal;
  }

  public end(): void {
    process.off('SIGTERM', this.stop).off('SIGINT', this.interrupt);
    this.outer?.removeEventListener('abort', this.stop);
  }
}
