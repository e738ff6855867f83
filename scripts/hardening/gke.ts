import { absent, contains, daysAtMost, given, input, is, isProtected, lacks, type Claim, type Condition, type Expectation, type Skip } from './claim';

const CLUSTER = 'gcp:container/cluster:Cluster';
const POOL = 'gcp:container/nodePool:NodePool';
const SUBNETWORK = 'gcp:compute/subnetwork:Subnetwork';
const KEY = 'gcp:kms/cryptoKey:CryptoKey';
const BACKUPS = 'gcp:gkebackup/backupPlan:BackupPlan';
const IMAGES = 'gcp:artifactregistry/repository:Repository';

const cluster = (path: string, condition: Condition): Expectation => input(CLUSTER, path, condition);
const node = (path: string, condition: Condition): Expectation => input(POOL, `nodeConfig.${path}`, condition);

/** The same in both shapes. */
const both = (...expectations: readonly Expectation[]) => ({ standard: expectations, autopilot: expectations });
const AUTOPILOT = 'Autopilot does so, and takes no other';
/** Of nodes, which Autopilot makes. */
const standard = (...expectations: readonly Expectation[]) => ({ standard: expectations, autopilot: AUTOPILOT });

/** What is asked of clusters on Google Cloud: section 5 of the CIS GKE Benchmark 1.8.0, checkov, and what we ask besides. */
export const GKE_CLAIMS: readonly Claim[] = [
  { ids: ['CIS 5.1.3'], asks: 'nodes may read images and not write them', by: both(input('gcp:artifactregistry/repositoryIamMember:RepositoryIamMember', 'role', is('roles/artifactregistry.reader', 'roles/artifactregistry.writer'))) },
  { ids: ['CIS 5.1.4', 'CIS 5.10.4', 'CKV_GCP_66'], asks: 'only images run that a policy lets in', by: both(cluster('binaryAuthorization.evaluationMode', is('PROJECT_SINGLETON_POLICY_ENFORCE', 'DISABLED'))) },
  {
    ids: ['CIS 5.2.1', 'CKV2_GCP_1'], asks: "nodes have a service account of their own, with a node's rights and no more",
    by: {
      standard: [node('serviceAccount', given), input('gcp:projects/iAMMember:IAMMember', 'role', is('roles/container.defaultNodeServiceAccount', 'roles/editor'))],
      autopilot: [cluster('clusterAutoscaling.autoProvisioningDefaults.serviceAccount', given), input('gcp:projects/iAMMember:IAMMember', 'role', is('roles/container.defaultNodeServiceAccount', 'roles/editor'))],
    },
  },
  { ids: ['CIS 5.2.2'], asks: 'workloads have identities of their own', by: both(cluster('workloadIdentityConfig.workloadPool', given)) },
  { ids: ['CIS 5.3.1'], asks: 'Secrets are encrypted with a key of the account', by: both(cluster('databaseEncryption.state', is('ENCRYPTED', 'DECRYPTED')), cluster('databaseEncryption.keyName', given)) },
  { ids: ['CIS 5.4.1', 'CKV_GCP_69'], asks: "pods see the metadata server of GKE and not the node's", by: standard(node('workloadMetadataConfig.mode', is('GKE_METADATA', 'GCE_METADATA'))) },
  { ids: ['CIS 5.5.1', 'CKV_GCP_22'], asks: "nodes run Container-Optimized OS", by: standard(node('imageType', is('COS_CONTAINERD', 'UBUNTU_CONTAINERD'))) },
  { ids: ['CIS 5.5.2', 'CKV_GCP_9'], asks: 'broken nodes are repaired', by: standard(input(POOL, 'management.autoRepair', is(true))) },
  { ids: ['CIS 5.5.3', 'CKV_GCP_10'], asks: 'nodes are upgraded', by: standard(input(POOL, 'management.autoUpgrade', is(true))) },
  { ids: ['CIS 5.5.4', 'CKV_GCP_70'], asks: 'versions come from a release channel', by: both(cluster('releaseChannel.channel', is('REGULAR', 'UNSPECIFIED'))) },
  { ids: ['CIS 5.5.5', 'CKV_GCP_71'], asks: 'nodes are shielded', by: standard(cluster('enableShieldedNodes', is(true))) },
  { ids: ['CIS 5.5.6', 'CKV_GCP_72'], asks: "the boot of nodes is watched", by: standard(node('shieldedInstanceConfig.enableIntegrityMonitoring', is(true))) },
  { ids: ['CIS 5.5.7', 'CKV_GCP_68'], asks: 'nodes boot only what is signed', by: standard(node('shieldedInstanceConfig.enableSecureBoot', is(true)), cluster('nodeConfig.shieldedInstanceConfig.enableSecureBoot', is(true))) },
  { ids: ['CIS 5.6.1', 'CKV_GCP_26', 'CKV_GCP_61'], asks: 'connections are logged, those within a node too', by: { standard: [input(SUBNETWORK, 'logConfig.flowSampling', given), cluster('enableIntranodeVisibility', is(true))], autopilot: [input(SUBNETWORK, 'logConfig.flowSampling', given)] } },
  { ids: ['CIS 5.6.2', 'CKV_GCP_23'], asks: 'pods have addresses of the network', by: both(cluster('networkingMode', is('VPC_NATIVE', 'ROUTES')), cluster('ipAllocationPolicy.clusterSecondaryRangeName', given)) },
  { ids: ['CIS 5.6.3', 'CKV_GCP_20'], asks: 'only named networks reach the control plane, those of Google Cloud not by themselves', by: both(cluster('masterAuthorizedNetworksConfig', given), cluster('masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled', is(false))) },
  { ids: ['CIS 5.6.4', 'CKV_GCP_18'], asks: 'the control plane has no address on the internet', by: both(cluster('privateClusterConfig.enablePrivateEndpoint', is(true))) },
  { ids: ['CIS 5.6.5', 'CKV_GCP_25', 'CKV_GCP_64'], asks: 'nodes have no address on the internet', by: { standard: [cluster('privateClusterConfig.enablePrivateNodes', is(true)), input(POOL, 'networkConfig.enablePrivateNodes', is(true))], autopilot: [cluster('privateClusterConfig.enablePrivateNodes', is(true))] } },
  { ids: ['CIS 4.3.1', 'CKV_GCP_12'], asks: 'network policies hold', by: standard(cluster('datapathProvider', is('ADVANCED_DATAPATH', 'LEGACY_DATAPATH'))) },
  { ids: ['CIS 5.6.7'], asks: 'certificates of hosts are managed by Google', by: both(input('gcp:certificatemanager/certificate:Certificate', 'managed.domains', given)) },
  { ids: ['CIS 5.7.1', 'CKV_GCP_1', 'CKV_GCP_8'], asks: 'logs and metrics are kept, those of the API server too', by: both(cluster('loggingConfig.enableComponents', contains('SYSTEM_COMPONENTS', 'WORKLOADS', 'APISERVER')), cluster('monitoringConfig.enableComponents', contains('SYSTEM_COMPONENTS'))) },
  { ids: ['CIS 5.8.1', 'CKV_GCP_13'], asks: 'nobody logs in with a client certificate', by: both(cluster('masterAuth.clientCertificateConfig.issueClientCertificate', is(false))) },
  { ids: ['CIS 5.8.3', 'CKV_GCP_7'], asks: 'rights come from RBAC alone', by: both(cluster('enableLegacyAbac', is(false))) },
  { ids: ['CIS 5.9.2'], asks: "nodes' disks are encrypted with a key of the account", by: { standard: [node('bootDiskKmsKey', given)], autopilot: [cluster('clusterAutoscaling.autoProvisioningDefaults.bootDiskKmsKey', given)] } },
  { ids: ['CIS 5.10.1'], asks: 'the dashboard of old is not installed', by: both(cluster('addonsConfig.kubernetesDashboard', absent({ disabled: false }))) },
  { ids: ['CIS 5.10.2'], asks: 'no alpha features', by: both(cluster('enableKubernetesAlpha', absent(true))) },
  { ids: ['CKV_GCP_16', 'CKV_GCP_17'], asks: 'answers of the DNS zone are signed, not with RSASHA1', by: both(input('gcp:dns/managedZone:ManagedZone', 'dnssecConfig.state', is('on', 'off')), input('gcp:dns/managedZone:ManagedZone', 'dnssecConfig.defaultKeySpecs', absent([{ algorithm: 'rsasha1' }]))) },
  { ids: ['CKV_GCP_21'], asks: 'labels say whose it is', by: both(cluster('resourceLabels', given)) },
  { ids: ['CKV_GCP_43'], asks: 'keys are rotated within 90 days', by: both(input(KEY, 'rotationPeriod', daysAtMost(90))) },
  { ids: ['CKV_GCP_74'], asks: "Google's services are reached without the internet", by: both(input(SUBNETWORK, 'privateIpGoogleAccess', is(true))) },
  { ids: ['CKV_GCP_82'], asks: 'keys are protected from deletion', by: both(isProtected(KEY)) },
  { ids: ['CKV_GCP_84'], asks: 'images are encrypted with a key of the account', by: both(input(IMAGES, 'kmsKeyName', given)) },
  { ids: ['CKV_GCP_101', 'CIS 5.1.2'], asks: 'images are not there for everyone', by: both(input('gcp:artifactregistry/repositoryIamMember:RepositoryIamMember', 'member', lacks('allUsers', 'allAuthenticatedUsers'))) },
  { ids: ['CKV_GCP_112', 'CKV2_GCP_6', 'CKV2_GCP_8'], asks: 'keys are not there for everyone', by: both(input('gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember', 'member', lacks('allUsers', 'allAuthenticatedUsers'))) },
  { ids: ['CKV_GCP_123'], asks: 'pools are resources of their own, so that they change without the cluster', by: { standard: [cluster('nodePools', absent([{ name: 'workers' }])), cluster('removeDefaultNodePool', is(true))], autopilot: [cluster('nodePools', absent([{ name: 'workers' }]))] } },
  { ids: [], asks: 'the cluster is not deleted by mistake', by: both(cluster('deletionProtection', is(true)), isProtected(CLUSTER)) },
  { ids: [], asks: 'everything is backed up every night, with a key of the account, and nobody can delete a backup at once', by: both(input(BACKUPS, 'backupConfig.allNamespaces', is(true)), input(BACKUPS, 'backupConfig.encryptionKey.gcpKmsEncryptionKey', given), input(BACKUPS, 'retentionPolicy.backupDeleteLockDays', given)) },
  { ids: [], asks: 'the kubelet answers nobody who does not say who they are', by: { standard: [node('kubeletConfig.insecureKubeletReadonlyPortEnabled', is('FALSE', 'TRUE')), cluster('nodePoolAutoConfig.nodeKubeletConfig.insecureKubeletReadonlyPortEnabled', is('FALSE', 'TRUE'))], autopilot: [cluster('nodePoolAutoConfig.nodeKubeletConfig.insecureKubeletReadonlyPortEnabled', is('FALSE', 'TRUE'))] } },
  { ids: [], asks: 'whoever does not say who they are sees health checks at most, and gets no rights by a binding', by: both(cluster('anonymousAuthenticationConfig.mode', is('LIMITED', 'ENABLED')), cluster('rbacBindingConfig.enableInsecureBindingSystemAuthenticated', is(false)), cluster('rbacBindingConfig.enableInsecureBindingSystemUnauthenticated', is(false))) },
  { ids: [], asks: 'no Service takes an address that it was not given', by: both(cluster('serviceExternalIpsConfig.enabled', is(false))) },
  { ids: [], asks: 'nodes and pods are in more than one zone', by: { standard: [cluster('location', is('europe-west6', 'europe-west6-a')), cluster('nodeLocations', absent(['europe-west6-a']))], autopilot: AUTOPILOT } },
];

