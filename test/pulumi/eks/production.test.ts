import type { EksClusterArgs } from '../../../lib/pulumi/eks';
import { ACCOUNT, inputsOf, keyArn, make, PLATFORM, REGION, roleArn } from './make';

const TAGS = { cluster: 'shop', 'cost-center': 'retail', 'managed-by': 'fairlead' };
const ZONES = ['a', 'b', 'c'].map((letter) => `${REGION}${letter}`);
const CLUSTER_ARN = `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/shop`;
const named = (name: string) => ({ Name: name });
const allow = (statement: object) => ({ Effect: 'Allow', ...statement });
const policy = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements.map(allow) });

const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
const KEY_RIGHTS = [
  { Sid: 'UseKey', Action: USE, Resource: keyArn },
  { Sid: 'LendKey', Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'], Resource: keyArn, Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
];
const scaling = { StringEquals: { 'kms:CallerAccount': ACCOUNT }, ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling*` } };

/** A role with its rights. */
const role = (name: string, description: string, trust: object, managed: readonly string[], rights: readonly object[] = [], key = name) => ({
  [key]: { description, assumeRolePolicy: policy(trust) },
  ...Object.fromEntries(managed.map((one) => [`${name}-${one.split('/').at(-1)}`, { role: `${name}-0a1b2c3`, policyArn: `arn:aws:iam::aws:policy/${one}` }])),
  ...(rights.length === 0 ? {} : { [`${name}-rights`]: { role: `${name}-0a1b2c3`, policy: policy(...rights) } }),
});
const service = (principal: string, ...actions: string[]) => ({ Principal: { Service: principal }, Action: ['sts:AssumeRole', ...actions] });
const serviceHere = (principal: string) => ({ ...service(principal), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } });
const pods = (account: string, namespace = 'kube-system') => ({
  ...service('pods.eks.amazonaws.com', 'sts:TagSession'),
  Condition: { StringEquals: { 'aws:RequestTag/eks-cluster-arn': CLUSTER_ARN, 'aws:RequestTag/kubernetes-namespace': namespace, 'aws:RequestTag/kubernetes-service-account': account } },
});
const addon = (addonName: string, rest: object = {}) => ({ addonName, addonVersion: 'v1.35.2-eksbuild.1', clusterName: 'shop', preserve: false, resolveConflictsOnCreate: 'OVERWRITE', resolveConflictsOnUpdate: 'OVERWRITE', tags: named(`shop-${addonName}`), ...rest });
const storage = (name: string, provisioner: string, parameters: object, metadata: object = {}) => ({
  [`shop-StorageClass/${name}`]: {
    apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name, ...metadata }, provisioner, volumeBindingMode: 'WaitForFirstConsumer', reclaimPolicy: 'Delete', allowVolumeExpansion: true,
    parameters: { type: name, encrypted: 'true', kmsKeyId: keyArn, tagSpecification_1: 'cluster=shop', tagSpecification_2: 'cost-center=retail', tagSpecification_3: 'managed-by=fairlead', ...parameters },
  },
});

/** What each zone has in both shapes. */
const zone = (name: string, range: string, publicRange: string) => ({
  [`shop-private-${name} (Subnet)`]: { vpcId: 'shop-vpc-id', availabilityZone: name, cidrBlock: range, mapPublicIpOnLaunch: false, tags: { ...named(`shop-private-${name}`), 'kubernetes.io/role/internal-elb': '1' } },
  [`shop-public-${name} (Subnet)`]: { vpcId: 'shop-vpc-id', availabilityZone: name, cidrBlock: publicRange, mapPublicIpOnLaunch: false, tags: { ...named(`shop-public-${name}`), 'kubernetes.io/role/elb': '1' } },
  [`shop-private-${name} (RouteTable)`]: { vpcId: 'shop-vpc-id', tags: named(`shop-private-${name}`) },
  [`shop-private-${name} (Route)`]: { routeTableId: `shop-private-${name}-id`, destinationCidrBlock: '0.0.0.0/0', natGatewayId: `shop-nat-${name}-id` },
  [`shop-private-${name} (RouteTableAssociation)`]: { routeTableId: `shop-private-${name}-id`, subnetId: `shop-private-${name}-id` },
  [`shop-public-${name} (RouteTableAssociation)`]: { routeTableId: 'shop-public-id', subnetId: `shop-public-${name}-id` },
  [`shop-nat-${name} (Eip)`]: { domain: 'vpc', tags: named(`shop-nat-${name}`) },
  [`shop-nat-${name} (NatGateway)`]: { allocationId: `eipalloc-shop-nat-${name}`, subnetId: `shop-public-${name}-id`, connectivityType: 'public', tags: named(`shop-nat-${name}`) },
});

const PROVIDER = { kubeconfig: expect.objectContaining({ kind: 'Config' }), clusterIdentifier: 'https://0123ABCD.gr7.eu-central-2.eks.amazonaws.com', enableConfigMapMutable: 'true', enableSecretMutable: 'true', enablePatchForce: 'true' };
/** Ranges of the nodes. */
const NODES = ['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18'];
const LOG_GROUP = `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:logGroup/shop-flow-logs`;

/** What both shapes have. */
const common = {
  ...zone(ZONES[0]!, '10.0.0.0/18', '10.0.192.0/26'), ...zone(ZONES[1]!, '10.0.64.0/18', '10.0.192.64/26'), ...zone(ZONES[2]!, '10.0.128.0/18', '10.0.192.128/26'),
  'shop-aws': expect.objectContaining({ region: REGION, allowedAccountIds: [ACCOUNT], defaultTags: { tags: TAGS } }),
  'shop-key (Key)': {
    description: 'Secrets, logs and volumes of the cluster shop', enableKeyRotation: true, rotationPeriodInDays: 90, deletionWindowInDays: 30, tags: named('shop'),
    policy: policy(
      { Sid: 'Account', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: ['kms:*'], Resource: '*' },
      { Sid: 'Logs', Principal: { Service: `logs.${REGION}.amazonaws.com` }, Action: USE, Resource: '*', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:*` } } },
      { Sid: 'Disks', Principal: { AWS: '*' }, Action: USE, Resource: '*', Condition: scaling },
      { Sid: 'AttachDisks', Principal: { AWS: '*' }, Action: ['kms:CreateGrant'], Resource: '*', Condition: { ...scaling, Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
    ),
  },
  'shop-key (Alias)': { name: 'alias/eks/shop', targetKeyId: 'shop-key' },
  'shop-vpc': { cidrBlock: '10.0.0.0/16', enableDnsSupport: true, enableDnsHostnames: true, tags: named('shop') },
  'shop-default': { vpcId: 'shop-vpc-id', ingress: [], egress: [], tags: named('shop-default') },
  'shop-internet': { vpcId: 'shop-vpc-id', tags: named('shop') },
  'shop-public (RouteTable)': { vpcId: 'shop-vpc-id', tags: named('shop-public') },
  'shop-public (Route)': { routeTableId: 'shop-public-id', destinationCidrBlock: '0.0.0.0/0', gatewayId: 'shop-internet-id' },
  'shop-endpoint-s3': { vpcId: 'shop-vpc-id', vpcEndpointType: 'Gateway', serviceName: `com.amazonaws.${REGION}.s3`, routeTableIds: ZONES.map((name) => `shop-private-${name}-id`), tags: named('shop-s3') },
  'shop-flow-logs (LogGroup)': { name: '/aws/vpc/shop', retentionInDays: 365, kmsKeyId: keyArn },
  'shop-flow-logs (FlowLog)': { vpcId: 'shop-vpc-id', trafficType: 'ALL', logDestinationType: 'cloud-watch-logs', logDestination: LOG_GROUP, iamRoleArn: roleArn('shop-flow-logs'), maxAggregationInterval: 600, tags: named('shop') },
  ...role('shop-flow-logs', 'Writes the flow logs of the cluster shop', serviceHere('vpc-flow-logs.amazonaws.com'), [], [{ Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'], Resource: [LOG_GROUP, `${LOG_GROUP}:*`] }], 'shop-flow-logs (Role)'),
  'shop-control-plane': { name: '/aws/eks/shop/cluster', retentionInDays: 365, kmsKeyId: keyArn },
  'shop-admin-platform (AccessEntry)': { clusterName: 'shop', principalArn: PLATFORM, type: 'STANDARD', tags: named('shop-admin-platform') },
  'shop-admin-platform (AccessPolicyAssociation)': { clusterName: 'shop', principalArn: PLATFORM, policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy', accessScope: { type: 'cluster' } },
  ...role('shop-registry', 'Makes repositories of the cluster shop when images are pushed', service('ecr.amazonaws.com'), [], [
    { Action: ['ecr:CreateRepository', 'ecr:TagResource', 'ecr:ReplicateImage', 'ecr:BatchImportUpstreamImage'], Resource: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/shop/*` },
    { Action: ['kms:CreateGrant', 'kms:RetireGrant', 'kms:DescribeKey'], Resource: keyArn },
  ], 'shop-registry (Role)'),
  'shop-registry (RepositoryCreationTemplate)': {
    prefix: 'shop', description: 'Images of the cluster shop', appliedFors: ['CREATE_ON_PUSH', 'PULL_THROUGH_CACHE'], imageTagMutability: 'IMMUTABLE', encryptionConfigurations: [{ encryptionType: 'KMS', kmsKey: keyArn }],
    lifecyclePolicy: { rules: [{ rulePriority: 1, description: 'Images without a tag', selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 }, action: { type: 'expire' } }] },
    resourceTags: TAGS, customRoleArn: roleArn('shop-registry'),
  },
  'shop-backups (Vault)': { kmsKeyArn: keyArn, forceDestroy: false, tags: named('shop') },
  'shop-backups (VaultLockConfiguration)': { backupVaultName: 'shop-backups-0a1b2c3', minRetentionDays: 7 },
  'shop-backups (Plan)': { rules: [{ ruleName: 'scheduled', targetVaultName: 'shop-backups-0a1b2c3', schedule: 'cron(0 3 * * ? *)', startWindow: 60, completionWindow: 480, lifecycle: { deleteAfter: 30 } }], tags: named('shop') },
  'shop-backups (Selection)': { planId: 'shop-backups-id', iamRoleArn: roleArn('shop-backups'), resources: [CLUSTER_ARN] },
  ...role('shop-backups', 'Backs up the cluster shop', serviceHere('backup.amazonaws.com'), ['service-role/AWSBackupServiceRolePolicyForBackup', 'service-role/AWSBackupServiceRolePolicyForRestores'], KEY_RIGHTS, 'shop-backups (Role)'),
  'shop-metrics-server': addon('metrics-server'),
  'shop-snapshot-controller': addon('snapshot-controller'),
  'shop-setup': PROVIDER,
  'shop-provider': PROVIDER,
};

/** The cluster, but for what the shapes differ in. */
const CLUSTER = {
  name: 'shop',
  version: '1.35',
  roleArn: roleArn('shop-cluster'),
  accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
  bootstrapSelfManagedAddons: false,
  deletionProtection: true,
  enabledClusterLogTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
  upgradePolicy: { supportType: 'STANDARD' },
  zonalShiftConfig: { enabled: true },
  controlPlaneScalingConfig: { tier: 'standard' },
  encryptionConfig: { provider: { keyArn }, resources: ['secrets'] },
  tags: named('shop'),
};

const PRODUCTION: EksClusterArgs = { account: ACCOUNT, region: REGION, admins: { platform: PLATFORM }, labels: { 'cost-center': 'retail' } };
const WORKERS = { machineType: 'm7g.xlarge', nodes: { min: 3, max: 12 } };

describe('production on EKS Auto Mode', () => {
  it('makes exactly this', async () => {
    const { shop, ...others } = inputsOf(await make(PRODUCTION, () => undefined));
    const ours = (tag: object = {}) => ({ StringEquals: { 'aws:RequestTag/eks:eks-cluster-name': '${aws:PrincipalTag/eks:eks-cluster-name}' }, ...tag });
    expect(shop).toEqual({
      ...CLUSTER,
      vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false, subnetIds: ZONES.map((name) => `shop-private-${name}-id`), securityGroupIds: [] },
      computeConfig: { enabled: true, nodePools: ['general-purpose', 'system'], nodeRoleArn: roleArn('shop-nodes') },
      storageConfig: { blockStorage: { enabled: true } },
      kubernetesNetworkConfig: { ipFamily: 'ipv4', serviceIpv4Cidr: '10.1.0.0/20', elasticLoadBalancing: { enabled: true } },
    });
    expect(others).toEqual({
      ...common,
      ...role('shop-nodes', 'Nodes of the cluster shop', service('ec2.amazonaws.com'), ['AmazonEKSWorkerNodeMinimalPolicy', 'AmazonEC2ContainerRegistryPullOnly']),
      ...role('shop-cluster', 'The control plane of the cluster shop', service('eks.amazonaws.com', 'sts:TagSession'), ['AmazonEKSClusterPolicy', 'AmazonEKSComputePolicy', 'AmazonEKSBlockStoragePolicy', 'AmazonEKSLoadBalancingPolicy', 'AmazonEKSNetworkingPolicy'], [
        ...KEY_RIGHTS,
        { Sid: 'TagNodes', Action: ['ec2:CreateFleet', 'ec2:RunInstances', 'ec2:CreateLaunchTemplate'], Resource: '*', Condition: ours({ StringLike: { 'aws:RequestTag/eks:kubernetes-node-class-name': '*', 'aws:RequestTag/eks:kubernetes-node-pool-name': '*' } }) },
        { Sid: 'TagVolumes', Action: ['ec2:CreateVolume', 'ec2:CreateSnapshot'], Resource: '*', Condition: ours() },
        { Sid: 'TagInterfaces', Action: ['ec2:CreateNetworkInterface'], Resource: '*', Condition: ours({ StringLike: { 'aws:RequestTag/eks:kubernetes-cni-node-name': '*' } }) },
        { Sid: 'TagLoadBalancers', Action: ['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup', 'elasticloadbalancing:CreateListener', 'elasticloadbalancing:CreateRule', 'ec2:CreateSecurityGroup'], Resource: '*', Condition: ours() },
      ]),
      ...storage('gp3', 'ebs.csi.eks.amazonaws.com', {}, { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }),
      ...storage('io2', 'ebs.csi.eks.amazonaws.com', { iopsPerGB: '50', allowAutoIOPSPerGBIncrease: 'true' }),
      'shop-ConfigMap/amazon-vpc-cni': { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'amazon-vpc-cni', namespace: 'kube-system' }, data: { 'enable-network-policy-controller': 'true' } },
      'shop-IngressClass/alb': { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'alb' }, spec: { controller: 'eks.amazonaws.com/alb', parameters: { apiGroup: 'eks.amazonaws.com', kind: 'IngressClassParams', name: 'alb' } } },
      'shop-IngressClassParams/alb': {
        apiVersion: 'eks.amazonaws.com/v1', kind: 'IngressClassParams', metadata: { name: 'alb' },
        spec: { scheme: 'internet-facing', group: { name: 'shop' }, loadBalancerAttributes: [{ key: 'routing.http.drop_invalid_header_fields.enabled', value: 'true' }], tags: Object.entries(TAGS).map(([key, value]) => ({ key, value })) },
      },
    });
  });

  it('tells what it has', async () => {
    const { result } = await make(PRODUCTION, ({ cloud, name, identifier, network, hostAccess, storageClasses, ingress, registry, connect }) => ({ cloud, name, identifier, network, hostAccess, storageClasses, ingress, registry, connect }));
    expect(result).toEqual({
      cloud: 'eks', name: 'shop', identifier: 'https://0123ABCD.gr7.eu-central-2.eks.amazonaws.com', hostAccess: true, storageClasses: { default: 'gp3', fast: 'io2' },
      network: { nodes: NODES, pods: NODES, services: ['10.1.0.0/20'], controlPlane: NODES },
      ingress: { loadBalancer: true, className: 'alb', sources: ['10.0.192.0/26', '10.0.192.64/26', '10.0.192.128/26'], annotations: { 'alb.ingress.kubernetes.io/target-type': 'ip' } },
      registry: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/shop`, connect: `aws eks update-kubeconfig --region ${REGION} --name shop`,
    });
  });
});

describe('production on EKS with managed node groups', () => {
  const managed = () => make({ ...PRODUCTION, autoMode: false, nodePools: { workers: WORKERS } }, ({ network, ingress }) => ({ network, ingress }));

  it('makes exactly this', async () => {
    const run = await managed();
    const { shop, ...others } = inputsOf(run);
    const disk = (deviceName: string, volumeSize: number) => ({ deviceName, ebs: { volumeType: 'gp3', volumeSize, encrypted: 'true', deleteOnTermination: 'true', kmsKeyId: keyArn } });
    const controlPlane = Object.fromEntries(ZONES.flatMap((name, index) => [
      [`shop-control-plane-${name} (Subnet)`, { vpcId: 'shop-vpc-id', availabilityZone: name, cidrBlock: ['10.0.255.240/28', '10.0.255.224/28', '10.0.255.208/28'][index], mapPublicIpOnLaunch: false, tags: named(`shop-control-plane-${name}`) }],
      [`shop-control-plane-${name} (RouteTableAssociation)`, { routeTableId: `shop-private-${name}-id`, subnetId: `shop-control-plane-${name}-id` }],
    ]));
    expect(shop).toEqual({
      ...CLUSTER,
      vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false, subnetIds: ZONES.map((name) => `shop-control-plane-${name}-id`), securityGroupIds: [] },
      computeConfig: { enabled: false },
      storageConfig: { blockStorage: { enabled: false } },
      kubernetesNetworkConfig: { ipFamily: 'ipv4', serviceIpv4Cidr: '10.1.0.0/20', elasticLoadBalancing: { enabled: false } },
    });
    expect(others).toEqual({
      ...common,
      ...controlPlane,
      ...role('shop-nodes', 'Nodes of the cluster shop', service('ec2.amazonaws.com'), ['AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryPullOnly']),
      ...role('shop-cluster', 'The control plane of the cluster shop', service('eks.amazonaws.com', 'sts:TagSession'), ['AmazonEKSClusterPolicy'], KEY_RIGHTS),
      'shop-workers (LaunchTemplate)': {
        description: 'Nodes of the pool shop-workers', instanceType: 'm7g.xlarge', updateDefaultVersion: true, tags: named('shop-workers'),
        metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1, instanceMetadataTags: 'disabled' },
        blockDeviceMappings: [disk('/dev/xvda', 8), disk('/dev/xvdb', 50)],
        userData: Buffer.from('[settings.kubernetes]\nmax-pods = 110\n').toString('base64'),
        tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({ resourceType, tags: { ...TAGS, Name: 'shop-workers' } })),
      },
      'shop-workers (NodeGroup)': {
        clusterName: 'shop', version: '1.35', nodeRoleArn: roleArn('shop-nodes'), subnetIds: ZONES.map((name) => `shop-private-${name}-id`), amiType: 'BOTTLEROCKET_ARM_64', capacityType: 'ON_DEMAND',
        launchTemplate: { id: 'shop-workers-id', version: '3' }, scalingConfig: { minSize: 3, maxSize: 12, desiredSize: 3 }, updateConfig: { maxUnavailablePercentage: 8, updateStrategy: 'DEFAULT' },
        nodeRepairConfig: { enabled: true }, forceUpdateVersion: false, labels: { 'fairlead.dev/pool': 'workers' }, tags: named('shop-workers'),
      },
      'shop-workers-0': {
        description: 'New images for the nodes of workers', scheduleExpression: 'cron(0 1 ? * TUE *)', scheduleExpressionTimezone: 'UTC', flexibleTimeWindow: { mode: 'FLEXIBLE', maximumWindowInMinutes: 60 },
        target: { arn: 'arn:aws:scheduler:::aws-sdk:eks:updateNodegroupVersion', roleArn: roleArn('shop-node-updates'), input: { ClusterName: 'shop', NodegroupName: 'shop-workers-0a1b2c3' }, retryPolicy: { maximumRetryAttempts: 2, maximumEventAgeInSeconds: 14_400 } },
      },
      ...role('shop-node-updates', 'Gives nodes of the cluster shop new images', serviceHere('scheduler.amazonaws.com'), [], [
        { Action: ['eks:UpdateNodegroupVersion'], Resource: [CLUSTER_ARN, `arn:aws:eks:${REGION}:${ACCOUNT}:nodegroup/shop/*`] },
        { Action: ['ec2:RunInstances', 'ec2:CreateTags', 'ec2:DescribeLaunchTemplateVersions'], Resource: '*', Condition: { ArnLike: { 'ec2:LaunchTemplate': `arn:aws:ec2:${REGION}:${ACCOUNT}:launch-template/*` } } },
      ]),
      'shop-vpc-cni (Addon)': addon('vpc-cni', { configurationValues: { enableNetworkPolicy: 'true', env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' } }, podIdentityAssociations: [{ serviceAccount: 'aws-node', roleArn: roleArn('shop-vpc-cni') }] }),
      ...role('shop-vpc-cni', 'The service account kube-system/aws-node of the cluster shop', pods('aws-node'), ['AmazonEKS_CNI_Policy'], [], 'shop-vpc-cni (Role)'),
      'shop-kube-proxy': addon('kube-proxy'),
      'shop-eks-pod-identity-agent': addon('eks-pod-identity-agent'),
      'shop-coredns': addon('coredns', { configurationValues: { autoScaling: { enabled: true, minReplicas: 2 } } }),
      'shop-eks-node-monitoring-agent': addon('eks-node-monitoring-agent'),
      'shop-aws-ebs-csi-driver (Addon)': addon('aws-ebs-csi-driver', { podIdentityAssociations: [{ serviceAccount: 'ebs-csi-controller-sa', roleArn: roleArn('shop-aws-ebs-csi-driver') }] }),
      ...role('shop-aws-ebs-csi-driver', 'The service account kube-system/ebs-csi-controller-sa of the cluster shop', pods('ebs-csi-controller-sa'), ['service-role/AmazonEBSCSIDriverPolicy'], KEY_RIGHTS, 'shop-aws-ebs-csi-driver (Role)'),
      ...storage('gp3', 'ebs.csi.aws.com', {}, { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }),
      ...storage('io2', 'ebs.csi.aws.com', { iopsPerGB: '50', allowAutoIOPSPerGBIncrease: 'true' }),
    });
    expect(run.result).toEqual({
      network: { nodes: NODES, pods: NODES, services: ['10.1.0.0/20'], controlPlane: ['10.0.255.240/28', '10.0.255.224/28', '10.0.255.208/28'] },
      ingress: { loadBalancer: true },
    });
  });

  it('leaves to autoscalers what they change, and has no name that a new group could not have', async () => {
    const { resources } = await managed();
    expect(resources.filter(({ ignoreChanges }) => ignoreChanges.length > 0).map(({ type, ignoreChanges }) => [type, ignoreChanges])).toEqual([['aws:eks/nodeGroup:NodeGroup', ['scalingConfig.desiredSize']]]);
    for (const kind of ['aws:eks/nodeGroup:NodeGroup', 'aws:ec2/launchTemplate:LaunchTemplate']) expect(Object.keys(resources.find(({ type }) => type === kind)!.inputs)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(name|namePrefix|nodeGroupName|nodeGroupNamePrefix)$/)]));
  });

  it('makes nodes when they can get ready, and lets charts in when all is there', async () => {
    const { resources } = await managed();
    const needs = (name: string, kind = '') => resources.find((resource) => resource.custom && resource.name === name && resource.type.endsWith(kind))!.dependencies.map((urn) => urn.split('::').at(-1));
    expect(needs('shop', 'Cluster')).toEqual(expect.arrayContaining(['shop-control-plane', 'shop-cluster-AmazonEKSClusterPolicy', 'shop-cluster-rights']));
    expect(needs('shop-workers', 'NodeGroup')).toEqual(expect.arrayContaining(['shop-vpc-cni', 'shop-kube-proxy', 'shop-eks-pod-identity-agent', `shop-private-${ZONES[0]}`, 'shop-nodes-AmazonEKSWorkerNodePolicy', 'shop-endpoint-s3']));
    expect(needs('shop-vpc-cni', 'Addon')).toContain('shop-vpc-cni-AmazonEKS_CNI_Policy');
    expect(needs('shop-coredns')).toContain('shop-workers');
    expect(needs('shop-setup')).toContain('shop-admin-platform');
    expect(needs('shop-provider')).toEqual(expect.arrayContaining(['shop-workers', 'shop-admin-platform', 'shop-coredns', 'shop-aws-ebs-csi-driver', 'shop-StorageClass/gp3']));
  });
});

describe('production', () => {
  const shapes: [string, Partial<EksClusterArgs>][] = [['Auto Mode', {}], ['managed node groups', { autoMode: false, nodePools: { workers: WORKERS } }]];

  it.each(shapes)('protects what nobody can make anew: %s', async (_, args) => {
    const { resources } = await make({ ...PRODUCTION, ...args }, () => undefined);
    const kinds = resources.filter(({ protect }) => protect).map(({ type }) => type.split(':').at(-1));
    expect([...new Set(kinds)].sort()).toEqual(['Alias', 'Cluster', 'Key', 'Subnet', 'Vault', 'VaultLockConfiguration', 'Vpc']);
  });

  it.each(shapes)('takes the old one away first where AWS would take the new one for the same: %s', async (_, args) => {
    const { resources } = await make({ ...PRODUCTION, ...args, accessEntries: { shop: { principal: roleArn('shop'), policy: 'edit', namespaces: ['shop'] } } }, () => undefined);
    expect(resources.filter(({ deleteBeforeReplace }) => deleteBeforeReplace).map(({ name, type }) => [name, type.split(':').at(-1)])).toEqual(expect.arrayContaining([['shop-entry-shop', 'AccessPolicyAssociation'], ['shop-backups', 'VaultLockConfiguration']]));
  });

  it.each(shapes)('stands below the component, in the account that is named: %s', async (_, args) => {
    const { resources } = await make({ ...PRODUCTION, ...args }, () => undefined);
    const [component, ...others] = resources;
    expect(component).toMatchObject({ type: 'fairlead:eks:EksCluster', name: 'shop', custom: false });
    expect(others.every(({ parent }) => parent !== undefined)).toBe(true);
    const aws = others.filter(({ type }) => type.startsWith('aws:'));
    expect(aws.length).toBeGreaterThan(50);
    expect(new Set(aws.map(({ provider }) => provider.split('::').slice(2, 4).join('::')))).toEqual(new Set(['fairlead:eks:EksCluster$pulumi:providers:aws::shop-aws']));
  });
});
