import type { ClusterArgs } from '@pulumi/gcp/container';
import type { input } from '@pulumi/gcp/types';
import type * as pulumi from '@pulumi/pulumi';
import { isProtected } from '../cluster/settings/common';
import type { GkeAddresses } from '../cluster/address-plan/gke';
import { podsPerNode } from './addresses';
import { maintenancePolicy } from './maintenance';
import { managedPrometheusOf, metricsOf } from './metrics';
import { PODS, SERVICES } from './network';
import { CLOSED_KUBELET, hardenedNode, IMAGE, SCOPES, SHIELDED, type NodeHardening } from './node-hardening';
import { backupOf, type Gke } from './schema';
import type { LogSource, MetricSource } from './settings';
import { channelOf } from './versions';

const LOGS: Readonly<Record<LogSource, string>> = { system: 'SYSTEM_COMPONENTS', workloads: 'WORKLOADS', 'api-server': 'APISERVER', scheduler: 'SCHEDULER', 'controller-manager': 'CONTROLLER_MANAGER' };
const METRICS: Readonly<Record<MetricSource, string>> = {
  system: 'SYSTEM_COMPONENTS', 'api-server': 'APISERVER', scheduler: 'SCHEDULER', 'controller-manager': 'CONTROLLER_MANAGER', storage: 'STORAGE', hpa: 'HPA',
  pod: 'POD', daemonset: 'DAEMONSET', deployment: 'DEPLOYMENT', statefulset: 'STATEFULSET', kubelet: 'KUBELET', cadvisor: 'CADVISOR',
};

/** What a cluster is made from. */
export interface ClusterParts extends NodeHardening {
  readonly name: string;
  readonly settings: Gke;
  readonly addresses: GkeAddresses;
  readonly network: pulumi.Input<string>;
  readonly subnetwork: pulumi.Input<string>;
  /** The key of Secrets. */
  readonly secretsKey: pulumi.Input<string> | undefined;
  readonly labels: Record<string, string>;
}

/** The cluster's arguments: those of both kinds, and those that the provider takes for this one. */
export function clusterArgs(parts: ClusterParts): ClusterArgs {
  return { ...placement(parts), ...access(parts), ...hardening(parts), ...operations(parts), ...(parts.settings.autopilot ? autopilot(parts) : standard(parts)) };
}

function placement({ name, settings, network, subnetwork, labels }: ClusterParts): ClusterArgs {
  const { project, region, version } = settings;
  return {
    name, project, network, subnetwork,
    location: region,
    resourceLabels: labels,
    deletionProtection: isProtected(settings),
    networkingMode: 'VPC_NATIVE',
    ipAllocationPolicy: { clusterSecondaryRangeName: PODS, servicesSecondaryRangeName: SERVICES, stackType: 'IPV4' },
    releaseChannel: { channel: channelOf(settings).toUpperCase() },
    ...(version === undefined ? {} : { minMasterVersion: version }),
  };
}

/** How people, pipelines and nodes reach the API server. */
function access({ settings, addresses }: ClusterParts): ClusterArgs {
  const { controlPlane: { access: way, authorizedNetworks }, privateNodes, securityGroup } = settings;
  return {
    privateClusterConfig: { enablePrivateNodes: privateNodes, enablePrivateEndpoint: way !== 'public', masterIpv4CidrBlock: addresses.controlPlane },
    masterAuthorizedNetworksConfig: {
      cidrBlocks: Object.entries(authorizedNetworks).sort(([one], [other]) => (one < other ? -1 : 1)).map(([displayName, cidrBlock]) => ({ displayName, cidrBlock })),
      gcpPublicCidrsAccessEnabled: false,
    },
    // The DNS endpoint asks IAM before anything reaches the API server, wherever the caller is: a pipeline needs no fixed address.
    controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: way === 'dns' }, ipEndpointsConfig: { enabled: true } },
    ...(securityGroup === undefined ? {} : { authenticatorGroupsConfig: { securityGroup } }),
  };
}