/** What is not satisfied by a cluster's settings. */
export const GKE_SKIPS: readonly Skip[] = [
  { ids: ['CIS 5.1.1'], asks: 'images are scanned', reason: "the scan is a setting of the project's Artifact Registry, paid by image; whoever owns the project turns it on" },
  { ids: ['CIS 5.6.6'], asks: "firewall rules of one's own for nodes", reason: 'nodes have no address on the internet, and network policies govern pods; rules between nodes are made by GKE' },
  { ids: ['CIS 5.7.2'], asks: "auditd on nodes", reason: "a privileged pod on every node, for logs that GKE's audit log has where the API was used; install it where a standard asks for it" },
  { ids: ['CIS 5.8.2', 'CKV_GCP_65'], asks: 'Google Groups in RBAC', reason: 'it needs the group gke-security-groups@<domain>, which only the domain can make; `securityGroup` names it' },
  { ids: ['CIS 5.9.1'], asks: "volumes are encrypted with a key of the account", reason: 'the key stands in a StorageClass, which is an object of the cluster; volumes are encrypted with a key of Google otherwise' },
  { ids: ['CIS 5.10.3'], asks: 'a sandbox for programs that nobody trusts', reason: 'it costs those that are trusted speed; a pool of its own can have it' },
  { ids: ['CIS 5.10.5'], asks: 'the security posture dashboard', reason: 'it is a service of the project that reports and hardens nothing; whoever owns the project turns it on' },
  { ids: ['CKV_GCP_24'], asks: 'PodSecurityPolicy', reason: 'it is gone since Kubernetes 1.25; namespaces enforce the restricted Pod Security level instead' },
  { ids: ['CKV_GCP_76'], asks: "Google's services by IPv6", reason: 'the network has no IPv6' },
];
