import type { MonitoredApplication } from '../../application';
import type { TimeSeriesPanel } from '../model';
import { timeSeries, type Query } from '../panels';
import { sum } from '../../promql';
import { highest, rate } from '../query';
import { containers, podState } from './subject';

/** Cores that each pod uses. */
export const cpuUsage = (application: MonitoredApplication, by: readonly string[] = []): string => sum(by, rate(containers(application, 'container_cpu_usage_seconds_total')));

/** Bytes that each pod holds and cannot give back. */
export const memoryUsage = (application: MonitoredApplication, by: readonly string[] = []): string => sum(by, containers(application, 'container_memory_working_set_bytes'));

function bound(application: MonitoredApplication, kind: 'request' | 'limit', resource: string): Query {
  const series = podState(application, `kube_pod_container_resource_${kind}s`, { resource });
  return { expr: highest([], sum(['pod'], series)), legend: kind, bound: true };
}

/** CPU and memory of each pod, against what was asked for and what is allowed. */
export function resourcePanels(application: MonitoredApplication): readonly TimeSeriesPanel[] {
  const { limits } = application;
  const bounds = (resource: 'cpu' | 'memory') => [bound(application, 'request', resource), ...(limits[resource] ? [bound(application, 'limit', resource)] : [])];
  return [
    timeSeries({ title: 'CPU', description: 'Cores that each pod uses, against its request.', unit: 'cores', queries: [{ expr: cpuUsage(application, ['pod']), legend: '{{pod}}' }, ...bounds('cpu')] }),
    timeSeries({ title: 'Memory', description: 'Memory that each pod holds and cannot give back; at its limit a container is killed.', unit: 'bytes', queries: [{ expr: memoryUsage(application, ['pod']), legend: '{{pod}}' }, ...bounds('memory')] }),
    ...(limits.cpu ? [throttling(application)] : []),
  ];
}

function throttling(application: MonitoredApplication): TimeSeriesPanel {
  const periods = (name: string) => sum(['pod'], rate(containers(application, name)));
  return timeSeries({
    title: 'CPU throttled', description: 'Share of periods in which a pod wanted more than its CPU limit and had to wait.', unit: 'percentunit', limits: { warn: 0.1, bad: 0.25 },
    queries: [{ expr: `${periods('container_cpu_cfs_throttled_periods_total')} / ${periods('container_cpu_cfs_periods_total')}`, legend: '{{pod}}' }],
  });
}
