/** What props render for operators of other projects, checked by the definitions that those projects publish. */
import { customResources } from './fixtures/custom-resources';
import { connect, changesBetween, type Cluster } from './harness/cluster';
import { CRD_SETS, CUSTOM_GROUPS } from './harness/crds';
import type { KubeList, KubeObject } from './harness/objects';
import { wavesOfApp } from './waves';

const groupOf = ({ apiVersion }: KubeObject) => apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));

// Definitions hold for a whole cluster: one that somebody named may have them, with controllers that act on them.
const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

describeOwn('custom resources', () => {
  const namespace = `custom-${Date.now().toString(36)}`;
  const rendering = customResources(namespace).render();
  const all = rendering.files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest as unknown as KubeObject));
  const custom = all.filter((it) => CUSTOM_GROUPS.includes(groupOf(it)));
  const waves = wavesOfApp(customResources(namespace));
  let cluster: Cluster;

  /** Fails on refusals, unknown fields and warnings. */
  beforeAll(async () => {
    cluster = await connect();
    await cluster.installCrds(CRD_SETS);
    await cluster.deploy(namespace, waves);
  });

  afterAll(async () => {
    await cluster.kubectl.run(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
    await cluster.close();
  });

  it('cover every kind that a prop can render', () => {
    expect([...new Set(custom.map(({ kind }) => kind))].sort()).toEqual(['Certificate', 'ExternalSecret', 'GRPCRoute', 'HTTPRoute', 'ScaledObject', 'SealedSecret', 'VerticalPodAutoscaler']);
    expect([...new Set(custom.map(groupOf))].sort()).toEqual([...CUSTOM_GROUPS].sort());
  });

  it('stand in the cluster with every field that was rendered', async () => {
    const { items } = await cluster.kubectl.json<KubeList>(['get', '-f', '-'], custom.map((it) => JSON.stringify(it)).join('\n---\n'));
    for (const [index, manifest] of custom.entries()) expect(items[index]).toMatchObject(manifest as object);
  });

  it.each(custom.map((it) => [`${it.kind} ${it.metadata.name}`, it] as const))('%s would be refused with a field that its definition lacks', async (_, manifest) => {
    const misspelt = { ...manifest, spec: { ...manifest.spec, specName: 'x' } };
    await expect(cluster.apply(misspelt, {})).rejects.toThrow(/\.spec\.specName: field not declared in schema/);
  });

  it('change nothing when they are applied again', async () => {
    const before = await cluster.snapshot(namespace);
    await cluster.deploy(namespace, waves);
    expect(changesBetween(before, await cluster.snapshot(namespace))).toEqual([]);
  });
});
