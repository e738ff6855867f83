import { absent, atLeast, contains, given, input, is, isProtected, lacks, says, type Claim, type Condition, type Expectation, type Skip } from './claim';

const CLUSTER = 'aws:eks/cluster:Cluster';
const GROUP = 'aws:eks/nodeGroup:NodeGroup';
const TEMPLATE = 'aws:ec2/launchTemplate:LaunchTemplate';
const KEY = 'aws:kms/key:Key';
const LOGS = 'aws:cloudwatch/logGroup:LogGroup';
const IMAGES = 'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate';
const ADDON = 'aws:eks/addon:Addon';

const cluster = (path: string, condition: Condition): Expectation => input(CLUSTER, path, condition);
const addon = (name: string, path: string, condition: Condition): Expectation => ({ ...input(ADDON, path, condition), name: `shop-${name}` });

const both = (...expectations: readonly Expectation[]) => ({ auto: expectations, managed: expectations });
const AUTO = 'Auto Mode does so, and takes no other';
/** Of nodes, which Auto Mode makes. */
const managed = (...expectations: readonly Expectation[]) => ({ auto: AUTO, managed: expectations });

/** What is asked of clusters on AWS: sections 2 and 5 of the CIS EKS Benchmark 1.8.0, checkov, and what we ask besides. */
export const EKS_CLAIMS: readonly Claim[] = [
  { ids: ['CIS 2.1.1', 'CIS 2.1.2', 'CKV_AWS_37'], asks: 'all logs of the control plane are kept', by: both(cluster('enabledClusterLogTypes', contains('api', 'audit', 'authenticator', 'controllerManager', 'scheduler'))) },
  { ids: ['CIS 5.1.3'], asks: 'nodes may read images and not write them', by: both(input('aws:iam/rolePolicyAttachment:RolePolicyAttachment', 'policyArn', lacks('arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser', 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess', 'arn:aws:iam::aws:policy/AdministratorAccess'))) },
  { ids: ['CIS 5.2.1'], asks: 'workloads have identities of their own', by: managed(addon('eks-pod-identity-agent', 'addonName', is('eks-pod-identity-agent', 'other'))) },
  { ids: ['CIS 5.3.1', 'CKV_AWS_58'], asks: 'Secrets are encrypted with a key of the account', by: both(cluster('encryptionConfig.provider.keyArn', given), cluster('encryptionConfig.resources', contains('secrets'))) },
  { ids: ['CIS 5.4.1', 'CIS 5.4.2', 'CKV_AWS_38', 'CKV_AWS_39'], asks: 'the control plane has no address on the internet', by: both(cluster('vpcConfig.endpointPrivateAccess', is(true)), cluster('vpcConfig.endpointPublicAccess', is(false))) },
  { ids: ['CIS 5.4.3', 'CKV_AWS_130'], asks: 'no node gets an address on the internet', by: both(input('aws:ec2/subnet:Subnet', 'mapPublicIpOnLaunch', is(false))) },
  { ids: ['CIS 5.4.4'], asks: 'network policies hold', by: { auto: [input('kubernetes:core/v1:ConfigMap', 'data.enable-network-policy-controller', is('true', 'false'))], managed: [addon('vpc-cni', 'configurationValues', says('"enableNetworkPolicy":"true"'))] } },
  { ids: ['CIS 5.5.1'], asks: 'who gets in is said in AWS, and whoever made it has no rights for that', by: both(cluster('accessConfig.authenticationMode', is('API', 'CONFIG_MAP')), cluster('accessConfig.bootstrapClusterCreatorAdminPermissions', is(false))) },
  { ids: ['CKV_AWS_7'], asks: 'keys are rotated', by: both(input(KEY, 'enableKeyRotation', is(true))) },
  { ids: ['CKV_AWS_51'], asks: 'an image that is there is never another', by: both(input(IMAGES, 'imageTagMutability', is('IMMUTABLE', 'MUTABLE'))) },
  { ids: ['CKV_AWS_136'], asks: 'images are encrypted with a key of the account', by: both(input(IMAGES, 'encryptionConfigurations.0.kmsKey', given)) },
  { ids: ['CKV_AWS_79', 'CKV_AWS_341'], asks: "pods do not get at the node's credentials", by: managed(input(TEMPLATE, 'metadataOptions.httpTokens', is('required', 'optional')), input(TEMPLATE, 'metadataOptions.httpPutResponseHopLimit', is(1, 2))) },
  { ids: ['CKV_AWS_100'], asks: 'nobody logs in to nodes', by: managed(input(GROUP, 'remoteAccess', absent({ ec2SshKey: 'key' })), input(TEMPLATE, 'keyName', absent('key'))) },
  { ids: ['CKV_AWS_66', 'CKV_AWS_158', 'CKV_AWS_338'], asks: 'logs are kept for a year, encrypted with a key of the account', by: both(input(LOGS, 'retentionInDays', atLeast(365)), input(LOGS, 'kmsKeyId', given)) },
  { ids: ['CKV_AWS_166'], asks: 'backups are encrypted with a key of the account', by: both(input('aws:backup/vault:Vault', 'kmsKeyArn', given)) },
  { ids: ['CKV_AWS_339'], asks: 'the version has support', by: both(cluster('version', is('1.35', '1.24'))) },
  { ids: ['CKV2_AWS_11'], asks: 'all connections of the VPC are logged', by: both(input('aws:ec2/flowLog:FlowLog', 'trafficType', is('ALL', 'REJECT'))) },
  { ids: ['CKV2_AWS_12'], asks: 'the default security group lets nothing through', by: both(input('aws:ec2/defaultSecurityGroup:DefaultSecurityGroup', 'ingress', is([], [{ protocol: '-1' }])), input('aws:ec2/defaultSecurityGroup:DefaultSecurityGroup', 'egress', is([], [{ protocol: '-1' }]))) },
  { ids: ['CKV2_AWS_64'], asks: 'keys say who may use them', by: both(input(KEY, 'policy', given)) },
  { ids: [], asks: "nodes' disks are encrypted with a key of the account", by: { auto: "AWS encrypts those of its own pools with a key of its own; pools that are described have the account's", managed: [input(TEMPLATE, 'blockDeviceMappings.0.ebs.encrypted', is('true', 'false')), input(TEMPLATE, 'blockDeviceMappings.1.ebs.encrypted', is('true', 'false')), input(TEMPLATE, 'blockDeviceMappings.1.ebs.kmsKeyId', given)] } },
  { ids: [], asks: 'nodes run a system with nothing in it but what containers need, and broken ones are repaired', by: managed(input(GROUP, 'amiType', is('BOTTLEROCKET_x86_64', 'AL2023_x86_64_STANDARD')), input(GROUP, 'nodeRepairConfig.enabled', is(true))) },
  { ids: [], asks: 'the cluster and its key are not deleted by mistake', by: both(cluster('deletionProtection', is(true)), isProtected(CLUSTER), isProtected(KEY)) },
  { ids: [], asks: 'it is backed up every night, and nobody can delete a backup at once', by: both(input('aws:backup/plan:Plan', 'rules.0.schedule', given), input('aws:backup/vaultLockConfiguration:VaultLockConfiguration', 'minRetentionDays', atLeast(7))) },
  { ids: [], asks: 'a zone that fails takes no way out of the others with it', by: both({ ...input('aws:ec2/natGateway:NatGateway', 'subnetId', given), name: 'shop-nat-eu-central-2b' }) },
];

/** What is not satisfied by a cluster's settings. */
export const EKS_SKIPS: readonly Skip[] = [
  { ids: ['CIS 5.1.1', 'CKV_AWS_163'], asks: 'images are scanned', reason: "scanning is a setting of the account's registry, for all repositories at once; whoever owns the account turns it on" },
  { ids: ['CIS 5.1.2', 'CKV_AWS_32'], asks: 'few people get at images', reason: 'repositories have no policy of their own: rights come from IAM, which belongs to the account' },
  { ids: ['CIS 5.1.4'], asks: 'images come from approved registries', reason: 'EKS has no switch for it; the policies on image references see every image that is deployed' },
  { ids: ['CIS 5.4.5'], asks: 'load balancers speak TLS', reason: 'it is said by the route of a workload, which needs TLS unless it is told otherwise' },
  { ids: ['CKV_AWS_33'], asks: 'no wildcard in the policy of a key', reason: 'volumes are attached by roles that come and go, so that statement names everyone, bound by its conditions to this account and to EC2' },
];
