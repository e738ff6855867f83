import type { RuleBook } from '../provider-rules';

const AUTOPILOT = 'enableAutopilot';
const SECONDS = /^\d+(\.\d{1,9})?s$/;
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const ADDONS = ['httpLoadBalancing.disabled', 'horizontalPodAutoscaling.disabled', 'networkPolicyConfig.disabled', 'gcpFilestoreCsiDriverConfig.enabled', 'gcePersistentDiskCsiDriverConfig.enabled', 'dnsCacheConfig.enabled', 'gkeBackupAgentConfig.enabled', 'statefulHaConfig.enabled'];

/** Of a node, below `nodeConfig`, of a cluster as of a pool. */
const NODE = {
  conflicts: [['nodeConfig.bootDisk', 'nodeConfig.diskType'], ['nodeConfig.bootDisk', 'nodeConfig.diskSizeGb'], ['nodeConfig.spot', 'nodeConfig.preemptible']],
  required: ['nodeConfig.workloadMetadataConfig.mode', 'nodeConfig.taints[].key', 'nodeConfig.taints[].value', 'nodeConfig.taints[].effect'],
  values: {
    'nodeConfig.workloadMetadataConfig.mode': ['MODE_UNSPECIFIED', 'GCE_METADATA', 'GKE_METADATA'],
    'nodeConfig.kubeletConfig.insecureKubeletReadonlyPortEnabled': ['TRUE', 'FALSE'],
    'nodeConfig.taints[].effect': ['NO_SCHEDULE', 'PREFER_NO_SCHEDULE', 'NO_EXECUTE'],
    'nodeConfig.imageType': ['COS_CONTAINERD', 'UBUNTU_CONTAINERD'],
  },
  ranges: { 'nodeConfig.diskSizeGb': [10, 65_536] },
} as const;

/**
 * What the schemas of hashicorp/terraform-provider-google-beta declare (ConflictsWith, ExactlyOneOf, Required, ValidateFunc),
 * and the checks of its CustomizeDiff functions, for the arguments that we set or must not set.
 */
