import type { JsonObject } from '../../core/json';
import { compact } from '../../core/json';
import type { MonitoredApplication } from '../application';
import type { RelabelConfig, ScrapeConfig } from '../prometheus/config';
import { applicationScrape, programScrape, type ScrapedPods } from '../prometheus/pod-scrape';
import { copy, set } from '../prometheus/relabel';
import type { StackProgram } from '../stack/part';
import { relabelings } from './relabel';

/** Labels that the operator gives every target, and no rule or panel knows. */
const STRANGE: RelabelConfig = { action: 'labeldrop', regex: 'endpoint|service' };
const drop = (...labels: readonly string[]): RelabelConfig => ({ action: 'labeldrop', regex: labels.join('|') });

/** The PodMonitor of an application that serves metrics. */
export function applicationMonitor(application: MonitoredApplication & ScrapedPods, interval: string): JsonObject {
  const { name, owner, type } = application;
  const native = applicationScrape(application);
  const labels = [set('job', native.job_name), set('application', name), ...(owner === undefined ? [] : [set('owner', owner)])];
  // Pods of others need not declare the port: its address is put together, and what tells their containers apart goes.
  const address = type === 'Watched' ? [...native.relabel_configs!.filter(({ target_label }) => target_label === '__address__'), drop('container')] : [];
  return podMonitor(application, interval, { declared: type !== 'Watched', limit: native.sample_limit, fallback: native.fallback_scrape_protocol }, { relabelings: relabelings([...address, STRANGE, ...labels]) });
}

/** The PodMonitor of a part of the monitoring. */
export function programMonitor({ job, hidden = false, perNode = false }: Pick<StackProgram, 'hidden' | 'perNode'> & { readonly job: string }, pods: ScrapedPods, interval: string): JsonObject {
  const { metric_relabel_configs: metrics } = programScrape(job, pods);
  const node = perNode ? [copy('__meta_kubernetes_pod_node_name', 'node'), copy('__meta_kubernetes_pod_node_name', 'instance')] : [];
  const own = hidden ? [drop('namespace', 'pod', 'container')] : [];
  const endpoint = compact({ honorLabels: hidden ? true : undefined, relabelings: relabelings([STRANGE, ...own, ...node, set('job', job)]), metricRelabelings: metrics && relabelings(metrics) });
  return podMonitor(pods, interval, { declared: true }, endpoint ?? {});
}

function podMonitor({ namespace, selector, metrics }: ScrapedPods, interval: string, { declared, limit, fallback }: { readonly declared: boolean; readonly limit?: number | undefined; readonly fallback?: string | undefined }, endpoint: JsonObject): JsonObject {
  return compact({
    selector: { matchLabels: { ...selector } },
    namespaceSelector: { matchNames: [namespace] },
    sampleLimit: limit,
    fallbackScrapeProtocol: fallback,
    podMetricsEndpoints: [compact({ portNumber: declared ? metrics.port : undefined, path: metrics.path, interval, ...endpoint })],
  })!;
}

/** Where the Services stand behind which the cluster's own endpoints are found. */
const SERVICES: Readonly<Record<string, { readonly namespace: string; readonly labels: Readonly<Record<string, string>>; readonly port: string }>> = {
  // The operator keeps this Service, with the nodes behind it.
  kubelet: { namespace: 'kube-system', labels: { 'k8s-app': 'kubelet' }, port: 'https-metrics' },
  cadvisor: { namespace: 'kube-system', labels: { 'k8s-app': 'kubelet' }, port: 'https-metrics' },
  apiserver: { namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' }, port: 'https' },
};
const TLS_KEYS: Readonly<Record<string, string>> = { ca_file: 'caFile', insecure_skip_verify: 'insecureSkipVerify', server_name: 'serverName' };

/** The namespaces of the Services that the jobs need. */
export const serviceNamespaces = (jobs: readonly ScrapeConfig[]): string[] => [...new Set(jobs.flatMap(({ job_name: name }) => SERVICES[name]?.namespace ?? []))];

/** The ServiceMonitor of a job that watches the cluster; undefined for other jobs. */
export function platformMonitor(native: ScrapeConfig, job: string, interval: string): JsonObject | undefined {
  const service = SERVICES[native.job_name];
  if (!service) return undefined;
  const perNode = native.job_name !== 'apiserver';
  return {
    selector: { matchLabels: service.labels },
    namespaceSelector: { matchNames: [service.namespace] },
    endpoints: [compact({
      port: service.port, scheme: 'https', path: native.metrics_path ?? '/metrics', interval,
      honorLabels: native.honor_labels,
      // The token of Prometheus' own service account: as a file it is renewed, as a Secret it would never end.
      bearerTokenFile: native.authorization!.credentials_file,
      tlsConfig: Object.fromEntries(Object.entries(native.tls_config ?? {}).map(([key, value]) => [TLS_KEYS[key]!, value as unknown])),
      relabelings: relabelings([STRANGE, drop('namespace', 'pod', 'container'), ...(perNode ? [copy('node', 'instance')] : []), set('job', job)]),
      metricRelabelings: relabelings(native.metric_relabel_configs),
    })],
  };
}

/** The Probes of public addresses, one for each group that agrees in its labels. */
export function probes(native: ScrapeConfig, job: string): JsonObject[] {
  const prober = native.relabel_configs!.find(({ target_label }) => target_label === '__address__')!.replacement;
  return (native.static_configs ?? []).map(({ targets, labels = {} }) => {
    const { __param_module: module, ...rest } = labels;
    return {
      jobName: job, module, interval: native.scrape_interval, scrapeTimeout: native.scrape_timeout,
      prober: { url: prober, path: native.metrics_path },
      targets: { staticConfig: { static: targets, labels: rest } },
    };
  });
}
