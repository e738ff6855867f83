import type { MonitoredApplication } from '../application';
import { asksFor, missingJobs } from '../catalogue';
import { anyOf, not, select, sum } from '../promql';
import { replicas, restarts } from './application/availability';
import { firingAlerts } from './application-dashboard';
import { cpuUsage, memoryUsage } from './application/resources';
import { failedRuns, lastSuccess, longestRun, nextRun } from './application/runs';
import { isTask } from './application/subject';
import { budgetLeft, errorRatio, latency, requestRate, serves } from './application/traffic';
import type { DashboardContext } from './context';
import { makeDashboard, type DashboardFile } from './dashboard';
import type { Section } from './layout';
import { alertsPath, applicationUid, dashboardPath, inside, outside, OVERVIEW_UID, PLATFORM_UID } from './links';
import type { StatPanel, TablePanel } from './model';
import { stat, table, type Column } from './panels';
import { increase, labelled, orZero, rate } from './query';

/** The folder of what concerns the environment as a whole. */
export const ENVIRONMENT_FOLDER = 'Environment';
const TO_DASHBOARD = { title: 'Show its dashboard', url: `${dashboardPath('${__data.fields.uid}')}?\${__url_time_range}` };

/** The dashboard of the whole environment: what fires, and a row for each application and task, with its link. */
export function overviewDashboard(applications: readonly MonitoredApplication[], context: DashboardContext): DashboardFile {
  const tasks = applications.filter(isTask);
  const services = applications.filter((application) => !isTask(application));
  const height = (rows: readonly unknown[]) => Math.min(18, Math.max(5, rows.length + 3));
  const sections: Section[] = [
    { panels: glance(applications), perLine: 8, height: 4 },
    ...(services.length > 0 ? [{ panels: [serviceTable(services, context)], height: height(services) }] : []),
    ...(tasks.length > 0 ? [{ panels: [taskTable(tasks, context)], height: height(tasks) }] : []),
    { panels: [alertTable()], height: 7 },
  ];
  const dashboard = makeDashboard({
    uid: OVERVIEW_UID,
    title: `Overview of ${context.environment}`,
    description: 'Every application of the environment; the first column leads to its dashboard.',
    tags: ['overview'],
    sections,
    jobs: context.jobs,
    links: [
      inside('Platform', dashboardPath(PLATFORM_UID)),
      ...(context.alertmanager ? [inside('Alerts', alertsPath(), 'bolt')] : []),
      ...(context.runbooks === undefined ? [] : [outside('Runbooks', context.runbooks, 'doc')]),
    ],
  });
  return { folder: ENVIRONMENT_FOLDER, dashboard };
}

function glance(applications: readonly MonitoredApplication[]): readonly StatPanel[] {
  const namespace = anyOf([...new Set(applications.map((application) => application.namespace))].sort());
  const containers = (metric: string) => select(metric, { job: 'cadvisor', namespace, container: not('') });
  const running = applications.flatMap((application) => replicas(application) ?? []);
  const alerts = (severity: string, bad: boolean) => stat({
    title: `Alerts, ${severity}`, description: `Alerts of severity '${severity}' that fire now.`, decimals: 0, graph: false, limits: bad ? { bad: 1 } : { warn: 1, bad: 1_000 },
    queries: [{ expr: firingAlerts({ severity }), legend: severity }],
  });
  const total = (of: 'desired' | 'available') => running.map((number) => orZero(number[of])).join(' + ');
  return [
    alerts('critical', true),
    alerts('warning', false),
    ...(running.length > 0 ? [stat({ title: 'Pods missing', description: 'Pods that are wanted and cannot take work.', decimals: 0, limits: { bad: 1 }, queries: [{ expr: `${total('desired')} - (${total('available')})`, legend: 'missing' }] })] : []),
    stat({ title: 'Restarts, 24 h', description: 'Restarts of containers during the last day.', decimals: 0, graph: false, none: '0', limits: { warn: 1, bad: 20 }, queries: [{ expr: sum([], increase(select('kube_pod_container_status_restarts_total', { job: 'kube-state-metrics', namespace }), '24h')), legend: 'restarts' }] }),
    stat({ title: 'CPU', description: 'Cores in use.', unit: 'cores', queries: [{ expr: sum([], rate(containers('container_cpu_usage_seconds_total'))), legend: 'cores' }] }),
    stat({ title: 'Memory', description: 'Memory in use that cannot be given back.', unit: 'bytes', queries: [{ expr: sum([], containers('container_memory_working_set_bytes')), legend: 'memory' }] }),
  ];
}

