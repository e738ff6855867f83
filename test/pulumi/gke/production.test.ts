import { inputsOf, make, NUMBER } from './make';

const LABELS = { cluster: 'shop', 'cost-center': 'retail', 'managed-by': 'fairlead' };
const NODE = {
  serviceAccount: 'shop-nodes@acme-shop.iam.gserviceaccount.com',
  oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
  imageType: 'COS_CONTAINERD',
  bootDiskKmsKey: 'shop-key-disks-id',
  shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
  workloadMetadataConfig: { mode: 'GKE_METADATA' },
  kubeletConfig: { insecureKubeletReadonlyPortEnabled: 'FALSE' },
  metadata: { 'disable-legacy-endpoints': 'true' },
};

/** What Standard and Autopilot have alike, in production. */
const CLUSTER = {
  name: 'shop',
  project: 'acme-shop',
  location: 'europe-west6',
  network: 'shop-network-id',
  subnetwork: 'shop-subnetwork-id',
  resourceLabels: LABELS,
  deletionProtection: true,
  networkingMode: 'VPC_NATIVE',
  ipAllocationPolicy: { clusterSecondaryRangeName: 'pods', servicesSecondaryRangeName: 'services', stackType: 'IPV4' },
  releaseChannel: { channel: 'REGULAR' },
  masterAuthorizedNetworksConfig: { cidrBlocks: [], gcpPublicCidrsAccessEnabled: false },
  controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: true }, ipEndpointsConfig: { enabled: true } },
  masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
  enableLegacyAbac: false,
  anonymousAuthenticationConfig: { mode: 'LIMITED' },
  rbacBindingConfig: { enableInsecureBindingSystemAuthenticated: false, enableInsecureBindingSystemUnauthenticated: false },
  binaryAuthorization: { evaluationMode: 'PROJECT_SINGLETON_POLICY_ENFORCE' },
  workloadIdentityConfig: { workloadPool: 'acme-shop.svc.id.goog' },
  databaseEncryption: { state: 'ENCRYPTED', keyName: 'shop-key-secrets-id' },
  serviceExternalIpsConfig: { enabled: false },
  nodePoolAutoConfig: { nodeKubeletConfig: { insecureKubeletReadonlyPortEnabled: 'FALSE' } },
  loggingConfig: { enableComponents: ['SYSTEM_COMPONENTS', 'WORKLOADS', 'APISERVER', 'SCHEDULER', 'CONTROLLER_MANAGER'] },
  maintenancePolicy: { recurringWindow: { startTime: '2025-01-07T01:00:00Z', endTime: '2025-01-07T05:00:00Z', recurrence: 'FREQ=WEEKLY;BYDAY=TU,WE,TH' } },
  costManagementConfig: { enabled: true },
  gatewayApiConfig: { channel: 'CHANNEL_STANDARD' },
  verticalPodAutoscaling: { enabled: true },
  secretManagerConfig: { enabled: true },
};

const METRICS = ['SYSTEM_COMPONENTS', 'STORAGE', 'HPA', 'POD', 'DAEMONSET', 'DEPLOYMENT', 'STATEFULSET'];

const AROUND = { project: 'acme-shop', region: 'europe-west6' };
const KEY = { keyRing: 'shop-keys-id', purpose: 'ENCRYPT_DECRYPT', rotationPeriod: '7776000s', destroyScheduledDuration: '2592000s', labels: LABELS };
const USER = { role: 'roles/cloudkms.cryptoKeyEncrypterDecrypter' };
const agent = (domain: string) => `serviceAccount:service-${NUMBER}@${domain}.iam.gserviceaccount.com`;
const member = `serviceAccount:${NODE.serviceAccount}`;

