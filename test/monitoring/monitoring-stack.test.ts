import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import * as fc from 'fast-check';
import { load } from 'js-yaml';
import { App, fileFromSecret, Worker, type JsonObject } from '../../lib';
import { MonitoringStack, watch, type MonitoringStackProps, type PrometheusConfig, type PrometheusProps } from '../../lib/monitoring';
import { all, cron, IMAGE, release, stateful, web, worker } from '../builders';
import { problemsOf, render, templateOf, type Manifests } from '../support';
import { targetsOf } from './discovery';

const stack = (props: MonitoringStackProps = {}) => (scope: Construct) => new MonitoringStack(scope, 'monitoring', props);
const measured = web({ metrics: { http: 'prometheus' }, owner: 'team-a', route: { hosts: ['shop.example.com'], tls: { issuer: 'x' } } }, 'front');
const shop = all(measured, worker({ ports: { metrics: 9090 }, metrics: {} }, 'mailer'), worker({}, 'silent'), cron(), release());

const configOf = (manifests: Manifests) => load((manifests['ConfigMap/prometheus-config'] as { data: Record<string, string> }).data['prometheus.yml']!) as PrometheusConfig;
/** Every object, also those of one name in several namespaces. */
function objectsOf(build: (scope: Construct) => void): JsonObject[] {
  const app = new App();
  build(new Chart(app, 'chart', { namespace: 'shop' }));
  return app.render().files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest));
}
const job = (manifests: Manifests, name: string) => configOf(manifests).scrape_configs.find(({ job_name }) => job_name === name)!;
const found = (manifests: Manifests, name: string) => targetsOf(job(manifests, name), Object.values(manifests));

describe('a stack with nothing said', () => {
  const manifests = render(all(shop, stack()));

  it('is a pair of Prometheus with volumes, and the exporters, in namespaces of its own', () => {
    expect(manifests['StatefulSet/prometheus']).toMatchObject({ metadata: { namespace: 'monitoring' }, spec: { replicas: 2, podManagementPolicy: 'Parallel', volumeClaimTemplates: [{ metadata: { name: 'data' } }] } });
    expect(templateOf(manifests['StatefulSet/prometheus']!).spec).toMatchObject({ terminationGracePeriodSeconds: 600, securityContext: { runAsNonRoot: true, runAsUser: 65534 }, containers: [{ args: expect.arrayContaining(['--config.auto-reload']) }] });
    expect(Object.keys(manifests)).toEqual(expect.arrayContaining(['Deployment/kube-state-metrics', 'Deployment/blackbox-exporter', 'DaemonSet/node-exporter', 'PodDisruptionBudget/prometheus']));
    expect(manifests['Namespace/monitoring']).toMatchObject({ metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } });
    expect(manifests['DaemonSet/node-exporter']).toMatchObject({ metadata: { namespace: 'monitoring-nodes' } });
  });

  it('has a job for each application that serves metrics, and finds its pods and no others', () => {
    expect(configOf(manifests).scrape_configs.map(({ job_name }) => job_name)).toEqual(['shop/front', 'shop/mailer', 'prometheus', 'kube-state-metrics', 'node-exporter', 'kubelet', 'cadvisor', 'apiserver', 'blackbox']);
    expect(found(manifests, 'shop/front')).toEqual([{ __address__: expect.stringMatching(/:8080$/), instance: expect.any(String), job: 'shop/front', namespace: 'shop', pod: 'front-0', container: 'front', application: 'front', owner: 'team-a' }]);
    expect(found(manifests, 'shop/mailer')).toMatchObject([{ pod: 'mailer-0', application: 'mailer' }]);
    expect(found(manifests, 'shop/mailer')[0]).not.toHaveProperty('owner');
  });

  it('asks public addresses through the exporter, and labels the answers by application', () => {
    expect(found(manifests, 'blackbox')).toEqual([{ __address__: 'blackbox-exporter.monitoring.svc:9115', __param_target: 'https://shop.example.com/', __param_module: 'https', instance: 'https://shop.example.com/', job: 'blackbox', application: 'front', namespace: 'shop', owner: 'team-a' }]);
  });

  it('says of pods on nodes which node, and nothing of the pod that speaks of others', () => {
    expect(found(manifests, 'node-exporter')).toEqual([expect.objectContaining({ instance: 'node-0', node: 'node-0', namespace: 'monitoring-nodes' })]);
    expect(Object.keys(found(manifests, 'kube-state-metrics')[0]!).sort()).toEqual(['__address__', 'instance', 'job']);
  });

  it('lets Prometheus in at the port of the metrics, and no longer a namespace of that name', () => {
    const ingress = (name: string) => (manifests[`NetworkPolicy/${name}`]!.spec as { ingress?: JsonObject[] }).ingress;
    const prometheus = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } }, podSelector: { matchLabels: { 'app.kubernetes.io/component': 'stateful', 'app.kubernetes.io/name': 'prometheus' } } };
    expect(ingress('mailer')).toEqual([{ from: [prometheus], ports: [{ protocol: 'TCP', port: 9090 }] }]);
    expect(ingress('front')).toContainEqual({ from: [prometheus], ports: [{ protocol: 'TCP', port: 8080 }] });
    expect(ingress('silent')).toBeUndefined();
  });

  it('gives no right to read Secrets or ConfigMaps, or to change anything', () => {
    const rules = Object.values(manifests).filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole').flatMap((role) => role.rules as { resources?: string[]; verbs: string[] }[]);
    expect(rules.length).toBeGreaterThan(5);
    for (const { resources = [], verbs } of rules) {
      expect(resources.filter((resource) => /secrets|configmaps|\*/.test(resource))).toEqual([]);
      expect(verbs.filter((verb) => !['get', 'list', 'watch'].includes(verb))).toEqual([]);
    }
  });

  it('keeps for two weeks on four fifths of the volume', () => expect(configOf(manifests).storage.tsdb.retention).toEqual({ time: '15d', size: '40960MB' }));
});

