/** What prometheus-operator makes of its resources: jobs of Prometheus, and pods. See `pkg/prometheus/promcfg.go` in its module. */
import type { JsonObject } from '../../../lib';
import type { RelabelConfig, ScrapeConfig, StaticTargets } from '../../../lib/monitoring';
import { keepPods } from '../../../lib/monitoring/prometheus/relabel';
import type { KubeObject } from './stacks';

interface Endpoint {
  readonly portNumber?: number;
  readonly port?: string;
  readonly path?: string;
  readonly relabelings?: readonly JsonObject[];
}

const snake = (step: JsonObject): RelabelConfig => Object.fromEntries(Object.entries(step).map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value])) as RelabelConfig;
const copy = (from: string, to: string): RelabelConfig => ({ source_labels: [from], target_label: to });
const set = (label: string, value: string): RelabelConfig => ({ target_label: label, replacement: value });

/** The job of a PodMonitor with one endpoint. */
export function jobOfPodMonitor({ metadata: { name, namespace }, spec }: KubeObject): ScrapeConfig {
  const { selector, namespaceSelector, podMetricsEndpoints } = spec as unknown as { selector: { matchLabels: Record<string, string> }; namespaceSelector: { matchNames: string[] }; podMetricsEndpoints: Endpoint[] };
  const [endpoint] = podMetricsEndpoints as [Endpoint];
  return {
    job_name: `podMonitor/${namespace}/${name}/0`,
    kubernetes_sd_configs: [{ role: 'pod', namespaces: { names: namespaceSelector.matchNames } }],
    relabel_configs: [
      { action: 'drop', source_labels: ['__meta_kubernetes_pod_phase'], regex: '(Failed|Succeeded)' },
      keepPods(selector.matchLabels),
      ...(endpoint.portNumber === undefined ? [] : [{ action: 'keep', source_labels: ['__meta_kubernetes_pod_container_port_number'], regex: String(endpoint.portNumber) } as const]),
      copy('__meta_kubernetes_namespace', 'namespace'), copy('__meta_kubernetes_pod_container_name', 'container'), copy('__meta_kubernetes_pod_name', 'pod'),
      set('job', `${namespace}/${name}`),
      ...(endpoint.relabelings ?? []).map(snake),
    ],
  };
}

/** The job of a Probe of written targets. */
export function jobOfProbe({ metadata: { name, namespace }, spec }: KubeObject): ScrapeConfig {
  const { jobName, module, prober, targets } = spec as unknown as { jobName: string; module: string; prober: { url: string; path: string }; targets: { staticConfig: { static: string[]; labels: Record<string, string> } } };
  const found: StaticTargets = { targets: targets.staticConfig.static, labels: { namespace: namespace!, ...targets.staticConfig.labels, __param_module: module } };
  return {
    job_name: `probe/${namespace}/${name}`, metrics_path: prober.path, static_configs: [found],
    relabel_configs: [set('job', jobName), copy('__address__', '__param_target'), copy('__param_target', 'instance'), set('__address__', prober.url)],
  };
}

/** The steps that a target behind a Service goes through; a node where the Service leads to nodes. */
export function relabelingsOfServiceMonitor({ spec }: KubeObject): { readonly target: Readonly<Record<string, string>>; readonly steps: readonly RelabelConfig[] } {
  const { endpoints, namespaceSelector } = spec as unknown as { endpoints: Endpoint[]; namespaceSelector: { matchNames: [string] } };
  const [{ port, relabelings = [] }] = endpoints as [Endpoint];
  const node = namespaceSelector.matchNames[0] === 'kube-system';
  return {
    target: {
      __address__: '10.8.0.1:10250', __meta_kubernetes_namespace: namespaceSelector.matchNames[0], __meta_kubernetes_service_name: node ? 'kubelet' : 'kubernetes', __meta_kubernetes_endpointslice_port_name: port!,
      ...(node ? { __meta_kubernetes_endpointslice_address_target_kind: 'Node', __meta_kubernetes_endpointslice_address_target_name: 'node-0' } : {}),
    },
    steps: [
      { source_labels: ['__meta_kubernetes_endpointslice_address_target_kind', '__meta_kubernetes_endpointslice_address_target_name'], regex: 'Node;(.*)', target_label: 'node', replacement: '$1' },
      copy('__meta_kubernetes_namespace', 'namespace'), copy('__meta_kubernetes_service_name', 'service'), copy('__meta_kubernetes_pod_name', 'pod'),
      copy('__meta_kubernetes_service_name', 'job'), set('endpoint', port!), ...relabelings.map(snake),
    ],
  };
}

/** The pods of a Prometheus and of an Alertmanager, as a workload. */
export function workloadOf({ kind, metadata: { name, namespace }, spec }: KubeObject): JsonObject {
  const program = kind.toLowerCase();
  const { labels } = (spec as { podMetadata: { labels: Record<string, string> } }).podMetadata;
  const operated = { 'app.kubernetes.io/name': program, 'app.kubernetes.io/instance': name, 'app.kubernetes.io/managed-by': 'prometheus-operator', [program]: name };
  const containers = [{ name: program, ports: [{ containerPort: program === 'prometheus' ? 9090 : 9093 }] }, { name: 'config-reloader', ports: [{ containerPort: 8080 }] }];
  return { kind: 'StatefulSet', apiVersion: 'apps/v1', metadata: { name: `${program}-${name}`, namespace }, spec: { template: { metadata: { labels: { ...labels, ...operated } }, spec: { containers } } } };
}