/** What stands around the cluster, in both. */
const rest = (pods: string, nodes: string) => ({
  'shop-network': { project: 'acme-shop', autoCreateSubnetworks: false, routingMode: 'REGIONAL' },
  'shop-subnetwork': {
    ...AROUND, network: 'shop-network-id', ipCidrRange: nodes, privateIpGoogleAccess: true, stackType: 'IPV4_ONLY',
    secondaryIpRanges: [{ rangeName: 'pods', ipCidrRange: pods }, { rangeName: 'services', ipCidrRange: expect.stringMatching(/^10\..*\/20$/) }],
    logConfig: { aggregationInterval: 'INTERVAL_5_SEC', flowSampling: 0.5, metadata: 'INCLUDE_ALL_METADATA' },
  },
  'shop-router': { ...AROUND, network: 'shop-network-id' },
  'shop-nat': {
    ...AROUND, router: 'shop-router-0a1b2c3', natIpAllocateOption: 'AUTO_ONLY', sourceSubnetworkIpRangesToNat: 'LIST_OF_SUBNETWORKS',
    subnetworks: [{ name: 'shop-subnetwork-id', sourceIpRangesToNats: ['ALL_IP_RANGES'] }],
    enableDynamicPortAllocation: true, enableEndpointIndependentMapping: false, logConfig: { enable: true, filter: 'ERRORS_ONLY' },
  },
  'shop-keys': { project: 'acme-shop', location: 'europe-west6' },
  'shop-key-secrets': KEY, 'shop-key-disks': KEY, 'shop-key-images': KEY, 'shop-key-backups': KEY,
  'shop-key-secrets-user': { ...USER, cryptoKeyId: 'shop-key-secrets-id', member: agent('container-engine-robot') },
  'shop-key-disks-user': { ...USER, cryptoKeyId: 'shop-key-disks-id', member: agent('compute-system') },
  'shop-key-images-user': { ...USER, cryptoKeyId: 'shop-key-images-id', member: agent('gcp-sa-artifactregistry') },
  'shop-key-backups-user': { ...USER, cryptoKeyId: 'shop-key-backups-id', member: agent('gcp-sa-gkebackup') },
  'shop-agent-secrets': { project: 'acme-shop', service: 'container.googleapis.com' },
  'shop-agent-images': { project: 'acme-shop', service: 'artifactregistry.googleapis.com' },
  'shop-agent-backups': { project: 'acme-shop', service: 'gkebackup.googleapis.com' },
  'shop-nodes': { project: 'acme-shop', accountId: 'shop-nodes', displayName: 'Nodes of shop' },
  'shop-nodes-role': { project: 'acme-shop', role: 'roles/container.defaultNodeServiceAccount', member },
  'shop-nodes-pull': { project: 'acme-shop', location: 'europe-west6', repository: 'shop-images-0a1b2c3', role: 'roles/artifactregistry.reader', member },
  'shop-images': {
    project: 'acme-shop', location: 'europe-west6', repositoryId: 'shop', format: 'DOCKER', kmsKeyName: 'shop-key-images-id', labels: LABELS,
    dockerConfig: { immutableTags: true }, cleanupPolicies: [{ id: 'untagged', action: 'DELETE', condition: { tagState: 'UNTAGGED', olderThan: '2592000s' } }],
  },
  'shop-backup': {
    project: 'acme-shop', location: 'europe-west6', cluster: 'shop-id', labels: LABELS,
    backupConfig: { allNamespaces: true, includeSecrets: true, includeVolumeData: true, encryptionKey: { gcpKmsEncryptionKey: 'shop-key-backups-id' } },
    backupSchedule: { cronSchedule: '0 3 * * *' }, retentionPolicy: { backupRetainDays: 30, backupDeleteLockDays: 7 },
  },
  'shop-provider': { kubeconfig: expect.any(String), clusterIdentifier: 'shop-id', enableConfigMapMutable: 'true', enableSecretMutable: 'true', enablePatchForce: 'true' },
});

const APIS = ['cloudresourcemanager', 'iam', 'compute', 'container', 'logging', 'monitoring', 'cloudkms', 'artifactregistry', 'binaryauthorization', 'secretmanager', 'gkebackup'];
const apis = Object.fromEntries(APIS.map((api) => [`shop-api-${api}`, { project: 'acme-shop', service: `${api}.googleapis.com`, disableOnDestroy: false }]));

const PRODUCTION = { project: 'acme-shop', region: 'europe-west6', labels: { 'cost-center': 'retail' } };

