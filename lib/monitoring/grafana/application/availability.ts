import type { MonitoredApplication } from '../../application';
import type { StatPanel, TimeSeriesPanel } from '../model';
import { stat, timeSeries, type Query } from '../panels';
import { sum } from '../../promql';
import { highest, increase } from '../query';
import { podState, state } from './subject';

/** What kube-state-metrics calls the pods that are wanted and those that are available, by the kind of the workload. */
const REPLICAS: Readonly<Record<string, { readonly label: string; readonly desired: string; readonly available: string }>> = {
  Deployment: { label: 'deployment', desired: 'kube_deployment_spec_replicas', available: 'kube_deployment_status_replicas_available' },
  StatefulSet: { label: 'statefulset', desired: 'kube_statefulset_replicas', available: 'kube_statefulset_status_replicas_available' },
  DaemonSet: { label: 'daemonset', desired: 'kube_daemonset_status_desired_number_scheduled', available: 'kube_daemonset_status_number_available' },
};

/** Pods that are wanted and that are available; undefined for what does not keep running. */
export function replicas(application: MonitoredApplication): { readonly desired: string; readonly available: string } | undefined {
  const { workload } = application;
  const names = workload && REPLICAS[workload.kind];
  if (!names) return undefined;
  const of = (metric: string) => highest([], state(application, metric, { [names.label]: workload.name }));
  return { desired: of(names.desired), available: of(names.available) };
}

/** Restarts of the application's containers. */
export const restarts = (application: MonitoredApplication, by: readonly string[] = [], window?: string): string => sum(by, increase(podState(application, 'kube_pod_container_status_restarts_total'), window));

/** What a glance should tell of its pods. */
export function podStats(application: MonitoredApplication): readonly StatPanel[] {
  const number = replicas(application);
  return [
    ...(number ? [stat({
      title: 'Pods available', description: 'Share of the pods that are wanted and can take work.', unit: 'percentunit', limits: { warn: 1, bad: 0.5, falls: true },
      queries: [{ expr: `${number.available} / ${number.desired}`, legend: 'available' }],
    })] : []),
    stat({ title: 'Restarts, 24 h', description: 'Restarts of its containers during the last day.', decimals: 0, limits: { warn: 1, bad: 5 }, graph: false, none: '0', queries: [{ expr: restarts(application, [], '24h'), legend: 'restarts' }] }),
  ];
}

/** Pods, restarts and the autoscaler over time. */
export function podPanels(application: MonitoredApplication): readonly TimeSeriesPanel[] {
  const number = replicas(application);
  return [
    ...(number ? [timeSeries({
      title: 'Pods', description: 'Pods that can take work, against those that are wanted.', decimals: 0,
      queries: [{ expr: number.available, legend: 'available' }, { expr: number.desired, legend: 'desired', bound: true }],
    })] : []),
    timeSeries({ title: 'Restarts', description: 'Restarts of each container.', decimals: 0, queries: [{ expr: restarts(application, ['container']), legend: '{{container}}' }] }),
    ...(application.autoscaler === undefined ? [] : [scaling(application, application.autoscaler)]),
  ];
}

function scaling(application: MonitoredApplication, horizontalpodautoscaler: string): TimeSeriesPanel {
  const of = (field: string, legend: string, bound = false): Query => ({ expr: highest([], state(application, `kube_horizontalpodautoscaler_${field}`, { horizontalpodautoscaler })), legend, ...(bound ? { bound } : {}) });
  return timeSeries({
    title: 'Autoscaler', description: 'Pods that the autoscaler holds, within its bounds. At the upper one it can do no more.', decimals: 0,
    queries: [of('status_current_replicas', 'current'), of('spec_min_replicas', 'least', true), of('spec_max_replicas', 'most', true)],
  });
}
