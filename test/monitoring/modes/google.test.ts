import { load } from 'js-yaml';
import type { JsonObject } from '../../../lib';
import { MODES, ofKind, stackOf } from './stacks';

const one = (manifests: readonly JsonObject[], kind: string, name: string, namespace?: string) => ofKind(manifests, kind).find(({ metadata }) => metadata.name === name && (namespace === undefined || metadata.namespace === namespace))!;
const policy = (manifests: readonly JsonObject[], name: string) => JSON.stringify(one(manifests, 'NetworkPolicy', name).spec);
const google = (name: string, namespace: string) => `{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"${namespace}"}},"podSelector":{"matchLabels":{"app.kubernetes.io/name":"${name}"}}}`;

describe("Google's managed Prometheus", () => {
  const { stack, manifests } = stackOf(MODES.google);

  it('has a PodMonitoring in the namespace of each application, and no Prometheus in the cluster', () => {
    expect(ofKind(manifests, 'PodMonitoring').map(({ metadata: { namespace, name } }) => `${namespace}/${name}`).sort()).toEqual([
      'monitoring-nodes/monitoring-fluentd', 'monitoring-nodes/monitoring-node-exporter', 'monitoring/monitoring-alertmanager', 'monitoring/monitoring-grafana', 'monitoring/monitoring-loki', 'shop/db', 'shop/otel', 'shop/queue', 'shop/web',
    ]);
    expect(one(manifests, 'PodMonitoring', 'web').spec).toEqual({
      selector: { matchLabels: { 'app.kubernetes.io/component': 'web', 'app.kubernetes.io/name': 'web' } }, limits: { samples: 50_000 }, targetLabels: { metadata: ['pod'] },
      endpoints: [{ port: 8080, path: '/metrics', interval: '30s', metricRelabeling: [{ targetLabel: 'application', replacement: 'web' }, { targetLabel: 'owner', replacement: 'shop' }] }],
    });
    expect(ofKind(manifests, 'StatefulSet').map(({ metadata }) => metadata.name)).not.toContain('prometheus');
    expect(stack.prometheusConfig).toBeUndefined();
  });

  it('lets what speaks of others keep its labels, and tells it from that of other stacks', () => {
    const { spec } = one(manifests, 'ClusterPodMonitoring', 'monitoring-kube-state-metrics');
    expect(spec).toMatchObject({ selector: { matchLabels: { 'fairlead.dev/monitoring': 'monitoring' } }, targetLabels: { metadata: [] } });
    const { template } = one(manifests, 'Deployment', 'kube-state-metrics').spec as { template: { metadata: { labels: JsonObject } } };
    expect(template.metadata.labels).toMatchObject((spec.selector as { matchLabels: JsonObject }).matchLabels);
  });

  it('evaluates the rules of an application in its namespace, all others in the cluster', () => {
    expect(ofKind(manifests, 'Rules').map(({ metadata: { namespace, name } }) => `${namespace}/${name}`)).toEqual(expect.arrayContaining(['shop/web', 'shop/migrate', 'shop/queue']));
    expect(ofKind(manifests, 'ClusterRules').map(({ metadata }) => metadata.name).sort()).toEqual(['monitoring.mine', 'monitoring.platform']);
    const text = JSON.stringify(ofKind(manifests, 'ClusterRules'));
    expect(text).toContain('job=\\"monitoring-kube-state-metrics\\"');
    expect(text).not.toContain('PrometheusReloadFailed');
  });

  it('scrapes the kubelets and sends alerts to the Alertmanager of the stack, by the one OperatorConfig', () => {
    expect(one(manifests, 'OperatorConfig', 'config')).toMatchObject({ metadata: { namespace: 'gmp-public' }, collection: { kubeletScraping: { interval: '30s' } }, rules: { alerting: { alertmanagers: [{ name: 'alertmanager', namespace: 'monitoring', port: 'http' }] } } });
    const without = stackOf({ mode: 'google', google: { project: 'acme-production', operatorConfig: false } }).manifests;
    expect(ofKind(without, 'OperatorConfig')).toEqual([]);
  });

  it("lets Google's collectors in to what serves metrics, and who evaluates the rules to the Alertmanager", () => {
    for (const namespace of ['gmp-system', 'gke-gmp-system']) {
      expect(policy(manifests, 'web')).toContain(`{"from":[${google('collector', namespace)}],"ports":[{"protocol":"TCP","port":8080}]}`);
      expect(policy(manifests, 'alertmanager')).toContain(`{"from":[${google('rule-evaluator', namespace)}],"ports":[{"protocol":"TCP","port":9093}]}`);
    }
  });

  it('gives Grafana a server to ask, which asks Google for the project with the identity that is named', () => {
    const named = stackOf({ mode: 'google', google: { project: 'acme-production', identity: { gcpServiceAccount: 'reader@acme-production.iam.gserviceaccount.com' } } }).manifests;
    const container = (list: readonly JsonObject[]) => (one(list, 'Deployment', 'prometheus').spec as { template: { spec: { containers: [{ args: string[] }] } } }).template.spec.containers[0];
    expect(container(manifests).args).toContain('--query.project-id=acme-production');
    expect(policy(manifests, 'prometheus')).toContain('{"to":[{"ipBlock":{"cidr":"169.254.169.254/32"}}],"ports":[{"protocol":"TCP","port":80},{"protocol":"TCP","port":988}]}');
    expect(JSON.stringify(one(named, 'ServiceAccount', 'prometheus'))).toContain('reader@acme-production');
    expect(policy(manifests, 'grafana')).toContain('"app.kubernetes.io/name":"prometheus"');
  });

  it('asks nobody for public addresses, as it could not say whose they are', () => {
    expect(ofKind(manifests, 'Deployment').map(({ metadata }) => metadata.name)).not.toContain('blackbox-exporter');
    expect(JSON.stringify(ofKind(manifests, 'Rules'))).not.toContain('probe_success');
  });
});

it("the managed Alertmanager gets a configuration that needs nothing else, and no Alertmanager of ours stands beside it", () => {
  const alerting = { receivers: { mail: { email: { to: 'a@example.com', from: 'b@example.com', smarthost: 'smtp.example.com:25' } }, beat: { webhook: { url: 'https://beat.example.com/shop' } } }, receiver: 'mail', runbooks: 'https://example.com/r', deadManSwitch: { receiver: 'beat' } };
  const { manifests } = stackOf({ mode: 'google', google: { project: 'acme-production', alertmanager: 'managed' }, alerting });
  const config = load((one(manifests, 'Secret', 'alertmanager', 'gmp-public').stringData as Record<string, string>)['alertmanager.yaml']!) as { receivers: { name: string; email_configs?: [{ headers: { Subject: string } }] }[] };
  expect(config).not.toHaveProperty('templates');
  expect(config.receivers[0]!.email_configs![0].headers.Subject).toMatch(/^\{\{ define "fairlead\.title"/);
  expect(one(manifests, 'OperatorConfig', 'config')).toMatchObject({ managedAlertmanager: { configSecret: { name: 'alertmanager', key: 'alertmanager.yaml' } } });
  expect(ofKind(manifests, 'StatefulSet').map(({ metadata }) => metadata.name)).not.toContain('alertmanager');
  expect(JSON.stringify(ofKind(manifests, 'ClusterRules'))).not.toContain('AlertmanagerDown');
});
