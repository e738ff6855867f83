import { Chart } from 'cdk8s';
import { load } from 'js-yaml';
import { App, fileFromSecret, type JsonObject } from '../../lib';
import { MonitoringStack, type MonitoringStackProps, type PrometheusConfig } from '../../lib/monitoring';
import { addFixtureApplications } from './fixture';

const everything: MonitoringStackProps = {
  environment: 'production',
  alerting: { receivers: { team: { slack: { webhook: fileFromSecret('alerting', 'slack') } } }, receiver: 'team', runbooks: 'https://example.com/runbooks', deadManSwitch: { declined: 'a test' } },
  grafana: { adminPassword: { secret: 'grafana', key: 'password' }, route: { hosts: ['grafana.example.com'], tls: { issuer: 'letsencrypt' } } },
  logs: {},
};

/** The objects by kind and name, checked against the schema of the cluster, and what the cluster must have. */
function rendered(props: MonitoringStackProps) {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  addFixtureApplications(chart);
  const stack = new MonitoringStack(chart, 'monitoring', props);
  const { files, requiredSecrets } = app.render();
  const manifests = new Map(files.flatMap(({ objects }) => objects.map(({ manifest }) => [`${manifest.kind as string}/${(manifest.metadata as { name: string }).name.replace(/-[0-9a-f]{10}$/, '')}`, manifest] as const)));
  return { stack, manifests, requiredSecrets };
}

const dataOf = (manifests: ReadonlyMap<string, JsonObject>, name: string) => manifests.get(`ConfigMap/${name}`)!.data as Record<string, string>;

describe('a stack with everything', () => {
  const { manifests, requiredSecrets } = rendered(everything);

  it('is complete: what its pods need is there, but for the Secrets that hold credentials', () => {
    expect([...manifests.keys()]).toEqual(expect.arrayContaining(['StatefulSet/prometheus', 'StatefulSet/alertmanager', 'Deployment/grafana', 'DaemonSet/fluentd', 'StatefulSet/log-store', 'DaemonSet/node-exporter']));
    expect(requiredSecrets.map(({ name, keys }) => `${name}: ${keys.join()}`).sort()).toEqual(['alerting: slack', 'grafana: password']);
  });

  it('watches itself', () => {
    const { scrape_configs: jobs } = load(dataOf(manifests, 'prometheus-config')['prometheus.yml']!) as PrometheusConfig;
    expect(jobs.map(({ job_name }) => job_name)).toEqual(expect.arrayContaining(['prometheus', 'alertmanager', 'grafana', 'fluentd', 'node-exporter', 'kube-state-metrics']));
  });

  it('leads from each alert to the dashboard and the logs of its application', () => {
    const rules = [...manifests].filter(([name]) => /^ConfigMap\/prometheus-rules/.test(name)).flatMap(([, { data }]) => Object.values(data as Record<string, string>)).join('\n');
    expect(rules).toContain('dashboard_url: https://grafana.example.com/d/shop_web');
    expect(rules).toContain('dashboard_url: https://grafana.example.com/d/platform');
    expect(rules).toContain('logs_url: https://grafana.example.com/explore?');
  });

  it('lets Grafana read what it shows, and nobody else', () => {
    const policy = JSON.stringify((manifests.get('NetworkPolicy/grafana')!.spec as { egress: unknown }).egress);
    for (const name of ['prometheus', 'alertmanager', 'log-store']) expect(policy).toContain(`"app.kubernetes.io/name":"${name}"`);
  });
});

it('has neither Grafana nor logs unless they are asked for', () => {
  const names = [...rendered({}).manifests.keys()];
  expect(names.filter((name) => /grafana|fluentd|log-store|alertmanager/.test(name))).toEqual([]);
});

