/** Names of an application's request metrics. */
export interface HttpMetrics {
  /** Counter of requests. */
  readonly requests: string;
  /** Histogram of their duration in seconds, without `_bucket`. */
  readonly duration: string;
  /** Label that holds the status code. */
  readonly codeLabel: string;
}

/** A service level objective. */
export interface Slo {
  /** Share of requests that must succeed, between 0 and 1. */
  readonly objective: number;
  /** How fast they must be. */
  readonly latency?: { readonly threshold: string; readonly objective: number; readonly seconds: number; readonly le: string };
  /** Time over which it is counted. */
  readonly window: string;
}

/** What the monitoring knows of an application. */
export interface MonitoredApplication {
  readonly name: string;
  readonly namespace: string;
  readonly type: string;
  readonly owner?: string;
  readonly description?: string;
  readonly links: Readonly<Record<string, string>>;
  readonly workload?: { readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob' | 'Job'; readonly name: string };
  readonly selector: Readonly<Record<string, string>>;
  readonly pods: string;
  readonly metrics?: { readonly port: number; readonly path: string };
  readonly http?: HttpMetrics;
  readonly hosts: readonly string[];
  readonly tls: boolean;
  readonly probes: readonly string[];
  readonly autoscaler?: string;
  readonly budget?: string;
  readonly claims: readonly string[];
  readonly schedule?: { readonly cron: string; readonly timeZone?: string; readonly suspended: boolean };
  readonly limits: { readonly cpu: boolean; readonly memory: boolean };
  readonly slo?: Slo;
}
