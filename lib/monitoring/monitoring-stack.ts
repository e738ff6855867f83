import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { setDefaults } from '../core/defaults';
import { decide } from '../core/explain';
import { readObject, type Shapes } from '../core/forms';
import { checkDnsLabel, checkLabelValue } from '../core/names';
import { Problems } from '../core/problems';
import { asList } from '../core/shape';
import type { IApplication } from '../core/registry';
import { PlatformNamespace } from '../platform/platform-namespace';
import type { AlertingProps } from './alertmanager';
import type { MonitoredApplication } from './application';
import { collectsLogs, makeLogs, type StackLogsProps } from './fluentd/part';
import type { GrafanaSettings } from './grafana';
import type { ImagesProps } from './images';
import { jobLabels } from './modes/jobs';
import { ownsAlertmanager, ownsPrometheus, readMode, type GoogleProps, type Mode, type MonitoringMode, type OperatorProps } from './modes/props';
import type { PrometheusConfig } from './prometheus/config';
import { readPrometheus, type MonitoringSize, type PrometheusProps } from './prometheus/props';
import { makeAlerting } from './stack/alerting';
import { applicationsOf } from './stack/applications';
import { makeGrafana } from './stack/grafana';
import { makeExporters, readExporters, type Exporters, type ExportersProps } from './stack/exporters';
import type { StackContext, StackPart } from './stack/part';
import { makeCollection } from './stack/collection';
import type { Watched } from './watch';

/** Addresses that the network policies of the monitoring let through. */
export interface MonitoringNetworkProps {
  /** Ranges of the API server's addresses. @default the nearest default, or any address at its ports */
  readonly apiServer?: readonly string[];
  /** Ranges of the nodes' addresses. @default the private ranges */
  readonly nodes?: readonly string[];
}

/** Props of a {@link MonitoringStack}. */
export interface MonitoringStackProps {
  /** What is watched: workloads of ours, importers that stand for one, and what {@link watch} gives. @default 'all': every workload of the app that stands before it */
  readonly applications?: 'all' | readonly (IApplication | Watched)[];
  /** Name of the environment: a label on alerts and on what goes to other stores. @default none */
  readonly environment?: string;
  /** The team that the monitoring itself belongs to. @default the nearest default, or none */
  readonly owner?: string;
  /** Who scrapes, keeps and evaluates: workloads of its own, prometheus-operator, or Google Cloud's managed Prometheus. @default 'plain' */
  readonly mode?: MonitoringMode;
  /** How it works with prometheus-operator; for mode 'operator'. @default a Prometheus and an Alertmanager of its own */
  readonly operator?: OperatorProps;
  /** How it works with Google Cloud's managed Prometheus; for mode 'google'. @default an Alertmanager of its own */
  readonly google?: GoogleProps;
  /** How much it takes: one of everything without volumes, or pairs with volumes. @default 'standard' */
  readonly size?: MonitoringSize;
  /** The namespace that it stands in; what needs the rights of the nodes stands in another, `<namespace>-nodes`. @default 'monitoring' */
  readonly namespace?: string;
  /** Whether it makes these namespaces. @default true */
  readonly createNamespaces?: boolean;
  /** Whether pods may see the files and processes of their node, which some clusters refuse. @default true */
  readonly hostAccess?: boolean;
  /** Who is told of which alerts. @default nobody: there are no alerts */
  readonly alerting?: AlertingProps;
  /** Grafana with a dashboard for each application. @default none */
  readonly grafana?: GrafanaSettings;
  /** Where the logs of all containers go; `{}` keeps them in a small store in the cluster, `managed` leaves them to the cloud. @default nobody collects them */
  readonly logs?: StackLogsProps;
  /** Prometheus. @default by `size` */
  readonly prometheus?: PrometheusProps;
  /** Sources of metrics beside the applications. @default all that fit */
  readonly exporters?: ExportersProps;
  /** Addresses for the network policies. @default see there */
  readonly network?: MonitoringNetworkProps;
  /** Images in place of the built-in ones. @default those that it is written for */
  readonly images?: ImagesProps;
}

const SHAPES: Shapes<MonitoringStackProps> = {
  applications: 'any', mode: 'text', operator: 'any', google: 'any', environment: 'text', owner: 'text', size: 'text', namespace: 'text', createNamespaces: 'truth', hostAccess: 'truth', alerting: 'any', grafana: 'any', logs: 'any', prometheus: 'any', exporters: 'any', network: 'any', images: 'map',
};
const NETWORK_SHAPES: Shapes<MonitoringNetworkProps> = { apiServer: 'texts', nodes: 'texts' };
const NAMESPACE = 'monitoring';
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** The jobs that come with the mode. */
const jobsOfMode = (mode: Mode, kubelet: boolean): string[] => (ownsPrometheus(mode) ? ['prometheus'] : mode.kind === 'google' && kubelet ? ['kubelet', 'cadvisor'] : []);

/** The jobs of a part. */
const jobsOf = ({ programs = [], jobs = [] }: StackPart): string[] => [...programs.map(({ job }) => job), ...jobs.map(({ job_name }) => job_name)];

