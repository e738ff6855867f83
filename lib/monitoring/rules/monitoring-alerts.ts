import { escapeRegex, regex, select } from '../promql';
import { JOBS, type Alert } from './definition';
import type { Platform } from './platform';

const prometheus = (metric: string) => select(metric, { job: JOBS.prometheus });
const alertmanager = (metric: string) => select(metric, { job: JOBS.alertmanager });
const fluentd = (metric: string) => select(metric, { job: JOBS.fluentd });
const absent = (job: string) => `absent(${select('up', { job })} == 1)`;
/** The namespaces of the monitoring: its own, and that of what needs the rights of the nodes. */
const own = ({ namespace }: Platform) => regex(`${escapeRegex(namespace)}(-nodes)?`);
const always = () => true;
const hasPrometheus = ({ prometheus: own }: Platform) => own;
const hasAlertmanager = ({ alertmanagers }: Platform) => alertmanagers > 0;
const hasFluentd = (platform: Platform) => platform.fluentd;

/** Alerts on Prometheus and Alertmanager themselves. */
export const MONITORING_ALERTS = {
  Watchdog: {
    severity: 'info',
    for: '0s',
    fits: ({ watchdog }) => watchdog,
    expr: () => 'vector(1)',
    summary: () => 'The alerting works',
    description: () => "This alert is always on. It goes to a dead man's switch outside the cluster, which raises the alarm when it no longer comes.",
  },
  MonitoringPodCrashLooping: {
    severity: 'critical',
    for: '15m',
    fits: always,
    expr: (platform) => `max by (namespace, pod, container) (max_over_time(${select('kube_pod_container_status_waiting_reason', { job: JOBS.kubeStateMetrics, namespace: own(platform), reason: 'CrashLoopBackOff' })}[5m])) > 0`,
    summary: () => 'A part of the monitoring crashes again and again: {{ $labels.pod }}',
    description: () => 'The container {{ $labels.container }} of pod {{ $labels.pod }} is started, ends and waits longer each time. What it does is missing: metrics, alerts, dashboards or logs.',
  },
  MonitoringVolumeFillingUp: {
    severity: 'warning',
    for: '30m',
    threshold: { value: 0.1, meaning: 'part of the volume that is free', min: 0, max: 1 },
    fits: always,
    expr: (platform, threshold) => {
      const [free, all] = ['available', 'capacity'].map((which) => `max by (namespace, persistentvolumeclaim) (${select(`kubelet_volume_stats_${which}_bytes`, { job: JOBS.kubelet, namespace: own(platform) })})`);
      return `${free} / ${all} < ${threshold}`;
    },
    summary: () => 'A volume of the monitoring fills up: {{ $labels.persistentvolumeclaim }}',
    description: () => 'Only {{ $value | humanizePercentage }} of the volume of claim {{ $labels.persistentvolumeclaim }} is free. Once it is full, nothing more is written: no metrics, so no alerts.',
  },
  PrometheusReloadFailed: {
    severity: 'critical',
    for: '10m',
    fits: hasPrometheus,
    expr: () => `max by (pod) (${prometheus('prometheus_config_last_reload_successful')}) == 0`,
    summary: () => 'Prometheus refused its new configuration',
    description: () => 'Prometheus {{ $labels.pod }} goes on with the old configuration: new applications and alerts are not watched, and it will not start again.',
  },
  PrometheusRulesFailing: {
    severity: 'critical',
    for: '15m',
    fits: hasPrometheus,
    expr: () => `sum by (pod, rule_group) (increase(${prometheus('prometheus_rule_evaluation_failures_total')}[5m])) > 0`,
    summary: () => 'Alerts are not evaluated',
    description: () => 'Rules of the group {{ $labels.rule_group }} fail in Prometheus {{ $labels.pod }}. Their alerts can not fire.',
  },
  PrometheusStorageFailing: {
    severity: 'warning',
    for: '1h',
    fits: hasPrometheus,
    expr: () => `sum by (pod) (increase(${prometheus('prometheus_tsdb_compactions_failed_total')}[3h])) > 0`,
    summary: () => 'Prometheus can not tidy its storage',
    description: () => 'Compactions fail in Prometheus {{ $labels.pod }}. It takes more and more space, and its data may be damaged.',
  },
  PrometheusNotSendingAlerts: {
    severity: 'critical',
    for: '15m',
    threshold: { value: 0.01, meaning: 'part of alerts that are not delivered to an Alertmanager', min: 0, max: 1 },
    fits: (platform) => hasPrometheus(platform) && hasAlertmanager(platform),
    expr: (_, threshold) => {
      const [errors, sent] = ['errors', 'sent'].map((what) => `sum by (pod, alertmanager) (rate(${prometheus(`prometheus_notifications_${what}_total`)}[5m]))`);
      return `${errors} / ${sent} > ${threshold}`;
    },
    summary: () => 'Alerts do not reach Alertmanager',
    description: () => '{{ $value | humanizePercentage }} of the alerts from Prometheus {{ $labels.pod }} do not reach {{ $labels.alertmanager }}. Nobody may hear of them.',
  },
  PrometheusRemoteWriteFailing: {
    severity: 'warning',
    for: '15m',
    fits: ({ remoteWrite }) => remoteWrite,
    expr: () => `sum by (pod, url) (rate(${prometheus('prometheus_remote_storage_samples_failed_total')}[5m])) > 0`,
    summary: () => 'Metrics do not reach the store outside',
    description: () => 'Prometheus {{ $labels.pod }} loses samples on their way to {{ $labels.url }}.',
  },
  AlertmanagerDown: {
    severity: 'critical',
    for: '5m',
    fits: hasAlertmanager,
    expr: () => absent(JOBS.alertmanager),
    summary: () => 'Alertmanager is down',
    description: () => 'No alert reaches anybody. This alert is seen in Prometheus and Grafana alone.',
  },
  AlertmanagerNotificationsFailing: {
    severity: 'critical',
    for: '5m',
    threshold: { value: 0.01, meaning: 'part of notifications of one kind that fail', min: 0, max: 1 },
    fits: hasAlertmanager,
    expr: (_, threshold) => {
      const [failed, all] = ['notifications_failed', 'notifications'].map((what) => `sum by (integration) (rate(${alertmanager(`alertmanager_${what}_total`)}[5m]))`);
      return `${failed} / ${all} > ${threshold}`;
    },
    summary: () => 'Notifications by {{ $labels.integration }} fail',
    description: () => '{{ $value | humanizePercentage }} of the notifications by {{ $labels.integration }} are not delivered.',
  },
  AlertmanagerClusterIncomplete: {
    severity: 'warning',
    for: '15m',
    fits: ({ alertmanagers }) => alertmanagers > 1,
    expr: ({ alertmanagers }) => `min by (pod) (${alertmanager('alertmanager_cluster_members')}) < ${alertmanagers}`,
    summary: () => 'An Alertmanager does not see the others',
    description: () => 'Alertmanager {{ $labels.pod }} knows of {{ $value }} members only. Notifications may come twice, and silences may not hold.',
  },
} satisfies Record<string, Alert<Platform>>;

