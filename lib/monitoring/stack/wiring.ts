import { Registry, type ApplicationInfo } from '../../core/registry';
import type { EgressProps } from '../../network/traffic';
import { observe, type MonitoredApplication } from '../application';
import type { ScrapedPods } from '../prometheus/pod-scrape';
import { scrapes } from '../prometheus/prometheus';
import type { PrometheusSettings } from '../prometheus/props';
import type { Exporters } from './exporters';
import type { StackContext, StackPart, StackProgram } from './part';

/** What collecting needs of the stack beside its parts. */
export interface CollectionOptions {
  readonly settings: PrometheusSettings;
  readonly exporters: Exporters;
  /** The addresses of the nodes. */
  readonly nodes: readonly string[];
}

/** All that the parts bring of one sort. */
export const gather = <T>(parts: readonly StackPart[], pick: (part: StackPart) => readonly T[] | undefined): readonly T[] => parts.flatMap((part) => pick(part) ?? []);

/** Where alerts go. */
export const receiversOf = (parts: readonly StackPart[]) => parts.flatMap((part) => part.alertmanager ?? []);

export const servesMetrics = (application: MonitoredApplication): application is MonitoredApplication & ScrapedPods => application.metrics !== undefined;

/** The pods of a program, which all serve metrics. */
export const podsOf = (program: StackProgram['application']): ScrapedPods => observe(program) as ScrapedPods;

/** The namespaces that pods are looked for in: the environment's, and those of the others that are asked. */
export const podNamespaces = ({ namespaces }: StackContext, parts: readonly StackPart[]): string[] => [...new Set([...namespaces, ...gather(parts, (part) => part.foreign).map(({ namespace }) => namespace)])].sort();

/** Lets who scrapes, evaluates and asks through to what it must reach. */
export function letThrough({ chart, applications }: StackContext, parts: readonly StackPart[], from: ApplicationInfo): void {
  const programs = gather(parts, (part) => part.programs);
  scrapes(from, [...applications, ...programs.filter(({ onHost }) => !onHost).map(({ application }) => observe(application)), ...gather(parts, (part) => part.foreign)]);
  const registry = Registry.of(chart);
  for (const other of [...gather(parts, (part) => part.asked), ...receiversOf(parts)]) registry.connect({ from, to: other.application, ports: ['http'] });
}

const KUBELET_PORT = 10250;

/** The way to what answers on the addresses of nodes. */
export function egressToNodes({ exporters, nodes }: CollectionOptions, parts: readonly StackPart[]): EgressProps[] {
  const onHost = gather(parts, (part) => part.programs).some((program) => program.onHost);
  const ports = [...(exporters.kubelet === false ? [] : [KUBELET_PORT]), ...(onHost && exporters.node !== undefined ? [exporters.node] : [])];
  return ports.length === 0 ? [] : [{ cidrs: nodes, ports }];
}

/** Reports jobs of the user's that have the name of another. */
export function reportTwins({ problems }: StackContext, names: readonly string[]): void {
  for (const twin of new Set(names.filter((name, index) => names.indexOf(name) !== index))) problems.add('prometheus.scrapeConfigs', twin, 'another job has this name already; rename it');
}