/**
 * Metrics, alerts, dashboards and logs of applications, from their own declarations. It stands in namespaces of its own;
 * make it after what it watches.
 */
export class MonitoringStack extends Construct {
  /** What it watches. */
  public readonly applications: readonly MonitoredApplication[];
  /** The configuration of Prometheus; undefined where others write it. */
  public readonly prometheusConfig: PrometheusConfig | undefined;
  /** Its namespaces. */
  public readonly namespaces: readonly string[];

  public constructor(scope: Construct, id: string, given: MonitoringStackProps = {}) {
    super(scope, id);
    const problems = new Problems(this);
    const props = readObject<MonitoringStackProps>(problems, '', given, SHAPES);
    const size = this.readSize(problems, props.size);
    this.applications = applicationsOf(this, problems, props.applications);
    const mode = readMode(problems, props, props.namespace ?? NAMESPACE);
    const exporters = readExporters(problems, props.exporters, { hostAccess: props.hostAccess ?? true, hasProbes: this.applications.some(({ probes }) => probes.length > 0), mode });
    this.explainExporters(mode, props.exporters, exporters);
    const network = readObject<MonitoringNetworkProps>(problems, 'network', props.network, NETWORK_SHAPES);
    const onNodes = (props.hostAccess ?? true) && (exporters.node !== undefined || collectsLogs(props.logs));
    const [chart, nodes] = this.makeCharts(problems, props, network, onNodes);
    this.namespaces = [chart.namespace!, ...(nodes ? [nodes.namespace!] : [])];
    const context: StackContext = {
      chart, nodes, problems, size, mode,
      jobLabel: jobLabels(mode, chart.namespace!),
      applications: this.applications,
      namespaces: [...new Set([...this.applications.map(({ namespace }) => namespace), ...this.namespaces])].sort(),
      environment: props.environment,
      images: props.images ?? {},
    };
    if (props.environment !== undefined) problems.check('environment', props.environment, checkLabelValue);
    const settings = readPrometheus(problems, props.prometheus, size, mode);
    const logs = props.logs && makeLogs(context, 'logs', props.logs);
    const sources = [makeExporters(context, exporters), ...(logs ? [logs] : [])];
    const jobs = [...jobsOfMode(mode, exporters.kubelet !== false), ...(props.alerting && ownsAlertmanager(mode) ? ['alertmanager'] : []), ...sources.flatMap(jobsOf), ...settings.scrapeConfigs.map(({ job_name }) => job_name)];
    const { store } = logs ?? {};
    const grafana = makeGrafana(context, props.grafana, {
      loki: store && { url: store.url, connectsTo: { to: store, ports: ['http'] } }, cloudLogs: logs?.managed, alertmanager: props.alerting !== undefined && ownsAlertmanager(mode),
      collects: { probes: exporters.blackbox, nodes: exporters.node !== undefined, fluentd: jobs.includes('fluentd') }, jobs, scrapeInterval: settings.scrapeInterval,
    });
    const alerting = makeAlerting(context, props.alerting, { jobs: [...jobs, ...jobsOf(grafana)], remoteWrite: settings.remoteWrites.length > 0, links: grafana.links });
    this.prometheusConfig = makeCollection(context, [...sources, alerting, grafana], { exporters, settings, nodes: asList(problems, 'network.nodes', network.nodes ?? PRIVATE) });
  }

  /** Says which sources of metrics are left to others. */
  private explainExporters(mode: Mode, given: ExportersProps = {}, { blackbox, node }: Exporters): void {
    const hasProbes = this.applications.some(({ probes }) => probes.length > 0);
    if (mode.kind === 'google' && hasProbes && given.blackbox === undefined) decide(this, 'exporters.blackbox', blackbox, "Google's collectors can't say whose address a probe is of");
    if (mode.kind === 'operator' && mode.existing && given.node === undefined) decide(this, 'exporters.node', node !== undefined, 'the installation that stands already watches the nodes');
  }

  private readSize(problems: Problems, size: MonitoringSize | undefined): MonitoringSize {
    if (size === 'small' || size === 'standard') return size;
    if (size !== undefined) problems.add('size', size, "'small' and 'standard' are allowed");
    return decide(this, 'size', 'standard', 'what watches must outlive what it watches');
  }

  /** A chart for what passes the restricted level, and one for what needs the rights of the nodes, where there is any. */
  private makeCharts(problems: Problems, { namespace = NAMESPACE, createNamespaces = true, owner }: Partial<MonitoringStackProps>, network: Partial<MonitoringNetworkProps>, onNodes: boolean): [Chart, Chart | undefined] {
    problems.check('namespace', namespace, checkDnsLabel);
    const make = (name: string, podSecurity: 'restricted' | 'privileged') => {
      const chart = new Chart(this, name, { namespace: name });
      setDefaults(chart, { ...(owner === undefined ? {} : { owner }), ...(network.apiServer ? { apiServerTraffic: { cidrs: network.apiServer } } : {}) });
      if (createNamespaces) new PlatformNamespace(chart, 'namespace', { podSecurity, containerLimits: false });
      return chart;
    };
    return [make(namespace, 'restricted'), onNodes ? make(`${namespace}-nodes`, 'privileged') : undefined];
  }
}
