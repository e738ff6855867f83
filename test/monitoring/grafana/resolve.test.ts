import { CATALOGUE, type MonitoredApplication } from '../../../lib/monitoring';
import { applicationDashboard, overviewDashboard, platformDashboard, promqlOf, type DashboardContext } from '../../../lib/monitoring/grafana';
import { timeSeries } from '../../../lib/monitoring/grafana/panels';
import { makeDashboard } from '../../../lib/monitoring/grafana/dashboard';
import { blanksOf, panelsOf, resolve } from './resolve';
import { ALL, LEAST, monitoredShop } from './sample';

const applications = monitoredShop();
const daemon: MonitoredApplication = { ...applications[2]!, name: 'agent', workload: { kind: 'DaemonSet', name: 'agent' }, pods: 'agent-[a-z0-9]+' };
const unknown: MonitoredApplication = { ...applications[2]!, name: 'foreign', workload: undefined };
const every = [...applications, daemon, unknown];

const all = (context: DashboardContext) => [...every.map((application) => applicationDashboard(application, context)), overviewDashboard(every, context), platformDashboard(context)].map(({ dashboard }) => dashboard);

describe('no panel is blank', () => {
  it.each(all(ALL).map((dashboard) => [dashboard.title, dashboard] as const))('of %s, with everything collected', (_, dashboard) => {
    expect(blanksOf(dashboard, every)).toEqual([]);
  });

  it.each(all(LEAST).map((dashboard) => [dashboard.title, dashboard] as const))('of %s, with the least collected', (_, dashboard) => {
    expect(blanksOf(dashboard, every)).toEqual([]);
  });

  it('and the least asks for nothing that is not collected', () => {
    const panels = all(LEAST).flatMap(panelsOf);
    expect(panels.filter((panel) => promqlOf(panel).length < panel.targets.length)).toEqual([]);
    expect(panels.flatMap(promqlOf).filter(({ expr }) => /job="(node-exporter|blackbox|fluentd|alertmanager)"/.test(expr))).toEqual([]);
  });

  it.each(['kube-state-metrics', 'cadvisor', 'kubelet', 'node-exporter', 'blackbox', 'fluentd', 'alertmanager'])('and asks for nothing of %s where Prometheus does not scrape it', (missing) => {
    const jobs = new Set(Object.keys(CATALOGUE).filter((job) => job !== missing));
    const [before, after] = [all(ALL), all({ ...ALL, jobs })];
    expect(JSON.stringify(before)).toContain(`job=\\"${missing}\\"`);
    expect(JSON.stringify(after)).not.toContain(`job=\\"${missing}\\"`);
    expect(after.flatMap((dashboard) => panelsOf(dashboard).filter(({ targets }) => targets.length === 0))).toEqual([]);
    expect(after.flatMap((dashboard) => blanksOf(dashboard, every))).toEqual([]);
  });

  it('but keeps what others answer', () => {
    const jobs = new Set(Object.keys(CATALOGUE).filter((job) => job !== 'kube-state-metrics'));
    const dashboard = applicationDashboard(applications[0]!, { ...ALL, jobs }).dashboard;
    const [cpu] = panelsOf(dashboard).filter(({ title }) => title === 'CPU');
    expect(promqlOf(cpu!).map(({ legendFormat }) => legendFormat)).toEqual(['{{pod}}']);
    expect(panelsOf(dashboard).map(({ title }) => title)).toEqual(expect.arrayContaining(['Requests by status', 'Memory', 'Logs', 'Route answers']));
    expect(panelsOf(dashboard).map(({ title }) => title)).not.toContain('Restarts');
  });

  it('has a query in every panel', () => {
    expect(all(ALL).flatMap((dashboard) => panelsOf(dashboard).filter(({ targets }) => targets.length === 0))).toEqual([]);
    expect(panelsOf(all(ALL)[0]!).flatMap(promqlOf).length).toBeGreaterThan(20);
  });
});

describe('the check of blank panels', () => {
  const blank = (expr: string, legend = 'x') => blanksOf(makeDashboard({ uid: 'x', title: 'x', description: '', tags: [], sections: [{ panels: [timeSeries({ title: 'y', description: '', queries: [{ expr, legend }] })] }] }), every);

  it('finds an expression that does not parse', () => {
    expect(blank('sum(rate(up[5m])')).toEqual([expect.stringContaining('the expression ends too early')]);
  });

  it('finds a metric that no job yields, or not the job that is named', () => {
    expect(blank('kube_pods_total')).toEqual([expect.stringContaining('no job yields kube_pods_total')]);
    expect(blank('http_requests_total{job="shop/mailer"}')).toEqual([expect.stringContaining('no job yields')]);
    expect(blank('node_load1{job="cadvisor"}')).toEqual([expect.stringContaining('no job yields')]);
  });

  it('finds a label that is not there, in an expression and in a legend', () => {
    expect(blank('up{colour="red"}')).toEqual([expect.stringContaining("label 'colour'")]);
    expect(blank('sum by (pod) (up)', '{{namespace}}')).toEqual([expect.stringContaining("no label 'namespace' for the legend")]);
    expect(blank('sum by (pod) (up)', '{{pod}}')).toEqual([]);
  });

  it('reads expressions as Grafana sends them', () => {
    expect(resolve('rate(http_requests_total{job="shop/frontend"}[$__rate_interval])', every).problems).toEqual([]);
  });
});
