/** Every environment of `stacks/` on a real API server: the bytes that synth writes, applied as a pipeline would. */
import { environments } from '../../lib/environment';
import { renderEnvironments } from '../../stacks/synthesize';
import { changesBetween, connect, type Cluster } from './harness/cluster';
import { CUSTOM_GROUPS } from './harness/crds';
import { eventually } from './harness/eventually';
import { trueCondition, type KubeList, type KubeObject } from './harness/objects';
import { declaredReplicas, isReady, podsOf, readyEndpoints, workloads, zonesOf } from './live';
import { wavesOf } from './waves';

const ROOT = `${__dirname}/../..`;
const rendered = renderEnvironments(ROOT, []);

let cluster: Cluster;
/** The zone of each node. */
let zones: ReadonlyMap<string, string>;

beforeAll(async () => {
  cluster = await connect();
  zones = await zonesOf(cluster);
});

afterAll(() => cluster.close());

it('covers every environment that there is a file for', () => {
  expect(rendered.map(({ environment }) => environment.name)).toEqual(environments(ROOT));
  expect(rendered.length).toBeGreaterThanOrEqual(4);
});

it('starts on a cluster without the custom resource definitions that props can need', async () => {
  if (!cluster.connection.simulated) return; // a cluster that somebody named has what it has
  const served = (await cluster.kubectl.mustRun(['api-versions'])).split('\n').map((version) => version.split('/')[0]);
  expect(served).toContain('apps');
  expect(served.filter((group) => CUSTOM_GROUPS.includes(group!))).toEqual([]);
});