it('refuses logs where the cluster refuses access to its nodes, and says what takes their place', () => {
  expect(() => rendered({ hostAccess: false, logs: {} })).toThrow(/\[chart\/monitoring\] logs: the cluster gives pods no access to the files of its nodes.*managed: \{ type: 'cloud-logging'/);
});

describe('logs that the cloud collects', () => {
  const rulesOf = (manifests: ReadonlyMap<string, JsonObject>) => [...manifests].filter(([name]) => /^ConfigMap\/prometheus-rules/.test(name)).flatMap(([, { data }]) => Object.values(data as Record<string, string>)).join('\n');
  const filesOf = (manifests: ReadonlyMap<string, JsonObject>, end: string) => [...manifests.values()].filter(({ kind }) => kind === 'ConfigMap').flatMap(({ data }) => Object.entries(data as Record<string, string>)).filter(([key]) => key.endsWith(end)).map(([, text]) => text);
  const google: MonitoringStackProps = { ...everything, logs: { managed: { type: 'cloud-logging', project: 'shop-production' } } };
  const amazon: MonitoringStackProps = { ...everything, logs: { managed: { type: 'cloudwatch', region: 'eu-central-1', cluster: 'shop' } } };
  const identity = { awsRoleArn: 'arn:aws:iam::123456789012:role/grafana' };

  it('take the place of FluentD where the nodes are closed, with nothing that is privileged', () => {
    const { stack, manifests } = rendered({ ...google, hostAccess: false });
    expect([...manifests.keys()].filter((name) => /fluentd|log-store|node-exporter|nodes/.test(name))).toEqual([]);
    expect(stack.namespaces).toEqual(['monitoring']);
    expect(rulesOf(manifests)).not.toMatch(/alert: (Fluentd|LogStore|NodeDisk)/);
  });

  it('leave the namespace for agents of the nodes to node-exporter, and go without it where there is none', () => {
    expect(rendered(google).stack.namespaces).toEqual(['monitoring', 'monitoring-nodes']);
    const { stack, manifests } = rendered({ ...google, exporters: { node: false } });
    expect(stack.namespaces).toEqual(['monitoring']);
    expect([...manifests.values()].filter(({ kind }) => kind === 'DaemonSet')).toEqual([]);
    expect(JSON.stringify([...manifests.values()])).not.toContain('"pod-security.kubernetes.io/enforce":"privileged"');
  });

  it('are what alerts link to, even without Grafana', () => {
    const { grafana: _, ...without } = google;
    for (const props of [google, without]) expect(rulesOf(rendered(props).manifests)).toContain('logs_url: https://console.cloud.google.com/logs/query;query=');
    expect(rulesOf(rendered(amazon).manifests)).toContain('logs_url: https://console.aws.amazon.com/cloudwatch/home?region=eu-central-1#logsV2:logs-insights');
    expect(rulesOf(rendered(google).manifests)).toContain('dashboard_url: https://grafana.example.com/d/shop_web');
  });

  it('are what dashboards link to, where Grafana can not read them', () => {
    for (const [props, name] of [[google, 'Cloud Logging'], [amazon, 'CloudWatch']] as const) {
      const { manifests } = rendered(props);
      const [dashboard] = filesOf(manifests, 'shop_web.json').map((text) => JSON.parse(text) as { links: { title: string; url: string; targetBlank: boolean }[]; panels: { type: string }[] });
      expect(dashboard!.links).toContainEqual(expect.objectContaining({ title: `Logs in ${name}`, url: expect.stringMatching(/^https:\/\/console\./), targetBlank: true }));
      expect(dashboard!.panels.filter(({ type }) => type === 'logs')).toEqual([]);
      expect(filesOf(manifests, 'sources.yaml').join()).not.toMatch(/cloudwatch|loki/);
    }
  });

  it('are read by Grafana in CloudWatch, with the role of its service account and no key', () => {
    const { manifests, requiredSecrets } = rendered({ ...amazon, grafana: { ...amazon.grafana!, identity } });
    const [dashboard] = filesOf(manifests, 'shop_web.json').map((text) => JSON.parse(text) as { panels: { type: string; datasource: object; targets: object[] }[] });
    const panel = dashboard!.panels.find(({ type }) => type === 'logs')!;
    expect(panel.datasource).toEqual({ type: 'cloudwatch', uid: 'cloudwatch' });
    expect(panel.targets).toEqual([expect.objectContaining({ queryMode: 'Logs', region: 'eu-central-1', logGroupNames: ['/aws/containerinsights/shop/application'], expression: expect.stringContaining('kubernetes.namespace_name = "shop"') })]);
    const { datasources } = load(filesOf(manifests, 'sources.yaml')[0]!) as { datasources: object[] };
    expect(datasources).toContainEqual({ name: 'CloudWatch', type: 'cloudwatch', uid: 'cloudwatch', access: 'proxy', editable: false, jsonData: { authType: 'default', defaultRegion: 'eu-central-1' } });
    expect(manifests.get('ServiceAccount/grafana')).toMatchObject({ metadata: { annotations: { 'eks.amazonaws.com/role-arn': identity.awsRoleArn } } });
    expect(JSON.stringify(manifests.get('NetworkPolicy/grafana')!.spec)).toContain('{"to":[{"ipBlock":{"cidr":"0.0.0.0/0","except":["10.0.0.0/8","172.16.0.0/12","192.168.0.0/16","169.254.0.0/16"]}}],"ports":[{"protocol":"TCP","port":443}]}');
    expect(requiredSecrets.map(({ name }) => name).sort()).toEqual(['alerting', 'grafana']);
  });

  it('need no identity where Grafana reads nothing, and the right one where it does', () => {
    expect(() => rendered({ ...google, grafana: { ...google.grafana!, identity } })).toThrow(/identity: got .*nothing that Grafana reads asks for it/);
    expect(() => rendered({ ...everything, grafana: { ...everything.grafana!, identity } })).toThrow(/identity: got .*nothing that Grafana reads asks for it/);
    expect(() => rendered({ ...amazon, grafana: { ...amazon.grafana!, identity: { gcpServiceAccount: 'grafana@shop-production.iam.gserviceaccount.com' } } })).toThrow(/identity\.awsRoleArn: got nothing; the ARN of the role/);
  });
});
