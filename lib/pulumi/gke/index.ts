export { GkeCluster, type GkeClusterArgs } from './gke-cluster';
export type { AutoProvisioningSettings, BackupSettings, EgressSettings, GkeSettings, LogSource, MetricSource, ReleaseChannel } from './settings';
export { CHANNEL_VERSIONS } from './versions';
