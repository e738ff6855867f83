import type { CloudLogs } from '../managed-logs';

/** What stands beside the dashboards, so that nothing leads nowhere. */
export interface DashboardContext {
  /** Name of the environment: `production`. */
  readonly environment: string;
  /** Whether there is a store of logs. */
  readonly logs: boolean;
  /** The logs that the cloud keeps, where there is no store. @default none */
  readonly cloudLogs?: CloudLogs;
  /** Whether there is an Alertmanager. */
  readonly alertmanager: boolean;
  /** Whether public routes are probed. */
  readonly blackbox: boolean;
  /** Whether node-exporter runs on the nodes. */
  readonly nodes: boolean;
  /** Whether FluentD collects the logs. */
  readonly fluentd: boolean;
  /** The jobs that Prometheus scrapes: what asks for another is left out. @default all that there are */
  readonly jobs?: ReadonlySet<string>;
  /** Address of the runbooks. @default no link */
  readonly runbooks?: string;
}
