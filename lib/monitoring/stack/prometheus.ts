import { Registry } from '../../core/registry';
import type { EgressProps } from '../../network/traffic';
import { observe } from '../application';
import { assembleConfig } from '../prometheus/assemble';
import type { ScrapeConfig } from '../prometheus/config';
import { alertmanagers, programScrape, type ScrapedPods } from '../prometheus/pod-scrape';
import { Prometheus, scrapes } from '../prometheus/prometheus';
import type { PrometheusSettings } from '../prometheus/props';
import type { Exporters } from './exporters';
import type { StackContext, StackPart, StackProgram } from './part';

/** What Prometheus needs of the stack beside its parts. */
export interface PrometheusOptions {
  readonly settings: PrometheusSettings;
  readonly exporters: Exporters;
  /** The addresses of the nodes. */
  readonly nodes: readonly string[];
}

const KUBELET_PORT = 10250;
/** What it looks like in the policies before it is there: the same props give the same pods. */
const OWN_SELECTOR = { 'app.kubernetes.io/component': 'stateful', 'app.kubernetes.io/name': 'prometheus' };

/** Makes the Prometheus that brings all parts together. */
export function makePrometheus(context: StackContext, parts: readonly StackPart[], options: PrometheusOptions): Prometheus {
  const { chart, applications, namespaces, images, problems } = context;
  const { settings, exporters } = options;
  const all = <T>(pick: (part: StackPart) => readonly T[] | undefined) => parts.flatMap((part) => pick(part) ?? []);
  const programs = all((part) => part.programs);
  const groups = all((part) => part.groups);
  const receivers = parts.flatMap((part) => part.alertmanager ?? []);
  const itself: ScrapedPods = { namespace: chart.namespace!, selector: OWN_SELECTOR, metrics: { port: 9090, path: '/metrics' } };
  const jobs: ScrapeConfig[] = [programScrape('prometheus', itself), ...programs.map(jobOfProgram), ...all((part) => part.jobs), ...settings.scrapeConfigs];
  const config = assembleConfig({
    ...settings, applications, jobs, environment: context.environment, hasRules: groups.length > 0,
    alertmanagers: receivers.map((receiver) => alertmanagers(podsOf(receiver))), remoteWrite: settings.remoteWrites.map((store) => store.config),
  });
  reportTwins(context, config.scrape_configs);
  const foreign = all((part) => part.foreign);
  const watched = [...new Set([...namespaces, ...foreign.map(({ namespace }) => namespace)])].sort();
  const prometheus = new Prometheus(chart, 'prometheus', { settings, config, groups, images, namespaces: watched, asks: { kubelets: exporters.kubelet !== false, apiServer: exporters.apiServer }, egress: egressToNodes(options), problems });
  const { application } = prometheus;
  scrapes(application, [...applications, ...programs.filter(({ onHost }) => !onHost).map((program) => observe(program.application)), ...foreign, { ...itself, name: application.name }]);
  const registry = Registry.of(chart);
  for (const other of [...all((part) => part.asked), ...receivers]) registry.connect({ from: application, to: other.application, ports: ['http'] });
  return prometheus;
}

const podsOf = (program: StackProgram['application']): ScrapedPods => observe(program) as ScrapedPods;

const jobOfProgram = ({ job, application, perNode = false, hidden = false }: StackProgram): ScrapeConfig =>
  programScrape(job, podsOf(application), { perNode, hidden, ...(hidden ? { honor_labels: true } : {}) });

function egressToNodes({ exporters, nodes }: PrometheusOptions): EgressProps[] {
  const ports = [...(exporters.kubelet === false ? [] : [KUBELET_PORT]), ...(exporters.node === undefined ? [] : [exporters.node])];
  return ports.length === 0 ? [] : [{ cidrs: nodes, ports }];
}

function reportTwins({ problems }: StackContext, jobs: readonly ScrapeConfig[]): void {
  const names = jobs.map(({ job_name }) => job_name);
  for (const twin of new Set(names.filter((name, index) => names.indexOf(name) !== index))) problems.add('prometheus.scrapeConfigs', twin, 'another job has this name already; rename it');
}
