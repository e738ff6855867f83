import { assembleConfig } from '../prometheus/assemble';
import type { PrometheusConfig, ScrapeConfig } from '../prometheus/config';
import { alertmanagers, programScrape, type ScrapedPods } from '../prometheus/pod-scrape';
import { Prometheus, scrapes } from '../prometheus/prometheus';
import type { StackContext, StackPart, StackProgram } from './part';
import { egressToNodes, gather, letThrough, podNamespaces, podsOf, receiversOf, reportTwins, type CollectionOptions } from './wiring';

/** What it looks like in the policies before it is there: the same props give the same pods. */
export const OWN_SELECTOR = { 'app.kubernetes.io/component': 'stateful', 'app.kubernetes.io/name': 'prometheus' };

/** Makes the Prometheus that brings all parts together. */
export function makePrometheus(context: StackContext, parts: readonly StackPart[], options: CollectionOptions): PrometheusConfig {
  const { chart, applications, images, problems } = context;
  const { settings, exporters } = options;
  const programs = gather(parts, (part) => part.programs);
  const groups = gather(parts, (part) => part.groups);
  const itself: ScrapedPods = { namespace: chart.namespace!, selector: OWN_SELECTOR, metrics: { port: 9090, path: '/metrics' } };
  const jobs: ScrapeConfig[] = [programScrape('prometheus', itself), ...programs.map(jobOfProgram), ...gather(parts, (part) => part.jobs), ...settings.scrapeConfigs];
  const config = assembleConfig({
    ...settings, applications, jobs, environment: context.environment, hasRules: groups.length > 0,
    alertmanagers: receiversOf(parts).map((receiver) => alertmanagers(podsOf(receiver))), remoteWrite: settings.remoteWrites.map((store) => store.config),
  });
  reportTwins(context, config.scrape_configs.map(({ job_name }) => job_name));
  const prometheus = new Prometheus(chart, 'prometheus', { settings, config, groups, images, namespaces: podNamespaces(context, parts), asks: { kubelets: exporters.kubelet !== false, apiServer: exporters.apiServer }, egress: egressToNodes(options, parts), problems });
  const { application } = prometheus;
  letThrough(context, parts, application);
  scrapes(application, [{ ...itself, name: application.name }]);
  return config;
}

const jobOfProgram = ({ job, application, perNode = false, hidden = false }: StackProgram): ScrapeConfig =>
  programScrape(job, podsOf(application), { perNode, hidden, ...(hidden ? { honor_labels: true } : {}) });
