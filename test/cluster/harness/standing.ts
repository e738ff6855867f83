import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildEngines } from './build';
import { startControlPlane } from './control-plane';
import { Kubectl, type Connection } from './kubectl';
import { withLock } from './lock';
import { LEFT } from './processes';
import { progress } from './progress';

/** A control plane that outlives the process that starts it. */
export interface StandingControlPlane extends Connection {
  /** Whether it was started just now, and so holds nothing yet. */
  readonly isNew: boolean;
}

/** The control plane of a folder: the one that serves there, or else a new one. */
export function standControlPlane(folder: string): Promise<StandingControlPlane> {
  const waiting = (owner: string) => progress('control plane', `waiting for ${owner}, which is starting it`);
  return withLock(`${folder}.lock`, waiting, async () => {
    const found = await findControlPlane(folder);
    if (found) return { ...found, isNew: false };
    await endControlPlane(folder);
    const { kubectl, kubeconfig, simulated, leave } = await startControlPlane(folder);
    await leave();
    return { kubectl, kubeconfig, simulated, isNew: true };
  });
}

/** The control plane that serves in a folder; undefined where none does, or only a part of one. */
export async function findControlPlane(folder: string): Promise<Connection | undefined> {
  const pids = pidsOf(folder);
  if (!existsSync(path.join(folder, LEFT)) || pids.length === 0 || !pids.every((pid) => isOurs(pid, folder))) return undefined;
  const connection = { kubectl: path.join(await buildEngines(['kubectl']), 'kubectl'), kubeconfig: path.join(folder, 'kubeconfig'), simulated: true };
  return (await new Kubectl(connection).run(['get', '--raw', '/readyz'])).exitCode === 0 ? connection : undefined;
}

/** Ends the control plane of a folder, waits until its processes are gone, and removes the folder. */
export async function endControlPlane(folder: string): Promise<void> {
  const running = () => pidsOf(folder).filter((pid) => isOurs(pid, folder));
  for (const pid of running()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
  while (running().length > 0) await sleep(50);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

function pidsOf(folder: string): number[] {
  const file = path.join(folder, 'pids');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number) : [];
}

/** Whether the process is the one that was started, and no later one with its number: its arguments name the folder. */
function isOurs(pid: number, folder: string): boolean {
  try {
    const shown = existsSync('/proc/self/cmdline') ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
    return shown.includes(`${folder}/`);
  } catch {
    return false; // there is no such process
  }
}
