import { load } from 'js-yaml';
import { explain, fileFromSecret, type JsonObject } from '../../../lib';
import type { MonitoringStackProps } from '../../../lib/monitoring';
import { ALERTING, EVERY_KIND } from '../alertmanager/samples';
import { appOf, EXISTING, MODES, ofKind, stackOf } from './stacks';

const LABELS = { 'fairlead.dev/monitoring': 'monitoring' };
const one = (manifests: readonly JsonObject[], kind: string, name: string) => ofKind(manifests, kind).find(({ metadata }) => metadata.name === name)!;
const policy = (manifests: readonly JsonObject[], name: string) => JSON.stringify(one(manifests, 'NetworkPolicy', name).spec);

describe('a Prometheus and an Alertmanager of its own', () => {
  const { stack, manifests, requiredSecrets } = stackOf(MODES.operator);
  const { spec: prometheus } = one(manifests, 'Prometheus', 'prometheus');
  const { spec: alertmanager } = one(manifests, 'Alertmanager', 'alertmanager');

  it('run no workloads of ours in their place', () => {
    expect(manifests.filter(({ kind, metadata }) => ['StatefulSet', 'Deployment'].includes(kind as string) && /^(prometheus|alertmanager)$/.test((metadata as { name: string }).name))).toEqual([]);
    expect(stack.prometheusConfig).toBeUndefined();
  });

  it('are pairs with volumes, restricted, and say what they are like', () => {
    expect(prometheus).toMatchObject({
      replicas: 2, version: 'v3.14.0', retention: '15d', retentionSize: '40960MB', storage: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '50Gi' } } } } },
      securityContext: { runAsNonRoot: true, runAsUser: 65534, fsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } }, resources: { limits: { memory: '4Gi' } },
      externalLabels: { environment: 'production' }, replicaExternalLabelName: 'replica', prometheusExternalLabelName: '',
    });
    expect(alertmanager).toMatchObject({ replicas: 2, version: 'v0.34.0', storage: { volumeClaimTemplate: {} }, automountServiceAccountToken: false, clusterLabel: 'monitoring/alertmanager' });
  });

  it('take the monitors and rules of this stack alone: by label, in their own namespace', () => {
    for (const kind of ['podMonitor', 'serviceMonitor', 'probe', 'scrapeConfig', 'rule']) {
      expect(prometheus[`${kind}Selector`]).toEqual({ matchLabels: LABELS });
      expect(prometheus).not.toHaveProperty(`${kind}NamespaceSelector`);
    }
    const taken = manifests.filter(({ kind }) => ['PodMonitor', 'ServiceMonitor', 'Probe', 'PrometheusRule'].includes(kind as string)) as unknown as ReturnType<typeof ofKind>;
    expect(taken.length).toBeGreaterThan(20);
    for (const { metadata } of taken) expect(metadata).toMatchObject({ namespace: 'monitoring', labels: LABELS });
  });

  it('look for the pods of cert-manager where it stands', () => {
    const { manifests: watched } = stackOf({ ...MODES.operator, exporters: { certManager: true } });
    expect(one(watched, 'ScrapeConfig', 'cert-manager').spec).toMatchObject({ kubernetesSDConfigs: [{ role: 'Pod', namespaces: { names: ['cert-manager'] } }], metricRelabelings: [{ sourceLabels: ['namespace'], action: 'keep' }, {}] });
    expect(ofKind(watched, 'RoleBinding').filter(({ metadata }) => metadata.namespace === 'cert-manager')).toHaveLength(1);
  });

  it('have the Services, policies and budgets around them that they have in the plain mode, for the same pods', () => {
    const plain = stackOf({}).manifests;
    for (const [kind, name] of [['Service', 'prometheus'], ['Service', 'alertmanager'], ['PodDisruptionBudget', 'prometheus'], ['PodDisruptionBudget', 'alertmanager'], ['NetworkPolicy', 'alertmanager'], ['NetworkPolicy', 'prometheus']] as const) {
      expect(one(manifests, kind, name).spec).toEqual(one(plain, kind, name).spec);
    }
    expect(prometheus.podMetadata).toMatchObject({ labels: { 'app.kubernetes.io/component': 'stateful', 'app.kubernetes.io/name': 'prometheus', 'fairlead.dev/owner': 'platform' } });
  });

  it('find what stands behind Services, and may read nothing else', () => {
    const roles = ofKind(manifests, 'Role').filter(({ metadata }) => metadata.name === 'monitoring-prometheus');
    const reads = Object.fromEntries(roles.map(({ metadata, rules }) => [metadata.namespace, (rules as { resources: string[]; verbs: string[] }[]).flatMap(({ resources }) => resources)]));
    expect(reads).toEqual({
      shop: ['pods'], 'monitoring-nodes': ['pods'], monitoring: ['pods', 'services', 'endpointslices'], 'kube-system': ['pods', 'services', 'endpointslices'], default: ['pods', 'services', 'endpointslices'],
    });
    expect(prometheus).toMatchObject({ serviceDiscoveryRole: 'EndpointSlice', alerting: { alertmanagers: [{ namespace: 'monitoring', name: 'alertmanager', port: 'http' }] } });
  });

  it('the configuration is the plain one, whole, as a Secret without a secret in it; credentials are mounted', () => {
    const secret = one(manifests, 'Secret', 'alertmanager-configuration').stringData as Record<string, string>;
    const plain = ofKind(stackOf({}).manifests, 'ConfigMap').find(({ metadata }) => metadata.name.startsWith('alertmanager-files'))!.data as Record<string, string>;
    const [config, templates] = Object.keys(plain).sort((a, b) => Number(a.includes('tmpl')) - Number(b.includes('tmpl'))).map((key) => plain[key]!);
    expect(load(secret['alertmanager.yaml']!)).toEqual({ ...(load(config!) as object), templates: ['/etc/alertmanager/config/*.tmpl'] });
    expect(secret['fairlead.tmpl']).toBe(templates);
    expect(alertmanager).toMatchObject({ configSecret: 'alertmanager-configuration', volumes: [{ secret: { secretName: 'alerting', items: [{ key: 'beat' }, { key: 'slack' }] } }], volumeMounts: [{ mountPath: '/etc/alertmanager/secrets/alerting', readOnly: true }] });
    expect(requiredSecrets.find(({ name }) => name === 'alerting')?.keys).toEqual(['beat', 'slack']);
  });

  it('Grafana reads where it reads in the plain mode', () => {
    const datasources = (list: readonly JsonObject[]) => Object.values(ofKind(list, 'ConfigMap').find(({ metadata }) => metadata.name.startsWith('grafana-files'))!.data as Record<string, string>).join();
    expect(datasources(manifests)).toContain('http://prometheus.monitoring:9090');
    expect(datasources(manifests)).toContain('http://alertmanager.monitoring:9093');
  });

  it('remote write keeps its credentials in their Secrets; a user name gets one, as the operator takes no text', () => {
    const remoteWrite = [
      { name: 'aws', url: 'https://aps.example.com/write', auth: { sigv4: { region: 'eu-central-1', roleArn: 'arn:aws:iam::123456789012:role/writer' } } },
      { name: 'basic', url: 'https://b.example.com/', auth: { basic: { username: 'shop', password: fileFromSecret('central', 'password') } }, metrics: ['up'] },
      { name: 'token', url: 'https://c.example.com/', auth: { bearer: fileFromSecret('central', 'token') }, headers: { 'X-Scope-OrgID': 'shop' } },
    ] as const;
    const written = stackOf({ ...MODES.operator, prometheus: { remoteWrite } });
    expect(one(written.manifests, 'Prometheus', 'prometheus').spec.remoteWrite).toEqual([
      { name: 'aws', url: 'https://aps.example.com/write', sigv4: { region: 'eu-central-1', roleArn: 'arn:aws:iam::123456789012:role/writer' } },
      { name: 'basic', url: 'https://b.example.com/', basicAuth: { username: { name: 'prometheus-remote-write-basic', key: 'username' }, password: { name: 'central', key: 'password' } }, writeRelabelConfigs: [{ sourceLabels: ['__name__'], regex: 'up', action: 'keep' }] },
      { name: 'token', url: 'https://c.example.com/', headers: { 'X-Scope-OrgID': 'shop' }, authorization: { credentials: { name: 'central', key: 'token' } } },
    ]);
    expect(one(written.manifests, 'Secret', 'prometheus-remote-write-basic').stringData).toEqual({ username: 'shop' });
    expect(written.requiredSecrets.find(({ name }) => name === 'central')?.keys).toEqual(['password', 'token']);
  });

  it('jobs of one\'s own are ScrapeConfigs', () => {
    const jobs = [{ job_name: 'edge', scheme: 'https', honor_labels: true, static_configs: [{ targets: ['edge.example.com:443'], labels: { zone: 'a' } }], kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: ['edge'] } }], metric_relabel_configs: [{ action: 'labeldrop', regex: 'id' }] }] as const;
    expect(one(stackOf({ ...MODES.operator, prometheus: { scrapeConfigs: jobs } }).manifests, 'ScrapeConfig', 'own.0.edge').spec).toEqual({
      jobName: 'edge', scheme: 'HTTPS', honorLabels: true, staticConfigs: [{ targets: ['edge.example.com:443'], labels: { zone: 'a' } }], kubernetesSDConfigs: [{ role: 'Pod', namespaces: { names: ['edge'] } }], metricRelabelings: [{ action: 'labeldrop', regex: 'id' }],
    });
  });

  it('size small: one of each, without volumes', () => {
    const small = stackOf({ ...MODES.operator, size: 'small' }).manifests;
    expect(one(small, 'Prometheus', 'prometheus').spec).toMatchObject({ replicas: 1, storage: { emptyDir: { sizeLimit: '5Gi' } } });
    expect(one(small, 'Alertmanager', 'alertmanager').spec).not.toHaveProperty('storage');
    expect(ofKind(small, 'PodDisruptionBudget').filter(({ metadata }) => metadata.namespace === 'monitoring')).toEqual([]);
  });
});

