import { NETWORK, type RuleBook } from '../provider-rules';

/** A range that a VPC, or a subnet of it, takes. */
const VPC_RANGE = { test: (text: string) => NETWORK.test(text) && /\/(1[6-9]|2[0-8])$/.test(text) };
const ARN = /^arn:aws(-cn|-us-gov)?:[a-z0-9-]+:[a-z0-9-]*:(\d{12}|aws)?:.+$/;
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const CLUSTER = /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/;
/** What EC2 takes as a description. */
const SENTENCE = /^[0-9A-Za-z_ .:/()#,@[\]+=&;{}!$*-]{0,255}$/;
const BOOL = ['true', 'false'];
const NAME = ['name', 'namePrefix'] as const;
const NODE_IMAGES = [
  'AL2_x86_64', 'AL2_x86_64_GPU', 'AL2_ARM_64', 'CUSTOM', 'BOTTLEROCKET_ARM_64', 'BOTTLEROCKET_x86_64', 'BOTTLEROCKET_ARM_64_FIPS', 'BOTTLEROCKET_x86_64_FIPS', 'BOTTLEROCKET_ARM_64_NVIDIA', 'BOTTLEROCKET_x86_64_NVIDIA',
  'AL2023_x86_64_STANDARD', 'AL2023_ARM_64_STANDARD', 'AL2023_x86_64_NEURON', 'AL2023_x86_64_NVIDIA', 'AL2023_ARM_64_NVIDIA',
];

/**
 * What hashicorp/terraform-provider-aws declares in its schemas (ConflictsWith, ExactlyOneOf, RequiredWith, ValidateFunc), and
 * refuses in its CustomizeDiff and create functions, for the arguments that we set or must not set; besides, where it is
 * said, what the services take. Read in v6.
 */
export const AWS_RULES: RuleBook = {
  // internal/service/eks
  'aws:eks/cluster:Cluster': {
    conflicts: [['outpostConfig', 'encryptionConfig'], ['outpostConfig', 'kubernetesNetworkConfig'], ['outpostConfig', 'remoteNetworkConfig'], ['defaultAddonsToRemoves', 'bootstrapSelfManagedAddons']],
    values: {
      'accessConfig.authenticationMode': ['API', 'API_AND_CONFIG_MAP', 'CONFIG_MAP'], 'computeConfig.nodePools[]': ['general-purpose', 'system'], 'enabledClusterLogTypes[]': ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
      'encryptionConfig.resources[]': ['secrets'], 'kubernetesNetworkConfig.ipFamily': ['ipv4', 'ipv6'], 'upgradePolicy.supportType': ['STANDARD', 'EXTENDED'], 'controlPlaneScalingConfig.tier': ['standard', 'tier-xl', 'tier-2xl', 'tier-4xl', 'tier-8xl'],
    },
    forms: { name: CLUSTER, roleArn: ARN, 'computeConfig.nodeRoleArn': ARN, 'kubernetesNetworkConfig.serviceIpv4Cidr': { test: (text) => NETWORK.test(text) && /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.).*\/(1[2-9]|2[0-4])$/.test(text) }, 'vpcConfig.publicAccessCidrs[]': NETWORK, 'encryptionConfig.provider.keyArn': ARN },
    most: { 'vpcConfig.publicAccessCidrs': 40, encryptionConfig: 1 },
  },
  'aws:eks/nodeGroup:NodeGroup': {
    conflicts: [
      ['nodeGroupName', 'nodeGroupNamePrefix'], ['launchTemplate.id', 'launchTemplate.name'],
      // Of EKS: disk, keys and here the type of machine are those of the launch template.
      ['remoteAccess', 'launchTemplate'], ['diskSize', 'launchTemplate'], ['instanceTypes', 'launchTemplate'],
      ['nodeRepairConfig.maxParallelNodesRepairedCount', 'nodeRepairConfig.maxParallelNodesRepairedPercentage'], ['nodeRepairConfig.maxUnhealthyNodeThresholdCount', 'nodeRepairConfig.maxUnhealthyNodeThresholdPercentage'],
    ],
    exactlyOne: [['updateConfig.maxUnavailable', 'updateConfig.maxUnavailablePercentage']],
    values: { amiType: NODE_IMAGES, capacityType: ['ON_DEMAND', 'SPOT', 'CAPACITY_BLOCK'], 'taints[].effect': ['NO_SCHEDULE', 'NO_EXECUTE', 'PREFER_NO_SCHEDULE'], 'updateConfig.updateStrategy': ['DEFAULT', 'MINIMAL'] },
    forms: { clusterName: CLUSTER, 'launchTemplate.version': /^\d+$/, 'taints[].key': /^.{1,63}$/, 'taints[].value': /^.{0,63}$/ },
    ranges: { 'updateConfig.maxUnavailablePercentage': [1, 100], 'scalingConfig.minSize': [0, 1000], 'scalingConfig.desiredSize': [0, 1000], 'scalingConfig.maxSize': [1, 1000] },
    most: { taints: 50 },
  },
  'aws:eks/addon:Addon': {
    // EKS takes one way of identity.
    conflicts: [['serviceAccountRoleArn', 'podIdentityAssociations']],
    values: { resolveConflictsOnCreate: ['NONE', 'OVERWRITE'], resolveConflictsOnUpdate: ['NONE', 'OVERWRITE', 'PRESERVE'] },
    forms: { clusterName: CLUSTER, addonVersion: /^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/, 'podIdentityAssociations[].roleArn': ARN, configurationValues: /^\{.*\}$/ },
  },
  'aws:eks/accessEntry:AccessEntry': { values: { type: ['STANDARD', 'EC2', 'EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'HYBRID_LINUX', 'HYPERPOD_LINUX'] }, forms: { principalArn: ARN, 'kubernetesGroups[]': /^(?!system:)/ } },
  'aws:eks/accessPolicyAssociation:AccessPolicyAssociation': {
    values: { 'accessScope.type': ['cluster', 'namespace'] }, forms: { principalArn: ARN, policyArn: /^arn:aws[a-z-]*:eks::aws:cluster-access-policy\/\w+$/ },
  },
  'aws:eks/podIdentityAssociation:PodIdentityAssociation': { forms: { roleArn: ARN } },
  // internal/service/ec2
  'aws:ec2/vpc:Vpc': { conflicts: [['cidrBlock', 'ipv4NetmaskLength'], ['ipv6CidrBlock', 'assignGeneratedIpv6CidrBlock']], forms: { cidrBlock: VPC_RANGE } },
  'aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation': { conflicts: [['cidrBlock', 'ipv4NetmaskLength']], forms: { cidrBlock: VPC_RANGE } },
  'aws:ec2/subnet:Subnet': { conflicts: [['availabilityZone', 'availabilityZoneId']], forms: { cidrBlock: VPC_RANGE } },
  'aws:ec2/defaultSecurityGroup:DefaultSecurityGroup': {},
  'aws:ec2/internetGateway:InternetGateway': {},
  'aws:ec2/routeTable:RouteTable': {},
  'aws:ec2/route:Route': {
    exactlyOne: [
      ['destinationCidrBlock', 'destinationIpv6CidrBlock', 'destinationPrefixListId'],
      ['carrierGatewayId', 'coreNetworkArn', 'egressOnlyGatewayId', 'gatewayId', 'localGatewayId', 'natGatewayId', 'networkInterfaceId', 'transitGatewayId', 'vpcEndpointId', 'vpcPeeringConnectionId'],
    ],
  },
  'aws:ec2/routeTableAssociation:RouteTableAssociation': { exactlyOne: [['subnetId', 'gatewayId']] },
  'aws:ec2/eip:Eip': { conflicts: [['instance', 'networkInterface'], ['address', 'publicIpv4Pool']], values: { domain: ['vpc', 'standard'] } },
  'aws:ec2/natGateway:NatGateway': { conflicts: [['secondaryPrivateIpAddressCount', 'secondaryPrivateIpAddresses'], ['subnetId', 'vpcId']], values: { connectivityType: ['public', 'private'] } },
  'aws:ec2/vpcEndpoint:VpcEndpoint': {
    exactlyOne: [['serviceName', 'resourceConfigurationArn', 'serviceNetworkArn']],
    values: { vpcEndpointType: ['Gateway', 'Interface', 'GatewayLoadBalancer', 'Resource', 'ServiceNetwork'] },
    forms: { serviceName: /^com\.amazonaws\.[a-z0-9-]+\.[a-z0-9.-]+$/ },
    // Only gateways have route tables, only interfaces the others.
    conflicts: [['routeTableIds', 'subnetIds'], ['routeTableIds', 'securityGroupIds'], ['routeTableIds', 'privateDnsEnabled']],
  },
  'aws:ec2/flowLog:FlowLog': {
    exactlyOne: [['eniId', 'subnetId', 'transitGatewayAttachmentId', 'transitGatewayId', 'vpcId', 'regionalNatGatewayId']],
    values: { trafficType: ['ACCEPT', 'ALL', 'REJECT'], logDestinationType: ['cloud-watch-logs', 's3', 'kinesis-data-firehose'], maxAggregationInterval: [60, 600] }, forms: { logDestination: ARN, iamRoleArn: ARN },
  },
  'aws:ec2/securityGroup:SecurityGroup': { conflicts: [NAME], forms: { description: SENTENCE, name: /^(?!sg-).{1,255}$/ } },
  'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule': { exactlyOne: [['cidrIpv4', 'cidrIpv6', 'prefixListId', 'referencedSecurityGroupId']], forms: { cidrIpv4: NETWORK, description: SENTENCE }, ranges: { fromPort: [-1, 65_535], toPort: [-1, 65_535] } },
  'aws:ec2/launchTemplate:LaunchTemplate': {
    conflicts: [NAME, ['defaultVersion', 'updateDefaultVersion'], ['instanceType', 'instanceRequirements'], ['securityGroupNames', 'vpcSecurityGroupIds'], ['iamInstanceProfile.arn', 'iamInstanceProfile.name'], ['blockDeviceMappings[].ebs.snapshotId', 'blockDeviceMappings[].ebs.encrypted']],
    values: {
      'metadataOptions.httpEndpoint': ['enabled', 'disabled'], 'metadataOptions.httpTokens': ['required', 'optional'], 'metadataOptions.instanceMetadataTags': ['enabled', 'disabled'],
      'blockDeviceMappings[].ebs.volumeType': ['standard', 'io1', 'io2', 'gp2', 'gp3', 'sc1', 'st1'], 'blockDeviceMappings[].ebs.encrypted': BOOL, 'blockDeviceMappings[].ebs.deleteOnTermination': BOOL,
      'tagSpecifications[].resourceType': ['instance', 'volume', 'network-interface', 'spot-instances-request', 'elastic-gpu'],
    },
    forms: { description: /^.{0,255}$/, 'blockDeviceMappings[].ebs.kmsKeyId': ARN, userData: /^[A-Za-z0-9+/]+=*$/ },
    ranges: { 'metadataOptions.httpPutResponseHopLimit': [1, 64], 'blockDeviceMappings[].ebs.volumeSize': [1, 65_536] },
  },
  // internal/service/iam, kms, logs
  'aws:iam/role:Role': { conflicts: [NAME], forms: { description: /^[ -~]{0,1000}$/, assumeRolePolicy: /^\{"Version":"2012-10-17"/ } },
  'aws:iam/rolePolicy:RolePolicy': { conflicts: [NAME], forms: { policy: /^\{"Version":"2012-10-17".{0,10200}$/ } },
  'aws:iam/rolePolicyAttachment:RolePolicyAttachment': { forms: { policyArn: ARN } },
  'aws:kms/key:Key': { ranges: { rotationPeriodInDays: [90, 2560], deletionWindowInDays: [7, 30] }, values: { keyUsage: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'] }, requiredWith: [['rotationPeriodInDays', 'enableKeyRotation']], forms: { policy: /^\{"Version":"2012-10-17".{0,32700}$/, description: /^.{0,8192}$/ } },
  'aws:kms/alias:Alias': { conflicts: [NAME], forms: { name: /^alias\/(?!aws\/)[a-zA-Z0-9/_-]+$/ } },
  'aws:cloudwatch/logGroup:LogGroup': { conflicts: [NAME], forms: { name: /^[0-9A-Za-z_./#-]{1,512}$/, kmsKeyId: ARN }, values: { retentionInDays: [0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] } },
  // internal/service/ecr, backup, efs, scheduler
  'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate': {
    values: { 'appliedFors[]': ['CREATE_ON_PUSH', 'PULL_THROUGH_CACHE', 'REPLICATION'], imageTagMutability: ['MUTABLE', 'IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION', 'MUTABLE_WITH_EXCLUSION'], 'encryptionConfigurations[].encryptionType': ['AES256', 'KMS', 'KMS_DSSE'] },
    forms: { prefix: /^(?=.{2,256}$)((?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*\/?|ROOT)$/, description: /^.{0,255}$/, customRoleArn: ARN, 'encryptionConfigurations[].kmsKey': ARN }, most: { encryptionConfigurations: 1 },
  },
  'aws:backup/vault:Vault': { forms: { name: /^[0-9A-Za-z_-]{2,50}$/, kmsKeyArn: ARN } },
  'aws:backup/vaultLockConfiguration:VaultLockConfiguration': { ranges: { minRetentionDays: [1, 36_500] } },
  'aws:backup/plan:Plan': { forms: { 'rules[].ruleName': /^[0-9A-Za-z_.-]{1,50}$/, 'rules[].targetVaultName': /^[0-9A-Za-z_-]{2,50}$/, 'rules[].schedule': /^cron\((\S+ ){5}\S+\)$/ } },
  'aws:backup/selection:Selection': { forms: { iamRoleArn: ARN, 'resources[]': ARN } },
  'aws:efs/fileSystem:FileSystem': { requiredWith: [['kmsKeyId', 'encrypted']], values: { performanceMode: ['generalPurpose', 'maxIO'], throughputMode: ['bursting', 'provisioned', 'elastic'] }, forms: { kmsKeyId: ARN } },
  'aws:efs/mountTarget:MountTarget': { most: { securityGroups: 5 } },
  'aws:scheduler/schedule:Schedule': {
    conflicts: [NAME], values: { 'flexibleTimeWindow.mode': ['OFF', 'FLEXIBLE'], state: ['ENABLED', 'DISABLED'] },
    forms: { scheduleExpression: /^cron\((\S+ ){5}\S+\)$/, startDate: RFC3339, endDate: RFC3339, 'target.roleArn': ARN, description: /^.{0,512}$/ },
    ranges: { 'flexibleTimeWindow.maximumWindowInMinutes': [1, 1440], 'target.retryPolicy.maximumEventAgeInSeconds': [60, 86_400], 'target.retryPolicy.maximumRetryAttempts': [0, 185] },
  },
  // internal/service/route53, acm
  'aws:route53/zone:Zone': { conflicts: [['delegationSetId', 'vpcs']], forms: { comment: /^.{0,256}$/ } },
  'aws:route53/record:Record': { exactlyOne: [['records', 'aliases']], requiredWith: [['ttl', 'records'], ['records', 'ttl']], conflicts: [['aliases', 'ttl']], values: { type: ['A', 'AAAA', 'CNAME', 'TXT'] } },
  'aws:acm/certificate:Certificate': {
    exactlyOne: [['domainName', 'privateKey']],
    conflicts: [
      ...['certificateBody', 'privateKey', 'certificateChain'].flatMap((own) => ['domainName', 'subjectAlternativeNames', 'validationMethod', 'keyAlgorithm', 'validationOptions', 'earlyRenewalDuration'].map((made) => [own, made] as const)),
      ['certificateAuthorityArn', 'validationMethod'], ['certificateAuthorityArn', 'certificateBody'], ['earlyRenewalDuration', 'validationMethod'],
    ],
    values: { validationMethod: ['DNS', 'EMAIL'], keyAlgorithm: ['RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'], 'options.certificateTransparencyLoggingPreference': ['ENABLED', 'DISABLED'] },
    forms: { domainName: /^[^.].{0,252}[^.]$/, 'subjectAlternativeNames[]': /^.{0,252}[^.]$/ },
  },
};