/** Alerts on the way of the logs. */
export const LOG_ALERTS = {
  FluentdDown: {
    severity: 'warning',
    for: '15m',
    fits: hasFluentd,
    expr: () => absent(JOBS.fluentd),
    summary: () => 'FluentD is down',
    description: () => 'No logs are collected. What is rotated away on the nodes in the meantime is lost.',
  },
  FluentdBufferFillingUp: {
    severity: 'warning',
    for: '5m',
    threshold: { value: 10, meaning: 'percent of the buffer that is free', min: 0, max: 100 },
    fits: hasFluentd,
    expr: (_, threshold) => `min by (pod, plugin_id) (${fluentd('fluentd_output_status_buffer_available_space_ratio')}) < ${threshold}`,
    summary: () => 'A log buffer fills up',
    description: () => 'The buffer {{ $labels.plugin_id }} of FluentD {{ $labels.pod }} has {{ $value }}% left. The sink takes the logs too slowly or not at all; once it is full, logs are lost.',
  },
  FluentdRetrying: {
    severity: 'warning',
    for: '15m',
    fits: hasFluentd,
    expr: () => `sum by (pod, plugin_id) (increase(${fluentd('fluentd_output_status_retry_count')}[10m])) > 0`,
    summary: () => 'Logs do not reach their sink',
    description: () => 'FluentD {{ $labels.pod }} tries again and again to hand the logs of {{ $labels.plugin_id }} over.',
  },
} satisfies Record<string, Alert<Platform>>;