describe('props', () => {
  const of = (props: MonitoringStackProps) => render(all(shop, stack(props)));

  it('size small: one of everything, without volumes', () => {
    const manifests = of({ size: 'small' });
    expect(manifests['StatefulSet/prometheus']).toMatchObject({ spec: { replicas: 1 } });
    expect(manifests['StatefulSet/prometheus']!.spec).not.toHaveProperty('volumeClaimTemplates');
    expect(configOf(manifests).storage.tsdb.retention).toEqual({ time: '1d', size: '4096MB' });
  });

  it('environment and external labels: on what leaves, with what tells a pair apart', () => {
    expect(configOf(of({ environment: 'staging', prometheus: { externalLabels: { region: 'eu' } } })).global.external_labels).toEqual({ region: 'eu', environment: 'staging', replica: '${POD_NAME}' });
  });

  it('namespace, owner, images, network and exporters', () => {
    const manifests = of({ namespace: 'watch', owner: 'ops', images: { prometheus: 'mirror.example.com/prometheus:v3.14.0' }, network: { apiServer: ['10.9.0.1/32'], nodes: ['10.8.0.0/16'] }, exporters: { apiServer: false, blackbox: false, kubelet: 'verified' }, hostAccess: false });
    expect(templateOf(manifests['StatefulSet/prometheus']!).spec.containers[0]!.image).toBe('mirror.example.com/prometheus:v3.14.0');
    expect(manifests['StatefulSet/prometheus']).toMatchObject({ metadata: { namespace: 'watch', labels: { 'fairlead.dev/owner': 'ops' } } });
    const egress = JSON.stringify(manifests['NetworkPolicy/prometheus']!.spec);
    expect(egress).toContain('"cidr":"10.9.0.1/32"');
    expect(egress).toContain('{"to":[{"ipBlock":{"cidr":"10.8.0.0/16"}}],"ports":[{"protocol":"TCP","port":10250}]}');
    expect(configOf(manifests).scrape_configs.map(({ job_name }) => job_name)).toEqual(['shop/front', 'shop/mailer', 'prometheus', 'kube-state-metrics', 'kubelet', 'cadvisor']);
    expect(job(manifests, 'kubelet').tls_config).not.toHaveProperty('insecure_skip_verify');
    expect(Object.keys(manifests).filter((name) => /node-exporter|monitoring-nodes|watch-nodes/.test(name))).toEqual([]);
  });

  it('exporters that are off: neither their jobs nor alerts that need them', () => {
    const alerting = { receivers: { team: {} }, receiver: 'team', runbooks: 'https://example.com/runbooks', deadManSwitch: { declined: 'a test' } };
    const rulesOf = (manifests: Manifests) => Object.entries(manifests).filter(([name]) => name.startsWith('ConfigMap/prometheus-rules')).map(([, { data }]) => JSON.stringify(data)).join();
    expect(rulesOf(of({ alerting }))).toMatch(/job=\\+"kubelet/);
    const without = rulesOf(of({ alerting, exporters: { kubelet: false, kubeState: false, node: false, apiServer: false, blackbox: false } }));
    expect(without).not.toMatch(/job=\\+"(kubelet|cadvisor|kube-state-metrics|node-exporter|apiserver|blackbox|cert-manager|fluentd|loki)/);
    expect(without).toContain('alert: TargetDown');
    // Where the cluster has one already, a job of that name is as good.
    expect(rulesOf(of({ alerting, exporters: { kubeState: false }, prometheus: { scrapeConfigs: [{ job_name: 'kube-state-metrics', static_configs: [{ targets: ['ksm.tools:8080'] }] }] } }))).toContain('alert: KubeStateMetricsDown');
  });

  it('cert-manager: its controller is found where it stands, and says nothing of other environments', () => {
    const manifests = of({ exporters: { certManager: true } });
    const { metric_relabel_configs: kept, honor_labels } = job(manifests, 'cert-manager');
    expect([honor_labels, kept![0]]).toEqual([true, { source_labels: ['namespace'], regex: 'monitoring|monitoring-nodes|shop', action: 'keep' }]);
    const pod = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'cert-manager', namespace: 'cert-manager' }, spec: { template: { metadata: { labels: { 'app.kubernetes.io/name': 'cert-manager', 'app.kubernetes.io/component': 'controller' } }, spec: { containers: [{ name: 'cert-manager-controller', ports: [{ containerPort: 9402 }] }] } } } };
    expect(targetsOf(job(manifests, 'cert-manager'), [pod as unknown as JsonObject]).map(({ __address__ }) => __address__)).toEqual(['10.0.0.0:9402']);
    const roles = objectsOf((scope) => stack({ exporters: { certManager: true } })(scope)).filter(({ kind, metadata }) => kind === 'Role' && (metadata as { namespace: string }).namespace === 'cert-manager');
    expect(roles.map(({ rules }) => rules)).toEqual([[{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }]]);
    expect(JSON.stringify(manifests['NetworkPolicy/prometheus']!.spec)).toContain('"port":9402');
    expect(job(of({ exporters: { certManager: 'tls' } }), 'cert-manager').kubernetes_sd_configs).toEqual([{ role: 'pod', namespaces: { names: ['tls'] } }]);
  });

  it('node-exporter: at a port of its own beside another one on the same nodes', () => {
    const manifests = of({ exporters: { node: { port: 9101 } } });
    const [container] = templateOf(manifests['DaemonSet/node-exporter']!).spec.containers;
    expect(container!.args).toContain('--web.listen-address=[$(HOST_IP)]:9101');
    expect(container!.ports).toEqual([expect.objectContaining({ containerPort: 9101 })]);
    expect(found(manifests, 'node-exporter')).toEqual([expect.objectContaining({ __address__: expect.stringMatching(/:9101$/) })]);
    expect(JSON.stringify(manifests['NetworkPolicy/prometheus']!.spec)).toContain('"ports":[{"protocol":"TCP","port":10250},{"protocol":"TCP","port":9101}]');
  });

  it('node-exporter: two of an app may not want the same port of the nodes', () => {
    const two = (second: MonitoringStackProps) => (scope: Construct) => {
      new MonitoringStack(new Chart(scope, 'a', { namespace: 'a' }), 'monitoring', { namespace: 'monitoring-a', applications: [] });
      new MonitoringStack(new Chart(scope, 'b', { namespace: 'b' }), 'monitoring', { namespace: 'monitoring-b', applications: [], ...second });
    };
    expect(problemsOf(two({}))).toEqual([expect.stringMatching(/^\[chart\/b\/monitoring\/monitoring-b-nodes\/node-exporter\] port: got 9100; 'chart\/a\/monitoring\/.*' answers on this port of the nodes already.*node: \{ port: 9101 \}.*node: false/)]);
    expect(problemsOf(two({ exporters: { node: { port: 9101 } } }))).toEqual([]);
    expect(problemsOf(two({ exporters: { node: false } }))).toEqual([]);
  });

  it('remote write: credentials are files from Secrets, and synth asks for them', () => {
    const remoteWrite: PrometheusProps['remoteWrite'] = [
      { name: 'central', url: 'https://metrics.example.com/api/v1/write', auth: { basic: { username: 'shop', password: fileFromSecret('central', 'password') } }, metrics: ['up', 'http_.*'] },
      { name: 'aws', url: 'https://aps.example.com:8443/write', auth: { sigv4: { region: 'eu-central-1' } }, cidrs: ['198.51.100.0/24'], headers: { 'X-Scope-OrgID': 'shop' } },
      { name: 'token', url: 'https://b.example.com/', auth: { bearer: fileFromSecret('central', 'token') } },
      { name: 'google', url: 'https://c.example.com/', auth: { google: true } },
    ];
    const manifests = of({ prometheus: { remoteWrite } });
    expect(configOf(manifests).remote_write).toMatchObject([
      { name: 'central', basic_auth: { username: 'shop', password_file: '/etc/prometheus/secrets/central/password' }, write_relabel_configs: [{ regex: 'up|http_.*' }] },
      { sigv4: { region: 'eu-central-1' }, headers: { 'X-Scope-OrgID': 'shop' } },
      { authorization: { credentials_file: '/etc/prometheus/secrets/central/token' } },
      { google_iam: {} },
    ]);
    expect(templateOf(manifests['StatefulSet/prometheus']!).spec.volumes).toContainEqual({ name: 'secret-central', secret: { secretName: 'central', items: [{ key: 'password', path: 'password' }, { key: 'token', path: 'token' }] } });
    expect(JSON.stringify(manifests['NetworkPolicy/prometheus']!.spec)).toContain('{"to":[{"ipBlock":{"cidr":"198.51.100.0/24"}}],"ports":[{"protocol":"TCP","port":8443}]}');
  });

  it('applications: a watched workload is found by its labels, whatever ports its pods declare', () => {
    const foreign = watch({ name: 'queue', namespace: 'shop', selector: { 'app.kubernetes.io/name': 'silent' }, metrics: { port: 15692 } });
    const manifests = of({ applications: [foreign] });
    expect(found(manifests, 'shop/queue')).toEqual([{ __address__: expect.stringMatching(/^10\.0\.0\.\d+:15692$/), instance: expect.any(String), job: 'shop/queue', namespace: 'shop', pod: 'silent-0', application: 'queue' }]);
  });
});

