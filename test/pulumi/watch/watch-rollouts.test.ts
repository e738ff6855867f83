/** When the watch looks, what it tells the engine, and how it ends an update; with a cluster and an engine that the test plays. */
import * as pulumi from '@pulumi/pulumi';
import { watchRollouts, type WatchArgs } from '../../../lib/pulumi';
import type { ApiObject } from '../../../lib/pulumi/watch/api-objects';
import { ReadError, type ClusterReader, type Listener } from '../../../lib/pulumi/watch/cluster-reader';
import { interruptPulumi } from '../../../lib/pulumi/watch/interrupt';
import { deployment, pod, replicaSet, TEMPLATE, waiting } from './objects';

jest.mock('../../../lib/pulumi/watch/interrupt', () => ({ interruptPulumi: jest.fn() }));
const interrupted = jest.mocked(interruptPulumi);

const MANIFEST = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' }, spec: { template: TEMPLATE } };
const live = deployment({}, {}, { old: false });
const set = replicaSet(live);
const broken = [live, set, pod(set, [waiting('InvalidImageName')])];

/** A resource that the engine is done with when the test says so. */
class Registered {
  public done!: () => void;
  public fail!: (error: Error) => void;
  public readonly resource: pulumi.Resource;

  public constructor(public readonly name: string) {
    const urn = new Promise<string>((resolve, reject) => {
      this.done = () => resolve(`urn:${name}`);
      this.fail = reject;
    });
    this.resource = { urn: { promise: () => urn } } as unknown as pulumi.Resource;
  }
}

class Reader implements ClusterReader {
  public readonly namespace = 'from-kubeconfig';
  public readonly startedAt = 0;
  public readonly followed: string[] = [];
  public signal: AbortSignal | undefined;

  public constructor(private readonly objects: readonly ApiObject[], private readonly forbidden: readonly string[] = []) {}

  public async follow(kind: string, namespace: string, listener: Listener, signal: AbortSignal): Promise<void> {
    this.followed.push(`${kind}/${namespace}`);
    this.signal = signal;
    if (this.forbidden.includes(kind)) throw new ReadError(`${kind} is forbidden`);
    listener.reset();
    for (const object of this.objects.filter((one) => one.kind === kind)) listener.changed(object);
  }
}

let log: Record<'info' | 'warn' | 'error', jest.SpyInstance>;
let keepAlive: () => void;

beforeEach(async () => {
  await pulumi.runtime.setMocks({ newResource: () => ({ id: 'x', state: {} }), call: () => ({}) }, 'project', 'stack', false);
  // The engine has not answered all yet.
  keepAlive = (pulumi.runtime as unknown as { rpcKeepAlive(): () => void }).rpcKeepAlive();
  jest.useFakeTimers();
  const spy = (level: 'info' | 'warn' | 'error') => jest.spyOn(pulumi.log, level).mockResolvedValue();
  log = { info: spy('info'), warn: spy('warn'), error: spy('error') };
  interrupted.mockReset().mockResolvedValue(true);
});

afterEach(async () => {
  jest.useRealTimers();
  keepAlive();
  await new Promise((resolve) => setTimeout(resolve));
  jest.restoreAllMocks();
});

/** An update that waits for a Deployment. */
function update({ reader = new Reader(broken), after = [], args = {}, manifest = MANIFEST as object }: { reader?: Reader; after?: Registered[]; args?: Partial<WatchArgs>; manifest?: object } = {}) {
  const web = new Registered('web');
  const parent = { urn: pulumi.output('urn:parent') } as pulumi.Resource;
  const open = jest.fn(async () => reader as ClusterReader);
  watchRollouts(parent, [{ resource: web.resource, manifest, after: after.map(({ resource }) => resource), urn: 'urn:web' }], { context: 'test', ...args }, open);
  return { web, open, reader };
}

const pass = (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1000);
/** The lines of the log, and the resource that each is beside. */
const said = async (level: 'info' | 'warn' | 'error') => Promise.all(log[level].mock.calls.map(async ([text, { urn }]) => `${await (urn as unknown as { promise(): Promise<string> }).promise()}: ${text}`));