describe.each(rendered.map((it) => [it.environment.name, it] as const))('%s', (_, { environment, rendering, files }) => {
  const { namespace } = environment.config;
  const waves = wavesOf(rendering, files);
  const manifests = rendering.files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest as unknown as KubeObject));
  const replicas = declaredReplicas(manifests);
  const budgets = manifests.filter(({ kind }) => kind === 'PodDisruptionBudget');
  let isOurs = false;

  /** Fails on refusals, on warnings, and on anything that does not become ready. */
  beforeAll(async () => {
    if (await cluster.get('namespace', namespace)) throw new Error(`the cluster has a namespace ${namespace} already, and this test would delete it; delete it yourself or name another cluster`);
    isOurs = true;
    await cluster.deploy(namespace, waves);
  });

  afterAll(async () => {
    if (isOurs) await cluster.kubectl.run(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
  });

  it('consists of built-in kinds only', () => {
    const groups = manifests.map(({ apiVersion }) => apiVersion.split('/').slice(0, -1).join(''));
    expect(groups.filter((group) => CUSTOM_GROUPS.includes(group) || (group.includes('.') && !group.endsWith('.k8s.io')))).toEqual([]);
  });

  it('stands in a namespace that enforces the restricted level', async () => {
    const live = await cluster.get('namespace', namespace);
    expect(live?.metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted', 'pod-security.kubernetes.io/warn': 'restricted' });
  });

  it('has every object with every field that was rendered', async () => {
    const { items } = await cluster.kubectl.json<KubeList>(['get', '-f', '-'], manifests.map((it) => JSON.stringify(it)).join('\n---\n'));
    expect(items).toHaveLength(manifests.length);
    for (const [index, manifest] of manifests.entries()) expect(items[index]).toMatchObject(manifest as object);
  });

  it('runs as many pods of each workload as declared, all of them ready', async () => {
    const live = await workloads(cluster, namespace);
    expect([...live.keys()].sort()).toEqual(Object.keys(replicas).sort());
    for (const [name, workload] of live) {
      const pods = await podsOf(cluster, workload);
      expect({ [name]: pods.filter(isReady).length }).toEqual({ [name]: replicas[name] });
      expect(pods).toHaveLength(replicas[name]!);
    }
  });

  it('scales each autoscaled workload to its minimum', async () => {
    const autoscalers = await cluster.list<KubeObject & { spec: { minReplicas: number } }>('horizontalpodautoscalers', namespace);
    expect(autoscalers).toHaveLength(manifests.filter(({ kind }) => kind === 'HorizontalPodAutoscaler').length);
    for (const { metadata, spec, status } of autoscalers) expect({ name: metadata.name, pods: status?.['currentReplicas'] }).toEqual({ name: metadata.name, pods: spec.minReplicas });
  });

  it('spreads the pods of each workload over the zones', async () => {
    for (const [name, workload] of await workloads(cluster, namespace)) {
      const pods = await podsOf(cluster, workload);
      const used = new Set(pods.map(({ spec }) => zones.get(spec.nodeName ?? '')));
      expect({ [name]: used.size }).toEqual({ [name]: Math.min(pods.length, new Set(zones.values()).size) });
    }
  });

  it('completes its release tasks before it touches what waits for them', async () => {
    const tasks = rendering.files.flatMap(({ wave, objects }) => objects.filter(({ manifest }) => manifest.kind === 'Job').map(({ manifest }) => ({ wave, name: (manifest.metadata as { name: string }).name })));
    expect(tasks.length).toBeGreaterThan(0);
    for (const { wave, name } of tasks) {
      const job = (await cluster.get('job', name, namespace))!;
      expect(trueCondition(job, 'Complete')).toBeDefined();
      const after = rendering.files.filter((file) => file.wave > wave).flatMap(({ objects }) => objects.map(({ manifest }) => manifest));
      expect(after.map(({ kind }) => kind)).toContain('Deployment');
      const { items } = await cluster.kubectl.json<KubeList<{ metadata: { creationTimestamp: string } }>>(['get', '-f', '-'], after.map((it) => JSON.stringify(it)).join('\n---\n'));
      for (const { metadata } of items) expect(Date.parse(metadata.creationTimestamp)).toBeGreaterThanOrEqual(Date.parse(String(job.status?.['completionTime'])));
    }
  });

  it(`keeps its carts on ${environment.config.redis.storage ? 'a volume that is bound' : 'no volume'}`, async () => {
    const claims = await cluster.list('persistentvolumeclaims', namespace);
    const expected = environment.config.redis.storage ? [['redis-data-redis-cart-0', 'Bound', environment.config.redis.storage.size]] : [];
    expect(claims.map(({ metadata, spec, status }) => [metadata.name, status?.['phase'], (spec?.['resources'] as { requests: { storage: string } }).requests.storage])).toEqual(expected);
  });

  it('lets a drain take a pod of every workload that has a budget, and budgets all that have two pods', async () => {
    const several = Object.entries(replicas).filter(([, count]) => count > 1);
    expect(budgets.map(({ metadata }) => metadata.name).sort()).toEqual(several.map(([name]) => name.split('/')[1]).sort());
    await eventually(async () => {
      const live = await cluster.list('poddisruptionbudgets', namespace);
      expect(live).toHaveLength(budgets.length);
      for (const { metadata, status } of live) {
        expect({ name: metadata.name, ...status }).toMatchObject({ name: metadata.name, disruptionsAllowed: expect.any(Number), expectedPods: replicas[`Deployment/${metadata.name}`] ?? replicas[`StatefulSet/${metadata.name}`] });
        expect(Number(status?.['disruptionsAllowed'])).toBeGreaterThanOrEqual(1);
      }
    });
  });

  it('fits into its quota', async () => {
    const [quota] = await cluster.list('resourcequotas', namespace);
    expect(quota?.status).toMatchObject({ hard: environment.config.quota, used: { 'services.loadbalancers': '0' } });
    const refused = await cluster.kubectl.json<KubeList<{ message: string }>>(['get', 'events', `--namespace=${namespace}`, '--field-selector=reason=FailedCreate']);
    expect(refused.items.map(({ message }) => message)).toEqual([]);
  });

  it('has all ready pods behind its Services', async () => {
    const services = manifests.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name);
    await eventually(async () => {
      const endpoints = await readyEndpoints(cluster, namespace);
      expect(Object.keys(endpoints).sort()).toEqual(services.sort());
      for (const [service, pods] of Object.entries(endpoints)) {
        const workload = service.replace(/-headless$/, '');
        expect({ [service]: pods.length }).toEqual({ [service]: replicas[`Deployment/${workload}`] ?? replicas[`StatefulSet/${workload}`] });
      }
    });
  });

  it('changes nothing and restarts nothing when it is applied again', async () => {
    const before = await cluster.snapshot(namespace);
    const [again] = renderEnvironments(ROOT, [environment.name]);
    await cluster.deploy(namespace, wavesOf(again!.rendering, again!.files));
    expect(changesBetween(before, await cluster.snapshot(namespace))).toEqual([]);
  });
});
