import { parseCommand } from '../../../stacks/commands/run';
import { readMessage, writeMessage } from '../../../stacks/commands/message';
import { lastUpdates, type PastUpdate } from '../../../stacks/commands/updates';
import { readLocks } from '../../../stacks/commands/lock';
import { releaseOf } from '../../../stacks/pulumi/release';

const USAGE = { usage: 'npm run up -- <environment> [--yes]', options: { yes: { type: 'boolean' }, cause: { type: 'string' } } } as const;

describe('the arguments of a command', () => {
  it('are read', () => {
    expect(parseCommand(['staging', '--cause', 'a b', '--yes'], USAGE)).toEqual({ given: { environment: 'staging' }, values: { cause: 'a b', yes: true } });
  });

  it.each([
    [[], 'environment: got nothing; name one'],
    [['a', 'b'], 'got "b", which is one argument too many'],
    [['a', '--case', 'x'], '--case: no such option; did you mean "cause"?'],
    [['a', '--cause'], "Option '--cause <value>' argument missing"],
    [['a', '--yes=no'], "Option '--yes' does not take an argument"],
    [['a', '-q'], "Unknown option '-q'"],
  ])('%j are refused, with the usage', (args, message) => {
    expect(() => parseCommand(args, USAGE)).toThrow(message);
    expect(() => parseCommand(args, USAGE)).toThrow('usage: npm run up -- <environment> [--yes]');
  });
});

describe('the message of a release', () => {
  it.each([
    [{}, ''],
    [{ cause: 'Faster checkout' }, 'Faster checkout'],
    [{ by: 'ann' }, 'Released-By: ann'],
    [{ cause: 'Faster checkout\n\nAt last: it is.', version: '1.4.0', revision: '3f2a', by: 'ann', releasesLeft: 2 }, 'Faster checkout\n\nAt last: it is.\n\nRelease-Version: 1.4.0\nRelease-Revision: 3f2a\nReleased-By: ann\nReleases-Left: 2'],
  ])('of %j is text, and is read from it again', (message, text) => {
    expect(writeMessage(message)).toBe(text);
    expect(readMessage(text)).toEqual(message);
  });
});

describe('what is said of the last updates', () => {
  const update = (result: string, rest: Partial<PastUpdate> = {}): PastUpdate => ({ kind: 'update', result, start: '', end: '', ...rest });

  it('leaves out what released nothing', () => {
    expect(lastUpdates([update('failed', { kind: 'refresh' }), update('succeeded')])).toEqual({ succeeded: true });
    expect(lastUpdates([])).toEqual({ succeeded: true });
  });

  it('has the end of the one before, and how many releases a rollback left', () => {
    expect(lastUpdates([update('failed', { releasesLeft: 2 }), update('succeeded', { end: 'then' })])).toEqual({ succeeded: false, before: 'then', releasesLeft: 2 });
  });
});

describe('the locks in the way', () => {
  const line = (id: string, who: string) => `  file:///state/.pulumi/locks/organization/shop/staging/${id}.json: created by ${who} at 2026-11-21T17:08:17Z`;

  it('are read from what the engine says, once each', () => {
    const message = `error: the stack is currently locked by 2 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.\n${line('a', 'ann@laptop (pid 12)')}\n${line('b', 'AD\\bob@example.com@runner-1 (pid 3456)')}`;
    expect(readLocks(`${message}\n${message}`)).toEqual([
      { url: 'file:///state/.pulumi/locks/organization/shop/staging/a.json', user: 'ann', host: 'laptop', pid: 12, time: '2026-11-21T17:08:17Z' },
      { url: 'file:///state/.pulumi/locks/organization/shop/staging/b.json', user: 'AD\\bob@example.com', host: 'runner-1', pid: 3456, time: '2026-11-21T17:08:17Z' },
    ]);
  });

  it('are none where a service holds the stack', () => {
    expect(readLocks('error: [409] Conflict: Another update is currently in progress.')).toEqual([]);
  });
});

it('variables say what is released; empty ones say nothing', () => {
  const now = new Date('2026-01-02T03:04:05Z');
  expect(releaseOf({ FAIRLEAD_RELEASE_CAUSE: 'why', FAIRLEAD_RELEASE_VERSION: '', PATH: '/bin' }, now)).toEqual({ cause: 'why', at: '2026-01-02T03:04:05.000Z' });
});
