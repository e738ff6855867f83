import { listAt, objectAt, textAt } from '../../../core/paths';
import type { JsonObject } from '../../../core/json';
import { has, is, rulesPolicy } from './rule';

const GKE = 'gcp:container:Cluster';
const POOL = 'gcp:container:NodePool';
const EKS = 'aws:eks:Cluster';

const isStandard = (cluster: JsonObject) => cluster.enableAutopilot !== true;
const isOpen = (range: unknown) => String(range).endsWith('/0');
const isPublic = (cluster: JsonObject) => objectAt(cluster, 'vpcConfig').endpointPublicAccess !== false;

/** The API server is not for everyone. */
export const clusterControlPlane = rulesPolicy({
  promise: 'The API server of a cluster has a private address, or lets in named ranges that are smaller than the internet',
  reason: 'whoever reaches it can try stolen credentials, and the next hole in it',
  level: 'advisory',
}, [
  { type: GKE, path: ['masterAuthorizedNetworksConfig', 'cidrBlocks'], when: (cluster) => objectAt(cluster, 'privateClusterConfig').enablePrivateEndpoint !== true, holds: (value) => Array.isArray(value) && value.length > 0 && !listAt({ value }, 'value').some(({ cidrBlock }) => isOpen(cidrBlock)), mend: 'name the ranges that may reach it, or set privateClusterConfig.enablePrivateEndpoint to true' },
  is(GKE, 'masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled', false),
  is(EKS, 'vpcConfig.endpointPrivateAccess', true),
  { type: EKS, path: ['vpcConfig', 'publicAccessCidrs'], when: isPublic, holds: (value) => Array.isArray(value) && value.length > 0 && !value.some(isOpen), mend: 'name the ranges that may reach it, or set vpcConfig.endpointPublicAccess to false' },
]);

/** Who gets into a cluster, and as whom pods act. */
export const clusterAccess = rulesPolicy({
  promise: 'People and pods get into a cluster and its cloud by IAM alone: no client certificates, no legacy ways, an identity for each workload',
  reason: 'a certificate or a key is good for whoever has it, and nobody can take it back',
  level: 'advisory',
}, [
  is(GKE, 'masterAuth.clientCertificateConfig.issueClientCertificate', false),
  is(GKE, 'enableLegacyAbac', false),
  is(GKE, 'rbacBindingConfig.enableInsecureBindingSystemAuthenticated', false),
  is(GKE, 'rbacBindingConfig.enableInsecureBindingSystemUnauthenticated', false),
  { type: GKE, path: ['workloadIdentityConfig', 'workloadPool'], holds: (value) => typeof value === 'string' && value.endsWith('.svc.id.goog'), mend: 'set it to <project>.svc.id.goog' },
  is(EKS, 'accessConfig.authenticationMode', 'API'),
  is(EKS, 'accessConfig.bootstrapClusterCreatorAdminPermissions', false),
]);

/** What is kept is encrypted with keys of the account. */
export const clusterEncryption = rulesPolicy({
  promise: 'Secrets of a cluster are encrypted with a key of the account, and keys are rotated',
  reason: 'who takes a copy of the disks then has nothing, and a key that leaks is soon worth nothing',
  level: 'advisory',
}, [
  is(GKE, 'databaseEncryption.state', 'ENCRYPTED'),
  { type: EKS, path: ['encryptionConfig', 'resources'], holds: has('secrets'), mend: 'set encryptionConfig to { provider: { keyArn }, resources: ["secrets"] }' },
  { type: 'gcp:kms:CryptoKey', path: ['rotationPeriod'], when: ({ purpose = 'ENCRYPT_DECRYPT' }) => purpose === 'ENCRYPT_DECRYPT', holds: (value) => typeof value === 'string', mend: 'say after how many seconds it is rotated, such as "7776000s"' },
  is('aws:kms:Key', 'enableKeyRotation', true, ({ customerMasterKeySpec = 'SYMMETRIC_DEFAULT', keyUsage = 'ENCRYPT_DECRYPT' }) => customerMasterKeySpec === 'SYMMETRIC_DEFAULT' && keyUsage === 'ENCRYPT_DECRYPT'),
]);

/** Nodes give nothing away. */
export const clusterNodes = rulesPolicy({
  promise: 'Nodes have private addresses, start only what is signed, keep their credentials from pods, and are repaired and upgraded',
  reason: 'a pod that reads the credentials of its node, or an attacker who reaches a node, has all that runs on it',
  level: 'advisory',
}, [
  is(GKE, 'privateClusterConfig.enablePrivateNodes', true),
  is(GKE, 'enableShieldedNodes', true, isStandard),
  is(POOL, 'nodeConfig.workloadMetadataConfig.mode', 'GKE_METADATA'),
  is(POOL, 'nodeConfig.shieldedInstanceConfig.enableSecureBoot', true),
  is(POOL, 'nodeConfig.shieldedInstanceConfig.enableIntegrityMonitoring', true),
  is(POOL, 'nodeConfig.kubeletConfig.insecureKubeletReadonlyPortEnabled', 'FALSE'),
  is(POOL, 'management.autoRepair', true),
  is(POOL, 'management.autoUpgrade', true),
  { type: POOL, path: ['nodeConfig', 'serviceAccount'], holds: (value) => typeof value === 'string' && !value.endsWith('-compute@developer.gserviceaccount.com'), mend: 'give the nodes a service account of their own: the default one may edit the whole project' },
  { type: 'aws:eks:NodeGroup', path: ['remoteAccess'], holds: (value) => value === undefined, mend: 'leave it out: nobody needs SSH to a node' },
  is('aws:ec2:LaunchTemplate', 'metadataOptions.httpTokens', 'required'),
  is('aws:ec2:LaunchTemplate', 'metadataOptions.httpPutResponseHopLimit', 1),
]);

/** What happens can be looked up. */
export const clusterLogs = rulesPolicy({
  promise: 'The control plane of a cluster writes all of its logs, and the network logs its connections',
  reason: 'after a break-in nobody can tell what was done without them',
  level: 'advisory',
}, [
  ...['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].map((log) => ({ type: EKS, path: ['enabledClusterLogTypes'], holds: has(log), mend: `add "${log}"` })),
  { type: GKE, path: ['loggingConfig', 'enableComponents'], holds: has('SYSTEM_COMPONENTS'), mend: 'add "SYSTEM_COMPONENTS"' },
  { type: 'gcp:compute:Subnetwork', path: ['logConfig', 'aggregationInterval'], when: (subnetwork) => textAt(subnetwork, 'purpose') !== 'REGIONAL_MANAGED_PROXY', holds: (value) => typeof value === 'string', mend: 'set logConfig, such as { aggregationInterval: "INTERVAL_5_SEC", flowSampling: 0.5 }' },
]);

/** Nobody deletes it by mistake. */
export const clusterDeletion = rulesPolicy({
  promise: 'A cluster is protected from deletion in the cloud itself',
  reason: 'one wrong command would take everything in it along',
  level: 'advisory',
}, [is(GKE, 'deletionProtection', true), is(EKS, 'deletionProtection', true)]);
