export { App, type AppProps } from './app';
export { setDefaults, type Defaults } from './core/defaults';
export type { DurationInput } from './core/duration';
export { explain, type Decision } from './core/explain';
export { Manifest, type ManifestBody, type ManifestOptions } from './core/manifest';
export type { OwnershipProps } from './core/application';
export type { Patch } from './core/patch';
export type { JsonObject } from './core/json';
export { Registry, type ApplicationInfo, type CloudIdentity, type IApplication, type MetricsEndpoint } from './core/registry';

export { WebApp, type WebAppProps } from './workloads/web-app';
export { Worker, type WorkerProps } from './workloads/worker';
export { StatefulService, type ClaimRetentionProps, type StatefulServiceProps } from './workloads/stateful-service';
export { CronTask, type CronTaskProps, type HistoryProps } from './workloads/cron-task';
export { ReleaseTask, type ReleaseTaskProps } from './workloads/release-task';
export type { JobProps } from './workloads/job';
export type { RolloutProps } from './workloads/rollout';
export type { ServingProps } from './workloads/serving';
export type { LatencyProps, LatencySlo, Slo, SloProps } from './workloads/slo';
export type { Amounts, ContainerLimitsProps } from './platform/limits';
export { NightSchedule, type NightScheduleProps } from './platform/night-schedule';
export { PlatformNamespace, type PlatformNamespaceProps, type PodSecurityLevel } from './platform/platform-namespace';
export type { WorkingHours } from './platform/working-hours';
export type { Weekday } from './core/weekdays';

export { allOfConfig, allOfSecret, EnvFrom, EnvSource, fromConfig, fromField, fromResource, fromSecret, type EnvFromInput, type EnvFromOptions, type EnvInput, type ReferenceOptions } from './config/env';
export { ExternalSecret, type ExternalSecretProps, type RemoteKey, type SecretStoreReference } from './config/external-secret';
export { fileFromConfig, fileFromSecret, FileSource, type FileInput, type FilesProps } from './config/files';
export type { ConfigMapInput, SecretInput } from './config/references';
export { SealedSecret, type SealedSecretProps } from './config/sealed-secret';

export type { ContainerProps } from './pod/container';
export type { ImageInput, ImagePolicy, ImageProps, ImagePullPolicy } from './pod/image';
export type { PodProps } from './pod/pod-template';
export type { GrpcProbe, HttpProbe, ProbeProps, ProbesProps } from './pod/probes';
export type { ResourceAmounts, ResourcesProps } from './pod/resources';
export type { SchedulingProps } from './pod/scheduling';
export type { SecurityException, SecurityProps } from './pod/security';
export type { AwsRights, AwsStatement, CloudRights, GcpRole } from './pod/cloud-rights';
export type { IdentityProps, ServiceAccountProps } from './pod/service-account';
export type { ShutdownProps } from './pod/shutdown';
export type { InitContainerProps, SidecarProps } from './pod/sidecar';
export { Volume, type AccessMode, type ClaimProps, type EmptyDirProps, type ExistingClaimProps, type Mount, type MountInput, type ProjectedSource, type ProjectionProps } from './pod/volume';

export type { CustomMetric, EventScalingProps, KedaTrigger, LoadScalingProps, ReplicasInput, ScalingLimits } from './availability/autoscaling';
export type { DisruptionProps } from './availability/disruption';
export type { SpreadMode } from './availability/spread';

export type { HttpMetrics, HttpMetricsInput } from './network/http-metrics';
export type { MetricsProps } from './network/metrics';
export type { ConnectionInput, ConnectionProps } from './network/connections';
export { Gateway, type GatewayProps, type GatewaySecret } from './network/gateway';
export type { GatewayReference } from './network/gateway-route';
export type { NetworkProps } from './network/network-policy';
export type { Port, PortProps, PortProtocol, PortsProps } from './network/ports';
export type { RouteProps } from './network/route';
export type { IngressTls, RouteTls } from './network/tls';
export type { EgressPort, EgressProps, TrafficSource } from './network/traffic';

export { KUBERNETES_VERSIONS, type KubernetesVersion } from './schema';
export { replaceDirectory } from './synth/output';
export { SynthesisError, type RenderedFile, type RenderedObject, type Rendering, type RequiredSecret } from './synth/render';
export { toYaml } from './synth/yaml';
