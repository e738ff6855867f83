import type { MonitoredApplication } from '../application';

/** What of an application its lines are found by. */
export type Logging = Pick<MonitoredApplication, 'namespace' | 'name' | 'pods'>;

/** Logs that the cloud collects and keeps itself: where people read them. */
export interface CloudLogs {
  /** What people call them. */
  readonly title: string;
  /** The page of the cloud's console with the lines of an application. */
  readonly url: (application: Logging) => string;
  /** How Grafana reads them. @default it has no source for them: its dashboards link to the console */
  readonly grafana?: CloudWatchQueries;
}

/** What Grafana asks CloudWatch. */
export interface CloudWatchQueries {
  /** Region of the log group. */
  readonly region: string;
  /** Name of the log group. */
  readonly group: string;
  /** The lines of an application, in the language of CloudWatch Logs Insights. */
  readonly query: (application: Logging) => string;
}

/** A regular expression that matches the names of its pods whole. */
export const wholePods = ({ pods }: Logging): string => (pods.includes('|') ? `^(${pods})$` : `^${pods}$`);
