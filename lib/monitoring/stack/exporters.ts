import { readObject, type Shapes } from '../../core/forms';
import { checkDnsLabel } from '../../core/names';
import type { Mistakes } from '../../core/problems';
import { isPort, PORT_FORM } from '../../network/ports';
import { BlackboxExporter } from '../exporters/blackbox-exporter';
import { KubeStateMetrics } from '../exporters/kube-state-metrics';
import { NodeExporter, NODE_EXPORTER_PORT, type NodeExporterProps } from '../exporters/node-exporter';
import { CERT_MANAGER_NAMESPACE, certManagerPods, certManagerScrape } from '../prometheus/cert-manager-scrape';
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
  /** node-exporter, for the nodes themselves; with a `port` of its own beside another one on the same nodes. @default true, where the cluster gives access to its nodes and no other installation watches them */
  readonly node?: boolean | NodeExporterProps;
  /** blackbox-exporter, for the public addresses and their certificates. @default true, where there are any and the mode can say whose they are */
  readonly blackbox?: boolean;
  /** The API servers. @default true, where no other installation or the cloud watches them */
  readonly apiServer?: boolean;
  /** cert-manager, for certificates that it does not renew: `true` where it stands in the namespace `cert-manager`, or its namespace. @default false */
  readonly certManager?: boolean | string;
}

const SHAPES: Shapes<ExportersProps> = { kubelet: 'any', kubeState: 'truth', node: 'any', blackbox: 'truth', apiServer: 'truth', certManager: 'any' };

const NODE_SHAPES: Shapes<NodeExporterProps> = { port: 'number' };

/** The sources as read. */
export interface Exporters {
  readonly kubelet: boolean | 'verified';
  readonly kubeState: boolean;
  /** The port of node-exporter; undefined without it. */
  readonly node: number | undefined;
  readonly blackbox: boolean;
  readonly apiServer: boolean;
  /** The namespace of cert-manager; undefined where it is not watched. */
  readonly certManager: string | undefined;
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
  const { kubelet = true, kubeState = true, node = hostAccess && (alone || google), blackbox = hasProbes && !google, apiServer = alone, certManager = false } = readObject<ExportersProps>(problems, 'exporters', given, SHAPES);
  if (google && blackbox) problems.add('exporters.blackbox', blackbox, "Google's collectors give every probe the labels of the exporter's pod, so nobody could tell whose address failed; remove it, and make uptime checks in Cloud Monitoring");
  if (google && apiServer) problems.add('exporters.apiServer', apiServer, "Google's collectors scrape pods alone; remove it, and switch the metrics of the control plane on in the cluster's settings");
  if (google && certManager !== false) problems.add('exporters.certManager', certManager, "Google's collectors give the series of a pod its own namespace, so nobody could tell whose certificate it is; remove it, and watch the certificates by uptime checks in Cloud Monitoring");
  if (typeof kubelet !== 'boolean' && kubelet !== 'verified') problems.add('exporters.kubelet', kubelet, "true, false and 'verified' are allowed");
  if (node !== false && !hostAccess) problems.add('exporters.node', node, "'hostAccess: false' says that the cluster refuses what it needs; remove one of the two: the cloud's own console shows the nodes");
  if (blackbox && !hasProbes) problems.add('exporters.blackbox', blackbox, 'no application has a host that could be asked; remove it, or give one a route');
  return { kubelet, kubeState, node: readNode(problems, node, hostAccess), blackbox: blackbox && hasProbes, apiServer, certManager: readCertManager(problems, certManager) };
}

function readNode(problems: Mistakes, given: boolean | NodeExporterProps, hostAccess: boolean): number | undefined {
  if (given === false || !hostAccess) return undefined;
  if (given === true) return NODE_EXPORTER_PORT;
  const { port = NODE_EXPORTER_PORT } = readObject<NodeExporterProps>(problems, 'exporters.node', given, NODE_SHAPES);
  if (!isPort(port)) problems.add('exporters.node.port', port, PORT_FORM);
  return port;
}

function readCertManager(problems: Mistakes, given: boolean | string): string | undefined {
  if (given === false) return undefined;
  if (given === true) return CERT_MANAGER_NAMESPACE;
  problems.check('exporters.certManager', given, checkDnsLabel);
  return String(given);
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
  if (exporters.node !== undefined && nodes) programs.push({ job: 'node-exporter', application: new NodeExporter(nodes, 'node-exporter', { images, port: exporters.node }), perNode: true, onHost: true });
  const certManager = exporters.certManager === undefined ? [] : [certManagerPods(exporters.certManager)];
  jobs.push(...certManager.map((pods) => certManagerScrape(pods, namespaces)));
  if (exporters.blackbox) {
    const exporter = new BlackboxExporter(chart, 'blackbox-exporter', { images });
    // Its own metrics are of no interest: each probe gives the series that are.
    jobs.push(blackboxScrape(applications, exporter.address));
    return { programs, jobs, foreign: certManager, asked: [exporter] };
  }
  return { programs, jobs, foreign: certManager };
}