describe('an AlertmanagerConfig', () => {
  it('is the whole configuration of an Alertmanager of ours, with the templates in its texts', () => {
    const { manifests, requiredSecrets } = stackOf(MODES['operator with resources']);
    expect(one(manifests, 'Alertmanager', 'alertmanager').spec).toMatchObject({ alertmanagerConfiguration: { name: 'alertmanager' } });
    expect(ofKind(manifests, 'Secret')).toEqual([]);
    const [slack] = (one(manifests, 'AlertmanagerConfig', 'alertmanager').spec.receivers as { slackConfigs?: JsonObject[] }[]).flatMap(({ slackConfigs = [] }) => slackConfigs);
    expect(slack!.apiURL).toEqual({ name: 'alerting', key: 'slack' });
    expect(slack!.title).toMatch(/^\{\{ define "fairlead\.title" -\}\}[^]*\{\{ template "fairlead\.title" \. \}\}$/);
    expect(requiredSecrets.find(({ name }) => name === 'alerting')?.keys).toEqual(['beat', 'slack']);
  });

  it('has every receiver, route and time that the resource knows, as its schema wants them', () => {
    const { jira: _, mattermost: __, incidentio: ___, ...known } = EVERY_KIND;
    const everybody = { ...known, slack: { webhook: fileFromSecret('alerting', 'slack') }, webhook: { url: 'http://hooks.tools.svc:8080/alerts', token: fileFromSecret('alerting', 'hook-token') } };
    const alerting = { ...ALERTING, receivers: { ...ALERTING.receivers, everybody }, times: { ...ALERTING.times, night: { from: '22:00', to: '24:00' } } };
    const { spec } = one(stackOf({ ...MODES['operator with resources'], alerting }).manifests, 'AlertmanagerConfig', 'alertmanager');
    const receiver = (spec.receivers as JsonObject[]).find(({ name }) => name === 'everybody')!;
    expect(Object.keys(receiver).sort()).toEqual(['name', ...Object.keys(known).map((kind) => `${kind}Configs`)].sort());
    expect((spec.route as { routes: unknown[] }).routes).toHaveLength(ALERTING.routes!.length + 1);
    expect(spec.muteTimeIntervals).toHaveLength(3);
  });
});

