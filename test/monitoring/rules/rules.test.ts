import { Mistakes } from '../../../lib/core/problems';
import type { MonitoredApplication } from '../../../lib/monitoring';
import { CATALOGUE } from '../../../lib/monitoring/catalogue';
import { promqlProblem, selectorsOf, usageOf } from '../../../lib/monitoring/promql';
import { ALERTS, APPLICATION_ALERTS, applicationRules, checkChanges, PLATFORM_ALERTS, platformRules, readCustomRules, RECORDED_METRICS, renderGroup, type AlertChanges, type Rule, type RuleGroup, type RuleOptions } from '../../../lib/monitoring/rules';
import { fixtureApplications, LINKS, PLATFORM } from '../fixture';
import { labelsOf } from '../resolve';

const applications = fixtureApplications();
const find = (name: string) => applications.find((app) => app.name === name)!;
const rulesOf = (app: MonitoredApplication, changes: Partial<RuleOptions> = {}) => applicationRules(app, { links: LINKS, ...changes });
const alertsOf = (app: MonitoredApplication, changes: Partial<RuleOptions> = {}) => rulesOf(app, changes).rules.flatMap(({ alert }) => alert ?? []);
const alert = ({ rules }: RuleGroup, name: string) => rules.find((rule) => rule.alert === name)!;
const groups = [...applications.map((app) => rulesOf(app)), platformRules(PLATFORM, { links: LINKS })];
const everyRule: [string, Rule][] = groups.flatMap(({ name, rules }) => rules.map((rule) => [`${name} ${rule.alert ?? rule.record}`, rule] as [string, Rule]));

/** All jobs but these. */
const collecting = (...missing: readonly string[]): ReadonlySet<string> => new Set(Object.keys(CATALOGUE).filter((job) => !missing.includes(job)));

const RUNNING = ['NoReplicaAvailable', 'ReplicasMismatch', 'RolloutStuck', 'PodCrashLooping', 'ContainerOutOfMemory'];
const BURNS = ['ErrorBudgetBurnFast', 'ErrorBudgetBurnSlow', 'LatencyBudgetBurnFast', 'LatencyBudgetBurnSlow'];

describe('the alerts of each kind of application', () => {
  test.each([
    ['web', [...RUNNING, 'AutoscalerAtMaximum', 'DisruptionBudgetViolated', 'TargetAbsent', 'TargetDown', 'MemoryNearLimit', 'CpuThrottled', 'CertificateExpiring', 'RouteUnreachable', ...BURNS]],
    ['plain', [...RUNNING, 'DisruptionBudgetViolated', 'MemoryNearLimit']],
    ['otel', [...RUNNING, 'DisruptionBudgetViolated', 'TargetAbsent', 'TargetDown', 'MemoryNearLimit', ...BURNS]],
    ['mailer', [...RUNNING, 'DisruptionBudgetViolated', 'MemoryNearLimit', 'CpuThrottled']],
    ['db', [...RUNNING, 'DisruptionBudgetViolated', 'TargetAbsent', 'TargetDown', 'MemoryNearLimit', 'VolumeAlmostFull', 'VolumeFillingUp']],
    ['report', ['MemoryNearLimit', 'CpuThrottled', 'CronJobFailing', 'CronJobMissed']],
    ['ping', ['MemoryNearLimit', 'CronJobFailing', 'CronJobMissed']],
    ['resting', ['MemoryNearLimit', 'CronJobFailing']],
    ['migrate', ['MemoryNearLimit', 'JobFailed']],
    ['agent', [...RUNNING, 'TargetAbsent', 'TargetDown']],
  ])('%s', (name, expected) => {
    expect([...alertsOf(find(name))].sort()).toEqual([...expected].sort());
  });

  test('together they are all there are', () => {
    const made = new Set(groups.flatMap(({ rules }) => rules.flatMap((rule) => rule.alert ?? [])));
    expect([...made].sort()).toEqual(Object.keys(ALERTS).sort());
  });

  test('without the kubelets none on what containers and volumes use', () => {
    const of = (name: string) => alertsOf(find(name), { jobs: collecting('kubelet', 'cadvisor') });
    expect([...of('db')].sort()).toEqual([...RUNNING, 'DisruptionBudgetViolated', 'TargetAbsent', 'TargetDown'].sort());
    expect(of('mailer')).not.toContain('CpuThrottled');
  });

  test('without kube-state-metrics only those on what Prometheus sees itself, which then ask for nothing else', () => {
    const rules = rulesOf(find('web'), { jobs: collecting('kube-state-metrics') });
    expect(rules.rules.flatMap(({ alert: name }) => name ?? []).sort()).toEqual(['TargetAbsent', 'TargetDown', 'CpuThrottled', 'CertificateExpiring', 'RouteUnreachable', ...BURNS].sort());
    expect(rules.rules.filter(({ expr }) => expr.includes('kube_'))).toEqual([]);
    expect(alert(rules, 'TargetAbsent').expr).toBe('absent(up{job="shop/web",namespace="shop"})');
    expect(alert(rules, 'TargetDown').expr).toBe('(max by (namespace, pod) (1 - up{job="shop/web",namespace="shop"})) > 0');
  });

  test('without probes from outside there is no alert on them', () => {
    const without = applicationRules(find('web'), { links: LINKS, jobs: collecting('blackbox') }).rules.map((rule) => rule.alert);
    expect(without).not.toContain('CertificateExpiring');
    expect(without).not.toContain('RouteUnreachable');
  });
});

