import { NETWORK, type RuleBook } from '../provider-rules';

const AUTOPILOT = 'enableAutopilot';
const SECONDS = /^\d+(\.\d{1,9})?s$/;
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const ADDONS = [
  'httpLoadBalancing', 'horizontalPodAutoscaling', 'networkPolicyConfig', 'gcpFilestoreCsiDriverConfig', 'cloudrunConfig', 'dnsCacheConfig', 'gcePersistentDiskCsiDriverConfig', 'gkeBackupAgentConfig', 'configConnectorConfig',
  'gcsFuseCsiDriverConfig', 'statefulHaConfig', 'rayOperatorConfigs', 'parallelstoreCsiDriverConfig', 'istioConfig', 'kalmConfig', 'lustreCsiDriverConfig',
].map((addon) => `addonsConfig.${addon}`);
const DEFAULTS = 'clusterAutoscaling.autoProvisioningDefaults';
const ROLLOUT = 'upgradeSettings.blueGreenSettings.standardRolloutPolicy';
const EXCLUSIONS = 'maintenancePolicy.maintenanceExclusions[]';

/** A member of a policy of IAM, and its role. */
const GRANT = { forms: { role: /^(roles|projects\/[^/]+\/roles)\/[\w.]+$/, member: /^(serviceAccount|principal|principalSet):[^\s]+$/ } } as const;

/** Of a node, below `nodeConfig`, of a cluster as of a pool: services/container/node_config.go; of images, the API. */
const NODE = {
  // The API takes one of them.
  conflicts: [['nodeConfig.spot', 'nodeConfig.preemptible']],
  values: {
    'nodeConfig.workloadMetadataConfig.mode': ['MODE_UNSPECIFIED', 'GCE_METADATA', 'GKE_METADATA'],
    'nodeConfig.kubeletConfig.insecureKubeletReadonlyPortEnabled': ['TRUE', 'FALSE'],
    'nodeConfig.kubeletConfig.cpuManagerPolicy': ['static', 'none', ''],
    'nodeConfig.taints[].effect': ['NO_SCHEDULE', 'PREFER_NO_SCHEDULE', 'NO_EXECUTE'],
    'nodeConfig.localSsdEncryptionMode': ['STANDARD_ENCRYPTION', 'EPHEMERAL_KEY_ENCRYPTION'],
    'nodeConfig.imageType': ['COS_CONTAINERD', 'UBUNTU_CONTAINERD'],
  },
  ranges: { 'nodeConfig.diskSizeGb': [10, 65_536] },
} as const;

/**
 * What hashicorp/terraform-provider-google-beta declares in its schemas (ConflictsWith, ExactlyOneOf, AtLeastOneOf,
 * RequiredWith, ValidateFunc), and refuses in its CustomizeDiff and expand functions, for the arguments that we set or must
 * not set; besides, where it is said, what the API takes. Read in v7.45.0.
 */
