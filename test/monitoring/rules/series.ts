import type { MonitoredApplication } from '../../../lib/monitoring';
import { jobOf } from '../../../lib/monitoring/catalogue';
import { select } from '../../../lib/monitoring/promql';
import type { AlertName } from '../../../lib/monitoring/rules';

/** Series by their name, each with its values in promtool's notation; one that is undefined is not there. */
export type Series = Readonly<Record<string, string | undefined>>;

/** Minutes that every series lasts: longer than the longest time for which an alert must hold. */
export const LENGTH = 180;
/** A moment after the last of them, for what must lie in the future; the clock of the tests starts at 0. */
const FUTURE = 1_000_000_000;

const steady = (value: number) => `${value}x${LENGTH}`;
const rising = (perMinute: number) => `0+${perMinute}x${LENGTH}`;
const falling = (from: number, perMinute: number) => `${from}-${perMinute}x${LENGTH}`;

/** A name that the regular expression matches, of those that the monitoring makes. */
export const sampleOf = (expression: string): string =>
  expression.replace(/\[0-9a-f\]\{10\}/g, '0123456789').replace(/\[a-z0-9\]\+/g, 'x1y2z').replace(/\[0-9\]\+/g, '0').replace(/\.\+/g, 'x').replace(/\\(.)/g, '$1');

/** Names of the series of one application. */
export class Names {
  public readonly pod: string;

  public constructor(public readonly app: MonitoredApplication) {
    this.pod = sampleOf(app.pods);
  }

  public state(metric: string, labels: Record<string, string> = {}): string {
    return select(metric, { job: 'kube-state-metrics', instance: '10.0.0.9:8080', namespace: this.app.namespace, ...labels });
  }

  public podState(metric: string, labels: Record<string, string> = {}): string {
    return this.state(metric, { pod: this.pod, uid: 'u1', ...labels });
  }

  public container(metric: string, labels: Record<string, string> = {}): string {
    return this.podState(metric, { container: 'main', ...labels });
  }

  public cadvisor(metric: string): string {
    return select(metric, { job: 'cadvisor', instance: 'node-1', node: 'node-1', namespace: this.app.namespace, pod: this.pod, container: 'main' });
  }

  public workload(metric: string, labels: Record<string, string> = {}): string {
    const { kind, name } = this.app.workload!;
    return this.state(metric, { [kind === 'Job' ? 'job_name' : kind.toLowerCase()]: kind === 'Job' ? this.pod.replace(/-[^-]*$/, '') : name, ...labels });
  }

  public own(metric: string, labels: Record<string, string> = {}): string {
    const { namespace, name } = this.app;
    return select(metric, { job: jobOf(this.app), instance: '10.0.0.1:8080', namespace, pod: this.pod, container: 'main', application: name, ...labels });
  }

  public volume(metric: string): string {
    return select(`kubelet_volume_stats_${metric}`, { job: 'kubelet', instance: 'node-1', node: 'node-1', namespace: this.app.namespace, persistentvolumeclaim: sampleOf(this.app.claims[0]!) });
  }

  public probe(metric: string): string {
    return select(metric, { job: 'blackbox', instance: this.app.probes[0]!, namespace: this.app.namespace, application: this.app.name });
  }
}

const KINDS: Readonly<Record<string, { readonly wanted: string; readonly available: string; readonly updated: string }>> = {
  Deployment: { wanted: 'kube_deployment_spec_replicas', available: 'kube_deployment_status_replicas_available', updated: 'kube_deployment_status_replicas_updated' },
  StatefulSet: { wanted: 'kube_statefulset_replicas', available: 'kube_statefulset_status_replicas_available', updated: 'kube_statefulset_status_replicas_updated' },
  DaemonSet: { wanted: 'kube_daemonset_status_desired_number_scheduled', available: 'kube_daemonset_status_number_available', updated: 'kube_daemonset_status_updated_number_scheduled' },
};

/** The world of an application in which all is well. */
export function healthy(app: MonitoredApplication): Series {
  const names = new Names(app);
  return { ...pods(names), ...replicas(names), ...surroundings(names), ...jobs(names), ...requests(names) };
}

function pods(names: Names): Series {
  return {
    [names.podState('kube_pod_info', { node: 'node-1' })]: steady(1),
    [names.container('kube_pod_container_status_waiting_reason', { reason: 'CrashLoopBackOff' })]: steady(0),
    [names.container('kube_pod_container_status_restarts_total')]: steady(3),
    [names.container('kube_pod_container_status_last_terminated_reason', { reason: 'OOMKilled' })]: steady(1),
    [names.container('kube_pod_container_resource_limits', { resource: 'memory', unit: 'byte', node: 'node-1' })]: steady(1000),
    [names.cadvisor('container_memory_working_set_bytes')]: steady(500),
    [names.cadvisor('container_cpu_cfs_throttled_periods_total')]: rising(1),
    [names.cadvisor('container_cpu_cfs_periods_total')]: rising(600),
  };
}