describe('the platform\'s alerts', () => {
  const names = (changes: object, jobs = collecting()) => platformRules({ ...PLATFORM, ...changes }, { links: LINKS, jobs }).rules.map((rule) => rule.alert);

  test.each([
    [{ watchdog: false }, ['Watchdog']],
    [{ remoteWrite: false }, ['PrometheusRemoteWriteFailing']],
    [{ alertmanagers: 1 }, ['AlertmanagerClusterIncomplete']],
    [{ alertmanagers: 0 }, ['AlertmanagerDown', 'AlertmanagerNotificationsFailing', 'AlertmanagerClusterIncomplete', 'PrometheusNotSendingAlerts']],
    [{ namespaces: [] }, ['VolumeNotBound', 'QuotaNearlyUsed', 'CertificateNotRenewed']],
  ])('with %j these are left out: %j', (changes, missing) => {
    expect(Object.keys(PLATFORM_ALERTS).filter((name) => !names(changes).includes(name)).sort()).toEqual([...missing].sort());
  });

  test.each([
    ['apiserver', ['ApiServerDown', 'ApiServerErrors']],
    ['node-exporter', ['NodeDiskFillingUp']],
    ['fluentd', ['FluentdDown', 'FluentdBufferFillingUp', 'FluentdRetrying', 'FluentdDroppingRecords']],
    ['loki', ['LogStoreDown', 'LogStoreRefusingLines']],
    ['cert-manager', ['CertManagerDown', 'CertificateNotRenewed']],
    ['kubelet', ['KubeletDown', 'MonitoringVolumeFillingUp']],
    ['kube-state-metrics', ['KubeStateMetricsDown', 'MonitoringPodCrashLooping', 'NodeNotReady', 'NodeUnderPressure', 'QuotaNearlyUsed', 'VolumeNotBound']],
  ])('where nobody collects %s these are left out: %j', (job, missing) => {
    expect(Object.keys(PLATFORM_ALERTS).filter((name) => !names({}, collecting(job)).includes(name)).sort()).toEqual([...missing].sort());
  });
});

