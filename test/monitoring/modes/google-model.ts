/** What Google's managed Prometheus makes of its resources. See `pkg/operator/apis/monitoring/v1` of prometheus-engine's module. */
import type { RelabelConfig, ScrapeConfig } from '../../../lib/monitoring';
import { keepPods } from '../../../lib/monitoring/prometheus/relabel';
import type { KubeObject } from './stacks';

const META: Readonly<Record<string, string>> = { pod: '__meta_kubernetes_pod_name', node: '__meta_kubernetes_pod_node_name' };
const copy = (from: string, to: string): RelabelConfig => ({ source_labels: [from], target_label: to });
const set = (label: string, value: string): RelabelConfig => ({ target_label: label, replacement: value });
/** What every series gets. */
const PLACES = [set('project_id', 'acme-production'), set('location', 'europe-west6'), set('cluster', 'main')];

/** The job of a PodMonitoring or ClusterPodMonitoring with one endpoint, by the number of its port. */
export function jobOfMonitoring({ kind, metadata: { name, namespace }, spec }: KubeObject, namespaces: readonly string[]): ScrapeConfig {
  const { selector, endpoints, targetLabels } = spec as unknown as { selector: { matchLabels: Record<string, string> }; endpoints: [{ port: number; metricRelabeling?: { targetLabel: string; replacement: string }[] }]; targetLabels: { metadata: string[] } };
  const [{ port, metricRelabeling = [] }] = endpoints;
  return {
    job_name: `${kind}/${name}`,
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: namespace === undefined ? namespaces : [namespace] } }],
    relabel_configs: [
      ...PLACES, keepPods(selector.matchLabels),
      ...targetLabels.metadata.map((label) => copy(META[label]!, label)),
      ...(namespace === undefined ? [] : [copy('__meta_kubernetes_namespace', 'namespace')]),
      set('job', name),
      { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'instance', replacement: `$1:${port}` },
      { source_labels: ['__meta_kubernetes_pod_ip'], target_label: '__address__', replacement: `$1:${port}` },
    ],
    metric_relabel_configs: metricRelabeling.map(({ targetLabel, replacement }) => set(targetLabel, replacement)),
  };
}

/** The labels of what the collectors scrape of the kubelets, once the OperatorConfig asks for it. */
export const KUBELET_LABELS = ['job', 'instance', 'node', 'project_id', 'location', 'cluster'];
