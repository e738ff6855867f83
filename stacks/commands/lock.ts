import { existsSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ConcurrentUpdateError, type Stack } from '@pulumi/pulumi/automation';

/** A lock that a process holds on a stack. */
export interface Lock {
  /** Where the lock is kept. */
  readonly url: string;
  readonly user: string;
  readonly host: string;
  readonly pid: number;
  /** When it was taken, as ISO 8601 text. */
  readonly time: string;
}

/** How locks are treated. */
export interface LockOptions {
  /** Whether a lock is cleared whoever holds it. @default false: only one whose process has died on this host */
  readonly cancel?: boolean;
  /** Tells what was cleared. @default standard output */
  readonly print?: (text: string) => void;
}

const LOCK = /^\s*(?<url>\S+): created by (?<user>.*)@(?<host>[^@\s]+) \(pid (?<pid>\d+)\) at (?<time>\S+)$/gm;

/** The locks of which the engine says that they are in its way. */
export function readLocks(message: string): Lock[] {
  const found = [...message.matchAll(LOCK)].map(({ groups }) => ({ ...(groups as unknown as Omit<Lock, 'pid'>), pid: Number(groups!.pid) }));
  return [...new Map(found.map((lock) => [lock.url, lock])).values()];
}

/**
 * Works on a stack; where the lock of a process that has died is in the way, clears it and works once more.
 * @throws when the lock belongs to a process that lives, or may live: on another host, or in a service
 */
export async function unlocked<T>(stack: Stack, work: () => Promise<T>, { cancel = false, print = console.log }: LockOptions = {}): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const locked = [error, (error as Error).cause].find((cause) => cause instanceof ConcurrentUpdateError);
    if (locked === undefined) throw error;
    const locks = readLocks((locked as Error).message);
    const held = locks.filter((lock) => !isDead(lock));
    if (!cancel && (locks.length === 0 || held.length > 0)) throw new Error(refusal(stack.name, held), { cause: error });
    await clear(stack, locks);
    print(locks.length === 0 ? `Cancelled what was changing ${stack.name}.` : `Cleared the lock of ${locks.map(describeLock).join(' and of ')}.`);
  }
  return work();
}

/** One by one where they are files, which have attributes beside them: another may have been taken meanwhile. */
async function clear(stack: Stack, locks: readonly Lock[]): Promise<void> {
  const files = locks.map(({ url }) => (/^file:\/\/\//.test(url) ? fileURLToPath(url) : ''));
  if (locks.length > 0 && files.every((file) => file !== '' && existsSync(file))) for (const file of files) for (const part of [file, `${file}.attrs`]) rmSync(part, { force: true });
  else await stack.cancel();
}

const describeLock = ({ pid, user, host, time }: Lock) => `process ${pid} of ${user} on ${host}, taken at ${time}`;

function refusal(stack: string, held: readonly Lock[]): string {
  const who = held.length === 0 ? 'another update' : held.map(describeLock).join(' and ');
  return `${stack}: locked by ${who}; wait until it is done. Only if you know that it does not run any more: the same command with --cancel`;
}

/** Whether the process is known to be dead. */
function isDead({ host, pid }: Lock): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** A process that has ended, and whose parent has not asked how, as in containers without an init. Linux alone tells. */
function isZombie(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && /\) [ZX] /.test(readFileSync(file, 'utf8'));
}
