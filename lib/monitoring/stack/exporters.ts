import { readObject, type Shapes } from '../../core/forms';
import { checkDnsLabel } from '../../core/names';
import type { Mistakes } from '../../core/problems';
import { isPort, PORT_FORM } from '../../network/ports';
import { BlackboxExporter } from '../exporters/blackbox-exporter';
import { KubeStateMetrics } from '../exporters/kube-state-metrics';
import { NodeExporter, NODE_EXPORTER_PORT, type NodeExporterProps } from '../exporters/node-exporter';
import { CERT_MANAGER_NAMESPACE, certManagerPods, certManagerScrape } from '../prometheus/cert-manager-scrape';
import { apiServerScrape, blackboxScrape, cadvisorScrape, kubeletScrape } from '../prometheus/platform-scrapes';
import type { ScrapeConfig } from '../prometheus/config';
import type { StackContext, StackPart, StackProgram } from './part';

/** Which sources of metrics there are beside the applications. */
export interface ExportersProps {
  /** The kubelets and cAdvisor, for processor, memory and volumes; `'verified'` where they have certificates of the cluster's authority. @default true */
  readonly kubelet?: boolean | 'verified';
  /** kube-state-metrics, for the state of objects. @default true */
  readonly kubeState?: boolean;
  /** node-exporter, for the nodes themselves; with a `port` of its own beside another one on the same nodes. @default true, where the cluster gives access to its nodes */
  readonly node?: boolean | NodeExporterProps;
  /** blackbox-exporter, for the public addresses and their certificates. @default true, where there are any */
  readonly blackbox?: boolean;
  /** The API servers. @default true */
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

/** Reads the `exporters` prop. */
export function readExporters(problems: Mistakes, given: ExportersProps | undefined, hostAccess: boolean, hasProbes: boolean): Exporters {
  const { kubelet = true, kubeState = true, node = hostAccess, blackbox = hasProbes, apiServer = true, certManager = false } = readObject<ExportersProps>(problems, 'exporters', given, SHAPES);
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
  const { chart, nodes, namespaces, images, applications } = context;
  const verify = exporters.kubelet === 'verified';
  const programs: StackProgram[] = [];
  const jobs: ScrapeConfig[] = [];
  if (exporters.kubelet) jobs.push(kubeletScrape(namespaces, verify), cadvisorScrape(namespaces, verify));
  if (exporters.apiServer) jobs.push(apiServerScrape());
  if (exporters.kubeState) programs.push({ job: 'kube-state-metrics', application: new KubeStateMetrics(chart, 'kube-state-metrics', { namespaces, images }), hidden: true });
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
