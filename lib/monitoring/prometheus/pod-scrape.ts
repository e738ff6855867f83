import { jobOf } from '../catalogue';
import type { MonitoredApplication } from '../application';
import type { AlertmanagerConfig, KubernetesSd, RelabelConfig, ScrapeConfig } from './config';
import { copy, DROP_FINISHED, keep, keepPods, POD_LABELS, set } from './relabel';

/** Pods that serve metrics: one of the monitored applications, or a part of the monitoring. */
export type ScrapedPods = Pick<MonitoredApplication, 'namespace' | 'selector'> & { readonly metrics: { readonly port: number; readonly path: string } };

/** Pods of others that a part of the monitoring asks. */
export type ForeignPods = ScrapedPods & { readonly name: string };

/** Series of one pod; a program that counts by user or address grows past it and is cut off, not the whole Prometheus. */
export const SAMPLE_LIMIT = 50_000;

/** All jobs of a namespace say the same here, so that Prometheus watches its pods once. */
const podsIn = (namespace: string): KubernetesSd => ({ role: 'pod', namespaces: { names: [namespace] } });

const keepPort = (port: number): RelabelConfig => keep({ __meta_kubernetes_pod_container_port_number: String(port) });

/** Keeps the container that declares the port, which each of our workloads does. */
const declared = ({ selector, metrics }: ScrapedPods): RelabelConfig[] => [keepPods(selector), keepPort(metrics.port), DROP_FINISHED];

/** Pods of others need not declare the port: the pod's address is taken, once, whatever its containers say. */
const undeclared = ({ selector, metrics }: ScrapedPods): RelabelConfig[] => [
  keepPods(selector), DROP_FINISHED,
  { source_labels: ['__meta_kubernetes_pod_ip'], regex: '([^:]+)', target_label: '__address__', replacement: `$1:${metrics.port}` },
  { source_labels: ['__meta_kubernetes_pod_ip'], regex: '(.*:.*)', target_label: '__address__', replacement: `[$1]:${metrics.port}` },
];

const TO_POD = POD_LABELS.filter(({ target_label }) => target_label !== 'container');

/** The job of an application: its pods and no others, at the declared port. */
export function applicationScrape(application: MonitoredApplication & ScrapedPods): ScrapeConfig {
  const { name, owner, type, metrics } = application;
  const watched = type === 'Watched';
  return {
    job_name: jobOf(application),
    ...pathOf(metrics.path),
    // Programs older than Prometheus 3 answer without saying in what form.
    fallback_scrape_protocol: 'PrometheusText0.0.4',
    sample_limit: SAMPLE_LIMIT,
    kubernetes_sd_configs: [podsIn(application.namespace)],
    relabel_configs: [
      ...(watched ? [...undeclared(application), ...TO_POD] : [...declared(application), ...POD_LABELS]),
      set('application', name),
      ...(owner === undefined ? [] : [set('owner', owner)]),
    ],
  };
}

/** The job of a part of the monitoring itself. */
export function programScrape(job: string, pods: ScrapedPods, options: Pick<ScrapeConfig, 'honor_labels' | 'metric_relabel_configs'> & { readonly perNode?: boolean; readonly hidden?: boolean } = {}): ScrapeConfig {
  const { perNode = false, hidden = false, ...rest } = options;
  return {
    job_name: job,
    ...rest,
    ...pathOf(pods.metrics.path),
    kubernetes_sd_configs: [podsIn(pods.namespace)],
    relabel_configs: [
      ...declared(pods),
      ...(hidden ? [] : POD_LABELS),
      ...(perNode ? [copy('__meta_kubernetes_pod_node_name', 'node'), copy('__meta_kubernetes_pod_node_name', 'instance')] : []),
    ],
  };
}

/** Where alerts go: every pod of the Alertmanager, so that either of a pair gets them. */
export const alertmanagers = (pods: ScrapedPods): AlertmanagerConfig => ({ scheme: 'http', kubernetes_sd_configs: [podsIn(pods.namespace)], relabel_configs: declared(pods) });

const pathOf = (path: string): Pick<ScrapeConfig, 'metrics_path'> => (path === '/metrics' ? {} : { metrics_path: path });
