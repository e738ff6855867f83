import { load } from 'js-yaml';
import type { JsonObject } from '../../../lib';
import type { MonitoredApplication, PrometheusConfig, ScrapeConfig } from '../../../lib/monitoring';
import { applicationMetrics, CATALOGUE, jobOf, type PlatformJob } from '../../../lib/monitoring/catalogue';
import type { LabelsOf } from '../../../lib/monitoring/promql';
import { RECORDED_LABELS, RECORDED_METRICS } from '../../../lib/monitoring/rules';
import { relabel, targetsOf } from '../discovery';
import { jobOfMonitoring, KUBELET_LABELS } from './google-model';
import { jobOfPodMonitor, jobOfProbe, relabelingsOfServiceMonitor, workloadOf } from './operator-model';
import { ofKind, type KubeObject } from './stacks';

/** A series' source: the value of its label `job`, the labels of its target, and those that are added to its own series but not to `up`. */
export interface Source {
  readonly job: string;
  /** What is scraped: an application by `namespace/name`, or a job of the platform. */
  readonly what: string;
  readonly target: Readonly<Record<string, string>>;
  readonly added: readonly string[];
}

type Labels = Readonly<Record<string, string>>;
const visible = (labels: Labels): Labels => Object.fromEntries(Object.entries(labels).filter(([label]) => !label.startsWith('__')));
const source = (what: string, target: Labels, added: readonly string[] = []): Source => ({ job: target.job!, what, target: visible(target), added });

/** What Prometheus scrapes by a configuration. */
function plainSources(config: PrometheusConfig, manifests: readonly JsonObject[]): Source[] {
  return config.scrape_configs.flatMap((job) => {
    const found = targetsOf(job, manifests);
    if (found.length > 0) return found.map((target) => source(job.job_name, target));
    // Nodes and API servers are no objects of ours.
    const target = relabel({ __address__: '10.8.0.1:10250', instance: '10.8.0.1:10250', __meta_kubernetes_node_name: 'node-0', __meta_kubernetes_service_name: 'kubernetes', __meta_kubernetes_endpointslice_port_name: 'https' }, job.relabel_configs)!;
    return [source(job.job_name, { ...target, job: job.job_name })];
  });
}

/** What is scraped by the resources of prometheus-operator. */
function operatorSources(manifests: readonly JsonObject[]): Source[] {
  const pods = [...manifests, ...[...ofKind(manifests, 'Prometheus'), ...ofKind(manifests, 'Alertmanager')].map(workloadOf)];
  const scraped = (objects: readonly KubeObject[], jobOfResource: (object: KubeObject) => ScrapeConfig, what: (object: KubeObject) => string) => objects.flatMap((object) => targetsOf(jobOfResource(object), pods).map((target) => source(what(object), target)));
  return [
    ...scraped(ofKind(manifests, 'PodMonitor'), jobOfPodMonitor, ({ metadata: { name } }) => name.replace('.', '/')),
    ...scraped(ofKind(manifests, 'Probe'), jobOfProbe, () => 'blackbox'),
    ...ofKind(manifests, 'ServiceMonitor').map((object) => {
      const { target, steps } = relabelingsOfServiceMonitor(object);
      return source(object.metadata.name, { instance: target.__address__!, ...relabel(target, steps)! });
    }),
  ];
}

/** What Google's collectors scrape. */
function googleSources(manifests: readonly JsonObject[]): Source[] {
  const namespaces = ofKind(manifests, 'Namespace').map(({ metadata }) => metadata.name);
  const pods = [...ofKind(manifests, 'PodMonitoring'), ...ofKind(manifests, 'ClusterPodMonitoring')].flatMap((object) => {
    const job = jobOfMonitoring(object, [...namespaces, 'shop']);
    const { name, namespace } = object.metadata;
    const what = name.startsWith('monitoring-') ? name.slice('monitoring-'.length) : `${namespace}/${name}`;
    return targetsOf(job, manifests).map((target) => source(what, target, (job.metric_relabel_configs ?? []).map(({ target_label }) => target_label!)));
  });
  const kubelets = ofKind(manifests, 'OperatorConfig').some(({ collection }) => collection !== undefined);
  const target = Object.fromEntries(KUBELET_LABELS.map((label) => [label, label === 'job' ? 'kubelet' : 'x']));
  return [...pods, ...(kubelets ? ['kubelet', 'cadvisor'].map((what) => source(what, target)) : [])];
}

/** All that is scraped, by whatever mode the manifests are for. */
export function sourcesOf(manifests: readonly JsonObject[]): readonly Source[] {
  const config = manifests.find(({ kind, metadata }) => kind === 'ConfigMap' && (metadata as { name: string }).name === 'prometheus-config') as { readonly data: Readonly<Record<string, string>> } | undefined;
  if (config) return plainSources(load(config.data['prometheus.yml']!) as PrometheusConfig, manifests);
  return ofKind(manifests, 'PodMonitoring').length > 0 ? googleSources(manifests) : operatorSources(manifests);
}

/** The labels that a selector's series have, by what is scraped and the labels of the targets. */
export function labelsFrom(sources: readonly Source[], applications: readonly MonitoredApplication[]): LabelsOf {
  const alert = ['alertname', 'alertstate', 'severity', 'namespace', 'application', 'owner'];
  const metricsOf = (what: string) => {
    const application = applications.find((candidate) => jobOf(candidate) === what);
    return application ? applicationMetrics(application)?.metrics : CATALOGUE[what as PlatformJob]?.metrics;
  };
  return ({ metric, matchers }) => {
    if (metric === 'ALERTS') return alert;
    if (RECORDED_METRICS.has(metric)) return RECORDED_LABELS;
    const wanted = matchers.filter(({ operator }) => operator === '=');
    const fits = ({ target }: Source) => wanted.every(({ label, value }) => (label === 'job' ? target.job === value : !(label in target) || label === 'application' || target[label] === value));
    const yielding = sources.filter(fits).flatMap(({ what, target, added }) => {
      const own = metricsOf(what)?.[metric];
      return own ? [new Set([...Object.keys(target), ...own, ...(metric === 'up' || metric.startsWith('scrape_') ? [] : added)])] : [];
    });
    // A label that not all of them have is missing for some.
    return yielding.length === 0 ? undefined : [...yielding[0]!].filter((label) => yielding.every((labels) => labels.has(label)));
  };
}
