export type { CloudLoggingProps } from './cloud-logging';
export type { CloudLogs, CloudWatchQueries, Logging } from './cloud-logs';
export type { CloudWatchLogsProps } from './cloudwatch';
export { readManagedLogs, type ManagedLogsProps } from './read';
