import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import * as path from 'node:path';

const LINES_SHOWN = 15;
/** Stands in the folder of processes that were left to themselves. */
export const LEFT = 'left';

/**
 * Waits for its standard input to end, then ends the processes named in the pids file.
 * The kernel closes that pipe however this process dies, SIGKILL included; so the same
 * few lines serve an orderly stop, Ctrl-C and a crash.
 */
const WATCHDOG = `
cat >/dev/null
[ -e "$1/${LEFT}" ] && exit 0
xargs kill -KILL <"$1/pids" 2>/dev/null
[ -e "$1/keep" ] && exit 0
rm -rf "$1" 2>/dev/null || { sleep 1; rm -rf "$1"; }
`;

/** The processes of one test or control plane: they log into `folder`, and outlive this process only if they are left. */
export class Processes {
  private readonly watchdog: ChildProcess;
  private readonly started: string[] = [];
  private readonly ended: string[] = [];
  private stopping = false;

  constructor(private readonly folder: string) {
    writeFileSync(path.join(folder, 'pids'), '');
    this.watchdog = spawn('sh', ['-c', WATCHDOG, 'watchdog', folder], {
      detached: true, // a Ctrl-C in the terminal must end the others, not their watchdog
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.watchdog.unref(); // node may exit although it runs: that is what it waits for
    (this.watchdog.stdin as Socket).unref();
  }

  /** Starts a program; its output goes to `<name>.log`. */
  start(name: string, binary: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
    const log = openSync(this.logOf(name), 'a', 0o600);
    const child = spawn(binary, [...args], {
      // A home of its own: nothing of the user's may configure the engines.
      env: { PATH: process.env.PATH, HOME: this.folder, ...env },
      cwd: this.folder,
      detached: true,
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.started.push(name);
    child.unref();
    child.once('error', (error) => this.onEnd(name, error.message));
    child.once('exit', (code, signal) => this.onEnd(name, `ended with ${code ?? signal}`));
    if (child.pid !== undefined) appendFileSync(path.join(this.folder, 'pids'), `${child.pid}\n`);
  }

  /** Throws when a process has ended by itself. */
  check(): void {
    if (this.ended.length > 0) throw new Error(this.ended.join(', '));
  }

  /** What each process logged last, for an error message. */
  lastLines(): string {
    return this.started.map((name) => this.lastLinesOf(name)).join('\n');
  }

  /** Ends all processes and removes their folder, except when its logs are wanted. */
  async stop(options: { keepLogs?: boolean } = {}): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    if (options.keepLogs) writeFileSync(path.join(this.folder, 'keep'), '');
    await this.dismissWatchdog();
  }

  /** Lets the processes outlive this one; the file `pids` in their folder says which they are. */
  async leave(): Promise<void> {
    writeFileSync(path.join(this.folder, LEFT), '');
    await this.dismissWatchdog();
  }

  private async dismissWatchdog(): Promise<void> {
    this.watchdog.ref();
    const ended = once(this.watchdog, 'exit');
    this.watchdog.stdin?.end();
    await ended;
  }

  private onEnd(name: string, how: string): void {
    if (this.stopping) return;
    this.ended.push(`${name} ${how}`);
    process.stderr.write(`harness: ${name} ${how}; its log is ${this.logOf(name)}\n`);
  }

  private lastLinesOf(name: string): string {
    const log = this.logOf(name);
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LINES_SHOWN);
    return [`${log}:`, ...lines.map((line) => `  ${line}`)].join('\n');
  }

  /** The log of a process. */
  logOf(name: string): string {
    return path.join(this.folder, `${name}.log`);
  }
}

/** Finds loopback ports that nothing listens on. */
export async function freePorts(count: number): Promise<number[]> {
  // All are held at once, or the system could hand out the same port twice.
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

async function listen(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}


