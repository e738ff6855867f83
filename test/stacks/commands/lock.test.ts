import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConcurrentUpdateError, type Stack } from '@pulumi/pulumi/automation';
import { unlocked } from '../../../stacks/commands/lock';

const folder = mkdtempSync(join(tmpdir(), 'fairlead-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'lock.json');
const url = pathToFileURL(file).href;

/** Work that is locked out while the lock is there. */
function locked(message: string, lock = { there: true }) {
  let cancelled = 0;
  const stack = { name: 'staging', cancel: async () => void ((lock.there = false), cancelled++) } as unknown as Stack;
  const said: string[] = [];
  const run = (cancel?: boolean) => unlocked(stack, async () => {
    if (lock.there && (!message.includes(url) || existsSync(file))) throw new ConcurrentUpdateError({ toString: () => message } as never);
    return 'done';
  }, { ...(cancel === undefined ? {} : { cancel }), print: (text) => said.push(text) });
  return { run, said, cancelled: () => cancelled };
}

const message = (pid: number, host = hostname(), where = url) => `the stack is currently locked by 1 lock(s).\n  ${where}: created by ann@${host} (pid ${pid}) at 2026-11-21T17:08:17Z`;
const dead = () => spawnSync(process.execPath, ['--version']).pid;
beforeEach(() => writeFileSync(file, '{}'));

it('the lock of a process that has died here is cleared, and it alone', async () => {
  const { run, said, cancelled } = locked(message(dead()));
  await expect(run()).resolves.toBe('done');
  expect(said).toEqual([expect.stringMatching(/^Cleared the lock of process \d+ of ann on .*, taken at 2026-11-21T17:08:17Z\.$/)]);
  expect(existsSync(file)).toBe(false);
  expect(cancelled()).toBe(0);
});

it('that of one that lives is not, and it is named', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  try {
    await expect(locked(message(child.pid!)).run()).rejects.toThrow(`staging: locked by process ${child.pid} of ann on ${hostname()}, taken at 2026-11-21T17:08:17Z; wait until it is done. Only if you know that it does not run any more: the same command with --cancel`);
    expect(existsSync(file)).toBe(true);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

it('nor is that of another host, for nobody here knows whether it lives', async () => {
  await expect(locked(message(dead(), 'elsewhere')).run()).rejects.toThrow('of ann on elsewhere');
  expect(existsSync(file)).toBe(true);
});

it('a service is asked to cancel only if that is asked for', async () => {
  const conflict = '[409] Conflict: Another update is currently in progress.';
  await expect(locked(conflict).run()).rejects.toThrow('staging: locked by another update; wait until it is done.');
  const { run, said, cancelled } = locked(conflict);
  await expect(run(true)).resolves.toBe('done');
  expect(cancelled()).toBe(1);
  expect(said).toEqual(['Cancelled what was changing staging.']);
});

it('a lock in a bucket is cleared by the engine', async () => {
  const { run, cancelled } = locked(message(dead(), hostname(), 's3://bucket/.pulumi/locks/a.json'));
  await expect(run()).resolves.toBe('done');
  expect(cancelled()).toBe(1);
});

it('any other error is passed on', async () => {
  await expect(unlocked({} as Stack, async () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});