describe('bad input', () => {
  const good = all(shop);
  it.each<[string, object, RegExp]>([
    ['a retention that the volume cannot hold', { prometheus: { storage: { size: '10Gi' }, retention: { size: '9Gi' } } }, /\[chart\/monitoring\] prometheus\.retention\.size: got "9Gi"; the volume has 10Gi, .* at most 8704Mi is allowed; lower it, or claim a larger volume/],
    ['a retention for no time', { prometheus: { retention: { time: 'long' } } }, /prometheus\.retention\.time: got "long"; a time such as "15d"/],
    ['a retention of nothing', { prometheus: { retention: { size: '-1' } } }, /prometheus\.retention\.size: got "-1"/],
    ['three of a pair', { prometheus: { replicas: 3 } }, /prometheus\.replicas: got 3; 1 and 2 are allowed/],
    ['an interval that is too long', { prometheus: { scrapeInterval: '10m' } }, /prometheus\.scrapeInterval: got "10m"/],
    ['a label that is set already', { prometheus: { externalLabels: { replica: 'a' } } }, /prometheus\.externalLabels\.replica: got "a"; it tells a pair apart/],
    ['a job twice', { prometheus: { scrapeConfigs: [{ job_name: 'kubelet' }] } }, /prometheus\.scrapeConfigs: got "kubelet"; another job has this name/],
    ['a job without a name', { prometheus: { scrapeConfigs: [{}] } }, /prometheus\.scrapeConfigs\[0\]\.job_name: got nothing/],
    ['an address with credentials', { prometheus: { remoteWrite: [{ name: 'a', url: 'https://me:hunter2@example.com' }] } }, /remoteWrite\[0\]\.url: credentials in the address would stand in the clear/],
    ['a password in the clear', { prometheus: { remoteWrite: [{ name: 'a', url: 'https://example.com', auth: { basic: { username: 'me', password: 'hunter2' } } }] } }, /auth\.basic\.password: got something else than a reference to a Secret/],
    ['a token in a header', { prometheus: { remoteWrite: [{ name: 'a', url: 'https://example.com', headers: { Authorization: 'hunter2' } }] } }, /headers\.Authorization: it would stand in the clear/],
    ['two ways to sign in', { prometheus: { remoteWrite: [{ name: 'a', url: 'https://example.com', auth: { google: true, bearer: 'hunter2' } }] } }, /auth: got google and bearer; exactly one of/],
    ['two stores of one name', { prometheus: { remoteWrite: [{ name: 'a', url: 'https://a.com' }, { name: 'a', url: 'https://b.com' }] } }, /remoteWrite\[1\]\.name: got "a"; another one has this name/],
    ['a region that is missing', { prometheus: { remoteWrite: [{ name: 'a', url: 'https://a.com', auth: { sigv4: {} } }] } }, /sigv4\.region: got nothing/],
    ['an address that is none', { prometheus: { remoteWrite: [{ name: 'a', url: 'example.com' }] } }, /url: got "example\.com"; an http or https address/],
    ['node-exporter where nodes are closed', { hostAccess: false, exporters: { node: true } }, /exporters\.node: got true; 'hostAccess: false' says/],
    ['a port that is none', { exporters: { node: { port: 70000 } } }, /exporters\.node\.port: got 70000; /],
    ['a namespace of cert-manager that is none', { exporters: { certManager: 'My TLS' } }, /exporters\.certManager: got "My TLS"/],
    ['a size that is none', { size: 'huge' }, /size: got "huge"; 'small' and 'standard' are allowed/],
    ['a typo', { promtheus: {} }, /promtheus: .*did you mean "prometheus"\?/],
    ['an application that is none', { applications: ['front'] }, /applications\[0\]: got "front"; a workload, or what watch\(…\) gives, is allowed/],
    ['mistakes of what is watched', { applications: [watch({ name: 'x', namespace: 'y' })] }, /applications\[0\]\.watch\.selector: got nothing/],
    ['a namespace that is none', { namespace: 'My Space' }, /namespace: got "My Space"/],
    ['an environment that is no label', { environment: 'a b' }, /environment: got "a b"/],
  ])('%s is refused', (_, props, message) => {
    const problems = problemsOf(all(good, stack(props as MonitoringStackProps))).join('\n');
    expect(problems).toMatch(message);
    expect(problems).not.toContain('hunter2');
  });

  it('nothing to probe, an application twice, and one that comes too late are refused', () => {
    expect(problemsOf(all(worker(), stack({ exporters: { blackbox: true } }))).join()).toMatch(/exporters\.blackbox: got true; no application has a host/);
    expect(problemsOf((scope) => { const one = measured(scope); stack({ applications: [one, one] })(scope); }).join()).toMatch(/applications: got "shop\/front"; it is there twice/);
    expect(problemsOf(all(stack(), worker({}, 'late'))).join()).toMatch(/\[chart\/monitoring\] applications: 'chart\/late' was added after this MonitoringStack/);
    expect(problemsOf((scope) => { new Worker(new Chart(scope, 'nowhere'), 'lost', { image: IMAGE }); stack()(scope); }).join()).toMatch(/'chart\/nowhere\/lost', whose chart names no namespace/);
  });
});

