/** What the platform's alerts depend on. */
export interface Platform {
  /** The namespaces of the environment. */
  readonly namespaces: readonly string[];
  /** The monitoring's own namespace. */
  readonly namespace: string;
  /** The team that looks after the cluster and the monitoring. @default none */
  readonly owner?: string;
  /** Whether the API server's metrics are read; on managed clusters they often can't be. */
  readonly controlPlane: boolean;
  /** Whether node-exporter runs on the nodes. */
  readonly nodeExporter: boolean;
  /** Whether FluentD collects the logs. */
  readonly fluentd: boolean;
  /** Whether Prometheus is one of the stack's own, whose metrics are read. */
  readonly prometheus: boolean;
  /** Number of Alertmanagers; 0 where others look after the alerts. */
  readonly alertmanagers: number;
  /** Whether Prometheus writes to a store elsewhere. */
  readonly remoteWrite: boolean;
  /** Whether the Watchdog fires: an alert that is always on, for a dead man's switch outside. */
  readonly watchdog: boolean;
}
