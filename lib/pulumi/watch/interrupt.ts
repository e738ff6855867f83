import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';

/** Generations to look back: the program, the language host, the CLI, and shells that may stand between. */
const GENERATIONS = 10;

/** Interrupted already: a second signal would end the CLI at once, without saving the state. */
const interrupted = new Set<number>();

/**
 * Interrupts the Pulumi CLI that runs this program, as Ctrl-C would: waits end, the state is saved, and the exit code says
 * that the update failed.
 * @returns whether a CLI was found: not on Windows, and not in an inline program of the Automation API
 */
export async function interruptPulumi(): Promise<boolean> {
  const cli = await findCli();
  if (cli === undefined) return false;
  if (!interrupted.has(cli)) {
    interrupted.add(cli);
    process.kill(cli, 'SIGINT');
  }
  return true;
}

async function findCli(): Promise<number | undefined> {
  let pid = process.ppid;
  for (let generation = 0; generation < GENERATIONS && pid > 1; generation++) {
    const parent = await describe(pid);
    if (!parent) return undefined;
    if (basename(parent.command) === 'pulumi') return pid;
    pid = parent.parent;
  }
  return undefined;
}

/** Undefined where there is no `ps`, or no such process any more. */
async function describe(pid: number): Promise<{ readonly parent: number; readonly command: string } | undefined> {
  const output = await promisify(execFile)('ps', ['-o', 'ppid=,comm=', '-p', String(pid)]).catch(() => undefined);
  const [, parent, command] = /^\s*(\d+)\s+(.*\S)\s*$/.exec(output?.stdout ?? '') ?? [];
  return parent === undefined || command === undefined ? undefined : { parent: Number(parent), command };
}