it('says why beside the resource, and interrupts the update, once', async () => {
  const { reader } = update();
  await pass(5);
  expect(await said('error')).toEqual([expect.stringMatching(/^urn:web: Deployment\/shop\/web can't be rolled out: pod web-2-x, container web: .* is no image name/)]);
  expect(interrupted).toHaveBeenCalledTimes(1);
  expect(reader.followed.sort()).toEqual(['Deployment', 'Event', 'PersistentVolumeClaim', 'Pod', 'ReplicaSet'].map((kind) => `${kind}/shop`));
});

it('names the kubeconfig and the context in commands; a kubeconfig that is given as text is not shown', async () => {
  const crashing = [live, set, pod(set, [waiting('CrashLoopBackOff', '', { restartCount: 3 })])];
  update({ reader: new Reader(crashing), args: { kubeconfig: 'clusters/eu', context: 'eu' } });
  await pass(3);
  update({ reader: new Reader(crashing), args: { kubeconfig: 'token: secret\n' } });
  await pass(3);
  const [first, second] = await said('error');
  expect(first).toContain('next: kubectl --kubeconfig clusters/eu --context eu --namespace shop logs');
  expect(second).toContain('next: kubectl --context test --namespace shop logs');
});

it('leaves the end to whoever wants to do it', async () => {
  const onStuck = jest.fn();
  update({ args: { onStuck } });
  await pass(5);
  expect(onStuck.mock.calls).toEqual([[expect.stringMatching(/^Deployment\/shop\/web can't be rolled out/)]]);
  expect(interrupted).not.toHaveBeenCalled();
});

it('says what to do where nothing can be interrupted', async () => {
  interrupted.mockResolvedValue(false);
  update();
  await pass(5);
  expect(await said('warn')).toEqual(['urn:web: this update goes on waiting until its time is out: end it with Ctrl-C']);
});

it('shows progress as long as it lasts', async () => {
  const { web } = update({ reader: new Reader([live, set, pod(set, [waiting('ContainerCreating')])]) });
  await pass(60);
  expect(log.info.mock.calls).toEqual([['0 of 3 new pods ready; web-2-x: starting', expect.anything(), undefined, true]]);
  web.done();
});

describe('does not look', () => {
  it('in a preview', async () => {
    await pulumi.runtime.setMocks({ newResource: () => ({ id: 'x', state: {} }), call: () => ({}) }, 'project', 'stack', true);
    const { open } = update();
    await pass(60);
    expect(open).not.toHaveBeenCalled();
  });

  it('where the engine is done at once: nothing changed', async () => {
    const { web, open } = update();
    web.done();
    await pass(60);
    expect(open).not.toHaveBeenCalled();
  });

  it('at what is no workload', async () => {
    const { open } = update({ manifest: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } } });
    await pass(60);
    expect(open).not.toHaveBeenCalled();
  });

  it('before what the workload waits for is done', async () => {
    const task = new Registered('task');
    const { open } = update({ after: [task] });
    await pass(600);
    expect(open).not.toHaveBeenCalled();
    task.done();
    await pass(5);
    expect(log.error).toHaveBeenCalledTimes(1);
  });

  it('at all where what the workload waits for has failed', async () => {
    const task = new Registered('task');
    const { open } = update({ after: [task] });
    task.fail(new Error('the task failed'));
    await pass(600);
    expect(open).not.toHaveBeenCalled();
  });

  it('any longer once the engine is done with the workload, or failed with it', async () => {
    for (const end of ['done', 'fail'] as const) {
      const { web } = update({ reader: new Reader([live, set, pod(set, [waiting('CreateContainerError')])]) });
      await pass(30);
      web[end](new Error('x'));
      await pass(600);
    }
    expect(log.error).not.toHaveBeenCalled();
  });

  it('any longer once the engine has answered everything or is gone', async () => {
    const { reader } = update({ reader: new Reader([live, set, pod(set, [waiting('CreateContainerError')])]) });
    await pass(30);
    expect(reader.signal!.aborted).toBe(false);
    keepAlive();
    await pass(600);
    expect(reader.signal!.aborted).toBe(true);
    expect(log.error).not.toHaveBeenCalled();
  });
});

describe('its own troubles do not fail the update', () => {
  it('a kind that may not be read is left out, which is said once', async () => {
    const { reader } = update({ reader: new Reader(broken, ['Event']) });
    await pass(60);
    expect(await said('warn')).toEqual(['urn:parent: stuck rollouts may be noticed late, as not all can be watched: Event is forbidden']);
    expect(await said('error')).toHaveLength(1);
    expect(reader.followed.filter((key) => key === 'Event/shop')).toHaveLength(1);
  });

  it('neither does a cluster that can not be reached', async () => {
    const { open } = update();
    open.mockRejectedValue(new ReadError('no route to host'));
    await pass(600);
    expect(await said('warn')).toEqual([expect.stringContaining('no route to host')]);
    expect(open).toHaveBeenCalledTimes(1);
  });
});

it('takes the namespace of the kubeconfig where the object names none', async () => {
  const { reader } = update({ manifest: { ...MANIFEST, metadata: { name: 'web' } } });
  await pass(5);
  expect(reader.followed).toContain('Pod/from-kubeconfig');
});

it.each<[object, RegExp]>([
  [{}, /watch: got neither kubeconfig nor context; name the cluster that the provider deploys to/],
  [{ context: '' }, /watch\.context: got ""; the name of a context is allowed/],
  [{ context: 'a', timeout: 3 }, /watch\.timeout: no such prop here; kubeconfig, context, limits, onStuck are allowed/],
  [{ context: 'a', limits: { restart: 3 } }, /watch\.limits\.restart: .*no such prop here; did you mean "restarts"\?/],
  [{ context: 'a', limits: { quota: '60', restarts: -1 } }, /watch\.limits\.quota: got "60"; a number of seconds is allowed\n {2}watch\.limits\.restarts: got -1; a number of restarts is allowed/],
])('refuses %p', (args, message) => {
  const { resource } = new Registered('x');
  expect(() => watchRollouts(resource, [], args as WatchArgs)).toThrow(message);
});
