/** Every environment of `stacks/` on a real API server: the bytes that synth writes, applied as a pipeline would. */
import type { Rendering } from '../../lib';
import { environments } from '../../lib/environment';
import { renderEnvironments } from '../../stacks/synthesize';
import { changesBetween, connect, type Cluster } from './harness/cluster';
import type { Wave } from './harness/deploy';
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

/** The Secrets that synth says the cluster must have, with made-up values; once their namespaces are there. */
function withSecrets([namespaces, ...waves]: readonly Wave[], { requiredSecrets }: Rendering): Wave[] {
  const secrets = requiredSecrets.map(({ namespace, name, keys }) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData: Object.fromEntries(keys.map((key) => [key, 'https://example.com/made-up'])) }));
  return [namespaces!, { name: 'Secrets', manifests: secrets }, ...waves];
}

describe.each(rendered.map((it) => [it.environment.name, it] as const))('%s', (_, { environment, rendering, files }) => {
  const { namespace } = environment.config;
  const monitoring = `${namespace}-monitoring`;
  const agents = `${monitoring}-nodes`;
  const namespaces = [namespace, monitoring, agents];
  const waves = wavesOf(rendering, files);
  const manifests = rendering.files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest as unknown as KubeObject));
  const elsewhere = manifests.filter(({ kind, metadata }) => kind !== 'Namespace' && !namespaces.includes(metadata.namespace ?? ''));
  const replicas = declaredReplicas(manifests);
  const budgets = manifests.filter(({ kind }) => kind === 'PodDisruptionBudget');
  let isOurs = false;

  /** What is read in each of its namespaces. */
  const everywhere = async <T>(read: (of: string) => Promise<Iterable<T>>): Promise<T[]> => (await Promise.all(namespaces.map(read))).flatMap((found) => [...found]);

  /** Fails on refusals, on warnings, and on anything that does not become ready. */
  beforeAll(async () => {
    for (const name of namespaces) if (await cluster.get('namespace', name)) throw new Error(`the cluster has a namespace ${name} already, and this test would delete it; delete it yourself or name another cluster`);
    isOurs = true;
    await cluster.deploy(namespaces, withSecrets(waves, rendering));
  });

  /** The next environment needs the ports of the nodes. */
  afterAll(async () => {
    if (!isOurs) return;
    await cluster.kubectl.run(['delete', '--ignore-not-found', '--wait=false', '-f', '-'], elsewhere.map((it) => JSON.stringify(it)).join('\n---\n'));
    await cluster.kubectl.run(['delete', 'namespace', namespace, monitoring, '--ignore-not-found', '--wait=false']);
    await cluster.kubectl.run(['delete', 'namespace', agents, '--ignore-not-found', '--timeout=60s']);
  });

  it('consists of built-in kinds only', () => {
    const groups = manifests.map(({ apiVersion }) => apiVersion.split('/').slice(0, -1).join(''));
    expect(groups.filter((group) => CUSTOM_GROUPS.includes(group) || (group.includes('.') && !group.endsWith('.k8s.io')))).toEqual([]);
  });

  it('stands in namespaces that enforce the restricted level, but for the agents of the nodes', async () => {
    const level = async (of: string) => Object.entries((await cluster.get('namespace', of))?.metadata.labels ?? {}).flatMap(([label, value]) => (/^pod-security.*\/(enforce|warn|audit)$/.test(label) ? [value] : []));
    expect(await Promise.all(namespaces.map(level))).toEqual([Array(3).fill('restricted'), Array(3).fill('restricted'), Array(3).fill('privileged')]);
  });

  it('has every object with every field that was rendered', async () => {
    const { items } = await cluster.kubectl.json<KubeList>(['get', '-f', '-'], manifests.map((it) => JSON.stringify(it)).join('\n---\n'));
    expect(items).toHaveLength(manifests.length);
    for (const [index, manifest] of manifests.entries()) expect(items[index]).toMatchObject(manifest as object);
  });

  it('runs as many pods of each workload as declared, all of them ready', async () => {
    const live = new Map(await everywhere((of) => workloads(cluster, of)));
    expect([...live.keys()].sort()).toEqual(Object.keys(replicas).sort());
    for (const [name, workload] of live) {
      const pods = await podsOf(cluster, workload);
      expect({ [name]: pods.filter(isReady).length }).toEqual({ [name]: replicas[name] });
      expect(pods).toHaveLength(replicas[name]!);
    }
  });

  it('runs its agents on every node, and nothing beside them in their namespace', async () => {
    const declared = manifests.filter(({ kind }) => kind === 'DaemonSet').map(({ metadata }) => metadata.name);
    const live = await cluster.list('daemonsets', agents);
    expect(live.map(({ metadata }) => metadata.name).sort()).toEqual([...declared].sort());
    for (const { status } of live) expect(status).toMatchObject({ desiredNumberScheduled: zones.size, numberReady: zones.size });
    expect((await workloads(cluster, agents)).size).toBe(0);
  });

  it('scales each autoscaled workload to its minimum', async () => {
    const autoscalers = await cluster.list<KubeObject & { spec: { minReplicas: number } }>('horizontalpodautoscalers', namespace);
    expect(autoscalers).toHaveLength(manifests.filter(({ kind }) => kind === 'HorizontalPodAutoscaler').length);
    for (const { metadata, spec, status } of autoscalers) expect({ name: metadata.name, pods: status?.['currentReplicas'] }).toEqual({ name: metadata.name, pods: spec.minReplicas });
  });

  it('spreads the pods of each workload over the zones', async () => {
    for (const [name, workload] of await everywhere((of) => workloads(cluster, of))) {
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

  it('keeps what the monitoring must keep on volumes that are bound', async () => {
    const claims = await cluster.list('persistentvolumeclaims', monitoring);
    const templates = manifests.filter(({ kind, metadata }) => kind === 'StatefulSet' && metadata.namespace === monitoring).flatMap(({ metadata, spec }) => ((spec?.['volumeClaimTemplates'] ?? []) as KubeObject[]).map((claim) => `${claim.metadata.name}-${metadata.name}`));
    expect(new Set(claims.map(({ metadata }) => metadata.name.replace(/-\d+$/, '')))).toEqual(new Set(templates));
    expect(claims.filter(({ status }) => status?.['phase'] !== 'Bound')).toEqual([]);
    expect(templates.length > 0).toBe(environment.config.monitoring!.prometheus.storage !== undefined);
  });

  it('lets a drain take a pod of every workload that has a budget, and budgets all that have two pods', async () => {
    const several = Object.entries(replicas).filter(([, count]) => count > 1);
    expect(budgets.map(({ metadata }) => metadata.name).sort()).toEqual(several.map(([name]) => name.split('/')[1]).sort());
    await eventually(async () => {
      const live = await everywhere((of) => cluster.list('poddisruptionbudgets', of));
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
    const refused = await everywhere(async (of) => (await cluster.kubectl.json<KubeList<{ message: string }>>(['get', 'events', `--namespace=${of}`, '--field-selector=reason=FailedCreate'])).items);
    expect(refused.map(({ message }) => message)).toEqual([]);
  });

  it('has all ready pods behind its Services', async () => {
    const services = manifests.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata.name);
    await eventually(async () => {
      const endpoints = Object.fromEntries(await everywhere(async (of) => Object.entries(await readyEndpoints(cluster, of))));
      expect(Object.keys(endpoints).sort()).toEqual(services.sort());
      for (const [service, pods] of Object.entries(endpoints)) {
        const workload = service.replace(/-headless$/, '');
        expect({ [service]: pods.length }).toEqual({ [service]: replicas[`Deployment/${workload}`] ?? replicas[`StatefulSet/${workload}`] });
      }
    });
  });

  it('changes nothing and restarts nothing when it is applied again', async () => {
    const snapshots = () => Promise.all(namespaces.map((of) => cluster.snapshot(of)));
    const before = await snapshots();
    const [again] = renderEnvironments(ROOT, [environment.name]);
    await cluster.deploy(namespaces, wavesOf(again!.rendering, again!.files));
    const after = await snapshots();
    expect(before.flatMap((snapshot, index) => changesBetween(snapshot, after[index]!))).toEqual([]);
  });
});
