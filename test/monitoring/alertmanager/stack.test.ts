import { Chart } from 'cdk8s';
import { App, explain, fileFromSecret, type SynthesisError } from '../../../lib';
import { MonitoringStack, type MonitoringStackProps } from '../../../lib/monitoring';
import type { AlertingProps } from '../../../lib/monitoring/alertmanager';
import { labelsByMetric } from '../../../lib/monitoring/catalogue';
import { RECORDED_METRICS } from '../../../lib/monitoring/rules';
import { selectorsOf } from '../../../lib/monitoring/promql';
import { all, cron, web } from '../../builders';

const ALERTING: AlertingProps = {
  receivers: { team: { slack: { webhook: fileFromSecret('alerting', 'slack') } }, beat: { webhook: { url: fileFromSecret('alerting', 'beat') } } },
  receiver: 'team', deadManSwitch: { receiver: 'beat' }, runbooks: 'https://example.com/runbooks', rules: { shop: [{ alert: 'NoOrders', expr: 'sum(up) == 0', summary: 'Nobody orders' }] },
};

function build(props: MonitoringStackProps = {}) {
  const app = new App();
  all(web({ owner: 'shop', metrics: { http: 'prometheus' }, slo: { objective: 0.99 }, route: { hosts: ['shop.example.com'], tls: { issuer: 'x' } } }), cron())(new Chart(app, 'chart', { namespace: 'shop' }));
  const stack = new MonitoringStack(app, 'monitoring', { environment: 'staging', owner: 'platform', alerting: ALERTING, ...props });
  return { app, stack };
}
type Manifest = { readonly kind: string; readonly metadata: { readonly name: string; readonly namespace: string }; readonly data?: Record<string, string>; readonly spec?: { readonly replicas: number } };
const manifestsOf = (props?: MonitoringStackProps) => build(props).app.render().files.flatMap((file) => file.objects).map(({ manifest }) => manifest as unknown as Manifest);
const find = (manifests: readonly Manifest[], kind: string, name: string) => manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name.startsWith(name));
const ruleFiles = (manifests: readonly Manifest[]) => Object.assign({}, ...manifests.flatMap(({ kind, data }) => (kind === 'ConfigMap' && Object.keys(data ?? {}).some((key) => key === 'platform.yml' || key === 'shop-web.yml') ? [data!] : []))) as Record<string, string>;

test('the rules of every application, of the platform and of one\'s own are files of Prometheus', () => {
  const files = ruleFiles(manifestsOf());
  expect(Object.keys(files).sort()).toEqual(['platform.yml', 'shop-cron.yml', 'shop-web.yml', 'shop.yml']);
  expect(files['shop-web.yml']).toContain('runbook_url: https://example.com/runbooks/NoReplicaAvailable.md');
  expect(files['platform.yml']).toContain('alert: Watchdog');
  expect(files['platform.yml']).toContain('owner: platform');
});

test('what the rules read is what the stack\'s jobs yield', () => {
  const { stack } = build();
  const known = labelsByMetric(stack.applications);
  const jobs = new Set(stack.prometheusConfig!.scrape_configs.map(({ job_name }) => job_name));
  const expressions = [...Object.values(ruleFiles(manifestsOf())).join('\n').matchAll(/expr: (.*)/g)].map(([, text]) => text!.replace(/^'(.*)'$/, '$1').replaceAll("''", "'"));
  expect(expressions.length).toBeGreaterThan(40);
  for (const { metric, matchers } of expressions.flatMap(selectorsOf)) {
    expect(known.has(metric) || RECORDED_METRICS.has(metric) ? '' : metric).toBe('');
    const job = matchers.find(({ label }) => label === 'job')?.value;
    if (job !== undefined) expect([...jobs]).toContain(job);
  }
});

test('Prometheus sends to Alertmanager, reads its metrics, and is let in', () => {
  const { stack } = build();
  expect(stack.prometheusConfig!.alerting?.alertmanagers).toHaveLength(1);
  expect(stack.prometheusConfig!.scrape_configs.map(({ job_name }) => job_name)).toContain('alertmanager');
  const policy = find(manifestsOf(), 'NetworkPolicy', 'alertmanager');
  expect(JSON.stringify(policy)).toMatch(/"from":\[\{"podSelector":\{"matchLabels":\{[^}]*"app\.kubernetes\.io\/name":"prometheus"/);
});

test('a pair with volumes, or one without, by the size of the stack or as told', () => {
  expect(find(manifestsOf(), 'StatefulSet', 'alertmanager')?.spec).toMatchObject({ replicas: 2, volumeClaimTemplates: [{ spec: { resources: { requests: { storage: '1Gi' } } } }] });
  expect(find(manifestsOf({ size: 'small' }), 'StatefulSet', 'alertmanager')?.spec?.replicas).toBe(1);
  expect(find(manifestsOf({ alerting: { ...ALERTING, alertmanager: { replicas: 3, storage: false } } }), 'StatefulSet', 'alertmanager')?.spec).not.toHaveProperty('volumeClaimTemplates');
});

test('without alerting nobody is told, and the rates that the dashboards show are recorded all the same', () => {
  const manifests = manifestsOf({ alerting: undefined });
  expect(find(manifests, 'StatefulSet', 'alertmanager')).toBeUndefined();
  const files = ruleFiles(manifests);
  expect(Object.keys(files)).toEqual(['shop-web.yml']);
  expect(files['shop-web.yml']).toContain('application:http_errors:budget_left');
  expect(files['shop-web.yml']).not.toContain('alert:');
});

test('a declined sign of life is in what is explained, and there is no Watchdog', () => {
  const alerting = { ...ALERTING, deadManSwitch: { declined: 'nobody sleeps by this environment' } };
  expect(ruleFiles(manifestsOf({ alerting }))['platform.yml']).not.toContain('Watchdog');
  expect(explain(build({ alerting }).app)).toContainEqual(expect.objectContaining({ what: 'alerting.deadManSwitch', value: 'none', why: 'nobody sleeps by this environment' }));
});

test('mistakes are told at synth, with the path of the stack', () => {
  const bad = { ...ALERTING, receiver: 'teem', alerts: { Watchdgo: false }, rules: { 'shop/web': [], a: [{ alert: 'A', expr: 'sum(', summary: 's' }] }, alertmanager: { replicas: 7, externalUrl: 'x', storge: {} } };
  try {
    build({ alerting: bad as unknown as AlertingProps }).app.render();
    throw new Error('it was let through');
  } catch (error) {
    expect((error as SynthesisError).problems?.filter((problem) => problem.includes('alerting'))).toEqual([
      '[monitoring] alerting.receiver: got "teem"; there is no receiver of this name; there are team and beat; did you mean "team"?',
      '[monitoring] alerting.alerts.Watchdgo: got false; there is no alert of this name; did you mean "Watchdog"?',
      "[monitoring] alerting.rules.shop/web: a group of this name is made already; take another",
      '[monitoring] alerting.rules.a[0].expr: got "sum("; the expression ends too early; a bracket, a quote or an operand is missing, at character 5: sum(⟦here⟧',
      '[monitoring] alerting.alertmanager.storge: got {}; no such prop here; did you mean "storage"?',
      '[monitoring] alerting.alertmanager.replicas: got 7; 1, 2 and 3 are allowed: each sends to all the others',
      '[monitoring] alerting.alertmanager.externalUrl: got "x"; an address is allowed, such as "https://example.com/hook"',
    ]);
  }
});
