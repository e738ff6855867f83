/** What stands beside the dashboards, so that nothing leads nowhere. */
export interface DashboardContext {
  /** Name of the environment: `production`. */
  readonly environment: string;
  /** Whether there is a store of logs. */
  readonly logs: boolean;
  /** Whether there is an Alertmanager. */
  readonly alertmanager: boolean;
  /** Whether public routes are probed. */
  readonly blackbox: boolean;
  /** Whether node-exporter runs on the nodes. */
  readonly nodes: boolean;
  /** Whether FluentD collects the logs. */
  readonly fluentd: boolean;
  /** Whether Prometheus' own metrics are collected. */
  readonly prometheus: boolean;
  /** Whether Alertmanager's own metrics are collected. */
  readonly alertmanagerMetrics: boolean;
  /** Address of the runbooks. @default no link */
  readonly runbooks?: string;
}
