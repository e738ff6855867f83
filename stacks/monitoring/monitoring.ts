import type { App, FileSource } from '../../lib';
import { fileFromSecret } from '../../lib';
import { defined } from '../../lib/core/json';
import { MonitoringStack, type AlertingProps, type GrafanaSettings, type SinkProps, type StackLogsProps } from '../../lib/monitoring';
import type { ShopEnvironment } from '../environment';
import { managedLogs } from './facts';
import { GRAFANA_PASSWORD, isCredential, MONITORING_SECRETS, monitoringNamespace, type MonitoringSettings } from './settings';

/** The team that the monitoring itself belongs to. */
const OWNER = 'platform';

/** Adds the monitoring of the applications that stand in the app, as its environment wants it. */
export function addMonitoring(app: App, environment: ShopEnvironment, settings: MonitoringSettings): MonitoringStack {
  const { size, prometheus, network, hostAccess, nodeExporter, probes } = settings;
  return new MonitoringStack(app, 'monitoring', {
    environment: environment.name,
    owner: OWNER,
    size,
    namespace: monitoringNamespace(environment.config.namespace),
    ...defined({ hostAccess }),
    prometheus: prometheus,
    network: network,
    exporters: { ...(nodeExporter ? {} : { node: false }), ...(probes ? {} : { blackbox: false }) },
    alerting: withReferences(settings.alerting) as AlertingProps,
    grafana: grafana(settings),
    ...defined({ logs: logs(environment, settings) }),
  });
}

function grafana({ grafana: { host, storage }, alerting }: MonitoringSettings): GrafanaSettings {
  return {
    adminPassword: { secret: MONITORING_SECRETS, key: GRAFANA_PASSWORD },
    runbooks: alerting.runbooks,
    ...(host === undefined ? {} : { route: { hosts: [host] } }),
    ...(storage === undefined ? {} : { storage: storage }),
  };
}

function logs(environment: ShopEnvironment, { logs: given }: MonitoringSettings): StackLogsProps | undefined {
  if (given === false) return undefined;
  const managed = managedLogs(environment);
  if (managed) return { managed };
  const { sinks = [], ...store } = given ?? {};
  return sinks.length > 0 ? { sinks: withReferences(sinks) as readonly SinkProps[] } : { store: store as NonNullable<Exclude<StackLogsProps['store'], false>> };
}

/** The same with every credential as the library takes it: a key of a Secret, mounted as a file. */
function withReferences(value: unknown): unknown {
  if (isCredential(value)) return reference(value.key, value.secret);
  if (Array.isArray(value)) return value.map(withReferences);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withReferences(inner)]));
}

const reference = (key: string, secret = MONITORING_SECRETS): FileSource => fileFromSecret(secret, key);
