import { readObject, type Shapes } from '../../core/forms';
import type { Mistakes } from '../../core/problems';
import { BlackboxExporter } from '../exporters/blackbox-exporter';
import { KubeStateMetrics } from '../exporters/kube-state-metrics';
import { NodeExporter } from '../exporters/node-exporter';
import { apiServerScrape, blackboxScrape, cadvisorScrape, kubeletScrape } from '../prometheus/platform-scrapes';
import { ownsPrometheus, STACK_LABEL, type Mode } from '../modes/props';
import type { ScrapeConfig } from '../prometheus/config';
import type { StackContext, StackPart, StackProgram } from './part';

/** Which sources of metrics there are beside the applications. */
export interface ExportersProps {
  /** The kubelets and cAdvisor, for processor, memory and volumes; `'verified'` where they have certificates of the cluster's authority. @default true */
  readonly kubelet?: boolean | 'verified';
  /** kube-state-metrics, for the state of objects. @default true */
  readonly kubeState?: boolean;
  /** node-exporter, for the nodes themselves. @default true, where the cluster gives access to its nodes and no other installation watches them */
  readonly node?: boolean;
  /** blackbox-exporter, for the public addresses and their certificates. @default true, where there are any and the mode can say whose they are */
  readonly blackbox?: boolean;
  /** The API servers. @default true, where no other installation or the cloud watches them */
  readonly apiServer?: boolean;
}

const SHAPES: Shapes<ExportersProps> = { kubelet: 'any', kubeState: 'truth', node: 'truth', blackbox: 'truth', apiServer: 'truth' };

/** The sources as read. */
export interface Exporters {
  readonly kubelet: boolean | 'verified';
  readonly kubeState: boolean;
  readonly node: boolean;
  readonly blackbox: boolean;
  readonly apiServer: boolean;
}

/** What the exporters depend on. */
export interface ExportersContext {
  readonly hostAccess: boolean;
  /** Whether any application has an address that could be probed. */
  readonly hasProbes: boolean;
  readonly mode: Mode;
}

/** Reads the `exporters` prop. */
export function readExporters(problems: Mistakes, given: ExportersProps | undefined, { hostAccess, hasProbes, mode }: ExportersContext): Exporters {
  const google = mode.kind === 'google';
  // An installation that stands already has an exporter on the nodes' port, and watches the API servers for all.
  const alone = ownsPrometheus(mode);
  const { kubelet = true, kubeState = true, node = hostAccess && (alone || google), blackbox = hasProbes && !google, apiServer = alone } = readObject<ExportersProps>(problems, 'exporters', given, SHAPES);
  if (google && blackbox) problems.add('exporters.blackbox', blackbox, "Google's collectors give every probe the labels of the exporter's pod, so nobody could tell whose address failed; remove it, and make uptime checks in Cloud Monitoring");
  if (google && apiServer) problems.add('exporters.apiServer', apiServer, "Google's collectors scrape pods alone; remove it, and switch the metrics of the control plane on in the cluster's settings");
  if (typeof kubelet !== 'boolean' && kubelet !== 'verified') problems.add('exporters.kubelet', kubelet, "true, false and 'verified' are allowed");
  if (node && !hostAccess) problems.add('exporters.node', node, "'hostAccess: false' says that the cluster refuses what it needs; remove one of the two");
  if (blackbox && !hasProbes) problems.add('exporters.blackbox', blackbox, 'no application has a host that could be asked; remove it, or give one a route');
  return { kubelet, kubeState, node: node && hostAccess, blackbox: blackbox && hasProbes, apiServer };
}

/** Makes the exporters and the jobs of the platform. */
export function makeExporters(context: StackContext, exporters: Exporters): StackPart {
  const { chart, nodes, namespaces, images, applications, mode } = context;
  const verify = exporters.kubelet === 'verified';
  const programs: StackProgram[] = [];
  const jobs: ScrapeConfig[] = [];
  // Google's collectors scrape the kubelets by a setting of their own.
  if (exporters.kubelet && mode.kind !== 'google') jobs.push(kubeletScrape(namespaces, verify), cadvisorScrape(namespaces, verify));
  if (exporters.apiServer) jobs.push(apiServerScrape());
  if (exporters.kubeState) programs.push({ job: 'kube-state-metrics', application: new KubeStateMetrics(chart, 'kube-state-metrics', { namespaces, images, ...(mode.kind === 'google' ? { labels: { [STACK_LABEL]: chart.namespace! } } : {}) }), hidden: true });
  if (exporters.node && nodes) programs.push({ job: 'node-exporter', application: new NodeExporter(nodes, 'node-exporter', { images }), perNode: true, onHost: true });
  if (exporters.blackbox) {
    const exporter = new BlackboxExporter(chart, 'blackbox-exporter', { images });
    // Its own metrics are of no interest: each probe gives the series that are.
    jobs.push(blackboxScrape(applications, exporter.address));
    return { programs, jobs, asked: [exporter] };
  }
  return { programs, jobs };
}
