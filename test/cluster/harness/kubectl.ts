import { spawn } from 'node:child_process';
import * as path from 'node:path';

/** Which API server to talk to, and with which client. Plain data: it travels between processes. */
export interface Connection {
  /** Path or name of the kubectl binary. */
  readonly kubectl: string;
  /** Path of the kubeconfig file; no other is ever read. */
  readonly kubeconfig: string;
  /**
   * Context of the kubeconfig to use.
   *
   * @default - the file's current context
   */
  readonly context?: string;
  /** Whether nodes and pods are simulated by the harness' own control plane. */
  readonly simulated: boolean;
}

export interface KubectlOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs the real kubectl against one explicit cluster. */
export class Kubectl {
  private readonly fixedArgs: readonly string[];

  constructor(private readonly connection: Connection) {
    this.fixedArgs = [
      `--kubeconfig=${connection.kubeconfig}`,
      // Ports on loopback are used again: what kubectl learnt about another cluster there must not come back.
      ...(connection.simulated ? [`--cache-dir=${path.join(path.dirname(connection.kubeconfig), 'cache')}`] : []),
      ...(connection.context === undefined ? [] : [`--context=${connection.context}`]),
    ];
  }

  /** Runs kubectl and resolves with all it said, whether it succeeded or not. */
  run(args: readonly string[], input = ''): Promise<KubectlOutput> {
    return new Promise((resolve, reject) => {
      const child = spawn(this.connection.kubectl, [...args, ...this.fixedArgs], { env: cleanEnv() });
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
      child.once('error', (error) => reject(new Error(`cannot run ${this.connection.kubectl}: ${error.message}`)));
      child.once('close', (code) =>
        resolve({
          stdout: Buffer.concat(stdout).toString('utf8'),
          stderr: Buffer.concat(stderr).toString('utf8'),
          exitCode: code ?? 1,
        }),
      );
      // kubectl that fails early does not read its input; its own message says more than EPIPE.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
  }

  /** Like `run`, but rejects when kubectl fails. */
  async mustRun(args: readonly string[], input?: string): Promise<string> {
    const output = await this.run(args, input);
    if (output.exitCode !== 0) {
      throw new Error(`'kubectl ${args.join(' ')}' failed:\n${output.stderr.trim()}`);
    }
    return output.stdout;
  }

  /** Runs a command that can print JSON, and parses that. */
  async json<T>(args: readonly string[], input?: string): Promise<T> {
    return JSON.parse(await this.mustRun([...args, '-o', 'json'], input)) as T;
  }
}

/** The environment without what could lead kubectl to another cluster or to other defaults. */
function cleanEnv(): NodeJS.ProcessEnv {
  const { KUBECONFIG: _, ...env } = process.env;
  return { ...env, KUBERC: 'off' };
}
