/** Nodes that go away on purpose: what budgets and spread promise about it. */
import { Chart } from 'cdk8s';
import { App, WebApp, PlatformNamespace } from '../../lib';
import { shop } from './fixtures/shop';
import { connect, type Cluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { isReady, type Pod } from './live';
import { wavesOfApp } from './waves';

// Nobody wants the nodes of a cluster that they named to be drained.
const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

const NODE = 'node-zone-b';
const OTHERS = ['node-zone-a', 'node-zone-c'];

describeOwn('while a node is drained', () => {
  const suffix = Date.now().toString(36);
  const namespaces: string[] = [];
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await connect();
  });

  afterEach(async () => {
    await cluster.kubectl.mustRun(['uncordon', '--selector=kubernetes.io/os=linux']);
  });

  afterAll(async () => {
    for (const name of namespaces) await cluster.kubectl.run(['delete', 'namespace', name, '--ignore-not-found', '--wait=false']);
    await cluster.close();
  });

  async function deploy(name: string, make: (namespace: string) => App): Promise<string> {
    const namespace = `${name}-${suffix}`;
    namespaces.push(namespace);
    await cluster.deploy(namespace, wavesOfApp(make(namespace)));
    return namespace;
  }

  /** Ready pods by the name of their workload. */
  async function readyPods(namespace: string): Promise<Record<string, string[]>> {
    const pods = await cluster.list<Pod & { metadata: { deletionTimestamp?: string } }>('pods', namespace);
    const ready: Record<string, string[]> = {};
    for (const pod of pods.filter((it) => isReady(it) && it.status?.['phase'] === 'Running' && it.metadata.deletionTimestamp === undefined)) {
      (ready[pod.metadata.labels!['app.kubernetes.io/name']!] ??= []).push(pod.metadata.name);
    }
    return ready;
  }

  const counts = (ready: Record<string, string[]>) => Object.fromEntries(Object.entries(ready).map(([name, pods]) => [name, pods.length]));
  // An eviction that the API server granted and could not carry out holds a budget for two minutes: waited out, not failed.
  const drain = (labels: string) => cluster.kubectl.mustRun(['drain', NODE, `--pod-selector=${labels}`, '--delete-emptydir-data', '--timeout=200s']);
  const evict = (pod: string, namespace: string) => {
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace } };
    return cluster.kubectl.run(['create', '--raw', `/api/v1/namespaces/${namespace}/pods/${pod}/eviction`, '-f', '-'], JSON.stringify(eviction));
  };
  const budgetsAllow = (namespace: string) =>
    eventually(async () => {
      for (const { status } of await cluster.list('poddisruptionbudgets', namespace)) expect(status).toMatchObject({ disruptionsAllowed: 1 });
    });

  it('every workload with a budget keeps all but one of its pods, and gets them all back on other nodes', async () => {
    await cluster.kubectl.mustRun(['cordon', ...OTHERS]); // so that all pods stand where the drain is
    const namespace = await deploy('drain', (name) => shop({ namespace: name, mailers: 2, defaults: { labels: { 'example.com/drill': name } } }));
    await cluster.kubectl.mustRun(['uncordon', ...OTHERS]);
    const declared = { mailer: 2, store: 2, web: 3 };
    expect(counts(await readyPods(namespace))).toEqual(declared);
    await budgetsAllow(namespace);
    const fewest: Record<string, number> = { ...declared };
    const draining = { done: false };
    const drained = drain(`example.com/drill=${namespace}`).finally(() => (draining.done = true)); // the node may hold pods of other tests
    while (!draining.done) {
      const ready = counts(await readyPods(namespace));
      for (const name of Object.keys(declared)) fewest[name] = Math.min(fewest[name]!, ready[name] ?? 0);
    }
    expect(await drained).toContain('evicted');
    for (const [name, count] of Object.entries(declared)) expect({ [name]: fewest[name]! >= count - 1 }).toEqual({ [name]: true });
    await cluster.waitReady(namespace);
    expect(counts(await readyPods(namespace))).toEqual(declared);
    expect((await cluster.list<Pod>('pods', namespace)).filter(({ spec }) => spec.nodeName === NODE)).toEqual([]);
  });

  it('its budget refuses to let a second pod go before the first is replaced', async () => {
    const namespace = await deploy('evict', (name) => shop({ namespace: name, mailers: 2 }));
    await budgetsAllow(namespace);
    const ready = await readyPods(namespace);
    await cluster.kubectl.mustRun(['cordon', '--selector=kubernetes.io/os=linux']); // so that no replacement starts
    for (const workload of ['mailer', 'store', 'web']) {
      const [first, second] = ready[workload]!;
      expect(await evict(first!, namespace)).toMatchObject({ exitCode: 0 });
      expect(await evict(second!, namespace)).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("would violate the pod's disruption budget") });
    }
    await cluster.kubectl.mustRun(['uncordon', '--selector=kubernetes.io/os=linux']);
    await cluster.waitReady(namespace);
  });

  it('a workload that must spread over the zones gets its pods back in those that are left', async () => {
    const namespace = await deploy('zone', (name) => {
      const app = new App();
      const chart = new Chart(app, 'zone', { namespace: name });
      new PlatformNamespace(chart, 'namespace');
      new WebApp(chart, 'spread', { image: 'registry.example/web:1.0.0', ports: { http: 8080 }, replicas: 3, spread: 'required', rollout: { minReady: '1s' } });
      return app;
    });
    await budgetsAllow(namespace);
    expect(await drain('app.kubernetes.io/name=spread')).toContain('evicted');
    await cluster.waitReady(namespace, { timeoutSeconds: 10 });
  });
});
