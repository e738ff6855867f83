import { defined } from '../../core/json';
import { Registry } from '../../core/registry';
import type { SourceInput } from '../grafana/address';
import { MetricsFrontend } from '../google/frontend';
import { Grafana, type GrafanaProps, type GrafanaSettings } from '../grafana/grafana';
import { applicationPath, dashboardPath, logsPath, PLATFORM_UID } from '../grafana/links';
import { imageOf } from '../images';
import type { CloudLogs } from '../managed-logs';
import type { OperatorMode } from '../modes/props';
import type { AlertLinks } from '../rules';
import { existingAlertmanager, existingPrometheus } from './existing';
import type { StackContext, StackPart } from './part';

/** What the dashboards depend on beside the applications. */
export interface GrafanaOptions {
  /** The store of the logs. @default none: no panels of logs */
  readonly loki?: SourceInput | undefined;
  /** The logs that the cloud keeps. @default none */
  readonly cloudLogs?: CloudLogs | undefined;
  /** Whether there is an Alertmanager of the stack's own. */
  readonly alertmanager: boolean;
  /** What else is collected. */
  readonly collects: { readonly probes: boolean; readonly nodes: boolean; readonly fluentd: boolean };
  /** The jobs that Prometheus scrapes. */
  readonly jobs: readonly string[];
  /** Time between two scrapes. */
  readonly scrapeInterval: string;
}

/** What Grafana brings to the whole. */
export interface GrafanaPart extends StackPart {
  /** The links of alerts to it; none without a route from outside. */
  readonly links: Omit<AlertLinks, 'runbook'>;
}

/** Makes Grafana, where it is wanted. Prometheus and Alertmanager come later and are known by their names. */
export function makeGrafana(context: StackContext, given: GrafanaSettings | undefined, { loki, cloudLogs, alertmanager, ...options }: GrafanaOptions): GrafanaPart {
  if (given === undefined) return { links: linksOf(undefined, false, cloudLogs) };
  const { chart, applications, environment, images, mode, jobLabel } = context;
  const sources = sourcesOf(context, alertmanager);
  const grafana = new Grafana(chart, 'grafana', {
    image: imageOf('grafana', images),
    ...given,
    ...options,
    applications,
    environment: environment ?? chart.namespace!,
    jobLabel,
    ...sources,
    ...defined({ loki, cloudLogs }),
  });
  if (mode.kind === 'operator' && mode.existing) connectToExisting(context, mode.existing, grafana);
  return { programs: [{ job: 'grafana', application: grafana }], links: linksOf(grafana.url, loki !== undefined, cloudLogs) };
}

/** Where Grafana reads. Whoever stands behind it, the stack's own servers have the same addresses. */
function sourcesOf({ chart, mode, problems, images }: StackContext, alertmanager: boolean): Pick<GrafanaProps, 'prometheus' | 'alertmanager'> {
  const server = (name: string, port: number): SourceInput => ({ url: `http://${name}.${chart.namespace!}:${port}`, connectsTo: { to: name, ports: ['http'] } });
  if (mode.kind === 'operator' && mode.existing) {
    const { url, alertmanagerUrl } = mode.existing;
    return { prometheus: { url }, ...(alertmanagerUrl === undefined ? {} : { alertmanager: { url: alertmanagerUrl } }) };
  }
  if (mode.kind === 'google') {
    if (mode.project === undefined) problems.add('google.project', undefined, 'Grafana reads the metrics of a project: its id is required with grafana, such as "acme-production"');
    new MetricsFrontend(chart, 'prometheus', { project: mode.project ?? '', identity: mode.identity, images });
  }
  return { prometheus: server('prometheus', 9090), ...(alertmanager ? { alertmanager: server('alertmanager', 9093) } : {}) };
}

function connectToExisting({ chart }: StackContext, existing: NonNullable<OperatorMode['existing']>, { application: from }: Grafana): void {
  const targets = [existingPrometheus(chart, existing), ...(existing.alertmanagerUrl === undefined ? [] : [existingAlertmanager(chart, existing)])];
  for (const to of targets) Registry.of(chart).connect({ from, to, ports: undefined });
}

/** The cloud's console is reached without Grafana. */
function linksOf(url: string | undefined, hasLogs: boolean, cloudLogs: CloudLogs | undefined): Omit<AlertLinks, 'runbook'> {
  const inCloud: Pick<AlertLinks, 'logs'> = cloudLogs ? { logs: (application) => application && cloudLogs.url(application) } : {};
  if (url === undefined) return inCloud;
  const dashboard: AlertLinks['dashboard'] = (application) => `${url}${application ? applicationPath(application) : dashboardPath(PLATFORM_UID)}`;
  const logs: AlertLinks['logs'] = (application) => application && `${url}${logsPath(application)}`;
  return hasLogs ? { dashboard, logs } : { dashboard, ...inCloud };
}