describe('every rule', () => {
  test.each(everyRule)('%s parses, and uses metrics and labels that the jobs yield', (_, { expr }) => {
    expect(promqlProblem(expr)).toBeUndefined();
    expect(usageOf(expr, labelsOf(applications)).problems).toEqual([]);
  });

  test.each(everyRule.filter(([, rule]) => rule.alert !== undefined))('%s says what is needed, of labels that it has', (_, { expr, labels, annotations }) => {
    const used = [...JSON.stringify(annotations).matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label!);
    const given = new Set([...usageOf(expr, labelsOf(applications)).labels, ...Object.keys(labels)]);
    expect(used.filter((label) => !given.has(label))).toEqual([]);
    expect(Object.keys(annotations)).toEqual(['summary', 'description', 'runbook_url', 'dashboard_url', 'logs_url']);
    expect(labels.severity).toMatch(/^(critical|warning|info)$/);
  });

  test.each(everyRule)('%s is bound to one application\'s namespace, or to the platform', (name, { expr }) => {
    const app = applications.find(({ namespace, name: own }) => name.startsWith(`${namespace}/${own} `));
    const namespaces = selectorsOf(expr).map(({ matchers }) => matchers.find(({ label }) => label === 'namespace')?.value);
    if (app) expect(new Set(namespaces)).toEqual(new Set([app.namespace]));
    else expect(name).toMatch(/^platform /);
  });

  test('its metric is recorded before it is used', () => {
    for (const { rules } of groups) {
      const recorded = new Set<string>();
      for (const { record, expr } of rules) {
        for (const { metric } of selectorsOf(expr)) if (RECORDED_METRICS.has(metric)) expect(recorded).toContain(metric);
        if (record !== undefined) recorded.add(record);
      }
    }
  });

  test('an application without an owner gives alerts without one', () => {
    expect(alert(rulesOf(find('plain')), 'PodCrashLooping').labels).toEqual({ severity: 'warning', namespace: 'shop', application: 'plain' });
    expect(alert(rulesOf(find('web')), 'NoReplicaAvailable').labels).toEqual({ severity: 'critical', namespace: 'shop', application: 'web', owner: 'shop' });
  });

  test('a link that can\'t be made is left out', () => {
    const { rules } = applicationRules(find('web'), { links: { runbook: LINKS.runbook } });
    expect(Object.keys(rules.at(-1)!.annotations)).toEqual(['summary', 'description', 'runbook_url']);
  });

  test('a group is written as Prometheus reads it', () => {
    const group: RuleGroup = { name: 'a', interval: '1m', rules: [{ record: 'b:c', expr: 'up', labels: {}, annotations: {} }, { alert: 'D', expr: 'up == 0', for: '0s', keepFiringFor: '5m', labels: { severity: 'info' }, annotations: { summary: 'x' } }] };
    expect(renderGroup(group)).toEqual({
      name: 'a', interval: '1m', rules: [{ record: 'b:c', expr: 'up' }, { alert: 'D', expr: 'up == 0', keep_firing_for: '5m', labels: { severity: 'info' }, annotations: { summary: 'x' } }],
    });
    expect(renderGroup({ name: 'a', rules: [{ alert: 'D', expr: 'up', for: '1m', labels: {}, annotations: {} }] })).toEqual({ name: 'a', rules: [{ alert: 'D', expr: 'up', for: '1m' }] });
  });
});

describe('burn rates', () => {
  const limits = (app: MonitoredApplication, name: string) => [...alert(rulesOf(app), name).expr.matchAll(/rate(\w+)\{[^}]*\} > ([\d.e-]+)/g)].map(([, window, limit]) => [window, Number(limit)]);

  test('long and short windows, for a window of 30 days', () => {
    expect(limits(find('web'), 'ErrorBudgetBurnFast')).toEqual([['1h', 0.0144], ['5m', 0.0144], ['6h', 0.006], ['30m', 0.006]]);
    expect(limits(find('web'), 'ErrorBudgetBurnSlow')).toEqual([['1d', 0.003], ['2h', 0.003], ['3d', 0.001], ['6h', 0.001]]);
    expect(limits(find('web'), 'LatencyBudgetBurnFast')).toEqual([['1h', 0.144], ['5m', 0.144], ['6h', 0.06], ['30m', 0.06]]);
  });

  test('in a shorter window the same pace uses up more of the budget', () => {
    expect(limits(find('otel'), 'ErrorBudgetBurnFast')).toEqual([['1h', 0.336], ['5m', 0.336], ['6h', 0.14], ['30m', 0.14]]);
  });

  test('a pace that even an outage does not reach is left out, and the alert where none is left', () => {
    const promising = (objective: number): MonitoredApplication => ({ ...find('web'), slo: { objective, window: '30d' } });
    expect(limits(promising(0.9), 'ErrorBudgetBurnFast').map(([window]) => window)).toEqual(['6h', '30m']);
    expect(alertsOf(promising(0.8))).not.toContain('ErrorBudgetBurnFast');
    expect(alertsOf(promising(0.8))).toContain('ErrorBudgetBurnSlow');
    expect(alertsOf(promising(0.8))).not.toContain('LatencyBudgetBurnSlow');
  });

  test('without a promise the rates alone are recorded; without request metrics nothing', () => {
    const { slo: _, ...unpromised } = find('web');
    expect(rulesOf(unpromised).rules.flatMap(({ record }) => record ?? [])).toEqual(['application:http_requests:rate5m', 'application:http_errors:rate5m']);
    expect(rulesOf(find('db')).rules.some(({ record }) => record)).toBe(false);
  });
});

