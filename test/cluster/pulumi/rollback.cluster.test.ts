/** Going back to the last release that completed, and recovering from a kill, by the real engine on the real API server. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack } from '@pulumi/pulumi/automation';
import { readState, ReleasesInState } from '../../../lib/pulumi';
import { goBack } from '../../../stacks/commands/go-back';
import { recover } from '../../../stacks/commands/recovery';
import { unlocked } from '../../../stacks/commands/lock';
import { update } from '../../../stacks/commands/update';
import { pastUpdates } from '../../../stacks/commands/updates';
import type { Release } from '../fixtures/shop';
import { workloads } from '../live';
import { Deployer, hashless } from './deployer';
import { recordedShop } from './recorded-shop';

const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

describeOwn('a stack that records its releases', () => {
  const namespace = `recorded-${Date.now().toString(36)}`;
  let deployer: Deployer;
  let said = '';

  const where = (change: Partial<Release>) => ({ context: deployer.context, kubeconfig: deployer.cluster.connection.kubeconfig, release: { namespace, ...change } });
  const stackOf = (change: Partial<Release> = {}): Promise<Stack> => deployer.engine.stack(recordedShop(where(change)));
  const up = async (change: Partial<Release> = {}) => update(await stackOf(change), { action: 'up' });
  const names = async (kind: string) => (await deployer.cluster.list(kind, namespace)).map(({ metadata }) => metadata.name);
  const version = async () => (await workloads(deployer.cluster, namespace)).get('Deployment/web')!.metadata.labels!['app.kubernetes.io/version'];
  const recorded = async () => new ReleasesInState(readState((await (await stackOf()).exportStack()).deployment)).releases.map(({ info }) => info.version);
  /** What a refresh finds that the state does not say. */
  const drift = async (change: Partial<Release>) => (await deployer.preview(recordedShop(where(change)), { refresh: true })).steps.map(hashless);

  beforeAll(async () => {
    deployer = await Deployer.connect();
    for (const stream of ['stdout', 'stderr'] as const) jest.spyOn(process[stream], 'write').mockImplementation((text) => ((said += String(text)), true));
    jest.spyOn(console, 'log').mockImplementation((text) => void (said += `${String(text)}\n`));
  });
  beforeEach(() => (said = ''));
  afterAll(async () => {
    jest.restoreAllMocks();
    await deployer.close(namespace);
  });

  it('killed in the middle is locked; it recovers, completes, and nothing is orphaned', async () => {
    const child = deployer.engine.spawn(join(__dirname, 'up-in-child.ts'), [JSON.stringify(where({}))]);
    while (!/StatefulSet\/\S+ creating/.test(child.output())) await sleep(50);
    const stack = await stackOf();
    await expect(unlocked(stack, () => update(stack, { action: 'up' }))).rejects.toThrow(/test: locked by process \d+ of \S+ on \S+, taken at .*; wait until it is done/);
    await child.kill();
    expect(await names('statefulsets.apps')).toEqual(['store']);
    expect(await recover(stack)).toBe(true);
    expect(said).toMatch(/Cleared the lock of process \d+/);
    await unlocked(stack, () => update(stack, { action: 'up' }));
    expect(await recorded()).toEqual(['1.0.0']);
    expect(await drift({})).toEqual([]);
  }, 300_000);

  it('whose release is bad goes back, config included, with state and cluster the same; then the source is deployed again', async () => {
    const before = await names('configmaps');
    const next = { web: '2.0.0', migration: '2.0.0', greeting: 'good evening' };
    await up(next);
    expect([await version(), await recorded()]).toEqual(['2.0.0', ['2.0.0', '1.0.0']]);
    await goBack(await stackOf({ web: 'not read' }), { yes: true });
    expect([await version(), await names('configmaps'), await names('jobs.batch'), await recorded()]).toEqual(['1.0.0', before, [], ['1.0.0']]);
    expect(await drift({})).toEqual(['create Job/NAMESPACE/migrate-HASH'.replace('NAMESPACE', namespace)]);
    await up(next);
    expect(await version()).toBe('2.0.0');
    const past = await pastUpdates(await stackOf());
    expect(past.filter(({ kind }) => kind === 'update').map(({ result, releasesLeft }) => `${result}${releasesLeft === undefined ? '' : ' rollback'}`)).toEqual(['succeeded', 'succeeded rollback', 'succeeded', 'succeeded']);
  }, 300_000);

  it('whose release fails goes back to the one before: the old version serves, and no task runs', async () => {
    const [before, jobs] = [await names('configmaps'), await names('jobs.batch')];
    const chaos = await deployer.cluster.chaos({ namespace, labels: { 'app.kubernetes.io/name': 'migrate' }, fails: 'container', exitCode: 3 });
    await expect(up({ web: '3.0.0', migration: '3.0.0', greeting: 'good night' })).rejects.toThrow('failed');
    await chaos.stop();
    expect(await recorded()).toEqual(['2.0.0', '1.0.0']);
    await goBack(await stackOf({ web: 'not read' }), { yes: true });
    expect(said).toContain('Going back to 2.0.0');
    expect([await version(), await names('configmaps'), await names('jobs.batch')]).toEqual(['2.0.0', before, jobs]);
    expect(await drift({ web: '2.0.0', migration: '2.0.0', greeting: 'good evening' })).toEqual([]);
  }, 300_000);

  it('goes back to a release by its number, runs its tasks when told to, and says when there is no earlier one', async () => {
    await expect(goBack(await stackOf(), { yes: true, to: '7' })).rejects.toThrow(/--to: got "7"; the number of a release that has completed is allowed:\n {2}0: 2\.0\.0[^]*\n {2}1: 1\.0\.0/);
    await goBack(await stackOf({ web: 'not read' }), { yes: true, to: '1', 'with-release-tasks': true });
    expect([await version(), await recorded(), (await names('jobs.batch')).map(hashless)]).toEqual(['1.0.0', ['1.0.0'], ['migrate-HASH']]);
    expect(await drift({})).toEqual([]);
    await expect(goBack(await stackOf(), { yes: true })).rejects.toThrow('the only one that has completed');
  }, 300_000);
});
