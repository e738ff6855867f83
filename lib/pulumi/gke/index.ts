export { GkeCluster, type GkeClusterArgs } from './gke-cluster';
export type { AutoProvisioningSettings, EgressSettings, GkeBackupSettings, GkeSettings, LogSource, MetricSource, ReleaseChannel } from './settings';
export { CHANNEL_VERSIONS, type Channel } from './versions';