describe('a cron task\'s tolerance follows its schedule', () => {
  test.each([['ping', 600], ['report', 3600]])('%s: %i s', (name, seconds) => {
    expect(alert(rulesOf(find(name)), 'CronJobMissed').expr).toContain(`> ${seconds})`);
  });
});

describe('changes to alerts', () => {
  test('threshold, time and severity for all, and for one application', () => {
    const changes: AlertChanges = {
      alerts: { MemoryNearLimit: { threshold: 0.8, for: '30m' }, CpuThrottled: false },
      applicationAlerts: { 'shop/web': { MemoryNearLimit: { severity: 'critical' } }, 'shop/mailer': { MemoryNearLimit: false, CpuThrottled: {} } },
    };
    const changed = alert(rulesOf(find('web'), changes), 'MemoryNearLimit');
    expect(changed).toMatchObject({ for: '30m', labels: { severity: 'critical' } });
    expect(changed.expr).toMatch(/> 0\.8$/);
    expect(alertsOf(find('web'), changes)).not.toContain('CpuThrottled');
    expect(alert(rulesOf(find('db'), changes), 'MemoryNearLimit').labels.severity).toBe('warning');
    expect(alertsOf(find('mailer'), changes)).not.toContain('MemoryNearLimit');
    expect(alertsOf(find('mailer'), changes)).toContain('CpuThrottled');
  });

  test('of the platform\'s too', () => {
    const { rules } = platformRules(PLATFORM, { links: LINKS, alerts: { QuotaNearlyUsed: { threshold: 0.5 }, KubeletDown: false } });
    expect(rules.find((rule) => rule.alert === 'QuotaNearlyUsed')!.expr).toMatch(/> 0\.5$/);
    expect(rules.some((rule) => rule.alert === 'KubeletDown')).toBe(false);
  });

  const mistakesOf = (changes: unknown) => {
    const mistakes = new Mistakes();
    checkChanges(mistakes, 'alerting', changes as AlertChanges, ['shop/web', 'shop/db']);
    return mistakes.messages;
  };

  test('good ones pass', () => {
    expect(mistakesOf({ alerts: { MemoryNearLimit: { threshold: 0.8, for: '30m', severity: 'info' }, Watchdog: false }, applicationAlerts: { 'shop/web': { TargetDown: false } } })).toEqual([]);
  });

  test('all mistakes at once, each with its place and mend', () => {
    expect(mistakesOf({
      alerts: {
        MemoryNearLimt: false, Nothing: {}, MemoryNearLimit: { threshold: 90 }, CpuThrottled: { for: 'long', severity: 'bad', treshold: 1 }, PodCrashLooping: { threshold: 3 }, TargetDown: true, TargetAbsent: { threshold: '1' },
      },
      applicationAlerts: { 'shop/wob': { TargetDwn: false }, 'shop/db': 'off' },
    })).toEqual([
      'alerting.alerts.MemoryNearLimt: got false; there is no alert of this name; did you mean "MemoryNearLimit"?',
      expect.stringMatching(/^alerting\.alerts\.Nothing: got {}; there is no alert of this name; the alerts are NoReplicaAvailable, .* and LogStoreRefusingLines$/),
      'alerting.alerts.MemoryNearLimit.threshold: got 90; a number from 0 to 1 is allowed: part of the memory limit in use (0.9 unless changed)',
      'alerting.alerts.CpuThrottled.treshold: got 1; no such prop here; did you mean "threshold"?',
      "alerting.alerts.CpuThrottled.severity: got \"bad\"; critical, warning and info are allowed",
      'alerting.alerts.CpuThrottled.for: got "long"; a duration such as "90s", "5m", "1h30m" or Duration.minutes(5) is allowed',
      'alerting.alerts.PodCrashLooping.threshold: got 3; this alert has no threshold; change how long it must hold, or switch it off with false',
      'alerting.alerts.TargetDown: got true; an object is allowed',
      'alerting.alerts.TargetAbsent.threshold: got "1"; a number is allowed',
      'alerting.applicationAlerts.shop/wob: there is no such application; the applications are shop/web and shop/db; did you mean "shop/web"?',
      'alerting.applicationAlerts.shop/wob.TargetDwn: got false; there is no alert of this name; did you mean "TargetDown"?',
      'alerting.applicationAlerts.shop/db: got "off"; an object is allowed: changes by name of the alert, or false to switch it off',
    ]);
    expect(mistakesOf({ alerts: [], applicationAlerts: [] })).toHaveLength(2);
  });
});

