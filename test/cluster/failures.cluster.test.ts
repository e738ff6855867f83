/** What goes wrong in real clusters, and what must keep serving meanwhile. Pods fail on demand, so they are simulated ones. */
import { shop, type Release } from './fixtures/shop';
import type { Chaos } from './harness/chaos';
import { changesBetween, connect, type Cluster } from './harness/cluster';
import type { WaitOptions } from './harness/wait';
import { isReady, podsOf, workloads } from './live';
import { wavesOfApp } from './waves';

const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

describeOwn('a release that fails', () => {
  const namespace = `failures-${Date.now().toString(36)}`;
  let cluster: Cluster;
  let chaos: Chaos | undefined;

  const release = (change: Partial<Release>, options: WaitOptions = {}) => cluster.deploy(namespace, wavesOfApp(shop({ namespace, ...change })), options);
  const web = async () => (await workloads(cluster, namespace)).get('Deployment/web')!;
  const servingPods = async () => (await podsOf(cluster, await web())).filter(isReady).map(({ metadata }) => metadata.name).sort();
  const jobs = async () => (await cluster.list('jobs', namespace)).map(({ metadata }) => metadata.name);

  beforeAll(async () => {
    cluster = await connect();
    await release({});
  });

  afterEach(async () => {
    await chaos?.stop();
    chaos = undefined;
  });

  afterAll(async () => {
    await cluster.kubectl.run(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
    await cluster.close();
  });

  describe('in its migration', () => {
    const next = { web: '2.0.0', migration: '2.0.0' };
    let failed: string;

    it('stops there and says so, and the old version serves on untouched', async () => {
      chaos = await cluster.chaos({ namespace, labels: { 'app.kubernetes.io/name': 'migrate' }, fails: 'container', exitCode: 3 });
      const [before, old] = [await cluster.snapshot(namespace), await jobs()];
      const releasing = release(next);
      await expect(releasing).rejects.toThrow(/Job\/migrate-[0-9a-f]{10}: failed: BackoffLimitExceeded/);
      await expect(releasing).rejects.toThrow('container migrate: Error: made to fail by chaos, exit code 3');
      failed = (await jobs()).find((name) => !old.includes(name))!;
      expect(changesBetween(before, await cluster.snapshot(namespace))).toEqual([`Job/${failed} created`, `pods of Job/${failed} created`]);
      expect(await servingPods()).toHaveLength(3);
    });

    it('is followed by a mended one, beside what failed', async () => {
      await release({ web: '2.0.1', migration: '2.0.1' });
      expect((await web()).metadata.labels).toMatchObject({ 'app.kubernetes.io/version': '2.0.1' });
    });

    it('goes through unchanged once its failed Job is deleted', async () => {
      await cluster.delete('job', failed, namespace);
      await release(next);
      expect(await jobs()).toContain(failed);
      expect((await web()).metadata.labels).toMatchObject({ 'app.kubernetes.io/version': '2.0.0' });
    });
  });

  it.each(['container', 'init-container'] as const)('because the %s of its new pods fails keeps every old pod, ready', async (fails) => {
    const good = { web: '2.0.0', migration: '2.0.0' };
    await release(good);
    const old = await servingPods();
    expect(old).toHaveLength(3);
    const label = { 'example.com/build': 'broken' };
    chaos = await cluster.chaos({ namespace, labels: label, fails });
    await expect(release({ ...good, web: '3.0.0', webLabels: label }, { timeoutSeconds: 8 })).rejects.toThrow('Deployment/web: updatedReplicas 1 of 3');
    expect(await podsOf(cluster, await web())).toHaveLength(4); // the one more that the surge allows
    expect(await servingPods()).toEqual(old);
    await release(good);
    expect(await servingPods()).toEqual(old);
  });

  it('because an object of it is refused names that object', async () => {
    const broken = release({ webPatches: { service: { spec: { clusterIP: '192.0.2.1' } } } });
    await expect(broken).rejects.toThrow(/Service "web" is invalid: spec.clusterIPs\[0\]/);
  });
});
