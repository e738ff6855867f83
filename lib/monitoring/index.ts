export { observe, type MonitoredApplication, type WorkloadKind, type WorkloadReference } from './application';
export type {
  AlertingProps, AlertmanagerSettings, DeadManSwitchProps, DiscordProps, EmailProps, GroupingProps, IncidentioProps, InhibitionProps, JiraProps, LabelMatchers, MattermostProps, NoDeadManSwitch, NotificationProps,
  OneOrMore, OpsgenieProps, PagerdutyProps, PushoverProps, ReceiverKind, ReceiverProps, RocketchatProps, RouteProps, SlackProps, SnsProps, TeamsProps, TelegramProps, TimeInterval, VictoropsProps, WebexProps,
  WebhookProps, WechatProps,
} from './alertmanager';
export { Matcher, not, notRegex, regex } from './promql';
export type { AlertChanges, AlertName, AlertSetting, AlertSettings, CustomRule, Severity } from './rules';
export type { Metrics } from './catalogue/family';
export { CATALOGUE, jobOf, labelsByMetric, type JobMetrics, type PlatformJob } from './catalogue';
export type { StackLogsProps } from './fluentd/part';
export type {
  AwsKey, BufferProps, CloudWatchSinkProps, CommonSinkProps, DropProps, ElasticsearchSinkProps, ForwardSinkProps, GcsSinkProps, KafkaLogin, KafkaSinkProps, LogSeverity, LokiSinkProps, MultilineProps, OpensearchSinkProps, ReachedProps,
  RedactionPattern, RedactionProps, S3SinkProps, SinkFilter, SinkProps, SinkType, StdoutSinkProps,
} from './fluentd';
export * from './grafana';
export { LogStore, type LogStorage, type LogStoreProps } from './log-store/log-store';
export { IMAGES, type ImageName, type ImagesProps } from './images';
export type { CloudLoggingProps, CloudLogs, CloudWatchLogsProps, CloudWatchQueries, Logging, ManagedLogsProps } from './managed-logs';
export { MonitoringStack, type MonitoringNetworkProps, type MonitoringStackProps } from './monitoring-stack';
export type { ExistingPrometheusProps, GoogleProps, MonitoringMode, OperatorProps } from './modes/props';
export type { RelabelConfig, ScrapeConfig, ScrapeProtocol, StaticTargets, KubernetesSd, TlsConfig, PrometheusConfig, AlertmanagerConfig, RemoteWriteConfig } from './prometheus/config';
export type { MonitoringSize, PrometheusProps } from './prometheus/props';
export type { RemoteWriteAuth, RemoteWriteProps } from './prometheus/remote-write';
export type { RetentionProps } from './prometheus/retention';
export type { NodeExporterProps } from './exporters/node-exporter';
export type { ExportersProps } from './stack/exporters';
export { watch, Watched, type WatchedMetrics, type WatchProps } from './watch';
