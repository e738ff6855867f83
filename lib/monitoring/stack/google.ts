import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Registry } from '../../core/registry';
import type { JsonObject } from '../../core/json';
import { compact } from '../../core/json';
import { MANAGED_CONFIGURATION } from '../google/alertmanager';
import { collectors, PUBLIC_NAMESPACE, ruleEvaluators } from '../google/places';
import { applicationMonitoring, clusterMonitoring, programMonitoring } from '../google/pod-monitoring';
import { googleResource } from '../google/resource';
import { makeGoogleRules } from '../google/rules';
import { STACK_LABEL, type GoogleMode } from '../modes/props';
import { scrapes } from '../prometheus/prometheus';
import { observe } from '../application';
import type { StackContext, StackPart } from './part';
import { gather, podsOf, receiversOf, servesMetrics, type CollectionOptions } from './wiring';

/** Makes the resources by which Google's managed Prometheus scrapes and evaluates. */
export function makeGoogleResources(context: StackContext, mode: GoogleMode, parts: readonly StackPart[], options: CollectionOptions): void {
  const { chart, applications } = context;
  const scope = new Construct(chart, 'google');
  makeMonitorings(scope, context, parts, options);
  makeGoogleRules(scope, gather(parts, (part) => part.groups), applications, chart.namespace!);
  if (mode.operatorConfig) makeOperatorConfig(scope, mode, parts, options);
  letGoogleThrough(context, parts);
}

function makeMonitorings(scope: Construct, { chart, applications, jobLabel }: StackContext, parts: readonly StackPart[], { settings: { scrapeInterval: interval } }: CollectionOptions): void {
  for (const application of applications.filter(servesMetrics)) googleResource(scope, 'PodMonitoring', { name: application.name, namespace: application.namespace }, applicationMonitoring(application, interval));
  for (const { job, application, hidden = false, perNode = false } of gather(parts, (part) => part.programs)) {
    const pods = podsOf(application);
    if (hidden) googleResource(scope, 'ClusterPodMonitoring', { name: jobLabel(job) }, clusterMonitoring(pods, { [STACK_LABEL]: chart.namespace! }, interval));
    // In the chart of the program, so that none of the two namespaces waits for the other.
    else googleResource(Chart.of(application), 'PodMonitoring', { name: jobLabel(job) }, programMonitoring(pods, perNode, interval));
  }
}

/** The one object of the cluster that says what Google's collectors and evaluators do beside the resources of others. */
function makeOperatorConfig(scope: Construct, { managed }: GoogleMode, parts: readonly StackPart[], { settings, exporters }: CollectionOptions): void {
  const receivers = receiversOf(parts).map(({ application: { name, namespace } }) => ({ name, namespace, port: 'http' }));
  const fields = compact({
    collection: exporters.kubelet === false ? undefined : { kubeletScraping: { interval: settings.scrapeInterval } },
    rules: receivers.length > 0 ? { alerting: { alertmanagers: receivers } } : undefined,
    managedAlertmanager: managed ? { configSecret: { ...MANAGED_CONFIGURATION } } : undefined,
  } satisfies JsonObject);
  if (fields) googleResource(new Chart(scope, 'config', { namespace: PUBLIC_NAMESPACE }), 'OperatorConfig', { name: 'config' }, fields);
}

function letGoogleThrough({ chart, applications }: StackContext, parts: readonly StackPart[]): void {
  const programs = gather(parts, (part) => part.programs).filter(({ onHost }) => !onHost);
  for (const collector of collectors(chart)) scrapes(collector, [...applications, ...programs.map(({ application }) => observe(application))]);
  for (const from of ruleEvaluators(chart)) for (const { application } of receiversOf(parts)) Registry.of(chart).connect({ from, to: application, ports: ['http'] });
}