describe('production on GKE Standard', () => {
  const standard = () => make({ ...PRODUCTION, nodePools: { workers: { machineType: 'n4-standard-4', nodes: { min: 3, max: 20 }, disk: { type: 'hyperdisk-balanced' } } } }, (cluster) => cluster.network);

  it('makes exactly this', async () => {
    const { shop, 'shop-workers': workers, ...others } = inputsOf(await standard());
    expect(shop).toEqual({
      ...CLUSTER,
      removeDefaultNodePool: true,
      initialNodeCount: 1,
      nodeConfig: NODE,
      datapathProvider: 'ADVANCED_DATAPATH',
      networkPolicy: { enabled: false },
      enableShieldedNodes: true,
      enableIntranodeVisibility: true,
      defaultMaxPodsPerNode: 64,
      privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true, masterIpv4CidrBlock: '10.2.16.0/28' },
      monitoringConfig: { enableComponents: ['SYSTEM_COMPONENTS'], managedPrometheus: { enabled: false } },
      addonsConfig: {
        httpLoadBalancing: { disabled: false }, horizontalPodAutoscaling: { disabled: false }, gkeBackupAgentConfig: { enabled: true },
        gcpFilestoreCsiDriverConfig: { enabled: false }, gcePersistentDiskCsiDriverConfig: { enabled: true }, dnsCacheConfig: { enabled: true },
      },
    });
    expect(workers).toEqual({
      project: 'acme-shop', location: 'europe-west6', cluster: 'shop', initialNodeCount: 1,
      autoscaling: { totalMinNodeCount: 3, totalMaxNodeCount: 20, locationPolicy: 'BALANCED' },
      management: { autoRepair: true, autoUpgrade: true },
      networkConfig: { enablePrivateNodes: true },
      upgradeSettings: { strategy: 'SURGE', maxSurge: 1, maxUnavailable: 0 },
      nodeDrainConfigs: [{ respectPdbDuringNodePoolDeletion: true }],
      nodeConfig: {
        ...NODE, machineType: 'n4-standard-4', spot: false, diskSizeGb: 50, diskType: 'hyperdisk-balanced',
        labels: { 'fairlead.dev/pool': 'workers' }, resourceLabels: { ...LABELS, pool: 'workers' },
      },
    });
    expect(others).toEqual({ ...apis, ...rest('10.0.0.0/15', '10.3.255.128/25') });
  });

  it('leaves to the cloud what it changes itself', async () => {
    const { resources } = await standard();
    const ignored = Object.fromEntries(resources.filter(({ ignoreChanges }) => ignoreChanges.length > 0).map(({ name, ignoreChanges }) => [name, ignoreChanges]));
    expect(ignored).toEqual({ shop: ['nodeConfig', 'initialNodeCount'], 'shop-workers': ['initialNodeCount'] });
  });

  it('protects what nobody can make anew', async () => {
    const { resources } = await standard();
    expect(resources.filter(({ protect }) => protect).map(({ name }) => name).sort()).toEqual(['shop', 'shop-backup', 'shop-images', 'shop-key-backups', 'shop-key-disks', 'shop-key-images', 'shop-key-secrets', 'shop-keys', 'shop-network', 'shop-subnetwork']);
  });

  it('deploys nothing before there are nodes, and makes no nodes before they may pull and reach the internet', async () => {
    const { resources } = await standard();
    const needs = (name: string) => resources.find((resource) => resource.custom && resource.name === name)!.dependencies.map((urn) => urn.split('::').at(-1));
    expect(needs('shop-provider')).toEqual(expect.arrayContaining(['shop', 'shop-workers']));
    expect(needs('shop')).toEqual(expect.arrayContaining(['shop-nat', 'shop-nodes-role', 'shop-nodes-pull', 'shop-key-secrets-user', 'shop-key-disks-user', 'shop-api-container']));
    expect(needs('shop-key-images')).toEqual(expect.arrayContaining(['shop-keys', 'shop-api-cloudkms']));
    expect(needs('shop-images')).toContain('shop-key-images-user');
    expect(needs('shop-backup')).toEqual(expect.arrayContaining(['shop', 'shop-key-backups-user']));
  });

  it('stands below the component', async () => {
    const { resources } = await standard();
    const [component, ...others] = resources;
    expect(component).toMatchObject({ type: 'fairlead:gke:GkeCluster', name: 'shop', custom: false });
    expect(new Set(others.map(({ parent }) => parent))).toEqual(new Set([component!.urn]));
  });
});

describe('production on GKE Autopilot', () => {
  it('makes exactly this', async () => {
    const { shop, ...others } = inputsOf(await make({ ...PRODUCTION, autopilot: true }, (cluster) => cluster.network));
    expect(shop).toEqual({
      ...CLUSTER,
      enableAutopilot: true,
      clusterAutoscaling: { autoProvisioningDefaults: { serviceAccount: NODE.serviceAccount, oauthScopes: NODE.oauthScopes, bootDiskKmsKey: 'shop-key-disks-id' } },
      privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true, masterIpv4CidrBlock: '10.2.16.0/28' },
      monitoringConfig: { enableComponents: METRICS, managedPrometheus: { enabled: true } },
      addonsConfig: { httpLoadBalancing: { disabled: false }, horizontalPodAutoscaling: { disabled: false }, gkeBackupAgentConfig: { enabled: true }, gcpFilestoreCsiDriverConfig: { enabled: true } },
    });
    expect(others).toEqual({ ...apis, ...rest('10.0.0.0/15', '10.3.254.0/23') });
  });

  it('ignores no changes, and gives no access to nodes', async () => {
    const { resources, result } = await make({ ...PRODUCTION, autopilot: true }, ({ hostAccess, storageClasses }) => ({ hostAccess, storageClasses }));
    expect(resources.flatMap(({ ignoreChanges }) => ignoreChanges)).toEqual([]);
    expect(result).toEqual({ hostAccess: false, storageClasses: { default: 'standard-rwo', fast: 'premium-rwo', shared: 'standard-rwx' } });
  });
});
