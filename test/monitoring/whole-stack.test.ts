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

it('refuses logs where the cluster refuses access to its nodes', () => {
  expect(() => rendered({ hostAccess: false, logs: {} })).toThrow(/logs/);
});
