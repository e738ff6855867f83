import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a lock without an owner's name counts as just being taken. */
const TAKING_MS = 10_000;

/**
 * Does `work` while no other process on this machine holds `folder`.
 *
 * The lock of a dead process is taken over. Two processes may take over the same
 * dead lock in the same instant; so `work` must be wasteful but harmless when done twice.
 */
export async function withLock<T>(
  folder: string,
  onWait: (owner: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(path.dirname(folder), { recursive: true });
  let told = false;
  while (!(await take(folder))) {
    const owner = await ownerOf(folder);
    if (owner === undefined) {
      await rm(folder, { recursive: true, force: true });
      continue;
    }
    if (!told) onWait(owner);
    told = true;
    await sleep(500);
  }
  try {
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function take(folder: string): Promise<boolean> {
  try {
    await mkdir(folder); // fails when it exists: the one atomic test-and-set of all file systems
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  await writeFile(path.join(folder, 'pid'), String(process.pid));
  return true;
}

/** Who holds the lock, or undefined when its owner is gone. */
async function ownerOf(folder: string): Promise<string | undefined> {
  const pid = await readFile(path.join(folder, 'pid'), 'utf8').catch(() => '');
  if (pid === '') return (await ageOf(folder)) < TAKING_MS ? 'a starting process' : undefined;
  return isAlive(Number(pid)) ? `process ${pid}` : undefined;
}

async function ageOf(folder: string): Promise<number> {
  // A folder that vanished meanwhile was given back: it is free to take.
  const created = await stat(folder).then((it) => it.ctimeMs, () => 0);
  return Date.now() - created;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
