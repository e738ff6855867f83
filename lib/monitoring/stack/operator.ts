import { Construct } from 'constructs';
import type { JsonObject } from '../../core/json';
import type { ApplicationInfo } from '../../core/registry';
import { jobOf } from '../catalogue';
import type { OperatorMode } from '../modes/props';
import { applicationOf } from '../modes/rules';
import { applicationMonitor, platformMonitor, probes, programMonitor, serviceNamespaces } from '../operator/monitors';
import { OperatedPrometheus } from '../operator/prometheus';
import { qualified, resource } from '../operator/resource';
import { scrapeConfigSpec } from '../operator/scrape-config';
import { scrapes } from '../prometheus/prometheus';
import { existingPrometheus } from './existing';
import type { StackContext, StackPart } from './part';
import { OWN_SELECTOR } from './prometheus';
import { egressToNodes, gather, letThrough, podNamespaces, podsOf, receiversOf, reportTwins, servesMetrics, type CollectionOptions } from './wiring';

type Make = (kind: string, name: string, spec: JsonObject) => void;

/** Makes monitors and rules for prometheus-operator, and a Prometheus of the stack's own where none stands already. */
export function makeOperatorResources(context: StackContext, mode: OperatorMode, parts: readonly StackPart[], options: CollectionOptions): void {
  const scope = new Construct(context.chart, 'operator');
  const make: Make = (kind, name, spec) => void resource(scope, kind, name, mode.labels, spec);
  makeMonitors(context, parts, options, make);
  makeRules(context, parts, make);
  const prometheus = mode.existing ? existingPrometheus(context.chart, mode.existing) : makePrometheus(context, mode, parts, options, make);
  letThrough(context, parts, prometheus);
}

/** A monitor for each application and program, and for what watches the cluster. */
function makeMonitors({ applications, problems, jobLabel, ...context }: StackContext, parts: readonly StackPart[], { settings }: CollectionOptions, make: Make): void {
  const interval = settings.scrapeInterval;
  const scraped = applications.filter(servesMetrics);
  const programs = gather(parts, (part) => part.programs);
  const jobs = gather(parts, (part) => part.jobs);
  reportTwins({ applications, problems, jobLabel, ...context }, [...scraped.map(jobOf), 'prometheus', ...programs.map(({ job }) => job), ...[...jobs, ...settings.scrapeConfigs].map(({ job_name: name }) => name)]);
  for (const application of scraped) make('PodMonitor', qualified(application.namespace, application.name), applicationMonitor(application, interval));
  for (const program of programs) make('PodMonitor', program.job, programMonitor({ ...program, job: jobLabel(program.job) }, podsOf(program.application), interval));
  for (const native of jobs) {
    const job = jobLabel(native.job_name);
    const monitor = platformMonitor(native, job, interval);
    if (monitor) make('ServiceMonitor', native.job_name, monitor);
    else if (native.job_name === 'blackbox') probes(native, job).forEach((spec) => make('Probe', probeName(spec), spec));
    else make('ScrapeConfig', native.job_name, scrapeConfigSpec(problems, `the job '${native.job_name}'`, native, job));
  }
  settings.scrapeConfigs.forEach((native, index) => make('ScrapeConfig', qualified('own', String(index), native.job_name), scrapeConfigSpec(problems, `prometheus.scrapeConfigs[${index}]`, native, native.job_name)));
}

/** Probes are grouped by application. */
function probeName({ targets }: JsonObject): string {
  const { labels } = (targets as { readonly staticConfig: { readonly labels: { readonly namespace: string; readonly application: string } } }).staticConfig;
  return qualified(labels.namespace, labels.application);
}

/** The rules of each application and of the platform apart, and those of the user together. */
function makeRules({ applications }: StackContext, parts: readonly StackPart[], make: Make): void {
  const groups = gather(parts, (part) => part.groups);
  const own = groups.filter((group) => group.name !== 'platform' && !applicationOf(group, applications));
  for (const group of groups.filter((candidate) => !own.includes(candidate))) make('PrometheusRule', qualified(...group.name.split('/')), { groups: [group] });
  if (own.length > 0) make('PrometheusRule', 'own', { groups: own });
}

function makePrometheus(context: StackContext, { labels }: OperatorMode, parts: readonly StackPart[], options: CollectionOptions, make: Make): ApplicationInfo {
  const { chart, environment, images, problems } = context;
  const { settings, exporters } = options;
  const [alertmanager] = receiversOf(parts);
  const { application } = new OperatedPrometheus(chart, 'prometheus', {
    settings, environment, images, labels, namespaces: podNamespaces(context, parts), problems, egress: egressToNodes(options, parts), alertmanager: alertmanager?.application,
    services: serviceNamespaces(gather(parts, (part) => part.jobs)), asks: { kubelets: exporters.kubelet !== false, apiServer: exporters.apiServer },
  });
  const itself = { namespace: chart.namespace!, selector: OWN_SELECTOR, metrics: { port: 9090, path: '/metrics' } };
  make('PodMonitor', 'prometheus', programMonitor({ job: 'prometheus' }, itself, settings.scrapeInterval));
  scrapes(application, [{ ...itself, name: application.name }]);
  return application;
}