export const GOOGLE_RULES: RuleBook = {
  // services/container/resource_container_cluster.go
  'gcp:container/cluster:Cluster': {
    conflicts: [
      ...[
        'networkPolicy', 'enableIntranodeVisibility', 'enableShieldedNodes', 'nodePools', 'removeDefaultNodePool', 'defaultMaxPodsPerNode', 'clusterAutoscaling.enabled', 'clusterAutoscaling.resourceLimits', 'addonsConfig.dnsCacheConfig',
        'addonsConfig.networkPolicyConfig', 'addonsConfig.statefulHaConfig', 'binaryAuthorization.enabled',
      ].map((path) => [path, AUTOPILOT] as const),
      // The provider replaces an Autopilot cluster that has one.
      ['nodeConfig', AUTOPILOT],
      ['binaryAuthorization.enabled', 'binaryAuthorization.evaluationMode'], ['clusterIpv4Cidr', 'ipAllocationPolicy'], ['enableTpu', 'tpuConfig'],
      ...['cluster', 'services'].flatMap((one) => ['cluster', 'services'].map((other) => [`ipAllocationPolicy.${one}Ipv4CidrBlock`, `ipAllocationPolicy.${other}SecondaryRangeName`] as const)),
      ['loggingService', 'clusterTelemetry'], ['monitoringService', 'clusterTelemetry'],
      // In containerClusterNodeVersionRemoveDefaultCustomizeDiff and containerClusterSurgeSettingsCustomizeDiff.
      ['nodeVersion', 'removeDefaultNodePool'], [`${DEFAULTS}.upgradeSettings.blueGreenSettings`, `${DEFAULTS}.upgradeSettings.maxSurge`], [`${DEFAULTS}.upgradeSettings.blueGreenSettings`, `${DEFAULTS}.upgradeSettings.maxUnavailable`],
      // The API takes one of both: the older argument, or the newer.
      ['loggingService', 'loggingConfig'], ['monitoringService', 'monitoringConfig'], ['nodePools', 'removeDefaultNodePool'],
      ...NODE.conflicts,
    ],
    exactlyOne: [['maintenancePolicy.recurringWindow', 'maintenancePolicy.dailyMaintenanceWindow', 'maintenancePolicy.recurringMaintenanceWindow']],
    atLeastOne: [
      ADDONS, ['enablePrivateEndpoint', 'enablePrivateNodes', 'masterIpv4CidrBlock', 'privateEndpointSubnetwork', 'masterGlobalAccessConfig'].map((key) => `privateClusterConfig.${key}`),
      ['enableSecureBoot', 'enableIntegrityMonitoring'].map((key) => `${DEFAULTS}.shieldedInstanceConfig.${key}`),
    ],
    values: {
      ...NODE.values,
      networkingMode: ['VPC_NATIVE', 'ROUTES'], datapathProvider: ['DATAPATH_PROVIDER_UNSPECIFIED', 'LEGACY_DATAPATH', 'ADVANCED_DATAPATH'],
      'releaseChannel.channel': ['UNSPECIFIED', 'RAPID', 'REGULAR', 'STABLE', 'EXTENDED'], 'gatewayApiConfig.channel': ['CHANNEL_DISABLED', 'CHANNEL_EXPERIMENTAL', 'CHANNEL_STANDARD'],
      'binaryAuthorization.evaluationMode': ['DISABLED', 'PROJECT_SINGLETON_POLICY_ENFORCE'], 'databaseEncryption.state': ['ENCRYPTED', 'ALL_OBJECTS_ENCRYPTION_ENABLED', 'DECRYPTED'], 'anonymousAuthenticationConfig.mode': ['ENABLED', 'LIMITED'],
      'ipAllocationPolicy.stackType': ['IPV4', 'IPV4_IPV6'], 'networkPolicy.provider': ['PROVIDER_UNSPECIFIED', 'CALICO'], 'clusterAutoscaling.autoscalingProfile': ['BALANCED', 'OPTIMIZE_UTILIZATION'],
      [`${DEFAULTS}.upgradeSettings.strategy`]: ['NODE_POOL_UPDATE_STRATEGY_UNSPECIFIED', 'BLUE_GREEN', 'SURGE'], [`${DEFAULTS}.diskType`]: ['pd-standard', 'pd-ssd', 'pd-balanced', 'hyperdisk-balanced'], [`${DEFAULTS}.imageType`]: ['COS_CONTAINERD', 'COS', 'UBUNTU_CONTAINERD', 'UBUNTU'],
      'loggingConfig.enableComponents[]': ['SYSTEM_COMPONENTS', 'APISERVER', 'CONTROLLER_MANAGER', 'KCP_CONNECTION', 'KCP_SSHD', 'KCP_HPA', 'KCP_VPA', 'SCHEDULER', 'WORKLOADS'],
      // Of the API: the provider takes any.
      'monitoringConfig.enableComponents[]': ['SYSTEM_COMPONENTS', 'APISERVER', 'SCHEDULER', 'CONTROLLER_MANAGER', 'STORAGE', 'HPA', 'POD', 'DAEMONSET', 'DEPLOYMENT', 'STATEFULSET', 'WORKLOADS', 'KUBELET', 'CADVISOR', 'DCGM', 'JOBSET'],
      [`${EXCLUSIONS}.exclusionOptions.scope`]: ['NO_UPGRADES', 'NO_MINOR_UPGRADES', 'NO_MINOR_OR_NODE_UPGRADES'], 'nodePoolAutoConfig.nodeKubeletConfig.insecureKubeletReadonlyPortEnabled': ['TRUE', 'FALSE'],
    },
    forms: {
      name: /^[a-z](?=.{0,39}$)[a-z0-9-]*[a-z0-9]$/, 'privateClusterConfig.masterIpv4CidrBlock': { test: (text) => NETWORK.test(text) && text.endsWith('/28') }, 'masterAuthorizedNetworksConfig.cidrBlocks[].cidrBlock': NETWORK,
      'maintenancePolicy.recurringWindow.startTime': RFC3339, 'maintenancePolicy.recurringWindow.endTime': RFC3339, [`${EXCLUSIONS}.startTime`]: RFC3339, [`${EXCLUSIONS}.endTime`]: RFC3339,
      // Of the API.
      'maintenancePolicy.recurringWindow.recurrence': /^FREQ=WEEKLY;BYDAY=(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$/, 'authenticatorGroupsConfig.securityGroup': /^gke-security-groups@/, 'workloadIdentityConfig.workloadPool': /\.svc\.id\.goog$/,
      'resourceLabels.cluster': /^[a-z0-9_-]{0,63}$/,
    },
    ranges: { defaultMaxPodsPerNode: [8, 256], initialNodeCount: [1, 1000], [`${DEFAULTS}.diskSize`]: [10, 65_536], 'clusterAutoscaling.resourceLimits[].maximum': [1, 1e9], ...NODE.ranges },
    // Of authorized networks, the API.
    most: { 'maintenancePolicy.maintenanceExclusions': 20, 'masterAuthorizedNetworksConfig.cidrBlocks': 100 },
  },
  // services/container/resource_container_node_pool.go: most of it in expandNodePool
  'gcp:container/nodePool:NodePool': {
    requiredWith: [['upgradeSettings.blueGreenSettings', 'upgradeSettings.strategy']],
    conflicts: [
      ['name', 'namePrefix'], ['initialNodeCount', 'nodeCount'],
      ['upgradeSettings.blueGreenSettings', 'upgradeSettings.maxSurge'], ['upgradeSettings.blueGreenSettings', 'upgradeSettings.maxUnavailable'], [ROLLOUT, 'upgradeSettings.blueGreenSettings.autoscaledRolloutPolicy'],
      // Of the API.
      ['autoscaling', 'nodeCount'], ['autoscaling.totalMaxNodeCount', 'autoscaling.maxNodeCount'], ['autoscaling.totalMinNodeCount', 'autoscaling.minNodeCount'],
      ...NODE.conflicts,
    ],
    // Of the API.
    exactlyOne: [[`${ROLLOUT}.batchPercentage`, `${ROLLOUT}.batchNodeCount`]],
    values: { ...NODE.values, 'autoscaling.locationPolicy': ['BALANCED', 'ANY'], 'upgradeSettings.strategy': ['SURGE', 'BLUE_GREEN'] },
    forms: { namePrefix: /^.{0,31}$/, 'upgradeSettings.blueGreenSettings.nodePoolSoakDuration': SECONDS, [`${ROLLOUT}.batchSoakDuration`]: SECONDS },
    ranges: { [`${ROLLOUT}.batchPercentage`]: [0, 1], 'upgradeSettings.maxSurge': [0, 20], 'upgradeSettings.maxUnavailable': [0, 20], maxPodsPerNode: [8, 256], initialNodeCount: [0, 1000], 'autoscaling.totalMinNodeCount': [0, 15_000], 'autoscaling.totalMaxNodeCount': [0, 15_000], ...NODE.ranges },
  },
  // services/compute
  'gcp:compute/network:Network': { values: { routingMode: ['REGIONAL', 'GLOBAL', ''] } },
  'gcp:compute/subnetwork:Subnetwork': {
    atLeastOne: [['logConfig.aggregationInterval', 'logConfig.filterExpr', 'logConfig.flowSampling', 'logConfig.metadata']],
    values: { stackType: ['IPV4_ONLY', 'IPV4_IPV6', 'IPV6_ONLY', ''], 'logConfig.aggregationInterval': ['INTERVAL_5_SEC', 'INTERVAL_30_SEC', 'INTERVAL_1_MIN', 'INTERVAL_5_MIN', 'INTERVAL_10_MIN', 'INTERVAL_15_MIN', ''], 'logConfig.metadata': ['EXCLUDE_ALL_METADATA', 'INCLUDE_ALL_METADATA', 'CUSTOM_METADATA', ''] },
    forms: { ipCidrRange: NETWORK, 'secondaryIpRanges[].ipCidrRange': NETWORK, 'secondaryIpRanges[].rangeName': /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/ },
    ranges: { 'logConfig.flowSampling': [0, 1] },
  },
  'gcp:compute/router:Router': { conflicts: [['network', 'nccGateway']] },
  'gcp:compute/address:Address': { values: { addressType: ['INTERNAL', 'EXTERNAL', ''] } },
  'gcp:compute/globalAddress:GlobalAddress': { values: { addressType: ['INTERNAL', 'EXTERNAL', ''] } },
  'gcp:compute/routerNat:RouterNat': {
    conflicts: [['initialNatIps', 'natIps'], ['initialNatIps', 'drainNatIps']],
    values: {
      natIpAllocateOption: ['MANUAL_ONLY', 'AUTO_ONLY', ''], sourceSubnetworkIpRangesToNat: ['ALL_SUBNETWORKS_ALL_IP_RANGES', 'ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES', 'LIST_OF_SUBNETWORKS'], 'logConfig.filter': ['ERRORS_ONLY', 'TRANSLATIONS_ONLY', 'ALL'],
      // Of the API; with ports that are allocated as they are needed, the last one can't be true.
      'subnetworks[].sourceIpRangesToNats[]': ['ALL_IP_RANGES', 'LIST_OF_SECONDARY_IP_RANGES', 'PRIMARY_IP_RANGE'], enableEndpointIndependentMapping: [false],
    },
  },
  // services/kms
  'gcp:kms/keyRing:KeyRing': {},
  'gcp:kms/cryptoKey:CryptoKey': { values: { purpose: ['ENCRYPT_DECRYPT', 'ASYMMETRIC_SIGN', 'ASYMMETRIC_DECRYPT', 'MAC'] }, forms: { rotationPeriod: { test: (text) => SECONDS.test(text) && parseFloat(text) >= 86_400 }, destroyScheduledDuration: SECONDS } },
  'gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember': { forms: { ...GRANT.forms, member: /^serviceAccount:service-\d+@[a-z-]+\.iam\.gserviceaccount\.com$/ } },
  // services/resourcemanager
  'gcp:projects/service:Service': { forms: { service: /^[a-z]+\.googleapis\.com$/ } },
  'gcp:projects/serviceIdentity:ServiceIdentity': { forms: { service: /^[a-z]+\.googleapis\.com$/ } },
  'gcp:projects/iAMMember:IAMMember': GRANT,
  'gcp:serviceaccount/account:Account': { forms: { accountId: /^[a-z](?=.{5,29}$)[-a-z0-9]*[a-z0-9]$/, description: /^.{0,256}$/ } },
  // services/artifactregistry, gkebackup, dns, certificatemanager
  'gcp:artifactregistry/repository:Repository': {
    values: { format: ['DOCKER', 'docker'], mode: ['STANDARD_REPOSITORY', 'VIRTUAL_REPOSITORY', 'REMOTE_REPOSITORY', ''], 'cleanupPolicies[].action': ['DELETE', 'KEEP', ''], 'cleanupPolicies[].condition.tagState': ['TAGGED', 'UNTAGGED', 'ANY', ''] },
    // Of the API.
    conflicts: [['cleanupPolicies[].condition', 'cleanupPolicies[].mostRecentVersions']], forms: { 'cleanupPolicies[].condition.olderThan': SECONDS, repositoryId: /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/ },
  },
  'gcp:artifactregistry/repositoryIamMember:RepositoryIamMember': GRANT,
  'gcp:gkebackup/backupPlan:BackupPlan': {
    exactlyOne: [['backupConfig.allNamespaces', 'backupConfig.selectedNamespaces', 'backupConfig.selectedApplications', 'backupConfig.selectedNamespaceLabels']],
    // Of the API, as it takes one of a schedule and an aim, and these numbers of days.
    conflicts: [['backupSchedule.cronSchedule', 'backupSchedule.rpoConfig']], ranges: { 'retentionPolicy.backupDeleteLockDays': [0, 90], 'retentionPolicy.backupRetainDays': [0, 365] },
  },
  'gcp:dns/managedZone:ManagedZone': {
    atLeastOne: [['dnssecConfig.defaultKeySpecs', 'dnssecConfig.kind', 'dnssecConfig.nonExistence', 'dnssecConfig.state']],
    values: { visibility: ['private', 'public', ''], 'dnssecConfig.state': ['off', 'on', 'transfer', ''] }, forms: { description: /./, dnsName: /\.$/ },
  },
  'gcp:dns/recordSet:RecordSet': { exactlyOne: [['rrdatas', 'routingPolicy']], forms: { name: /\.$/ } },
  'gcp:certificatemanager/dnsAuthorization:DnsAuthorization': { values: { type: ['FIXED_RECORD', 'PER_PROJECT_RECORD', ''] }, forms: { domain: /^[^*]/ } },
  'gcp:certificatemanager/certificate:Certificate': { exactlyOne: [['managed', 'selfManaged']], conflicts: [['managed.dnsAuthorizations', 'managed.issuanceConfig']] },
  'gcp:certificatemanager/certificateMap:CertificateMap': {},
  'gcp:certificatemanager/certificateMapEntry:CertificateMapEntry': { exactlyOne: [['hostname', 'matcher']] },
  // Rights of workloads
  'gcp:storage/bucketIAMMember:BucketIAMMember': GRANT,
  'gcp:secretmanager/secretIamMember:SecretIamMember': GRANT,
  'gcp:pubsub/topicIAMMember:TopicIAMMember': GRANT,
  'gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember': GRANT,
  'gcp:dns/dnsManagedZoneIamMember:DnsManagedZoneIamMember': GRANT,
};
