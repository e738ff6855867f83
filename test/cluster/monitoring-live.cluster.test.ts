/**
 * A real Prometheus and a real Alertmanager with what a MonitoringStack renders, in front of the real API server. Both run
 * beside the cluster, with the files, arguments and rights of their pods; pods and nodes get addresses of this machine.
 */
import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { load } from 'js-yaml';
import { toYaml } from '../../lib';
import type { KubernetesSd, PrometheusConfig } from '../../lib/monitoring';
import { monitoringTool } from '../monitoring/tools';
import { foreignDeployments, HOOK_SECRET, watchedApp } from './fixtures/watched';
import { connect, type Cluster } from './harness/cluster';
import { eventually } from './harness/eventually';
import { LocalPod, serverOf, type RunnablePod } from './harness/local-pod';
import { Processes } from './harness/processes';
import { SmallServer } from './harness/small-servers';
import { wavesOfApp } from './waves';

// Nobody wants the addresses of their own nodes and pods to be changed; and only Linux answers on all of 127.0.0.0/8.
const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG || process.platform !== 'linux' ? describe.skip : describe;

type Labels = Readonly<Record<string, string>>;
interface Target {
  readonly labels: Labels;
  readonly scrapeUrl: string;
  readonly health: string;
}
interface Notification {
  readonly receiver: string;
  readonly status: string;
  readonly alerts: readonly { readonly status: string; readonly labels: Labels; readonly annotations: Labels }[];
}

/** What takes half a minute or a whole one in earnest, which nobody should wait for in a test. */
const EVALUATION = '1s';
const IMPATIENT = ['--config.auto-reload-interval=1s', '--rules.alert.resend-delay=1s'];
const PATIENCE_S = 60;

