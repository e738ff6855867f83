import { aggregate, anyOf, select, sum } from '../promql';
import type { DashboardContext } from './context';
import { makeDashboard, type DashboardFile } from './dashboard';
import { dashboardPath, inside, OVERVIEW_UID, PLATFORM_UID } from './links';
import type { StatPanel, TimeSeriesPanel } from './model';
import { ENVIRONMENT_FOLDER } from './overview-dashboard';
import { stat, timeSeries } from './panels';
import { highest, orZero, rate } from './query';

/** The dashboard of what the applications stand on: nodes, volumes, quota, and the monitoring itself. */
export function platformDashboard(context: DashboardContext): DashboardFile {
  const dashboard = makeDashboard({
    uid: PLATFORM_UID,
    title: `Platform of ${context.environment}`,
    description: 'Nodes, volumes, quota, and the monitoring itself.',
    tags: ['platform'],
    sections: [
      { panels: glance(context), perLine: 8, height: 4 },
      { title: 'Nodes', panels: [...(context.nodes ? nodePanels() : []), requestsPanel()] },
      { title: 'Volumes and quota', panels: storagePanels() },
      { title: 'Prometheus', panels: context.prometheus ? prometheusPanels() : [] },
      { title: 'Alertmanager', panels: context.alertmanagerMetrics ? alertmanagerPanels() : [] },
      { title: 'FluentD', panels: context.fluentd ? fluentdPanels() : [] },
    ],
    links: [inside('Overview', dashboardPath(OVERVIEW_UID))],
  });
  return { folder: ENVIRONMENT_FOLDER, dashboard };
}

function glance({ prometheus }: DashboardContext): readonly StatPanel[] {
  const condition = (...names: readonly string[]) => sum([], select('kube_node_status_condition', { ...STATE_JOB, condition: anyOf(names), status: 'true' }));
  const ready = condition('Ready');
  return [
    stat({ title: 'Nodes ready', description: 'Share of the nodes that take pods.', unit: 'percentunit', limits: { warn: 1, bad: 0.7, falls: true }, queries: [{ expr: `${ready} / ${aggregate('count', [], select('kube_node_info', STATE_JOB))}`, legend: 'ready' }] }),
    stat({ title: 'Nodes under pressure', description: 'Nodes that lack memory, disk or process ids.', decimals: 0, graph: false, limits: { bad: 1 }, queries: [{ expr: condition('MemoryPressure', 'DiskPressure', 'PIDPressure'), legend: 'pressure' }] }),
    stat({ title: 'Targets down', description: 'Targets that Prometheus cannot read.', decimals: 0, limits: { warn: 1, bad: 3 }, queries: [{ expr: orZero(aggregate('count', [], 'up == 0')), legend: 'down' }] }),
    ...(prometheus ? configurationStats() : []),
  ];
}

function configurationStats(): readonly StatPanel[] {
  return [
    stat({ title: 'Series', description: 'Series that Prometheus holds in memory.', unit: 'short', queries: [{ expr: highest([], select('prometheus_tsdb_head_series', PROMETHEUS_JOB)), legend: 'series' }] }),
    stat({ title: 'Configuration', description: 'Whether Prometheus took its last configuration.', texts: { 0: 'refused', 1: 'loaded' }, graph: false, limits: { bad: 1, falls: true }, queries: [{ expr: aggregate('min', [], select('prometheus_config_last_reload_successful', PROMETHEUS_JOB)), legend: 'taken' }] }),
  ];
}

const STATE_JOB = { job: 'kube-state-metrics' };
const NODE_JOB = { job: 'node-exporter' };
const PROMETHEUS_JOB = { job: 'prometheus' };
const ALERTMANAGER_JOB = { job: 'alertmanager' };
const FLUENTD_JOB = { job: 'fluentd' };
const SHARE = { unit: 'percentunit', max: 1 };

function nodePanels(): readonly TimeSeriesPanel[] {
  const used = (free: string, all: string, labels = {}) => `1 - ${aggregate('min', ['node'], `${select(free, { ...NODE_JOB, ...labels })} / ${select(all, { ...NODE_JOB, ...labels })}`)}`;
  const legend = '{{node}}';
  return [
    timeSeries({ title: 'Node CPU', description: 'Share of each node’s cores that is busy.', ...SHARE, limits: { bad: 0.9 }, queries: [{ expr: `1 - ${aggregate('avg', ['node'], rate(select('node_cpu_seconds_total', { ...NODE_JOB, mode: 'idle' })))}`, legend }] }),
    timeSeries({ title: 'Node memory', description: 'Share of each node’s memory that is not free for programs.', ...SHARE, limits: { bad: 0.9 }, queries: [{ expr: used('node_memory_MemAvailable_bytes', 'node_memory_MemTotal_bytes'), legend }] }),
    timeSeries({ title: 'Node disk', description: 'Share of the fullest filesystem of each node.', ...SHARE, limits: { bad: 0.85 }, queries: [{ expr: used('node_filesystem_avail_bytes', 'node_filesystem_size_bytes', { fstype: anyOf(['btrfs', 'ext4', 'xfs']) }), legend }] }),
  ];
}

