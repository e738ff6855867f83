import type { MonitoredApplication } from '../application';
import type { PlatformJob } from '../catalogue';
import { regex, select, type Matchers } from '../promql';
import type { Severity } from './rule';

/** Whether the platform's job is among those that Prometheus scrapes. */
export type Collects = (job: PlatformJob) => boolean;

/** What an alert is, said once for everything that it watches. */
export interface Alert<T> {
  /** How much it matters, unless changed. */
  readonly severity: Severity;
  /** How long it must hold, unless changed. */
  readonly for: string;
  /** How long it goes on after it held for the last time. @default not longer */
  readonly keepFiringFor?: string;
  /** The number that it compares with, unless changed, and what the number is. @default nothing that could be changed */
  readonly threshold?: { readonly value: number; readonly meaning: string; readonly min: number; readonly max: number };
  /** Whether there is something to watch. */
  readonly fits: (target: T) => boolean;
  /** The expression that gives a series for each thing that is wrong. An alert whose expression names a job that nobody collects is left out. */
  readonly expr: (target: T, threshold: number, collects: Collects) => string;
  /** One line: what is wrong with what. */
  readonly summary: (target: T) => string;
  /** A sentence or two: what was seen, and what it means for the users. */
  readonly description: (target: T, threshold: number) => string;
}

/** An alert on one application. */
export type ApplicationAlert = Alert<MonitoredApplication>;

/** Names of the jobs that watch the platform. */
export const JOBS = {
  kubeStateMetrics: 'kube-state-metrics', cadvisor: 'cadvisor', kubelet: 'kubelet', nodeExporter: 'node-exporter', apiServer: 'apiserver', blackbox: 'blackbox',
  prometheus: 'prometheus', alertmanager: 'alertmanager', grafana: 'grafana', fluentd: 'fluentd', loki: 'loki', certManager: 'cert-manager',
} as const satisfies Readonly<Record<string, PlatformJob>>;

/** A metric of kube-state-metrics in the application's namespace. */
export const state = ({ namespace }: MonitoredApplication, metric: string, matchers: Matchers): string => select(metric, { job: JOBS.kubeStateMetrics, namespace, ...matchers });

/** A metric of kube-state-metrics about the application's pods. */
export const podState = (app: MonitoredApplication, metric: string, matchers: Matchers = {}): string => state(app, metric, { pod: regex(app.pods), ...matchers });

/** The highest value for each namespace and further labels: no series is counted twice, and none that is scraped anew is a new alert. */
export const highest = (labels: readonly string[], expression: string): string => `max by (${['namespace', ...labels].join(', ')}) (${expression})`;

/** Adds the node on which the pod runs, so that a node that is down can silence it. */
export const withNode = (app: MonitoredApplication, expression: string): string => `(${expression}) * on (namespace, pod) group_left (node) ${highest(['pod', 'node'], podState(app, 'kube_pod_info'))}`;

/** What people call the application. */
export const title = ({ namespace, name }: MonitoredApplication): string => `${namespace}/${name}`;

/** Whether pods of the application keep running. */
export const keepsRunning = ({ workload }: MonitoredApplication): boolean => workload?.kind === 'Deployment' || workload?.kind === 'StatefulSet' || workload?.kind === 'DaemonSet';