function replicas(names: Names): Series {
  const { app } = names;
  const kind = KINDS[app.workload?.kind ?? ''];
  if (!kind) return {};
  const progress = app.workload?.kind === 'Deployment' ? { [names.workload('kube_deployment_status_condition', { condition: 'Progressing', status: 'false', reason: 'x' })]: steady(0) } : {};
  return { [names.workload(kind.wanted)]: steady(3), [names.workload(kind.available)]: steady(3), [names.workload(kind.updated)]: steady(3), ...progress };
}

function surroundings(names: Names): Series {
  const { autoscaler, budget, claims, probes } = names.app;
  const scaler = (metric: string) => names.state(`kube_horizontalpodautoscaler_${metric}`, { horizontalpodautoscaler: autoscaler! });
  const disruption = (metric: string) => names.state(`kube_poddisruptionbudget_${metric}`, { poddisruptionbudget: budget! });
  return {
    ...(autoscaler === undefined ? {} : { [scaler('status_current_replicas')]: steady(3), [scaler('spec_max_replicas')]: steady(6), [scaler('spec_min_replicas')]: steady(2) }),
    ...(budget === undefined ? {} : { [disruption('status_desired_healthy')]: steady(2), [disruption('status_current_healthy')]: steady(3) }),
    ...(claims.length === 0 ? {} : { [names.volume('capacity_bytes')]: steady(100_000), [names.volume('available_bytes')]: steady(60_000) }),
    ...(probes.length === 0 ? {} : { [names.probe('probe_success')]: steady(1), [names.probe('probe_ssl_earliest_cert_expiry')]: steady(FUTURE) }),
  };
}

function jobs(names: Names): Series {
  const { workload } = names.app;
  if (workload?.kind === 'Job') return { [names.workload('kube_job_failed', { condition: 'true' })]: steady(0), [names.workload('kube_job_status_start_time')]: steady(0) };
  if (workload?.kind !== 'CronJob') return {};
  return {
    [names.workload('kube_cronjob_created')]: steady(0), [names.workload('kube_cronjob_status_last_schedule_time')]: steady(3600), [names.workload('kube_cronjob_status_last_successful_time')]: steady(3660),
    [names.workload('kube_cronjob_status_active')]: steady(0), [names.workload('kube_cronjob_spec_suspend')]: steady(0), [names.workload('kube_cronjob_next_schedule_time')]: steady(FUTURE),
  };
}

/** What the application says of itself; it has seen no failure, so it has no series of any. */
function requests(names: Names): Series {
  const { metrics, http, slo } = names.app;
  if (!metrics) return {};
  const good = http ? { [http.codeLabel]: '200' } : {};
  return {
    [names.own('up')]: steady(1),
    ...(http ? { [names.own(http.requests, good)]: rising(600), [names.own(`${http.duration}_count`, good)]: rising(600) } : {}),
    ...(http && slo?.latency ? { [names.own(`${http.duration}_bucket`, { ...good, le: slo.latency.le })]: rising(600) } : {}),
  };
}