/** What pods ask for is what the scheduler counts, whatever they use. */
function requestsPanel(): TimeSeriesPanel {
  const share = (resource: string) => ['kube_pod_container_resource_requests', 'kube_node_status_allocatable'].map((metric) => sum([], select(metric, { ...STATE_JOB, resource }))).join(' / ');
  return timeSeries({
    title: 'Requested of the nodes', description: 'Share of what the nodes offer that pods have requested; at 1 no further pod is placed.', ...SHARE, limits: { bad: 0.95 },
    queries: ['cpu', 'memory'].map((resource) => ({ expr: share(resource), legend: resource })),
  });
}

function storagePanels(): readonly TimeSeriesPanel[] {
  const volume = (amount: string) => highest(['namespace', 'persistentvolumeclaim'], select(`kubelet_volume_stats_${amount}_bytes`, { job: 'kubelet' }));
  const quota = (type: string) => highest(['namespace', 'resourcequota', 'resource'], select('kube_resourcequota', { ...STATE_JOB, type }));
  return [
    timeSeries({ title: 'Fullest volumes', description: 'The ten volumes with the least space left.', ...SHARE, limits: { warn: 0.85, bad: 0.97 }, queries: [{ expr: `topk(10, ${volume('used')} / ${volume('capacity')})`, legend: '{{namespace}} / {{persistentvolumeclaim}}' }] }),
    timeSeries({ title: 'Quota used', description: 'Share of each namespace’s quota that is taken.', ...SHARE, limits: { bad: 0.9 }, queries: [{ expr: `${quota('used')} / (${quota('hard')} > 0)`, legend: '{{namespace}} {{resource}}' }] }),
  ];
}

function prometheusPanels(): readonly TimeSeriesPanel[] {
  const each = (counter: string) => sum([], rate(select(counter, PROMETHEUS_JOB)));
  return [
    timeSeries({ title: 'Samples taken in', description: 'Samples each second.', unit: 'short', queries: [{ expr: each('prometheus_tsdb_head_samples_appended_total'), legend: 'samples' }] }),
    timeSeries({ title: 'Stored', description: 'Bytes of blocks on the volume.', unit: 'bytes', queries: [{ expr: highest([], select('prometheus_tsdb_storage_blocks_bytes', PROMETHEUS_JOB)), legend: 'blocks' }] }),
    timeSeries({
      title: 'Failures of Prometheus', description: 'Rules that could not be evaluated and alerts that reached no Alertmanager, each second.', unit: 'short',
      queries: [{ expr: each('prometheus_rule_evaluation_failures_total'), legend: 'rules' }, { expr: each('prometheus_notifications_dropped_total'), legend: 'alerts' }],
    }),
  ];
}

function alertmanagerPanels(): readonly TimeSeriesPanel[] {
  const each = (counter: string) => sum(['integration'], rate(select(counter, ALERTMANAGER_JOB)));
  return [
    timeSeries({ title: 'Alerts held', description: 'Alerts that Alertmanager holds, by their state.', decimals: 0, queries: [{ expr: highest(['state'], select('alertmanager_alerts', ALERTMANAGER_JOB)), legend: '{{state}}' }] }),
    timeSeries({ title: 'Notifications', description: 'Notifications each second, by the kind of their receiver.', unit: 'short', queries: [{ expr: each('alertmanager_notifications_total'), legend: '{{integration}}' }] }),
    timeSeries({ title: 'Notifications failed', description: 'Notifications that were not taken, each second.', unit: 'short', queries: [{ expr: each('alertmanager_notifications_failed_total'), legend: '{{integration}}' }] }),
  ];
}

function fluentdPanels(): readonly TimeSeriesPanel[] {
  const gauge = (name: string) => select(`fluentd_output_status_${name}`, FLUENTD_JOB);
  return [
    timeSeries({ title: 'Buffer space left', description: 'Share of the buffer’s limit that is free, in percent, on the fullest node.', unit: 'percent', max: 100, limits: { warn: 30, bad: 10, falls: true }, queries: [{ expr: aggregate('min', ['plugin_id'], gauge('buffer_available_space_ratio')), legend: '{{plugin_id}}' }] }),
    timeSeries({ title: 'Records sent', description: 'Records each second, by sink.', unit: 'short', queries: [{ expr: sum(['plugin_id'], rate(gauge('emit_records'))), legend: '{{plugin_id}}' }] }),
    timeSeries({ title: 'Retries and errors', description: 'Retries and errors of the sinks, each second.', unit: 'short', queries: [{ expr: sum([], rate(gauge('retry_count'))), legend: 'retries' }, { expr: sum([], rate(gauge('num_errors'))), legend: 'errors' }] }),
  ];
}
