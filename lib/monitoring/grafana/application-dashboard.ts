import type { MonitoredApplication } from '../application';
import { aggregate, select, type Matchers } from '../promql';
import { podPanels, podStats } from './application/availability';
import { routeStats } from './application/outside-view';
import { resourcePanels } from './application/resources';
import { runPanels, runStats } from './application/runs';
import { isTask, state } from './application/subject';
import { serves, trafficPanels, trafficStats } from './application/traffic';
import { volumePanels } from './application/volumes';
import type { DashboardContext } from './context';
import { makeDashboard, type DashboardFile } from './dashboard';
import type { Section } from './layout';
import { alertsPath, applicationUid, dashboardPath, inside, logQuery, logsPath, outside, OVERVIEW_UID } from './links';
import type { Annotation, Link, LogsPanel } from './model';
import { cloudWatchQuery, logs, lokiQuery, stat } from './panels';
import { highest, orZero } from './query';
import { PROMETHEUS } from './sources';

const GLANCE = { perLine: 8, height: 4 };
const LOGS = { perLine: 1, height: 12 };
/** A task that runs at night shows nothing of the last hours. */
const TASK_RANGE = 'now-7d';
const LINK_ICONS: Readonly<Record<string, string>> = { runbook: 'doc', runbooks: 'doc', documentation: 'doc' };

/** The dashboard of one application: only what fits its kind. */
export function applicationDashboard(application: MonitoredApplication, context: DashboardContext): DashboardFile {
  const { name, namespace, type, description, owner } = application;
  const dashboard = makeDashboard({
    uid: applicationUid(application),
    title: `${namespace} / ${name}`,
    description: description ?? `The ${type} '${name}' in namespace '${namespace}'.`,
    tags: [type, ...(owner === undefined ? [] : [owner])],
    sections: sections(application, context),
    jobs: context.jobs,
    links: links(application, context),
    annotations: rollouts(application),
    ...(isTask(application) ? { from: TASK_RANGE } : {}),
  });
  return { folder: owner ?? namespace, dashboard };
}

function sections(application: MonitoredApplication, context: DashboardContext): readonly Section[] {
  const task = isTask(application);
  const glance = [
    ...(serves(application) ? trafficStats(application) : []),
    ...(task ? runStats(application) : []),
    ...(context.blackbox ? routeStats(application) : []),
    ...podStats(application),
    firing(application, context),
  ];
  return [
    { panels: glance, ...GLANCE },
    ...(serves(application) ? [{ title: 'Requests', panels: trafficPanels(application) }] : []),
    ...(task ? [{ title: 'Runs', panels: runPanels(application) }] : []),
    { title: 'Resources', panels: resourcePanels(application) },
    { title: 'Availability', panels: podPanels(application) },
    { title: 'Volumes', panels: volumePanels(application) },
    ...logPanels(application, context).map((panel) => ({ panels: [panel], ...LOGS })),
  ];
}

/** Where Grafana can't read the logs, the links in the head lead to where they are. */
function logPanels(application: MonitoredApplication, { logs: hasStore, cloudLogs }: DashboardContext): readonly LogsPanel[] {
  const panel = (query: Parameters<typeof logs>[2]) => logs('Logs', 'What its containers write, the newest line first.', query);
  if (hasStore) return [panel(lokiQuery(logQuery(application)))];
  const { grafana } = cloudLogs ?? {};
  return grafana ? [panel(cloudWatchQuery(grafana.region, grafana.group, grafana.query(application)))] : [];
}

/** The number of alerts that fire. */
export const firingAlerts = (labels: Readonly<Record<string, string>>): string => orZero(aggregate('count', [], select('ALERTS', { alertstate: 'firing', ...labels })));

function firing(application: MonitoredApplication, context: DashboardContext) {
  const { namespace, name } = application;
  return stat({
    title: 'Alerts firing', description: 'Alerts of this application that fire now.', decimals: 0, limits: { bad: 1 }, graph: false,
    queries: [{ expr: firingAlerts({ namespace, application: name }), legend: 'firing' }],
    ...(context.alertmanager ? { link: { title: 'Show alerts', url: alertsPath(application) } } : {}),
  });
}

function links(application: MonitoredApplication, { logs: hasLogs, cloudLogs, alertmanager, runbooks }: DashboardContext): readonly Link[] {
  return [
    inside('Overview', dashboardPath(OVERVIEW_UID)),
    ...(hasLogs ? [inside('Logs', logsPath(application), 'bolt')] : []),
    ...(cloudLogs && !hasLogs ? [outside(`Logs in ${cloudLogs.title}`, cloudLogs.url(application), 'bolt')] : []),
    ...(alertmanager ? [inside('Alerts', alertsPath(application), 'bolt')] : []),
    ...(runbooks === undefined ? [] : [outside('Runbooks', runbooks, 'doc')]),
    ...Object.entries(application.links).map(([title, url]) => outside(title, url, LINK_ICONS[title] ?? 'external link')),
  ];
}

/** Where a version is told from the one before: a Deployment makes a ReplicaSet for each, a StatefulSet counts revisions. */
const VERSIONS: Readonly<Record<string, { readonly metric: string; readonly label: string; readonly matchers: (name: string) => Matchers }>> = {
  Deployment: { metric: 'kube_replicaset_owner', label: 'replicaset', matchers: (name) => ({ owner_kind: 'Deployment', owner_name: name }) },
  StatefulSet: { metric: 'kube_statefulset_status_update_revision', label: 'revision', matchers: (name) => ({ statefulset: name }) },
};

/** A mark where a new version appeared that was not there five minutes before. */
function rollouts(application: MonitoredApplication): readonly Annotation[] {
  const { workload } = application;
  const version = workload && VERSIONS[workload.kind];
  if (!version) return [];
  const series = state(application, version.metric, version.matchers(workload.name));
  const expr = `${highest([version.label], series)} unless ${highest([version.label], `${series} offset 5m`)}`;
  const target = { refId: 'A', datasource: PROMETHEUS, expr, interval: '60s' };
  return [{ name: 'Rollouts', datasource: PROMETHEUS, enable: true, iconColor: 'purple', expr, step: '60s', titleFormat: 'Rollout', textFormat: `{{${version.label}}}`, target }];
}