/** What must go wrong for each alert to fire: series in place of the healthy ones. */
export const FAILURES: Readonly<Partial<Record<AlertName, (names: Names) => Series>>> = {
  NoReplicaAvailable: (names) => ({ [names.workload(KINDS[names.app.workload!.kind]!.available)]: steady(0) }),
  ReplicasMismatch: (names) => ({ [names.workload(KINDS[names.app.workload!.kind]!.available)]: steady(2) }),
  RolloutStuck: (names) =>
    names.app.workload!.kind === 'Deployment'
      ? { [names.workload('kube_deployment_status_condition', { condition: 'Progressing', status: 'false', reason: 'x' })]: steady(1) }
      : { [names.workload(KINDS[names.app.workload!.kind]!.updated)]: steady(1) },
  AutoscalerAtMaximum: (names) => ({ [names.state('kube_horizontalpodautoscaler_status_current_replicas', { horizontalpodautoscaler: names.app.autoscaler! })]: steady(6) }),
  DisruptionBudgetViolated: (names) => ({ [names.state('kube_poddisruptionbudget_status_current_healthy', { poddisruptionbudget: names.app.budget! })]: steady(1) }),
  PodCrashLooping: (names) => ({ [names.container('kube_pod_container_status_waiting_reason', { reason: 'CrashLoopBackOff' })]: `0x${LENGTH - 60} ${'1 0 0 '.repeat(20)}`.trim() }),
  ContainerOutOfMemory: (names) => ({ [names.container('kube_pod_container_status_restarts_total')]: `3x${LENGTH - 5} 4x5` }),
  TargetAbsent: (names) => ({ [names.own('up')]: undefined }),
  TargetDown: (names) => ({ [names.own('up')]: steady(0) }),
  MemoryNearLimit: (names) => ({ [names.cadvisor('container_memory_working_set_bytes')]: steady(950) }),
  CpuThrottled: (names) => ({ [names.cadvisor('container_cpu_cfs_throttled_periods_total')]: rising(300) }),
  VolumeAlmostFull: (names) => ({ [names.volume('available_bytes')]: steady(2_000) }),
  VolumeFillingUp: (names) => ({ [names.volume('available_bytes')]: falling(13_000, 10) }),
  CertificateExpiring: (names) => ({ [names.probe('probe_ssl_earliest_cert_expiry')]: steady(5 * 86_400) }),
  RouteUnreachable: (names) => ({ [names.probe('probe_success')]: steady(0) }),
  JobFailed: (names) => ({ [names.workload('kube_job_failed', { condition: 'true' })]: steady(1) }),
  CronJobFailing: (names) => ({ [names.workload('kube_cronjob_status_last_schedule_time')]: steady(7200) }),
  CronJobMissed: (names) => ({ [names.workload('kube_cronjob_next_schedule_time')]: steady(3600) }),
  ...Object.fromEntries(['ErrorBudgetBurnFast', 'ErrorBudgetBurnSlow'].map((name) => [name, failing])),
  ...Object.fromEntries(['LatencyBudgetBurnFast', 'LatencyBudgetBurnSlow'].map((name) => [name, slow])),
};

function failing(names: Names): Series {
  const { requests: counter, codeLabel } = names.app.http!;
  return { [names.own(counter, { [codeLabel]: '500' })]: rising(6_000) };
}

function slow(names: Names): Series {
  const { duration, codeLabel } = names.app.http!;
  return { [names.own(`${duration}_bucket`, { [codeLabel]: '200', le: names.app.slo!.latency!.le })]: steady(0) };
}

const kubeState = (metric: string, labels: Record<string, string>) => select(metric, { job: 'kube-state-metrics', instance: '10.0.0.9:8080', ...labels });
const inPod = (metric: string, job: string, labels: Record<string, string> = {}) => select(metric, { job, instance: '10.0.0.2:9090', namespace: 'monitoring', pod: `${job}-0`, container: job, ...labels });
const disk = (metric: string) => inPod(metric, 'node-exporter', { node: 'node-1', mountpoint: '/', fstype: 'ext4', device: 'sda1' });
const READY = kubeState('kube_node_status_condition', { node: 'node-1', condition: 'Ready', status: 'true' });
const PRESSURE = kubeState('kube_node_status_condition', { node: 'node-1', condition: 'DiskPressure', status: 'true' });
const CLAIM = kubeState('kube_persistentvolumeclaim_status_phase', { namespace: 'shop', persistentvolumeclaim: 'data', phase: 'Pending' });
const quota = (type: string) => kubeState('kube_resourcequota', { namespace: 'shop', resourcequota: 'quota', resource: 'pods', type });
const up = (job: string) => inPod('up', job);
const apiErrors = select('apiserver_request_total', { job: 'apiserver', instance: '10.0.0.1:443', verb: 'GET', code: '500' });
const CERTIFICATE = select('certmanager_certificate_expiration_timestamp_seconds', { job: 'cert-manager', instance: '10.0.0.7:9402', namespace: 'shop', name: 'web-tls', issuer_name: 'letsencrypt' });
const DROPPED = inPod('fluentd_dropped_records_total', 'fluentd');
const REFUSED = inPod('loki_discarded_samples_total', 'loki', { tenant: 'fake', reason: 'rate_limited' });
const fluentd = (metric: string) => inPod(metric, 'fluentd', { plugin_id: 'out_es', type: 'elasticsearch' });
const FAILED = inPod('alertmanager_notifications_failed_total', 'alertmanager', { integration: 'slack', reason: 'other' });
const REMOTE = inPod('prometheus_remote_storage_samples_failed_total', 'prometheus', { url: 'https://example.com', remote_name: 'x' });
const RULES = inPod('prometheus_rule_evaluation_failures_total', 'prometheus', { rule_group: 'x' });
const CRASHED = kubeState('kube_pod_container_status_waiting_reason', { namespace: 'monitoring-nodes', pod: 'node-exporter-x', container: 'node-exporter', reason: 'CrashLoopBackOff' });
const volume = (which: string) => select(`kubelet_volume_stats_${which}_bytes`, { job: 'kubelet', instance: 'node-1', node: 'node-1', namespace: 'monitoring', persistentvolumeclaim: 'data-prometheus-0' });
const UNSENT = inPod('prometheus_notifications_errors_total', 'prometheus', { alertmanager: 'http://am' });

