import { contentHash } from '../../core/hash';
import type { MonitoredApplication } from '../application';
import type { Link } from './model';
import { matchers } from '../promql';
import { ALERTMANAGER, LOKI } from './sources';

/** Most characters in the uid of a dashboard, and how many are left before a dash and a hash of ten. */
export const UID_LIMIT = 40;
const HASHED_LIMIT = 29;

/**
 * The uid of an application's dashboard: namespace and name, the end replaced by a hash where they are too long.
 * Neither holds the character between them, so two applications never share one.
 */
export function applicationUid({ namespace, name }: Pick<MonitoredApplication, 'namespace' | 'name'>): string {
  const uid = `${namespace}_${name}`;
  return uid.length <= UID_LIMIT ? uid : `${uid.slice(0, HASHED_LIMIT)}-${contentHash([namespace, name])}`;
}

/** The uid of the environment's overview. */
export const OVERVIEW_UID = 'overview';
/** The uid of the platform's dashboard. */
export const PLATFORM_UID = 'platform';

/** Path of a dashboard below Grafana's address. */
export const dashboardPath = (uid: string): string => `/d/${uid}`;

/** Path of an application's dashboard below Grafana's address: alerts link to it. */
export const applicationPath = (application: Pick<MonitoredApplication, 'namespace' | 'name'>): string => dashboardPath(applicationUid(application));

/** The lines that an application logs, as LogQL. */
export const logQuery = ({ namespace, name }: Pick<MonitoredApplication, 'namespace' | 'name'>): string => matchers({ namespace, application: name });

/** Path of an application's logs in Grafana's explorer, below its address: alerts link to it. */
export function logsPath(application: Pick<MonitoredApplication, 'namespace' | 'name'>): string {
  const panes = { logs: { datasource: LOKI.uid, queries: [{ refId: 'A', datasource: LOKI, expr: logQuery(application) }], range: { from: 'now-1h', to: 'now' } } };
  return `/explore?schemaVersion=1&orgId=1&panes=${encodeURIComponent(JSON.stringify(panes))}`;
}

/** Path of the alerts in Grafana, below its address: those of an application, or all. */
export function alertsPath(application?: Pick<MonitoredApplication, 'namespace' | 'name'>): string {
  const filter = application && matchers({ namespace: application.namespace, application: application.name }).slice(1, -1);
  return `/alerting/groups?alertmanager=${ALERTMANAGER.uid}${filter === undefined ? '' : `&queryString=${encodeURIComponent(filter)}`}`;
}

const link = (title: string, url: string, icon: string, outside: boolean): Link => ({
  title, url, icon, type: 'link', tooltip: '', tags: [], asDropdown: false, targetBlank: outside, includeVars: false, keepTime: !outside,
});

/** A link to another page of Grafana; the time range goes along. */
export const inside = (title: string, path: string, icon = 'dashboard'): Link => link(title, path, icon, false);
/** A link out of Grafana; opens beside it. */
export const outside = (title: string, url: string, icon = 'external link'): Link => link(title, url, icon, true);
