import { defined } from '../../core/json';
import type { SourceInput } from '../grafana/address';
import { Grafana, type GrafanaSettings } from '../grafana/grafana';
import { applicationPath, dashboardPath, logsPath, PLATFORM_UID } from '../grafana/links';
import { imageOf } from '../images';
import type { CloudLogs } from '../managed-logs';
import type { AlertLinks } from '../rules';
import type { StackContext, StackPart } from './part';

/** What the dashboards depend on beside the applications. */
export interface GrafanaOptions {
  /** The store of the logs. @default none: no panels of logs */
  readonly loki?: SourceInput | undefined;
  /** The logs that the cloud keeps. @default none */
  readonly cloudLogs?: CloudLogs | undefined;
  /** Whether there is an Alertmanager. */
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
export function makeGrafana({ chart, applications, environment, images }: StackContext, given: GrafanaSettings | undefined, { loki, cloudLogs, alertmanager, ...options }: GrafanaOptions): GrafanaPart {
  if (given === undefined) return { links: linksOf(undefined, false, cloudLogs) };
  const server = (name: string, port: number): SourceInput => ({ url: `http://${name}.${chart.namespace!}:${port}`, connectsTo: { to: name, ports: ['http'] } });
  const grafana = new Grafana(chart, 'grafana', {
    image: imageOf('grafana', images),
    ...given,
    ...options,
    applications,
    environment: environment ?? chart.namespace!,
    prometheus: server('prometheus', 9090),
    ...(alertmanager ? { alertmanager: server('alertmanager', 9093) } : {}),
    ...defined({ loki, cloudLogs }),
  });
  return { programs: [{ job: 'grafana', application: grafana }], links: linksOf(grafana.url, loki !== undefined, cloudLogs) };
}

/** The cloud's console is reached without Grafana. */
function linksOf(url: string | undefined, hasLogs: boolean, cloudLogs: CloudLogs | undefined): Omit<AlertLinks, 'runbook'> {
  const inCloud: Pick<AlertLinks, 'logs'> = cloudLogs ? { logs: (application) => application && cloudLogs.url(application) } : {};
  if (url === undefined) return inCloud;
  const dashboard: AlertLinks['dashboard'] = (application) => `${url}${application ? applicationPath(application) : dashboardPath(PLATFORM_UID)}`;
  const logs: AlertLinks['logs'] = (application) => application && `${url}${logsPath(application)}`;
  return hasLogs ? { dashboard, logs } : { dashboard, ...inCloud };
}
