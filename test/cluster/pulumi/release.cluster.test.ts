/** Releases of a shop by the real engine on the real API server. Pods fail on demand, so they are simulated ones. */
import { setTimeout as sleep } from 'node:timers/promises';
import { shop, type Release } from '../fixtures/shop';
import { changesBetween } from '../harness/cluster';
import { isReady, podsOf, workloads } from '../live';
import { Deployer, hashless } from './deployer';

const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

describeOwn('a release by Pulumi', () => {
  const namespace = `released-${Date.now().toString(36)}`;
  let deployer: Deployer;
  let before: Awaited<ReturnType<Deployer['cluster']['snapshot']>>;

  const release = (change: Partial<Release> = {}) => deployer.program(() => shop({ namespace, ...change }));
  const name = (step: string) => hashless(step).replace(`/${namespace}/`, '/');
  const upWith = async (change: Partial<Release> = {}) => (await deployer.up(release(change))).steps.map(name);
  const web = async () => (await workloads(deployer.cluster, namespace)).get('Deployment/web')!;
  const configMaps = async () => (await deployer.cluster.list('configmaps', namespace)).map(({ metadata }) => metadata.name).filter((it) => it.startsWith('web-config-'));
  const changed = async () => changesBetween(before, await deployer.cluster.snapshot(namespace));

  beforeAll(async () => {
    deployer = await Deployer.connect();
  });

  beforeEach(async () => {
    before = await deployer.cluster.snapshot(namespace);
  });

  afterAll(() => deployer.close(namespace));

  it('makes everything in an order in which it can start', async () => {
    const steps = await upWith();
    const order = ['create ServiceAccount/store', 'create StatefulSet/store', 'create Job/migrate-HASH', 'create Deployment/web', 'create Ingress/web'];
    expect(steps[0]).toBe(`create Namespace/${namespace}`);
    expect(steps.filter((step) => order.includes(step))).toEqual(order);
    expect(steps.filter((step) => !step.startsWith('create '))).toEqual([]);
    expect(await podsOf(deployer.cluster, await web())).toHaveLength(3);
  });

  it('that changes nothing touches nothing, wherever the constructs stand', async () => {
    expect(await upWith()).toEqual([]);
    expect(await upWith({ moved: true })).toEqual([]);
    const preview = await deployer.preview(release(), { refresh: true });
    expect(preview.steps).toEqual([]);
    expect(await changed()).toEqual([]);
  });

  it('of an image runs the task first and rolls that workload alone', async () => {
    const next = { web: '1.1.0', migration: '1.1.0' };
    const preview = await deployer.preview(release(next));
    expect(preview.steps.map(name).sort()).toEqual(['create Job/migrate-HASH', 'delete Job/migrate-HASH', 'update Deployment/web']);
    expect(preview.output).toContain('registry.example/web:1.1.0');
    expect(await upWith(next)).toEqual(['create Job/migrate-HASH', 'update Deployment/web', 'delete Job/migrate-HASH']);
    const changes = (await changed()).map(hashless).sort();
    expect(changes).toEqual(['Deployment/web changed', 'Job/migrate-HASH created', 'Job/migrate-HASH removed', 'pods of Deployment/web changed', 'pods of Job/migrate-HASH created', 'pods of Job/migrate-HASH removed']);
    expect((await web()).metadata.labels).toMatchObject({ 'app.kubernetes.io/version': '1.1.0' });
  });

  it('of a config value keeps the old ConfigMap until the pods have rolled, and goes back the same way', async () => {
    const next = { web: '1.1.0', migration: '1.1.0', greeting: 'good evening' };
    const [old] = await configMaps();
    const running = upWith(next);
    const during = new Set<string>();
    let done = false;
    void running.finally(() => (done = true)).catch(() => undefined);
    while (!done) {
      const [rolled, maps] = [await rolledOnto(old!), await configMaps()];
      if (!rolled) during.add(maps.includes(old!) ? 'kept' : 'gone too early');
      await sleep(100);
    }
    expect(await running).toEqual(['create ConfigMap/web-config-HASH', 'update Deployment/web', 'delete ConfigMap/web-config-HASH']);
    expect([...during]).toEqual(['kept']);
    expect(await configMaps()).not.toContain(old);
    expect(await upWith({ ...next, greeting: 'hello' })).toEqual(['create ConfigMap/web-config-HASH', 'update Deployment/web', 'delete ConfigMap/web-config-HASH']);
    expect(await configMaps()).toEqual([old]);
  });

  /** Whether no pod reads the ConfigMap any more. */
  async function rolledOnto(old: string): Promise<boolean> {
    return !(await podsOf(deployer.cluster, await web())).some((pod) => JSON.stringify(pod.spec).includes(old));
  }

  it('whose task fails leaves the old version serving, names the task, and runs it again next time', async () => {
    const next = { web: '2.0.0', migration: '2.0.0' };
    const chaos = await deployer.cluster.chaos({ namespace, labels: { 'app.kubernetes.io/name': 'migrate' }, fails: 'container', exitCode: 3 });
    const failed = await deployer.up(release(next)).then(() => undefined, (error: Error) => error.message);
    const changes = await changed();
    await chaos.stop();
    expect(failed).toMatch(new RegExp(`Job/${namespace}/migrate-[0-9a-f]{10}[^]*BackoffLimitExceeded`));
    expect((await web()).metadata.labels).toMatchObject({ 'app.kubernetes.io/version': '1.1.0' });
    expect((await podsOf(deployer.cluster, await web())).filter(isReady)).toHaveLength(3);
    expect(changes.map(hashless)).toEqual(['Job/migrate-HASH created', 'pods of Job/migrate-HASH created']);
    expect(await upWith(next)).toEqual(expect.arrayContaining([expect.stringMatching(/create-replacement Job/), 'update Deployment/web']));
    expect((await web()).metadata.labels).toMatchObject({ 'app.kubernetes.io/version': '2.0.0' });
  });

  it('comes down in the reverse order and leaves nothing', async () => {
    const { steps } = await deployer.destroy();
    const order = ['delete Ingress/web', 'delete Deployment/web', 'delete Job/migrate-HASH', 'delete StatefulSet/store'];
    expect(steps.map(name).filter((step) => order.includes(step))).toEqual(order);
    expect(steps.at(-1)).toBe(`delete Namespace/${namespace}`);
    expect(await deployer.cluster.get('namespace', namespace)).toBeUndefined();
  });
});
