/** What the monitoring of an environment takes from its cluster. */
import { nonEmpty } from '../../lib/core/json';
import { parseRange, showRange } from '../../lib/pulumi/cluster/address-plan/range';
import type { ClusterNetwork } from '../../lib/pulumi/cluster/cluster';
import type { ClusterFacts } from '../../lib/pulumi/cluster/facts';
import type { Reporter } from '../../lib/pulumi/cluster/settings/read';
import type { ManagedLogsProps } from '../../lib/monitoring';
import { clusterName } from '../cluster/settings';
import type { Settings, ShopEnvironment } from '../environment';
import type { MonitoringSettings } from './settings';

/** Where the cloud keeps the logs, of a cluster whose pods get nothing of their nodes; undefined for others. */
export function managedLogs({ name, config: { cluster } }: Pick<ShopEnvironment, 'name' | 'config'>): ManagedLogsProps | undefined {
  return cluster?.provider === 'gke' && cluster.autopilot ? { type: 'cloud-logging', project: cluster.project, cluster: clusterName(name, cluster), location: cluster.region } : undefined;
}

/** Reports what the cluster that is made refuses. */
export function checkMonitoring(settings: Settings, reporter: Reporter): void {
  const { monitoring, cluster } = settings;
  if (monitoring === undefined || cluster?.provider !== 'gke' || !cluster.autopilot) return;
  if (monitoring.hostAccess === true) reporter.add(['monitoring', 'hostAccess'], true, 'nothing with autopilot: true, which keeps the nodes from pods');
  if (monitoring.logs) reporter.add(['monitoring', 'logs'], monitoring.logs, 'nothing with autopilot: true, which keeps the nodes from pods, and so the logs on them: Cloud Logging has them, and alerts and dashboards lead there');
}

/** The settings, filled in where they leave out what is known of the cluster. */
export function monitoringWithFacts(settings: MonitoringSettings, { network, hostAccess }: Partial<ClusterFacts>): MonitoringSettings {
  const { apiServer = apiServerOf(network), nodes = nonEmpty(network?.nodes ?? []) } = settings.network;
  return { ...settings, network: { apiServer, nodes }, hostAccess: settings.hostAccess ?? hostAccess };
}

/**
 * Where the API server is: its own addresses, and that of the Service by which pods call it, the first of the Services. Whether a
 * policy sees the one or the other is up to the network plugin; that of EKS sees the Service.
 */
function apiServerOf(network: ClusterNetwork | undefined): string[] | undefined {
  if (network === undefined || network.controlPlane.length === 0) return undefined;
  const services = network.services.map((range) => parseRange(range)).filter((range) => range !== undefined);
  return [...network.controlPlane, ...services.map(({ first }) => showRange({ first: first + 1, size: 1 }))];
}
