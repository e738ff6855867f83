import { histograms, type Metrics } from './catalogue/family';
import { KUBE_STATE_METRICS } from './catalogue/kube-state-metrics';
import { ALERTMANAGER, BLACKBOX, CERT_MANAGER, FLUENTD, GRAFANA, LOKI, PROMETHEUS } from './catalogue/monitoring';
import { API_SERVER, CADVISOR, KUBELET, NODE_EXPORTER } from './catalogue/nodes';
import type { MonitoredApplication } from './application';

/** The jobs that scrape something else than the applications. */
export type PlatformJob =
  | 'kubelet' | 'cadvisor' | 'kube-state-metrics' | 'node-exporter' | 'apiserver' | 'blackbox' | 'cert-manager'
  | 'prometheus' | 'alertmanager' | 'grafana' | 'fluentd' | 'loki';

/** What a job yields. */
export interface JobMetrics {
  /** The labels that Prometheus puts on every series of the job, by the target that it came from. */
  readonly targetLabels: readonly string[];
  /** The metrics by name, each with the labels that it brings itself. */
  readonly metrics: Metrics;
}

/** What Prometheus itself writes for every target. */
const SCRAPED: Metrics = Object.fromEntries(['up', 'scrape_duration_seconds', 'scrape_samples_scraped', 'scrape_samples_post_metric_relabeling', 'scrape_series_added'].map((name) => [name, []]));

const onNode = (metrics: Metrics): JobMetrics => ({ targetLabels: ['job', 'instance', 'node'], metrics: { ...SCRAPED, ...metrics } });
const inPod = (metrics: Metrics, ...more: readonly string[]): JobMetrics => ({ targetLabels: ['job', 'instance', 'namespace', 'pod', 'container', ...more], metrics: { ...SCRAPED, ...metrics } });

/** What each job of the platform yields: its metrics with all their labels. Rules and panels use nothing else. */
export const CATALOGUE: Readonly<Record<PlatformJob, JobMetrics>> = {
  kubelet: onNode(KUBELET),
  cadvisor: onNode(CADVISOR),
  // Its series speak of other pods: namespace, pod and container are theirs, not those of its own pod.
  'kube-state-metrics': { targetLabels: ['job', 'instance'], metrics: { ...SCRAPED, ...KUBE_STATE_METRICS } },
  'node-exporter': inPod(NODE_EXPORTER, 'node'),
  apiserver: { targetLabels: ['job', 'instance'], metrics: { ...SCRAPED, ...API_SERVER } },
  blackbox: { targetLabels: ['job', 'instance', 'namespace', 'application', 'owner'], metrics: { ...SCRAPED, ...BLACKBOX } },
  // Its series speak of certificates, whose namespaces are not its own.
  'cert-manager': { targetLabels: ['job', 'instance'], metrics: { ...SCRAPED, ...CERT_MANAGER } },
  prometheus: inPod(PROMETHEUS),
  alertmanager: inPod(ALERTMANAGER),
  grafana: inPod(GRAFANA),
  fluentd: inPod(FLUENTD, 'node'),
  loki: inPod(LOKI),
};

/** The jobs of the platform that are not among these; none where these are not known. */
export const missingJobs = (jobs: ReadonlySet<string> | undefined): readonly PlatformJob[] => (Object.keys(CATALOGUE) as PlatformJob[]).filter((job) => jobs?.has(job) === false);

/** Whether an expression of ours asks for series of one of these jobs, which every selector on the platform names. */
export const asksFor = (expr: string, jobs: readonly PlatformJob[]): boolean => jobs.some((job) => expr.includes(`job="${job}"`));

/** The job of an application. */
export const jobOf = ({ namespace, name }: Pick<MonitoredApplication, 'namespace' | 'name'>): string => `${namespace}/${name}`;

/** Labels of every series of an application that serves metrics; `owner` only where it has one. */
export const APPLICATION_LABELS: readonly string[] = ['job', 'instance', 'namespace', 'pod', 'container', 'application', 'owner'];

/** What an application yields, as far as it has said; undefined where it serves no metrics. */
export function applicationMetrics({ metrics, http }: MonitoredApplication): JobMetrics | undefined {
  if (!metrics) return undefined;
  const duration = http ? histograms({ [http.codeLabel]: [http.duration] }) : {};
  return { targetLabels: APPLICATION_LABELS, metrics: { ...SCRAPED, ...duration, ...(http ? { [http.requests]: [http.codeLabel] } : {}) } };
}

/** Every metric that the jobs of the platform and of the applications yield, with every label that any of them gives it. */
export function labelsByMetric(applications: readonly MonitoredApplication[] = [], jobs: readonly PlatformJob[] = Object.keys(CATALOGUE) as PlatformJob[]): ReadonlyMap<string, ReadonlySet<string>> {
  const sources = [...jobs.map((job) => CATALOGUE[job]), ...applications.flatMap((application) => applicationMetrics(application) ?? [])];
  const found = new Map<string, Set<string>>();
  for (const { targetLabels, metrics } of sources) {
    for (const [name, labels] of Object.entries(metrics)) found.set(name, new Set([...(found.get(name) ?? []), ...targetLabels, ...labels]));
  }
  return found;
}
