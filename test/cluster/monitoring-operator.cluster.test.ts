/** What the modes of the monitoring render for prometheus-operator and for Google's collectors, checked by the definitions that those projects publish. */
import { MODES, appOf, type ModeName } from '../monitoring/modes/stacks';
import { connect, type Cluster } from './harness/cluster';
import { MONITORING_CRDS } from './harness/crds';
import type { KubeList, KubeObject } from './harness/objects';
import { PlatformNamespace } from '../../lib';
import { wavesOfApp } from './waves';

const GROUPS = ['monitoring.coreos.com', 'monitoring.googleapis.com'];
const PUBLIC = 'gmp-public';
/** The kinds that each mode is made of. */
const KINDS: readonly (readonly [ModeName, readonly string[]])[] = [
  ['operator', ['Alertmanager', 'PodMonitor', 'Probe', 'Prometheus', 'PrometheusRule', 'ScrapeConfig', 'ServiceMonitor']],
  ['operator with resources', ['Alertmanager', 'AlertmanagerConfig', 'PodMonitor', 'Probe', 'Prometheus', 'PrometheusRule', 'ScrapeConfig', 'ServiceMonitor']],
  ['operator that stands already', ['AlertmanagerConfig', 'PodMonitor', 'Probe', 'PrometheusRule', 'ScrapeConfig', 'ServiceMonitor']],
  ['google', ['ClusterPodMonitoring', 'ClusterRules', 'OperatorConfig', 'PodMonitoring', 'Rules']],
];
const EXTRA = { prometheus: { scrapeConfigs: [{ job_name: 'edge', static_configs: [{ targets: ['edge.example.com:9100'] }] }] } };

// Definitions hold for a whole cluster: one that somebody named may have them, with controllers that act on them.
const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

describeOwn('the modes of the monitoring', () => {
  const suffix = Date.now().toString(36);
  const namespaces: string[] = [PUBLIC];
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await connect();
    await cluster.installCrds(MONITORING_CRDS);
    // Google makes it in its clusters.
    await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: PUBLIC } });
  });

  afterAll(async () => {
    await cluster.kubectl.run(['delete', 'clusterpodmonitorings,clusterrules', '--all', '--ignore-not-found']);
    for (const name of namespaces) await cluster.kubectl.run(['delete', 'namespace', name, '--ignore-not-found', '--wait=false']);
    await cluster.close();
  });

  /** The app of a mode in namespaces of its own. */
  function made(name: ModeName) {
    const [shop, monitoring] = ['shop', 'watch'].map((what) => `${what}-${name.replaceAll(' ', '-').slice(0, 14)}${name.length}-${suffix}`) as [string, string];
    const { app, chart } = appOf({ ...MODES[name], ...(name === 'google' ? {} : EXTRA), namespace: monitoring }, shop);
    new PlatformNamespace(chart, 'namespace');
    namespaces.push(shop, monitoring, `${monitoring}-nodes`);
    const objects = app.render().files.flatMap((file) => file.objects.map(({ manifest }) => manifest as unknown as KubeObject));
    return { waves: wavesOfApp(app), custom: objects.filter(({ apiVersion }) => GROUPS.some((group) => apiVersion.startsWith(`${group}/`))) };
  }

  describe.each(KINDS)('%s', (name, kinds) => {
    const { waves, custom } = made(name);
    const live = async () => (await cluster.kubectl.json<KubeList>(['get', '-f', '-'], custom.map((it) => JSON.stringify(it)).join('\n---\n'))).items;

    it('renders each kind that the mode has', () => expect([...new Set(custom.map(({ kind }) => kind))].sort()).toEqual(kinds));

    it('is taken whole, without a warning', async () => {
      for (const { manifests } of waves) expect((await cluster.apply(manifests)).warnings).toEqual([]);
    });

    it('stands in the cluster with every field that was rendered', async () => {
      const items = await live();
      for (const [index, manifest] of custom.entries()) expect(items[index]).toMatchObject(manifest as object);
    });

    it('changes nothing when it is applied again', async () => {
      const versions = async () => (await live()).map(({ metadata }) => (metadata as { resourceVersion?: string }).resourceVersion);
      const before = await versions();
      for (const { manifests } of waves) await cluster.apply(manifests);
      expect(await versions()).toEqual(before);
    });

    it('would be refused with a field that its definition lacks', async () => {
      for (const kind of kinds) {
        const one = custom.find((candidate) => candidate.kind === kind)!;
        const misspelt = one.spec === undefined ? { ...one, colection: {} } : { ...one, spec: { ...one.spec, specName: 'x' } };
        await expect(cluster.apply(misspelt)).rejects.toThrow(/field not declared in schema/);
      }
    });
  });
});