function hardening({ settings: { binaryAuthorization, project, version }, secretsKey }: ClusterParts): ClusterArgs {
  return {
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    enableLegacyAbac: false,
    // Not before 1.32.
    ...(version?.startsWith('1.31') ? {} : { anonymousAuthenticationConfig: { mode: 'LIMITED' } }),
    rbacBindingConfig: { enableInsecureBindingSystemAuthenticated: false, enableInsecureBindingSystemUnauthenticated: false },
    binaryAuthorization: { evaluationMode: binaryAuthorization ? 'PROJECT_SINGLETON_POLICY_ENFORCE' : 'DISABLED' },
    workloadIdentityConfig: { workloadPool: workloadPool(project) },
    databaseEncryption: secretsKey === undefined ? { state: 'DECRYPTED' } : { state: 'ENCRYPTED', keyName: secretsKey },
    serviceExternalIpsConfig: { enabled: false },
    nodePoolAutoConfig: { nodeKubeletConfig: CLOSED_KUBELET },
  };
}

/** The pool of identities of all clusters of a project. */
export const workloadPool = (project: string): string => `${project}.svc.id.goog`;

function operations({ settings }: ClusterParts): ClusterArgs {
  const { logs, secretManager } = settings;
  return {
    loggingConfig: { enableComponents: logs.map((source) => LOGS[source]) },
    monitoringConfig: { enableComponents: metricsOf(settings).map((source) => METRICS[source]), managedPrometheus: { enabled: managedPrometheusOf(settings) } },
    maintenancePolicy: maintenancePolicy(settings),
    costManagementConfig: { enabled: true },
    gatewayApiConfig: { channel: 'CHANNEL_STANDARD' },
    verticalPodAutoscaling: { enabled: true },
    secretManagerConfig: { enabled: secretManager },
    addonsConfig: addons(settings),
  };
}

/** Autopilot has its own DNS cache and runs the drivers of disks whatever is said. */
function addons(settings: Gke): input.container.ClusterAddonsConfig {
  return {
    httpLoadBalancing: { disabled: false },
    horizontalPodAutoscaling: { disabled: false },
    gkeBackupAgentConfig: { enabled: backupOf(settings) !== undefined },
    gcpFilestoreCsiDriverConfig: { enabled: settings.sharedVolumes || settings.autopilot },
    ...(settings.autopilot ? {} : { gcePersistentDiskCsiDriverConfig: { enabled: true }, dnsCacheConfig: { enabled: true } }),
  };
}

/** Never a nodeConfig: with it the provider replaces the cluster at every update. */
function autopilot({ serviceAccount, diskKey }: ClusterParts): ClusterArgs {
  return {
    enableAutopilot: true,
    clusterAutoscaling: { autoProvisioningDefaults: { serviceAccount, oauthScopes: SCOPES, ...(diskKey === undefined ? {} : { bootDiskKmsKey: diskKey }) } },
  };
}

function standard(parts: ClusterParts): ClusterArgs {
  const { settings } = parts;
  return {
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    // The default pool lives for minutes only, but has to be as safe as any.
    nodeConfig: hardenedNode(parts),
    datapathProvider: 'ADVANCED_DATAPATH',
    networkPolicy: { enabled: false },
    enableShieldedNodes: true,
    enableIntranodeVisibility: true,
    defaultMaxPodsPerNode: podsPerNode(settings),
    ...(settings.zones === undefined ? {} : { nodeLocations: settings.zones }),
    ...(settings.autoProvisioning === undefined ? {} : { clusterAutoscaling: autoProvisioning(parts, settings.autoProvisioning) }),
  };
}

function autoProvisioning({ settings, serviceAccount, diskKey }: ClusterParts, { cpu, memory, optimizeUtilization }: NonNullable<Gke['autoProvisioning']>): input.container.ClusterClusterAutoscaling {
  return {
    enabled: true,
    resourceLimits: [{ resourceType: 'cpu', minimum: cpu.min, maximum: cpu.max }, { resourceType: 'memory', minimum: memory.min, maximum: memory.max }],
    autoscalingProfile: optimizeUtilization ? 'OPTIMIZE_UTILIZATION' : 'BALANCED',
    ...(settings.zones === undefined ? {} : { autoProvisioningLocations: settings.zones }),
    autoProvisioningDefaults: {
      serviceAccount,
      oauthScopes: SCOPES,
      imageType: IMAGE,
      diskType: 'pd-balanced',
      diskSize: 50,
      ...(diskKey === undefined ? {} : { bootDiskKmsKey: diskKey }),
      management: { autoRepair: true, autoUpgrade: true },
      shieldedInstanceConfig: SHIELDED,
      upgradeSettings: { strategy: 'SURGE', maxSurge: 1, maxUnavailable: 0 },
    },
  };
}