export const GOOGLE_RULES: RuleBook = {
  // services/container/resource_container_cluster.go
  'gcp:container/cluster:Cluster': {
    required: [
      'name', ...ADDONS.map((addon) => `addonsConfig.${addon}`), 'authenticatorGroupsConfig.securityGroup', 'databaseEncryption.state', 'releaseChannel.channel', 'gatewayApiConfig.channel', 'costManagementConfig.enabled',
      'verticalPodAutoscaling.enabled', 'secretManagerConfig.enabled', 'serviceExternalIpsConfig.enabled', 'anonymousAuthenticationConfig.mode', 'networkPolicy.enabled', 'loggingConfig.enableComponents',
      'monitoringConfig.managedPrometheus.enabled', 'masterAuth.clientCertificateConfig', 'masterAuth.clientCertificateConfig.issueClientCertificate', 'masterAuthorizedNetworksConfig.cidrBlocks[].cidrBlock',
      'maintenancePolicy.recurringWindow.startTime', 'maintenancePolicy.recurringWindow.endTime', 'maintenancePolicy.recurringWindow.recurrence',
      'maintenancePolicy.maintenanceExclusions[].exclusionName', 'maintenancePolicy.maintenanceExclusions[].startTime', 'maintenancePolicy.maintenanceExclusions[].exclusionOptions.scope',
      'clusterAutoscaling.resourceLimits[].resourceType', 'clusterAutoscaling.resourceLimits[].maximum', ...NODE.required,
    ],
    conflicts: [
      ...['networkPolicy', 'enableIntranodeVisibility', 'enableShieldedNodes', 'nodePools', 'removeDefaultNodePool', 'defaultMaxPodsPerNode', 'clusterAutoscaling.enabled', 'clusterAutoscaling.resourceLimits', 'addonsConfig.dnsCacheConfig', 'addonsConfig.networkPolicyConfig', 'addonsConfig.statefulHaConfig', 'binaryAuthorization.enabled'].map((path) => [path, AUTOPILOT] as const),
      // The provider replaces an Autopilot cluster that has one.
      ['nodeConfig', AUTOPILOT],
      ['binaryAuthorization.enabled', 'binaryAuthorization.evaluationMode'], ['clusterIpv4Cidr', 'ipAllocationPolicy'], ['enableTpu', 'tpuConfig'],
      ['ipAllocationPolicy.clusterIpv4CidrBlock', 'ipAllocationPolicy.clusterSecondaryRangeName'], ['ipAllocationPolicy.servicesIpv4CidrBlock', 'ipAllocationPolicy.servicesSecondaryRangeName'],
      ['loggingService', 'clusterTelemetry'], ['monitoringService', 'clusterTelemetry'], ['loggingService', 'loggingConfig'], ['monitoringService', 'monitoringConfig'],
      // Node pools of their own and a default pool with a count exclude each other.
      ['nodePools', 'removeDefaultNodePool'], ...NODE.conflicts,
    ],
    exactlyOne: [['maintenancePolicy.recurringWindow', 'maintenancePolicy.dailyMaintenanceWindow']],
    values: {
      ...NODE.values,
      networkingMode: ['VPC_NATIVE', 'ROUTES'], datapathProvider: ['DATAPATH_PROVIDER_UNSPECIFIED', 'LEGACY_DATAPATH', 'ADVANCED_DATAPATH'],
      'releaseChannel.channel': ['UNSPECIFIED', 'RAPID', 'REGULAR', 'STABLE', 'EXTENDED'], 'gatewayApiConfig.channel': ['CHANNEL_DISABLED', 'CHANNEL_EXPERIMENTAL', 'CHANNEL_STANDARD'],
      'binaryAuthorization.evaluationMode': ['DISABLED', 'PROJECT_SINGLETON_POLICY_ENFORCE'], 'databaseEncryption.state': ['ENCRYPTED', 'DECRYPTED'], 'anonymousAuthenticationConfig.mode': ['ENABLED', 'LIMITED'],
      'ipAllocationPolicy.stackType': ['IPV4', 'IPV4_IPV6'], 'clusterAutoscaling.autoscalingProfile': ['BALANCED', 'OPTIMIZE_UTILIZATION'],
      'clusterAutoscaling.autoProvisioningDefaults.upgradeSettings.strategy': ['NODE_POOL_UPDATE_STRATEGY_UNSPECIFIED', 'BLUE_GREEN', 'SURGE'], 'clusterAutoscaling.autoProvisioningDefaults.diskType': ['pd-standard', 'pd-ssd', 'pd-balanced'], 'clusterAutoscaling.autoProvisioningDefaults.imageType': ['COS_CONTAINERD', 'COS', 'UBUNTU_CONTAINERD', 'UBUNTU'],
      'loggingConfig.enableComponents[]': ['SYSTEM_COMPONENTS', 'APISERVER', 'CONTROLLER_MANAGER', 'KCP_CONNECTION', 'KCP_SSHD', 'KCP_HPA', 'SCHEDULER', 'WORKLOADS'],
      'monitoringConfig.enableComponents[]': ['SYSTEM_COMPONENTS', 'APISERVER', 'SCHEDULER', 'CONTROLLER_MANAGER', 'STORAGE', 'HPA', 'POD', 'DAEMONSET', 'DEPLOYMENT', 'STATEFULSET', 'WORKLOADS', 'KUBELET', 'CADVISOR', 'DCGM', 'JOBSET'],
      'maintenancePolicy.maintenanceExclusions[].exclusionOptions.scope': ['NO_UPGRADES', 'NO_MINOR_UPGRADES', 'NO_MINOR_OR_NODE_UPGRADES'], 'nodePoolAutoConfig.nodeKubeletConfig.insecureKubeletReadonlyPortEnabled': ['TRUE', 'FALSE'],
    },
    forms: {
      name: /^[a-z](?=.{0,39}$)[a-z0-9-]*[a-z0-9]$/, 'privateClusterConfig.masterIpv4CidrBlock': /\/28$/, 'masterAuthorizedNetworksConfig.cidrBlocks[].cidrBlock': /^[\d.]+\/\d+$/,
      'maintenancePolicy.recurringWindow.startTime': RFC3339, 'maintenancePolicy.recurringWindow.endTime': RFC3339, 'maintenancePolicy.maintenanceExclusions[].startTime': RFC3339, 'maintenancePolicy.maintenanceExclusions[].endTime': RFC3339,
      'maintenancePolicy.recurringWindow.recurrence': /^FREQ=WEEKLY;BYDAY=(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$/, 'authenticatorGroupsConfig.securityGroup': /^gke-security-groups@/, 'workloadIdentityConfig.workloadPool': /\.svc\.id\.goog$/,
    },
    ranges: { defaultMaxPodsPerNode: [8, 256], initialNodeCount: [1, 1000], ...NODE.ranges },
    most: { 'maintenancePolicy.maintenanceExclusions': 20, 'masterAuthorizedNetworksConfig.cidrBlocks': 100 },
  },
  // services/container/resource_container_node_pool.go, node_config.go
  'gcp:container/nodePool:NodePool': {
    required: ['cluster', ...NODE.required],
    conflicts: [
      ['name', 'namePrefix'], ['autoscaling', 'nodeCount'], ['autoscaling.totalMaxNodeCount', 'autoscaling.maxNodeCount'], ['autoscaling.totalMinNodeCount', 'autoscaling.minNodeCount'],
      ['upgradeSettings.blueGreenSettings', 'upgradeSettings.maxSurge'], ['upgradeSettings.blueGreenSettings', 'upgradeSettings.maxUnavailable'],
      ['upgradeSettings.blueGreenSettings.standardRolloutPolicy', 'upgradeSettings.blueGreenSettings.autoscaledRolloutPolicy'], ...NODE.conflicts,
    ],
    exactlyOne: [['upgradeSettings.blueGreenSettings.standardRolloutPolicy.batchPercentage', 'upgradeSettings.blueGreenSettings.standardRolloutPolicy.batchNodeCount']],
    values: { ...NODE.values, 'autoscaling.locationPolicy': ['BALANCED', 'ANY'], 'upgradeSettings.strategy': ['SURGE', 'BLUE_GREEN'] },
    forms: { 'upgradeSettings.blueGreenSettings.nodePoolSoakDuration': SECONDS, 'upgradeSettings.blueGreenSettings.standardRolloutPolicy.batchSoakDuration': SECONDS },
    ranges: { 'upgradeSettings.blueGreenSettings.standardRolloutPolicy.batchPercentage': [0, 1], 'upgradeSettings.maxSurge': [0, 20], 'upgradeSettings.maxUnavailable': [0, 20], maxPodsPerNode: [8, 256], initialNodeCount: [0, 1000], ...NODE.ranges },
  },
  // services/compute
  'gcp:compute/network:Network': { values: { routingMode: ['REGIONAL', 'GLOBAL'] } },
  'gcp:compute/subnetwork:Subnetwork': {
    required: ['network', 'ipCidrRange', 'secondaryIpRanges[].rangeName', 'secondaryIpRanges[].ipCidrRange'],
    conflicts: [['ipCidrRange', 'reservedInternalRange']],
    values: { stackType: ['IPV4_ONLY', 'IPV4_IPV6', 'IPV6_ONLY'], 'logConfig.aggregationInterval': ['INTERVAL_5_SEC', 'INTERVAL_30_SEC', 'INTERVAL_1_MIN', 'INTERVAL_5_MIN', 'INTERVAL_10_MIN', 'INTERVAL_15_MIN'], 'logConfig.metadata': ['EXCLUDE_ALL_METADATA', 'INCLUDE_ALL_METADATA', 'CUSTOM_METADATA'] },
    ranges: { 'logConfig.flowSampling': [0, 1] },
  },
  'gcp:compute/router:Router': { required: ['network'] },
  'gcp:compute/address:Address': { values: { addressType: ['INTERNAL', 'EXTERNAL'] } },
  'gcp:compute/globalAddress:GlobalAddress': { values: { addressType: ['INTERNAL', 'EXTERNAL'] } },
  'gcp:compute/routerNat:RouterNat': {
    required: ['router', 'sourceSubnetworkIpRangesToNat', 'subnetworks[].name', 'subnetworks[].sourceIpRangesToNats', 'logConfig.enable', 'logConfig.filter'],
    values: { natIpAllocateOption: ['MANUAL_ONLY', 'AUTO_ONLY'], sourceSubnetworkIpRangesToNat: ['ALL_SUBNETWORKS_ALL_IP_RANGES', 'ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES', 'LIST_OF_SUBNETWORKS'], 'logConfig.filter': ['ERRORS_ONLY', 'TRANSLATIONS_ONLY', 'ALL'], 'subnetworks[].sourceIpRangesToNats[]': ['ALL_IP_RANGES', 'LIST_OF_SECONDARY_IP_RANGES', 'PRIMARY_IP_RANGE'], enableEndpointIndependentMapping: [false] },
  },
  // services/kms
  'gcp:kms/keyRing:KeyRing': { required: ['location'] },
  'gcp:kms/cryptoKey:CryptoKey': { required: ['keyRing'], values: { purpose: ['ENCRYPT_DECRYPT', 'ASYMMETRIC_SIGN', 'ASYMMETRIC_DECRYPT', 'MAC'] }, forms: { rotationPeriod: SECONDS, destroyScheduledDuration: SECONDS } },
  'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember': { required: ['cryptoKeyId', 'role', 'member'], forms: { member: /^serviceAccount:service-\d+@/ } },
  // services/resourcemanager, iam
  'gcp:projects/service:Service': { required: ['service'], forms: { service: /^[a-z]+\.googleapis\.com$/ } },
  'gcp:projects/serviceIdentity:ServiceIdentity': { required: ['service'] },
  'gcp:projects/iAMMember:IAMMember': { required: ['project', 'role', 'member'] },
  'gcp:serviceaccount/account:Account': { required: ['accountId'], forms: { accountId: /^[a-z](?=.{5,29}$)[-a-z0-9]*[a-z0-9]$/ } },
  // services/artifactregistry, gkebackup, dns, certificatemanager
  'gcp:artifactregistry/repository:Repository': { required: ['format', 'repositoryId', 'cleanupPolicies[].id'], values: { format: ['DOCKER', 'docker'], 'cleanupPolicies[].action': ['DELETE', 'KEEP'], 'cleanupPolicies[].condition.tagState': ['TAGGED', 'UNTAGGED', 'ANY'] }, conflicts: [['cleanupPolicies[].condition', 'cleanupPolicies[].mostRecentVersions']], forms: { 'cleanupPolicies[].condition.olderThan': SECONDS } },
  'gcp:artifactregistry/repositoryIamMember:RepositoryIamMember': { required: ['repository', 'role', 'member'] },
  'gcp:gkebackup/backupPlan:BackupPlan': { required: ['cluster', 'location', 'backupConfig.encryptionKey.gcpKmsEncryptionKey'], exactlyOne: [['backupConfig.allNamespaces', 'backupConfig.selectedNamespaces', 'backupConfig.selectedApplications', 'backupConfig.selectedNamespaceLabels']], ranges: { 'retentionPolicy.backupDeleteLockDays': [0, 90], 'retentionPolicy.backupRetainDays': [0, 365] } },
  'gcp:dns/managedZone:ManagedZone': { required: ['dnsName', 'cloudLoggingConfig.enableLogging'], values: { visibility: ['private', 'public'], 'dnssecConfig.state': ['off', 'on', 'transfer'] }, forms: { dnsName: /\.$/ } },
  'gcp:dns/recordSet:RecordSet': { required: ['managedZone', 'name', 'type'], conflicts: [['rrdatas', 'routingPolicy']], forms: { name: /\.$/ } },
  'gcp:certificatemanager/dnsAuthorization:DnsAuthorization': { required: ['domain'], forms: { domain: /^[^*]/ } },
  'gcp:certificatemanager/certificate:Certificate': { exactlyOne: [['managed', 'selfManaged']], conflicts: [['managed.dnsAuthorizations', 'managed.issuanceConfig']] },
  'gcp:certificatemanager/certificateMap:CertificateMap': {},
  'gcp:certificatemanager/certificateMapEntry:CertificateMapEntry': { required: ['certificates', 'map'], exactlyOne: [['hostname', 'matcher']] },
};
