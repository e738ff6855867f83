import { Chart } from 'cdk8s';
import { App, fileFromSecret, type JsonObject } from '../../../lib';
import { MonitoringStack, watch, type MonitoringStackProps } from '../../../lib/monitoring';
import { addFixtureApplications } from '../fixture';

/** A stack with everything that every mode can say. */
const EVERYTHING: MonitoringStackProps = {
  environment: 'production',
  owner: 'platform',
  alerting: {
    receivers: { team: { slack: { webhook: fileFromSecret('alerting', 'slack') } }, beat: { webhook: { url: fileFromSecret('alerting', 'beat') } } },
    receiver: 'team', runbooks: 'https://example.com/runbooks', deadManSwitch: { receiver: 'beat' }, rules: { mine: [{ alert: 'NoOrders', expr: 'sum(up) == 0', summary: 'Nobody orders' }] },
  },
  grafana: { adminPassword: { secret: 'grafana', key: 'password' }, route: { hosts: ['grafana.example.com'], tls: { issuer: 'letsencrypt' } } },
  logs: {},
};

/** A Prometheus that stands already. */
export const EXISTING = { url: 'http://prometheus.observability:9090', namespace: 'observability', alertmanagerUrl: 'http://alertmanager.observability:9093' } as const;

/** The props of every mode. */
export const MODES = {
  plain: {},
  operator: { mode: 'operator' },
  'operator with resources': { mode: 'operator', operator: { configuration: 'resource' } },
  'operator that stands already': { mode: 'operator', operator: { existing: EXISTING, labels: { release: 'observability' } } },
  google: { mode: 'google', google: { project: 'acme-production' } },
} as const satisfies Readonly<Record<string, MonitoringStackProps>>;

/** Name of a mode. */
export type ModeName = keyof typeof MODES;

/** All their names. */
export const MODE_NAMES = Object.keys(MODES) as readonly ModeName[];

/** An app with the applications of the fixture, a foreign one, and a stack that watches them. */
export function appOf(props: MonitoringStackProps, namespace = 'shop') {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace });
  const applications = [...addFixtureApplications(chart), watch({ name: 'queue', namespace, selector: { 'app.kubernetes.io/name': 'mailer' }, metrics: { port: 15692 }, owner: 'shop' })];
  return { app, chart, stack: new MonitoringStack(chart, 'monitoring', { ...EVERYTHING, applications, ...props }) };
}

/** What is rendered for it, all checked against the schemas. */
export function stackOf(props: MonitoringStackProps) {
  const { app, stack } = appOf(props);
  const { files, requiredSecrets } = app.render();
  return { stack, requiredSecrets, manifests: files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest)) };
}

/** The objects of a kind. */
export const ofKind = (manifests: readonly JsonObject[], kind: string) => manifests.filter((manifest) => manifest.kind === kind) as unknown as readonly KubeObject[];

/** An object, as far as the tests read it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: JsonObject;
  readonly [key: string]: unknown;
}