/** One expression for a whole column: that of each application, with its name; left out where none has it. */
function column(applications: readonly MonitoredApplication[], expression: (application: MonitoredApplication) => string | undefined, style: Omit<Column, 'expr'>): readonly Column[] {
  const rows = applications.flatMap((application) => {
    const expr = expression(application);
    return expr === undefined ? [] : [labelled(expr, 'application', title(application))];
  });
  return rows.length === 0 ? [] : [{ ...style, expr: rows.join(' or ') }];
}

const title = ({ namespace, name }: MonitoredApplication) => `${namespace} / ${name}`;

/** The column that every row has; its labels give the row its team and its link. */
function alertColumn(applications: readonly MonitoredApplication[]): readonly Column[] {
  const expression = (application: MonitoredApplication) => {
    const { namespace, name, owner = '–' } = application;
    return labelled(labelled(firingAlerts({ namespace, application: name }), 'owner', owner), 'uid', applicationUid(application));
  };
  return column(applications, expression, { legend: 'Alerts', decimals: 0, limits: { bad: 1 } });
}

/** The columns that something answers. */
const answered = (columns: readonly Column[], jobs: DashboardContext['jobs']) => columns.filter(({ expr }) => !asksFor(expr, missingJobs(jobs)));

const ROWS = { key: { label: 'application', name: 'Application' }, labels: { owner: 'Team' }, hidden: ['uid'], link: TO_DASHBOARD };

function serviceTable(services: readonly MonitoredApplication[], { jobs }: DashboardContext): TablePanel {
  const columns = [
    ...alertColumn(services),
    ...column(services, (application) => { const number = replicas(application); return number && `${number.available} / ${number.desired}`; }, { legend: 'Pods', unit: 'percentunit', decimals: 0, limits: { warn: 1, bad: 0.5, falls: true } }),
    ...column(services, (application) => (serves(application) ? requestRate(application) : undefined), { legend: 'Requests', unit: 'reqps' }),
    ...column(services, (application) => (serves(application) ? errorRatio(application) : undefined), { legend: 'Errors', unit: 'percentunit', decimals: 2, limits: { warn: 0.01, bad: 0.05 } }),
    ...column(services, (application) => (serves(application) ? latency(application, 0.95) : undefined), { legend: 'p95', unit: 's' }),
    ...column(services, (application) => (serves(application) && application.slo ? budgetLeft(application, 'errors') : undefined), { legend: 'Budget left', unit: 'percentunit', decimals: 0, limits: { warn: 0.5, bad: 0.1, falls: true } }),
    ...column(services, (application) => cpuUsage(application), { legend: 'CPU', unit: 'cores' }),
    ...column(services, (application) => memoryUsage(application), { legend: 'Memory', unit: 'bytes' }),
    ...column(services, (application) => restarts(application, [], '24h'), { legend: 'Restarts, 24 h', decimals: 0, limits: { warn: 1, bad: 5 } }),
  ];
  return table({ title: 'Applications', description: 'What keeps running. The first column leads to its dashboard.', columns: answered(columns, jobs), ...ROWS });
}

function taskTable(tasks: readonly MonitoredApplication[], { jobs }: DashboardContext): TablePanel {
  const columns = [
    ...alertColumn(tasks),
    ...column(tasks, lastSuccess, { legend: 'Last success', unit: 'dateTimeFromNow' }),
    ...column(tasks, nextRun, { legend: 'Next run', unit: 'dateTimeFromNow' }),
    ...column(tasks, longestRun, { legend: 'Longest run', unit: 's' }),
    ...column(tasks, failedRuns, { legend: 'Failed runs', decimals: 0, limits: { bad: 1 } }),
  ];
  return table({ title: 'Tasks', description: 'What runs by a schedule or at a release. The first column leads to its dashboard.', columns: answered(columns, jobs), ...ROWS });
}

function alertTable(): TablePanel {
  return table({
    title: 'Alerts firing', description: 'Every alert that fires now.',
    columns: [{ expr: sum(['alertname', 'severity', 'namespace', 'application', 'owner'], select('ALERTS', { alertstate: 'firing' })), legend: 'Number', decimals: 0 }],
    key: { label: 'alertname', name: 'Alert' },
    labels: { severity: 'Severity', namespace: 'Namespace', application: 'Application', owner: 'Team' },
  });
}
