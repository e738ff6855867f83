import type { Props } from '../kubernetes/values';
import type { CloudModel, CloudResource, StandInCluster } from './provider';

const ACCOUNT = '123456789012';
const REGION = 'eu-central-2';

const text = (value: unknown): string => String(value);
const arn = (service: string, resource: string, region = REGION) => `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;

/** What AWS says of a new resource. */
const COMPUTED: Readonly<Record<string, (resource: CloudResource, cluster: StandInCluster) => Props & { readonly id?: string }>> = {
  'aws:ec2/vpc:Vpc': ({ hash }) => ({ ...ec2('vpc', `vpc-0${hash}`), defaultSecurityGroupId: `sg-0${hash}`, defaultRouteTableId: `rtb-0${hash}`, defaultNetworkAclId: `acl-0${hash}` }),
  'aws:ec2/eip:Eip': ({ hash }) => ({ ...ec2('elastic-ip', `eipalloc-0${hash}`), publicIp: '203.0.113.20', allocationId: `eipalloc-0${hash}` }),
  'aws:ec2/launchTemplate:LaunchTemplate': ({ hash }) => ({ ...ec2('launch-template', `lt-0${hash}`), latestVersion: 1, defaultVersion: 1 }),
  'aws:eks/nodeGroup:NodeGroup': ({ inputs: { clusterName, nodeGroupName } }) => ({ id: `${text(clusterName)}:${text(nodeGroupName)}`, arn: arn('eks', `nodegroup/${text(clusterName)}/${text(nodeGroupName)}`), status: 'ACTIVE' }),
  'aws:eks/cluster:Cluster': ({ inputs: { name } }, { address, certificate }) => ({
    id: text(name),
    arn: arn('eks', `cluster/${text(name)}`),
    endpoint: `https://${address}`,
    certificateAuthority: { data: certificate },
    certificateAuthorities: [{ data: certificate }],
    identities: [{ oidcs: [{ issuer: `https://oidc.eks.${REGION}.amazonaws.com/id/EXAMPLE` }] }],
    vpcConfig: { clusterSecurityGroupId: 'sg-0cluster' },
    status: 'ACTIVE',
  }),
  'aws:ecr/repository:Repository': ({ inputs: { name } }) => ({ id: text(name), arn: arn('ecr', `repository/${text(name)}`), registryId: ACCOUNT, repositoryUrl: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${text(name)}` }),
  'aws:kms/key:Key': ({ hash }) => ({ id: `0000000${hash}`, keyId: `0000000${hash}`, arn: arn('kms', `key/0000000${hash}`) }),
  'aws:iam/role:Role': ({ inputs: { name } }) => ({ id: text(name), arn: arn('iam', `role/${text(name)}`, '') }),
  'aws:iam/policy:Policy': ({ inputs: { name } }) => ({ id: arn('iam', `policy/${text(name)}`, ''), arn: arn('iam', `policy/${text(name)}`, '') }),
  'aws:cloudwatch/logGroup:LogGroup': ({ inputs: { name } }) => ({ id: text(name), arn: arn('logs', `log-group:${text(name)}`) }),
  'aws:route53/zone:Zone': ({ hash }) => ({ id: `Z0${hash}`.toUpperCase(), zoneId: `Z0${hash}`.toUpperCase(), arn: `arn:aws:route53:::hostedzone/Z0${hash}`, nameServers: ['ns-1.awsdns-01.com', 'ns-2.awsdns-02.net'] }),
  'aws:acm/certificate:Certificate': ({ inputs, hash }) => ({ id: arn('acm', `certificate/${hash}`), arn: arn('acm', `certificate/${hash}`), domainValidationOptions: validations(inputs) }),
  'aws:acm/certificateValidation:CertificateValidation': ({ inputs: { certificateArn } }) => ({ id: '0001-01-01 00:00:00 +0000 UTC', certificateArn }),
};

const ec2 = (kind: string, id: string) => ({ id, arn: arn('ec2', `${kind}/${id}`) });

function validations({ domainName, subjectAlternativeNames }: Props): Props[] {
  const names = [domainName, ...(Array.isArray(subjectAlternativeNames) ? (subjectAlternativeNames as unknown[]) : [])].map(text);
  return [...new Set(names)].map((name) => ({ domainName: name, resourceRecordName: `_proof.${name.replace(/^\*\./, '')}.`, resourceRecordType: 'CNAME', resourceRecordValue: '_proof.acm-validations.aws.' }));
}

const NAMED = ['iam/role:Role', 'iam/policy:Policy', 'iam/rolePolicy:RolePolicy', 'ecr/repository:Repository', 'cloudwatch/logGroup:LogGroup', 'ec2/securityGroup:SecurityGroup', 'ec2/launchTemplate:LaunchTemplate'];

/** What else has an ARN: `aws:ec2/subnet:Subnet`. */
function common({ type, hash }: CloudResource): Props & { readonly id: string } {
  const [, service = '', kind = ''] = /^aws:([^/]+)\/([^:]+):/.exec(type) ?? [];
  const id = `${kind.toLowerCase()}-0${hash}`;
  return { id, arn: arn(service, `${kind.toLowerCase()}/${id}`) };
}

function invoke(token: string, args: Props): Props {
  switch (token) {
    case 'aws:index/getCallerIdentity:getCallerIdentity': return { accountId: ACCOUNT, arn: `arn:aws:sts::${ACCOUNT}:assumed-role/platform/pipeline`, userId: 'AROAEXAMPLE:pipeline', id: ACCOUNT };
    case 'aws:index/getAvailabilityZones:getAvailabilityZones': return { names: ['a', 'b', 'c'].map((letter) => `${REGION}${letter}`), zoneIds: ['euc2-az1', 'euc2-az2', 'euc2-az3'], id: REGION };
    case 'aws:index/getPartition:getPartition': return { partition: 'aws', dnsSuffix: 'amazonaws.com', reverseDnsPrefix: 'com.amazonaws', id: 'aws' };
    case 'aws:index/getRegion:getRegion': return { name: REGION, region: REGION, id: REGION };
    case 'aws:eks/getAddonVersion:getAddonVersion': return { ...args, version: `v${text(args.kubernetesVersion)}.1-eksbuild.1`, id: args.addonName };
    case 'aws:iam/getSessionContext:getSessionContext': return { arn: args.arn, issuerArn: `arn:aws:iam::${ACCOUNT}:role/platform`, issuerName: 'platform', id: args.arn };
    default: throw new Error(`the stand-in for aws has no answer to ${token}`);
  }
}

/** AWS, as far as a cluster of EKS asks it for anything. */
export const AWS: CloudModel = {
  version: '7.48.0',
  computed: (resource, cluster) => COMPUTED[resource.type]?.(resource, cluster) ?? common(resource),
  named: { ...Object.fromEntries(NAMED.map((type) => [`aws:${type}`, 'name'])), 'aws:eks/nodeGroup:NodeGroup': 'nodeGroupName' },
  // Every change makes a version of its own, which node groups take up.
  updated: (type, { latestVersion }) => (type === 'aws:ec2/launchTemplate:LaunchTemplate' ? { latestVersion: Number(latestVersion) + 1 } : {}),
  replacing: {
    'aws:ec2/vpc:Vpc': ['cidrBlock', 'instanceTenancy'],
    'aws:ec2/subnet:Subnet': ['vpcId', 'cidrBlock', 'availabilityZone'],
    'aws:eks/cluster:Cluster': ['name', 'roleArn', 'encryptionConfig', 'kubernetesNetworkConfig.serviceIpv4Cidr', 'kubernetesNetworkConfig.ipFamily', 'bootstrapSelfManagedAddons', 'accessConfig.bootstrapClusterCreatorAdminPermissions'],
    'aws:eks/nodeGroup:NodeGroup': ['clusterName', 'nodeGroupName', 'nodeRoleArn', 'subnetIds', 'amiType', 'capacityType', 'instanceTypes', 'diskSize'],
    'aws:kms/key:Key': ['customerMasterKeySpec', 'keyUsage', 'multiRegion'],
    'aws:ecr/repository:Repository': ['name', 'encryptionConfigurations'],
  },
  refusal: (type, state) => (type === 'aws:eks/cluster:Cluster' && state.deletionProtection === true ? 'InvalidRequestException: Cluster has deletion protection enabled' : undefined),
  invoke,
};