/** A cluster in which all is well, but that the Watchdog barks. */
export const HEALTHY_PLATFORM: Series = {
  ...Object.fromEntries(['kube-state-metrics', 'kubelet', 'apiserver', 'alertmanager', 'fluentd', 'loki', 'cert-manager'].map((job) => [up(job), steady(1)])),
  [READY]: steady(1), [PRESSURE]: steady(0), [CLAIM]: steady(0), [quota('used')]: steady(5), [quota('hard')]: steady(10),
  [CRASHED]: steady(0), [volume('available')]: steady(50), [volume('capacity')]: steady(100),
  [disk('node_filesystem_avail_bytes')]: steady(50), [disk('node_filesystem_size_bytes')]: steady(100),
  [select('apiserver_request_total', { job: 'apiserver', instance: '10.0.0.1:443', verb: 'GET', code: '200' })]: rising(600), [apiErrors]: rising(1),
  [inPod('prometheus_config_last_reload_successful', 'prometheus')]: steady(1), [RULES]: steady(4), [inPod('prometheus_tsdb_compactions_failed_total', 'prometheus')]: steady(1),
  [UNSENT]: steady(7), [inPod('prometheus_notifications_sent_total', 'prometheus', { alertmanager: 'http://am' })]: rising(60), [REMOTE]: steady(2),
  [FAILED]: steady(3), [inPod('alertmanager_notifications_total', 'alertmanager', { integration: 'slack' })]: rising(60), [inPod('alertmanager_cluster_members', 'alertmanager')]: steady(2),
  [fluentd('fluentd_output_status_buffer_available_space_ratio')]: steady(90), [fluentd('fluentd_output_status_retry_count')]: steady(2),
  [CERTIFICATE]: steady(FUTURE), [DROPPED]: steady(3), [REFUSED]: steady(4),
};

/** What must go wrong in the cluster. */
export const PLATFORM_FAILURES: Readonly<Partial<Record<AlertName, Series>>> = {
  Watchdog: {},
  MonitoringPodCrashLooping: { [CRASHED]: steady(1) },
  MonitoringVolumeFillingUp: { [volume('available')]: steady(5) },
  NodeNotReady: { [READY]: steady(0) },
  NodeUnderPressure: { [PRESSURE]: steady(1) },
  NodeDiskFillingUp: { [disk('node_filesystem_avail_bytes')]: steady(5) },
  VolumeNotBound: { [CLAIM]: steady(1) },
  QuotaNearlyUsed: { [quota('used')]: steady(10) },
  KubeStateMetricsDown: { [up('kube-state-metrics')]: undefined },
  KubeletDown: { [up('kubelet')]: steady(0) },
  ApiServerDown: { [up('apiserver')]: steady(0) },
  ApiServerErrors: { [apiErrors]: rising(60) },
  PrometheusReloadFailed: { [inPod('prometheus_config_last_reload_successful', 'prometheus')]: steady(0) },
  PrometheusRulesFailing: { [RULES]: rising(1) },
  PrometheusStorageFailing: { [inPod('prometheus_tsdb_compactions_failed_total', 'prometheus')]: rising(1) },
  PrometheusNotSendingAlerts: { [UNSENT]: rising(30) },
  PrometheusRemoteWriteFailing: { [REMOTE]: rising(60) },
  AlertmanagerDown: { [up('alertmanager')]: undefined },
  AlertmanagerNotificationsFailing: { [FAILED]: rising(30) },
  AlertmanagerClusterIncomplete: { [inPod('alertmanager_cluster_members', 'alertmanager')]: steady(1) },
  FluentdDown: { [up('fluentd')]: steady(0) },
  FluentdBufferFillingUp: { [fluentd('fluentd_output_status_buffer_available_space_ratio')]: steady(5) },
  FluentdDroppingRecords: { [DROPPED]: rising(1) },
  LogStoreDown: { [up('loki')]: undefined },
  LogStoreRefusingLines: { [REFUSED]: rising(1) },
  CertificateNotRenewed: { [CERTIFICATE]: steady(5 * 86_400) },
  CertManagerDown: { [up('cert-manager')]: steady(0) },
  FluentdRetrying: { [fluentd('fluentd_output_status_retry_count')]: rising(1) },
};