describe('a Prometheus that stands already', () => {
  const { manifests } = stackOf(MODES['operator that stands already']);

  it('gets monitors, rules and routes with its labels, and no second server', () => {
    expect([...ofKind(manifests, 'Prometheus'), ...ofKind(manifests, 'Alertmanager')]).toEqual([]);
    for (const kind of ['PodMonitor', 'ServiceMonitor', 'Probe', 'PrometheusRule', 'AlertmanagerConfig']) {
      expect(ofKind(manifests, kind).length).toBeGreaterThan(0);
      for (const { metadata } of ofKind(manifests, kind)) expect(metadata.labels).toMatchObject({ release: 'observability' });
    }
  });

  it('is let in to the applications, and Grafana out to it and to its Alertmanager', () => {
    const peer = (name: string) => `{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"observability"}},"podSelector":{"matchLabels":{"app.kubernetes.io/name":"${name}"}}}`;
    expect(policy(manifests, 'web')).toContain(`{"from":[${peer('prometheus')}],"ports":[{"protocol":"TCP","port":8080}]}`);
    expect(policy(manifests, 'blackbox-exporter')).toContain(peer('prometheus'));
    for (const [name, port] of [['prometheus', 9090], ['alertmanager', 9093]]) expect(policy(manifests, 'grafana')).toContain(`{"to":[${peer(String(name))}],"ports":[{"protocol":"TCP","port":${port}}]}`);
  });

  it('is not watched by alerts and panels that only its own stack could fill, nor are the nodes twice', () => {
    const rules = JSON.stringify(ofKind(manifests, 'PrometheusRule'));
    for (const alert of ['PrometheusReloadFailed', 'AlertmanagerDown', 'NodeDiskFillingUp']) expect(rules).not.toContain(alert);
    expect(rules).toContain('Watchdog');
    expect(ofKind(manifests, 'DaemonSet').map(({ metadata }) => metadata.name)).toEqual(['fluentd']);
  });

  it('gets the whole configuration as a Secret where that is asked for', () => {
    const secret = stackOf({ mode: 'operator', operator: { existing: EXISTING, labels: { release: 'x' }, configuration: 'secret' } }).manifests;
    expect(Object.keys(one(secret, 'Secret', 'alertmanager-configuration').stringData as object)).toEqual(['alertmanager.yaml', 'fairlead.tmpl']);
    expect(ofKind(secret, 'AlertmanagerConfig')).toEqual([]);
  });
});

it('says which sources of metrics are left to others', () => {
  const decided = (props: MonitoringStackProps) => explain(appOf(props).app).filter(({ what }) => what.startsWith('exporters.')).map(({ what, value }) => `${what}: ${String(value)}`);
  expect(decided(MODES['operator that stands already'])).toEqual(['exporters.node: false']);
  expect(decided(MODES.google)).toEqual(['exporters.blackbox: false']);
  expect(decided(MODES.operator)).toEqual([]);
});