it('whatever is declared: each application that serves metrics has one job, which finds its pods alone', () => {
  const one = fc.record({ kind: fc.constantFrom('web', 'worker', 'stateful', 'cron'), metrics: fc.boolean(), port: fc.integer({ min: 1024, max: 9999 }), sidecar: fc.boolean() });
  fc.assert(fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), (drawn) => {
    const manifests = render(all(...drawn.map(({ kind, metrics, port, sidecar }, index) => {
      const props = { ports: { http: port }, ...(metrics ? { metrics: {} } : {}), ...(sidecar ? { sidecars: { proxy: { image: IMAGE, ports: { admin: 80 } } } } : {}) };
      const id = `app-${index}`;
      return kind === 'cron' ? cron({}, id) : kind === 'web' ? web(props, id) : kind === 'worker' ? worker(props, id) : stateful(props, id);
    }), stack({ size: 'small' })));
    const expected = drawn.flatMap(({ kind, metrics, port }, index) => (metrics && kind !== 'cron' ? [[`shop/app-${index}`, `app-${index}-0`, String(port)]] : []));
    const jobs = configOf(manifests).scrape_configs.filter(({ job_name }) => job_name.includes('/'));
    expect(jobs.map((one_) => [one_.job_name, ...targetsOf(one_, Object.values(manifests)).flatMap(({ pod, __address__ }) => [pod, __address__!.split(':')[1]])])).toEqual(expected);
  }), { numRuns: 15 });
});

it('renders the same bytes for the same input', () => {
  const once = () => JSON.stringify(render(all(shop, stack({ environment: 'a' }))));
  expect(once()).toBe(once());
});