describe('rules of one\'s own', () => {
  const read = (groups_: unknown) => {
    const mistakes = new Mistakes();
    return { groups: readCustomRules(mistakes, 'rules', groups_ as never), messages: mistakes.messages };
  };

  test('alerts and recorded metrics', () => {
    const { groups: made, messages } = read({
      orders: [
        { record: 'shop:orders:rate5m', expr: 'sum(rate(orders_total[5m]))', labels: { team: 'shop' } },
        { alert: 'NoOrders', expr: 'shop:orders:rate5m == 0', for: '10m', keepFiringFor: '5m', severity: 'critical', owner: 'shop', summary: 'Nobody orders', description: 'At all.', runbook: 'https://example.com' },
        { alert: 'FewOrders', expr: 'shop:orders:rate5m < 1', summary: 'Few order' },
      ],
    });
    expect(messages).toEqual([]);
    expect(made).toEqual([{
      name: 'orders',
      rules: [
        { record: 'shop:orders:rate5m', expr: 'sum(rate(orders_total[5m]))', labels: { team: 'shop' }, annotations: {} },
        { alert: 'NoOrders', expr: 'shop:orders:rate5m == 0', for: '10m', keepFiringFor: '5m', labels: { severity: 'critical', owner: 'shop' }, annotations: { summary: 'Nobody orders', description: 'At all.', runbook_url: 'https://example.com' } },
        { alert: 'FewOrders', expr: 'shop:orders:rate5m < 1', labels: { severity: 'warning' }, annotations: { summary: 'Few order' } },
      ],
    }]);
  });

  test('all mistakes at once; the wrong place of an expression is shown', () => {
    expect(read({ a: [{ alert: 'A', expr: 'sum(rate(x[5m])', summary: 's' }, { expr: 'up' }, { alert: 'TargetDown', record: 'x', expr: 'up', summary: 's' }, { alert: 'B', expr: 7, severity: 'high', for: 'x' }, { record: 'a b', expr: 'up' }], b: {} }).messages).toEqual([
      'rules.a[0].expr: got "sum(rate(x[5m])"; the expression ends too early; a bracket, a quote or an operand is missing, at character 16: sum(rate(x[5m])⟦here⟧',
      'rules.a[1]: got "neither"; exactly one of \'alert\' and \'record\' is required',
      'rules.a[2]: got "TargetDown"; exactly one of \'alert\' and \'record\' is required',
      "rules.a[2].alert: got \"TargetDown\"; there is an alert of this name already; take another, or change that one in 'alerts'",
      'rules.a[2].record: got "x"; x',
      'rules.a[3].expr: got 7; text is allowed; put it in quotes',
      'rules.a[3].summary: got nothing; a line that says what is wrong is required',
      'rules.a[3].severity: got "high"; critical, warning and info are allowed',
      'rules.a[3].for: got "x"; a duration such as "90s", "5m", "1h30m" or Duration.minutes(5) is allowed',
      'rules.a[4].record: got "a b"; the name of a metric is allowed, such as "job:requests:rate5m"',
      'rules.b: got {}; a list is allowed',
    ].filter((line) => !line.endsWith('; x')));
  });
});

test('the catalogue of alerts is in parts', () => {
  expect(Object.keys(APPLICATION_ALERTS).length + Object.keys(PLATFORM_ALERTS).length).toBe(Object.keys(ALERTS).length);
});
