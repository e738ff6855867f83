import type { Reporter } from '../cluster/settings/read';
import type { Gke } from './schema';
import type { MetricSource } from './settings';

type MetricSettings = Pick<Gke, 'autopilot' | 'managedPrometheus' | 'metrics'>;

/** Metrics that GKE gets by itself; all others its managed collectors fetch. Source: https://cloud.google.com/kubernetes-engine/docs/how-to/kube-state-metrics, "Requirements". */
const UNCOLLECTED: readonly MetricSource[] = ['system', 'api-server', 'scheduler', 'controller-manager'];

/** Whether Google's collectors run; Autopilot can't do without. */
export const managedPrometheusOf = ({ managedPrometheus, autopilot }: Pick<MetricSettings, 'autopilot' | 'managedPrometheus'>): boolean => managedPrometheus ?? autopilot;

/** The metrics that go to Cloud Monitoring: where nobody says, those that somebody fetches. */
export function metricsOf(settings: MetricSettings): readonly MetricSource[] {
  return settings.metrics ?? ['system', ...(managedPrometheusOf(settings) ? ['storage', 'hpa', 'pod', 'daemonset', 'deployment', 'statefulset'] as const : [])];
}

/** Reports metrics that nobody would fetch. */
export function checkMetrics(settings: MetricSettings, reporter: Reporter): void {
  const { metrics = [] } = settings;
  if (metrics.length > 0 && !metrics.includes('system')) reporter.add(['metrics'], metrics, 'a list with "system", without which GKE sends no others; or none');
  if (managedPrometheusOf(settings)) return;
  metrics.forEach((source, index) => {
    if (!UNCOLLECTED.includes(source)) reporter.add(['metrics', index], source, `${UNCOLLECTED.map((one) => `"${one}"`).join(', ')}; or managedPrometheus: true, whose collectors fetch the others`);
  });
}