describeOwn('a real Prometheus and a real Alertmanager', () => {
  const suffix = Date.now().toString(36);
  const namespaces = { shop: `shop-${suffix}`, tools: `tools-${suffix}`, monitoring: `monitoring-${suffix}` };
  const agents = `${namespaces.monitoring}-nodes`;
  const all = [...Object.values(namespaces), agents];
  const [second, third] = [randomInt(16, 250), randomInt(1, 250)];
  const folder = mkdtempSync(path.join(tmpdir(), 'fairlead-monitoring-'));
  const processes = new Processes(folder);
  const servers: SmallServer[] = [];
  const addresses = new Map<string, string>();
  let cluster: Cluster;
  let hooks: SmallServer;
  let prometheus: LocalPod;
  /** What the stand-in of kube-state-metrics says. */
  let state = '';
  let given = 0;

  const hookUrl = () => `http://127.0.0.1:${hooks.port}`;
  const nextAddress = () => `127.${second}.${third}.${(given += 1)}`;
  const podsIn = (namespace: string, name: string) => [...addresses.keys()].filter((key) => key.startsWith(`${namespace}/${name}-`)).sort();
  const ask = async <T>(question: string): Promise<T> => {
    const answer = await fetch(`http://${addressOf(namespaces.monitoring, 'prometheus-0')}:9090/api/v1/${question}`);
    return ((await answer.json()) as { data: T }).data;
  };
  const targets = async () => (await ask<{ activeTargets: readonly Target[] }>('targets?state=active')).activeTargets;
  const notified = (receiver: string) => hooks.received.filter((one) => one.path === `/${receiver}`).map(({ body }) => JSON.parse(body) as Notification);
  const alertsAt = (receiver: string, status = 'firing') => [...new Set(notified(receiver).flatMap(({ alerts }) => alerts).filter((alert) => alert.status === status).map(({ labels }) => labels.alertname))].sort();

  function addressOf(namespace: string, pod: string): string {
    const found = addresses.get(`${namespace}/${pod}`);
    if (found === undefined) throw new Error(`no pod ${namespace}/${pod} among ${[...addresses.keys()].join(', ')}`);
    return found;
  }

  const setStatus = (kind: string, name: string, status: object, namespace?: string) =>
    cluster.kubectl.mustRun(['patch', kind, name, ...(namespace === undefined ? [] : [`--namespace=${namespace}`]), '--subresource=status', '--type=merge', '-p', JSON.stringify({ status })]);

  /** Simulated nodes have no address, and simulated pods one that leads nowhere. */
  async function giveAddresses(): Promise<void> {
    for (const namespace of all) {
      for (const { metadata } of await cluster.list('pods', namespace)) {
        const address = nextAddress();
        await setStatus('pod', metadata.name, { podIP: address, podIPs: [{ ip: address }] }, namespace);
        addresses.set(`${namespace}/${metadata.name}`, address);
      }
    }
  }

  async function giveNodesAddresses(): Promise<void> {
    for (const { metadata: { name } } of await cluster.list('nodes')) {
      addresses.set(name, nextAddress());
      await setStatus('node', name, { addresses: [{ type: 'InternalIP', address: addresses.get(name) }, { type: 'Hostname', address: name }], daemonEndpoints: { kubeletEndpoint: { Port: 10250 } } });
    }
  }

  /** All pods stand before Prometheus looks, so that it never sees an address that leads out of this machine. */
  async function deploy(): Promise<void> {
    for (const { manifests } of wavesOfApp(watchedApp(namespaces, hookUrl(), 'all'))) await cluster.apply(manifests);
    await cluster.apply(foreignDeployments(namespaces.tools));
    await cluster.apply([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: HOOK_SECRET.name, namespace: namespaces.monitoring }, stringData: { [HOOK_SECRET.phone]: `${hookUrl()}/shop-phone`, [HOOK_SECRET.token]: 'for-the-test', [HOOK_SECRET.heartbeat]: `${hookUrl()}/heartbeat` } }]);
    for (const namespace of all) await cluster.waitReady(namespace);
    await giveAddresses();
  }

  /** What Prometheus is told, with or without the application that is declared later. */
  async function configure(declared: 'all' | 'but-late'): Promise<void> {
    const objects = watchedApp(namespaces, hookUrl(), declared).render().files.flatMap((file) => file.objects.map(({ manifest }) => manifest));
    await cluster.apply(objects.filter(({ kind, metadata }) => kind === 'ConfigMap' && (metadata as { name: string }).name.startsWith('prometheus-')));
  }

  /** In a pod a client finds the API server by itself; here it is told where, and shows the same token. */
  function adapted(root: string, text: string): string {
    const account = path.join(root, 'var/run/secrets/kubernetes.io/serviceaccount');
    const name = 'cluster';
    const kubeconfig = path.join(root, 'kubeconfig');
    mkdirSync(root, { recursive: true });
    writeFileSync(kubeconfig, JSON.stringify({
      apiVersion: 'v1', kind: 'Config', 'current-context': name, contexts: [{ name, context: { cluster: name, user: name } }],
      clusters: [{ name, cluster: { server: serverOf(cluster), 'certificate-authority': path.join(account, 'ca.crt') } }], users: [{ name, user: { tokenFile: path.join(account, 'token') } }],
    }));
    const found = <T extends { readonly kubernetes_sd_configs?: readonly KubernetesSd[] }>(job: T): T => (job.kubernetes_sd_configs ? { ...job, kubernetes_sd_configs: job.kubernetes_sd_configs.map((one) => ({ ...one, kubeconfig_file: kubeconfig })) } : job);
    const config = load(text) as PrometheusConfig;
    return toYaml([{ ...config, global: { ...config.global, evaluation_interval: EVALUATION }, scrape_configs: config.scrape_configs.map(found), alerting: { ...config.alerting!, alertmanagers: config.alerting!.alertmanagers.map(found) } }]);
  }

  async function start(tool: 'prometheus' | 'alertmanager', name: string, port: number, args: readonly string[] = []): Promise<LocalPod> {
    const pod = (await cluster.get<RunnablePod>('pod', name, namespaces.monitoring))!;
    const root = path.join(folder, tool);
    const adapt = (file: string, text: string) => (file === 'prometheus.yml' ? adapted(root, text) : text);
    const local = new LocalPod(pod, { cluster, processes, folder: root, binary: await monitoringTool(tool), adapt, args: [`--web.listen-address=${addressOf(namespaces.monitoring, name)}:${port}`, ...args] });
    await local.start();
    return local;
  }

  const serve = async (host: string, port: number, answer: (path: string) => string | undefined) => {
    const server = await SmallServer.listen(host, port, answer);
    servers.push(server);
    return server;
  };

  beforeAll(async () => {
    cluster = await connect();
    hooks = await serve('127.0.0.1', 0, () => '');
    await giveNodesAddresses();
    await deploy();
    await configure('but-late');
    for (const pod of podsIn(namespaces.shop, 'web')) await serve(addresses.get(pod)!, 8080, (asked) => (asked === '/metrics' ? 'http_requests_total{code="200"} 7\n' : undefined));
    await serve(addresses.get(podsIn(namespaces.monitoring, 'kube-state-metrics')[0]!)!, 8080, (asked) => (asked === '/metrics' ? state : undefined));
    await start('alertmanager', 'alertmanager-0', 9093);
    prometheus = await start('prometheus', 'prometheus-0', 9090, IMPATIENT);
    await eventually(async () => expect(await targets()).not.toEqual([]));
  }, 3_600_000);

  afterAll(async () => {
    await processes.stop();
    await Promise.all(servers.map((server) => server.close()));
    for (const { metadata: { name } } of await cluster.list('nodes')) await setStatus('node', name, { addresses: null, daemonEndpoints: { kubeletEndpoint: { Port: 0 } } });
    for (const namespace of all) await cluster.kubectl.run(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
    for (const kind of ['clusterrole', 'clusterrolebinding']) {
      const ours = (await cluster.list(kind)).filter(({ metadata }) => metadata.name.startsWith(namespaces.monitoring));
      for (const { metadata } of ours) await cluster.delete(kind, metadata.name);
    }
    const roles = ['role', 'rolebinding'].map((kind) => [kind, `${namespaces.monitoring}-prometheus`] as const);
    for (const [kind, name] of roles) await cluster.delete(kind, name, 'default');
    rmSync(folder, { recursive: true, force: true });
    await cluster.close();
  });

  /** The targets of a job whose pods stand in a namespace under a name, as they must be found. */
  const expected = (job: string, namespace: string, name: string, at: string, labels: Labels = {}, inPod = true) =>
    podsIn(namespace, name).map((key) => {
      const address = `${addresses.get(key)!}:${at.split('/')[0]}`;
      const pod = key.slice(namespace.length + 1);
      return { scrapeUrl: `http://${addresses.get(key)!}:${at}`, labels: { job, instance: address, ...(inPod ? { namespace, pod } : {}), ...labels } };
    });

  const perNode = async (job: string, namespace: string, at: string) => {
    const pods = await cluster.list<{ metadata: { name: string }; spec: { nodeName: string } }>('pods', namespace, `app.kubernetes.io/name=${job}`);
    return expected(job, namespace, job, at, { container: job }).map((target) => {
      const { nodeName } = pods.find(({ metadata }) => metadata.name === target.labels.pod)!.spec;
      return { ...target, labels: { ...target.labels, node: nodeName, instance: nodeName } };
    });
  };

  /** By hand, from the declarations: nothing of the configuration goes in here. */
  async function declared(): Promise<readonly Pick<Target, 'scrapeUrl' | 'labels'>[]> {
    const { shop, tools, monitoring } = namespaces;
    const nodes = (await cluster.list('nodes')).map(({ metadata }) => metadata.name);
    const kubelet = (job: string, at: string) => nodes.map((node) => ({ scrapeUrl: `https://${addresses.get(node)!}:10250${at}`, labels: { job, instance: node, node } }));
    const own = (job: string, name: string, port: number, container = job) => expected(job, monitoring, name, `${port}/metrics`, { container });
    return [
      ...expected(`${shop}/web`, shop, 'web', '8080/metrics', { container: 'web', application: 'web', owner: 'shop' }),
      ...expected(`${shop}/db`, shop, 'db', '9187/stats', { container: 'db', application: 'db', owner: 'data' }),
      ...expected(`${tools}/queue`, tools, 'queue', '15692/metrics', { application: 'queue', owner: 'ops' }),
      ...own('prometheus', 'prometheus', 9090), ...own('alertmanager', 'alertmanager', 9093), ...own('grafana', 'grafana', 3000), ...own('loki', 'log-store', 3100, 'log-store'),
      ...expected('cert-manager', tools, 'cert-manager', '9402/metrics', {}, false),
      ...expected('kube-state-metrics', monitoring, 'kube-state-metrics', '8080/metrics', {}, false),
      ...(await perNode('fluentd', agents, '24231/metrics')), ...(await perNode('node-exporter', agents, '9100/metrics')),
      ...kubelet('kubelet', '/metrics'), ...kubelet('cadvisor', '/metrics/cadvisor'),
    ];
  }

  const sorted = (list: readonly Pick<Target, 'scrapeUrl' | 'labels'>[]) => list.map(({ scrapeUrl, labels }) => ({ scrapeUrl, labels })).sort((a, b) => (`${a.labels.job} ${a.scrapeUrl}` < `${b.labels.job} ${b.scrapeUrl}` ? -1 : 1));

  it('finds exactly the declared applications and the parts of the monitoring, with their labels', async () => {
    const wanted = sorted(await declared());
    expect(wanted.length).toBeGreaterThan(20);
    await eventually(async () => expect(sorted(await targets())).toEqual(wanted));
    // The API server publishes no loopback address, so the job for it has nothing to find here; the right to look is asked for below.
    const { scrapePools } = await ask<{ scrapePools: readonly string[] }>('scrape_pools');
    expect(scrapePools).toContain('apiserver');
  });

  it('finds them with the rights that are rendered for it, and no others', async () => {
    const log = readFileSync(processes.logOf('prometheus-0'), 'utf8');
    expect(log).toContain('Server is ready to receive web requests');
    expect(log).not.toMatch(/forbidden|Failed to watch|Unauthorized/);
    const may = async (...what: readonly string[]) => (await cluster.kubectl.run(['auth', 'can-i', ...what, `--as=system:serviceaccount:${namespaces.monitoring}:prometheus`])).stdout.trim();
    expect(await Promise.all([may('list', 'pods', '-n', namespaces.shop), may('list', 'endpointslices', '-n', 'default'), may('get', 'nodes/metrics')])).toEqual(['yes', 'yes', 'yes']);
    expect(await Promise.all([may('get', 'secrets', '-n', namespaces.monitoring), may('list', 'pods', '-n', 'kube-system'), may('delete', 'pods', '-n', namespaces.shop)])).toEqual(['no', 'no', 'no']);
  });

  it('reads the metrics of those that answer, under the labels that rules and panels use', async () => {
    await eventually(async () => {
      const found = await ask<{ result: readonly { metric: Labels; value: [number, string] }[] }>(`query?query=${encodeURIComponent(`sum by (job, namespace, application, owner, code) (http_requests_total{job="${namespaces.shop}/web"})`)}`);
      expect(found.result.map(({ metric, value }) => [metric, value[1]])).toEqual([[{ job: `${namespaces.shop}/web`, namespace: namespaces.shop, application: 'web', owner: 'shop', code: '200' }, '14']]);
      const up = (await targets()).filter(({ health }) => health === 'up').map(({ labels }) => labels.job);
      expect([...new Set(up)].sort()).toEqual(['alertmanager', 'kube-state-metrics', 'prometheus', `${namespaces.shop}/web`]);
    });
  });

  it('tells the dead man\'s switch that it lives, and nobody else', async () => {
    await eventually(async () => expect(alertsAt('heartbeat')).toEqual(['Watchdog']), PATIENCE_S);
    for (const other of ['shop-phone', 'shop-chat', 'data', 'everybody']) expect(alertsAt(other)).not.toContain('Watchdog');
  }, 120_000);

  it('tells each team of what fires, by severity, with links to what helps', async () => {
    const [db] = podsIn(namespaces.shop, 'db');
    const pod = db!.split('/')[1]!;
    state = [
      `kube_deployment_spec_replicas{namespace="${namespaces.shop}",deployment="web"} 2`, `kube_deployment_status_replicas_available{namespace="${namespaces.shop}",deployment="web"} 0`,
      `kube_pod_info{namespace="${namespaces.shop}",pod="${pod}",node="node-zone-a"} 1`, `kube_pod_container_status_waiting_reason{namespace="${namespaces.shop}",pod="${pod}",container="db",reason="CrashLoopBackOff"} 1`, '',
    ].join('\n');
    await eventually(async () => expect([alertsAt('shop-phone'), alertsAt('data')]).toEqual([['NoReplicaAvailable'], ['PodCrashLooping']]), PATIENCE_S);
    expect([alertsAt('shop-chat'), alertsAt('everybody')]).toEqual([[], []]);
    const [{ alerts: [alert] }] = notified('shop-phone') as [Notification];
    expect(alert!.labels).toEqual({ alertname: 'NoReplicaAvailable', severity: 'critical', owner: 'shop', application: 'web', namespace: namespaces.shop, deployment: 'web', environment: 'live' });
    expect(alert!.annotations).toMatchObject({ summary: `${namespaces.shop}/web is down`, runbook_url: 'https://example.com/runbooks/NoReplicaAvailable.md', dashboard_url: expect.stringContaining(`/d/${namespaces.shop}_web`), logs_url: expect.stringContaining('/explore?') });
    // Its address and its token came from a Secret.
    expect(hooks.received.find((one) => one.path === '/shop-phone')!.headers.authorization).toBe('Bearer for-the-test');
  }, 120_000);

  it('and tells them when it is over', async () => {
    state = state.replace(/(replicas_available\{[^}]*\}) 0/, '$1 2').replace(/(waiting_reason\{[^}]*\}) 1/, '$1 0');
    await eventually(async () => expect(alertsAt('shop-phone', 'resolved')).toEqual(['NoReplicaAvailable']), PATIENCE_S);
  }, 120_000);

  it('takes up an application that is declared while it runs', async () => {
    const running = () => ask<{ startTime: string; reloadConfigSuccess: boolean }>('status/runtimeinfo');
    const before = await running();
    expect((await targets()).map(({ labels }) => labels.pod)).not.toContainEqual(expect.stringMatching(/^late-/));
    await configure('all');
    await prometheus.layOut();
    const wanted = sorted([...(await declared()), ...expected(`${namespaces.shop}/late`, namespaces.shop, 'late', '9090/metrics', { container: 'late', application: 'late' })]);
    await eventually(async () => expect(sorted(await targets())).toEqual(wanted), PATIENCE_S);
    const after = await running();
    expect([after.startTime, after.reloadConfigSuccess]).toEqual([before.startTime, true]);
    const { groups } = await ask<{ groups: readonly { name: string }[] }>('rules?type=alert');
    expect(groups.map(({ name }) => name)).toContain(`${namespaces.shop}/late`);
  }, 180_000);

  it('keeps to the last good configuration when the next is broken, and says so', async () => {
    await cluster.kubectl.mustRun(['patch', 'configmap', 'prometheus-rules-0', `--namespace=${namespaces.monitoring}`, '--type=merge', '-p', JSON.stringify({ data: { 'broken.yml': 'groups: [{ name: broken, rules: [{ alert: X, expr: "sum(" }] }]' } })]);
    const before = sorted(await targets());
    await prometheus.layOut();
    await eventually(async () => expect((await ask<{ reloadConfigSuccess: boolean }>('status/runtimeinfo')).reloadConfigSuccess).toBe(false));
    expect(sorted(await targets())).toEqual(before);
  });
});
