import type { EksClusterArgs } from '../../../lib/pulumi/eks';
import type { JsonObject } from '../../../lib/core/json';
import { ACCOUNT, inputsOf, keyArn, make, PLATFORM, REGION, roleArn } from './make';

const WORKERS = { machineType: 'm7i.xlarge', nodes: { min: 3, max: 9 } };
const AUTO: EksClusterArgs = { account: ACCOUNT, region: REGION, admins: { platform: PLATFORM }, production: false };
const MANAGED: EksClusterArgs = { ...AUTO, autoMode: false, nodePools: { workers: WORKERS } };

const inputs = async (args: Partial<EksClusterArgs>, base = AUTO) => inputsOf(await make({ ...base, ...args }, () => undefined));
/** The inputs of a node group, and of its launch template. */
const group = async (settings: object, args: Partial<EksClusterArgs> = {}) => {
  const all = await inputs({ ...args, nodePools: { workers: { ...WORKERS, ...settings } } }, MANAGED);
  return { group: all['shop-workers (NodeGroup)']!, template: all['shop-workers (LaunchTemplate)']! };
};
const namesLike = (all: object, form: RegExp) => Object.keys(all).filter((name) => form.test(name));

describe('outside of production', () => {
  it('nothing is protected or backed up, and one NAT is enough', async () => {
    const { resources } = await make(AUTO, () => undefined);
    expect(resources.filter(({ protect }) => protect)).toEqual([]);
    const all = inputsOf({ resources });
    expect(all.shop).toMatchObject({ deletionProtection: false });
    expect(namesLike(all, /backups|NatGateway|nat-/)).toEqual([`shop-nat-${REGION}a (Eip)`, `shop-nat-${REGION}a (NatGateway)`]);
    for (const letter of 'abc') expect(all[`shop-private-${REGION}${letter} (Route)`]).toMatchObject({ natGatewayId: `shop-nat-${REGION}a-id` });
  });

  it('it can be protected all the same', async () => {
    const { resources } = await make({ ...AUTO, deletionProtection: true }, () => undefined);
    expect(resources.filter(({ protect }) => protect).map(({ name }) => name)).toEqual(expect.arrayContaining(['shop', 'shop-vpc', 'shop-key']));
  });
});

describe('the cluster', () => {
  const office = { office: '203.0.113.0/24', vpn: '198.51.100.0/24' };
  const options: [string, Partial<EksClusterArgs>, object][] = [
    ['a version and extended support', { version: '1.32', support: 'extended' }, { version: '1.32', upgradePolicy: { supportType: 'EXTENDED' } }],
    ['a larger control plane', { controlPlaneTier: 'tier-2xl' }, { controlPlaneScalingConfig: { tier: 'tier-2xl' } }],
    ['no zonal shift', { zonalShift: false }, { zonalShiftConfig: { enabled: false } }],
    ['some logs', { logs: ['audit', 'api-server', 'controller-manager'] }, { enabledClusterLogTypes: ['audit', 'api', 'controllerManager'] }],
    ['a public control plane', { controlPlane: { access: 'public', authorizedNetworks: office } }, { vpcConfig: expect.objectContaining({ endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: Object.values(office), securityGroupIds: [] }) }],
    ['a private one that an office reaches', { controlPlane: { authorizedNetworks: { office: '192.168.0.0/24' } } }, { vpcConfig: expect.objectContaining({ endpointPublicAccess: false, securityGroupIds: ['shop-api-id'] }) }],
    ['one of the built-in pools', { builtInPools: ['system'], nodePools: { workers: WORKERS } }, { computeConfig: { enabled: true, nodePools: ['system'], nodeRoleArn: roleArn('shop-nodes') } }],
    ['zones', { zones: [`${REGION}b`, `${REGION}a`] }, { vpcConfig: expect.objectContaining({ subnetIds: [`shop-private-${REGION}b-id`, `shop-private-${REGION}a-id`] }) }],
  ];

  it.each(options)('has %s', async (_, args, expected) => expect((await inputs(args)).shop).toMatchObject(expected));

  it('lets an office in to the private endpoint', async () => {
    const all = await inputs({ controlPlane: { authorizedNetworks: { office: '192.168.0.0/24' } } });
    expect(all['shop-api']).toEqual({ vpcId: 'shop-vpc-id', description: 'Who reaches the API server of the cluster shop', tags: { Name: 'shop-api' } });
    expect(all['shop-api-office']).toEqual({ securityGroupId: 'shop-api-id', description: 'office', cidrIpv4: '192.168.0.0/24', ipProtocol: 'tcp', fromPort: 443, toPort: 443 });
  });

  it('keeps logs as long as is asked for', async () => {
    const all = await inputs({ logRetentionDays: 30 });
    for (const name of ['shop-control-plane', 'shop-flow-logs (LogGroup)']) expect(all[name]).toMatchObject({ retentionInDays: 30 });
  });
});

describe('keys', () => {
  it('may be one that is there already', async () => {
    const key = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234-abcd`;
    const all = await inputs({ encryption: { key }, backup: {} });
    expect(namesLike(all, /shop-key/)).toEqual([]);
    expect(all.shop).toMatchObject({ encryptionConfig: { provider: { keyArn: key } } });
    expect(all['shop-control-plane']).toMatchObject({ kmsKeyId: key });
    expect(all['shop-backups (Vault)']).toMatchObject({ kmsKeyArn: key });
    expect(all['shop-StorageClass/gp3']).toMatchObject({ parameters: { kmsKeyId: key } });
  });

  it('may be those of AWS', async () => {
    const all = await inputs({ encryption: { keys: 'provider' }, backup: {}, sharedVolumes: true }, MANAGED);
    expect(JSON.stringify(all)).not.toContain('kms:');
    expect(all.shop).not.toHaveProperty('encryptionConfig');
    expect(all['shop-StorageClass/gp3']).toMatchObject({ parameters: { encrypted: 'true' } });
    expect(all['shop-registry (RepositoryCreationTemplate)']).toMatchObject({ encryptionConfigurations: [{ encryptionType: 'AES256' }] });
    expect(all['shop-workers (LaunchTemplate)']).toMatchObject({ blockDeviceMappings: [{ ebs: { encrypted: 'true' } }, { ebs: { encrypted: 'true' } }] });
    expect(all['shop-shared (FileSystem)']).toMatchObject({ encrypted: true });
  });

  it('are rotated as often as is asked for', async () => {
    expect((await inputs({ encryption: { rotationDays: 365 } }))['shop-key (Key)']).toMatchObject({ rotationPeriodInDays: 365 });
  });
});

describe('the network', () => {
  it('has ranges as they are given', async () => {
    const { result } = await make({ ...MANAGED, addresses: { nodes: '192.168.0.0/17', services: '172.20.0.0/16' } }, ({ network }) => network);
    expect(result).toMatchObject({ nodes: ['192.168.0.0/19', '192.168.32.0/19', '192.168.64.0/19'], services: ['172.20.0.0/16'], controlPlane: ['192.168.127.240/28', '192.168.127.224/28', '192.168.127.208/28'] });
  });

  it('logs connections as is asked for', async () => {
    expect((await inputs({ flowLogTraffic: 'rejected' }))['shop-flow-logs (FlowLog)']).toMatchObject({ trafficType: 'REJECT' });
    expect(namesLike(await inputs({ flowLogs: false }), /flow-logs/)).toEqual([]);
  });

  it('has endpoints for what would go through NAT', async () => {
    const all = await inputs({ egress: { nat: 'per-zone', endpoints: ['ecr.dkr', 'ecr.api'] } });
    expect(all['shop-endpoint-ecr.dkr']).toEqual({
      vpcId: 'shop-vpc-id', vpcEndpointType: 'Interface', serviceName: `com.amazonaws.${REGION}.ecr.dkr`, privateDnsEnabled: true,
      subnetIds: ['a', 'b', 'c'].map((letter) => `shop-private-${REGION}${letter}-id`), securityGroupIds: ['shop-endpoints-id'], tags: { Name: 'shop-ecr.dkr' },
    });
    expect(all['shop-endpoints-0']).toEqual({ securityGroupId: 'shop-endpoints-id', description: 'HTTPS from the VPC', cidrIpv4: '10.0.0.0/16', ipProtocol: 'tcp', fromPort: 443, toPort: 443 });
    expect(namesLike(all, /NatGateway/)).toHaveLength(3);
  });

  it('reaches shared volumes by an endpoint too, where there is no other way', async () => {
    const all = await inputs({ egress: { nat: 'none' }, sharedVolumes: true });
    expect(all['shop-endpoint-elasticfilesystem']).toMatchObject({ vpcEndpointType: 'Interface', privateDnsEnabled: true });
  });

  it('does without the internet, and then reaches AWS by endpoints alone', async () => {
    const all = await inputs({ egress: { nat: 'none' } });
    expect(namesLike(all, /nat|private-.*\(Route\)/)).toEqual([]);
    expect(namesLike(all, /^shop-endpoint-/).sort()).toEqual(['autoscaling', 'ec2', 'ecr.api', 'ecr.dkr', 'eks', 'eks-auth', 'elasticloadbalancing', 'logs', 's3', 'sts'].map((name) => `shop-endpoint-${name}`));
  });

  it('gives pods a range of their own: managed node groups', async () => {
    const run = await make({ ...MANAGED, podsFrom: 'secondary' }, ({ network }) => network);
    const all = inputsOf(run);
    expect(all['shop-pods-0']).toEqual({ vpcId: 'shop-vpc-id', cidrBlock: '100.64.0.0/16' });
    expect(all[`shop-pods-${REGION}a (Subnet)`]).toMatchObject({ cidrBlock: '100.64.0.0/18', availabilityZone: `${REGION}a` });
    expect(all[`shop-pods-${REGION}a (RouteTableAssociation)`]).toEqual({ routeTableId: `shop-private-${REGION}a-id`, subnetId: `shop-pods-${REGION}a-id` });
    expect(all['shop-vpc-cni (Addon)']!.configurationValues).toEqual({
      enableNetworkPolicy: 'true',
      env: { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1', AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true', ENI_CONFIG_LABEL_DEF: 'topology.kubernetes.io/zone' },
      eniConfig: { create: true, region: REGION, subnets: Object.fromEntries(['a', 'b', 'c'].map((letter) => [`${REGION}${letter}`, { id: `shop-pods-${REGION}${letter}-id`, securityGroups: ['sg-cluster'] }])) },
    });
    expect(run.result.pods).toEqual(['100.64.0.0/18', '100.64.64.0/18', '100.64.128.0/18']);
  });

  it('gives pods a range of their own: Auto Mode, which lets its own nodes in', async () => {
    const all = await inputs({ podsFrom: 'secondary', nodePools: { workers: WORKERS } });
    expect(all.shop).toMatchObject({ computeConfig: { enabled: true } });
    expect(all.shop!.computeConfig).not.toHaveProperty('nodeRoleArn');
    expect(all['shop-NodeClass/workers']).toMatchObject({ spec: { podSubnetSelectorTerms: ['a', 'b', 'c'].map((letter) => ({ id: `shop-pods-${REGION}${letter}-id` })), podSecurityGroupSelectorTerms: [{ id: 'sg-cluster' }] } });
    expect(all['shop-nodes (AccessEntry)']).toMatchObject({ principalArn: roleArn('shop-nodes'), type: 'EC2' });
    expect(all['shop-nodes (AccessPolicyAssociation)']).toMatchObject({ policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy', accessScope: { type: 'cluster' } });
  });
});

describe('a pool of Auto Mode', () => {
  const pool = async (settings: object, args: Partial<EksClusterArgs> = {}) => {
    const all = await inputs({ ...args, nodePools: { workers: { ...WORKERS, ...settings }, others: WORKERS } });
    return { nodeClass: all['shop-NodeClass/workers'] as { spec: JsonObject }, nodePool: all['shop-NodePool/workers'] as { spec: { template: { metadata: JsonObject; spec: JsonObject }; disruption: JsonObject; limits: JsonObject } } };
  };

  it('is a class of nodes and a pool of Karpenter', async () => {
    const { nodeClass, nodePool } = await pool({});
    expect(nodeClass).toEqual({
      apiVersion: 'eks.amazonaws.com/v1', kind: 'NodeClass', metadata: { name: 'workers' },
      spec: {
        role: 'shop-nodes-0a1b2c3', subnetSelectorTerms: ['a', 'b', 'c'].map((letter) => ({ id: `shop-private-${REGION}${letter}-id` })), securityGroupSelectorTerms: [{ id: 'sg-cluster' }],
        ephemeralStorage: { size: '50Gi', kmsKeyID: keyArn }, networkPolicy: 'DefaultAllow', networkPolicyEventLogs: 'Disabled', snatPolicy: 'Random', tags: { cluster: 'shop', 'managed-by': 'fairlead' },
      },
    });
    expect(nodePool).toEqual({
      apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'workers' },
      spec: {
        template: {
          metadata: { labels: { 'fairlead.dev/pool': 'workers' } },
          spec: {
            nodeClassRef: { group: 'eks.amazonaws.com', kind: 'NodeClass', name: 'workers' }, expireAfter: '336h', terminationGracePeriod: '24h0m0s',
            requirements: [{ key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['m7i.xlarge'] }, { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['on-demand'] }],
          },
        },
        disruption: {
          consolidationPolicy: 'WhenEmptyOrUnderutilized', consolidateAfter: '5m',
          budgets: [
            { nodes: '10%' }, { nodes: '1', reasons: ['Drifted'] },
            { nodes: '0', reasons: ['Drifted'], schedule: '0 5 * * 2', duration: '20h' }, { nodes: '0', reasons: ['Drifted'], schedule: '0 5 * * 3', duration: '20h' }, { nodes: '0', reasons: ['Drifted'], schedule: '0 5 * * 4', duration: '116h' },
          ],
        },
        limits: { cpu: '36' },
      },
    });
  });

  it('may be of spot machines in some zones, with taints and labels', async () => {
    const { nodePool: { spec } } = await pool({ spot: true, zones: [`${REGION}b`], labels: { tier: 'batch' }, taints: [{ key: 'batch', value: 'true', effect: 'NoSchedule' }], nodes: { min: 0, max: 2 }, machineType: 'c7g.8xlarge' });
    expect(spec).toMatchObject({ template: { metadata: { labels: { 'fairlead.dev/pool': 'workers', tier: 'batch' } }, spec: { taints: [{ key: 'batch', value: 'true', effect: 'NoSchedule' }] } }, limits: { cpu: '64' } });
    expect(spec.template.spec.requirements).toEqual([
      { key: 'node.kubernetes.io/instance-type', operator: 'In', values: ['c7g.8xlarge'] }, { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot'] }, { key: 'topology.kubernetes.io/zone', operator: 'In', values: [`${REGION}b`] },
    ]);
  });

  it('does not move what holds state, and is then protected and marked for the guard', async () => {
    expect((await pool({ stateful: true })).nodePool).toHaveProperty('metadata.labels', { 'fairlead.dev/stateful': 'true' });
    expect((await pool({})).nodePool).not.toHaveProperty('metadata.labels');
    expect((await pool({ stateful: true })).nodePool.spec.disruption).toMatchObject({ consolidationPolicy: 'WhenEmpty' });
    const { resources } = await make({ ...AUTO, production: true, nodePools: { workers: WORKERS, data: { ...WORKERS, stateful: true } } }, () => undefined);
    expect(resources.filter(({ type }) => type.endsWith(':NodePool')).map(({ name, protect }) => [name, protect]).sort()).toEqual([['shop-NodePool/data', true], ['shop-NodePool/workers', false]]);
  });

  it('has disks as it says, with the keys of AWS where they are asked for', async () => {
    expect((await pool({ disk: { size: 200 } }, { encryption: { keys: 'provider' } })).nodeClass.spec.ephemeralStorage).toEqual({ size: '200Gi' });
  });
});

describe('a managed node group', () => {
  it('may be of spot machines in some zones, with taints and labels', async () => {
    const { group: made } = await group({ spot: true, zones: [`${REGION}b`], labels: { tier: 'batch' }, nodes: { min: 0, max: 30 }, taints: [{ key: 'batch', value: 'true', effect: 'PreferNoSchedule' }] });
    expect(made).toMatchObject({
      capacityType: 'SPOT', subnetIds: [`shop-private-${REGION}b-id`], labels: { 'fairlead.dev/pool': 'workers', tier: 'batch' }, taints: [{ key: 'batch', value: 'true', effect: 'PREFER_NO_SCHEDULE' }], scalingConfig: { minSize: 0, maxSize: 30, desiredSize: 1 },
    });
  });

  it.each([
    ['m7i.xlarge', 'bottlerocket', 'BOTTLEROCKET_x86_64'], ['c7gd.2xlarge', 'bottlerocket', 'BOTTLEROCKET_ARM_64'], ['im4gn.large', 'amazon-linux', 'AL2023_ARM_64_STANDARD'], ['t3.medium', 'amazon-linux', 'AL2023_x86_64_STANDARD'],
    ['g6e.xlarge', 'bottlerocket', 'BOTTLEROCKET_x86_64_NVIDIA'], ['g5g.xlarge', 'bottlerocket', 'BOTTLEROCKET_ARM_64_NVIDIA'], ['p5.48xlarge', 'amazon-linux', 'AL2023_x86_64_NVIDIA'], ['inf2.xlarge', 'bottlerocket', 'AL2023_x86_64_NEURON'],
  ] as const)('of %s with %s has the image %s', async (machineType, nodeImage, amiType) => {
    const made = await group({ machineType }, { nodeImage });
    expect(made.group.amiType).toBe(amiType);
    expect(made.template.instanceType).toBe(machineType);
  });

  it('has one disk with Amazon Linux, and tells it how many pods it takes', async () => {
    const { template } = await group({ disk: { size: 100, type: 'gp2' }, maxPodsPerNode: 58 }, { nodeImage: 'amazon-linux' });
    expect(template.blockDeviceMappings).toEqual([{ deviceName: '/dev/xvda', ebs: { volumeType: 'gp2', volumeSize: 100, encrypted: 'true', deleteOnTermination: 'true', kmsKeyId: keyArn } }]);
    const text = Buffer.from(String(template.userData), 'base64').toString();
    expect(text).toContain('Content-Type: application/node.eks.aws\n\napiVersion: node.eks.aws/v1alpha1\nkind: NodeConfig\nspec:\n  kubelet:\n    config:\n      maxPods: 58\n');
    expect(text).toMatch(/^MIME-Version: 1.0\nContent-Type: multipart\/mixed; boundary="\/\/"\n\n--\/\/\n/);
  });

  it('takes as many pods as the cluster says', async () => {
    const { template } = await group({}, { addresses: { maxPodsPerNode: 29 } });
    expect(Buffer.from(String(template.userData), 'base64').toString()).toBe('[settings.kubernetes]\nmax-pods = 29\n');
  });

  it.each([
    [{ surge: 3 }, 9, { maxUnavailablePercentage: 33, updateStrategy: 'DEFAULT' }],
    [{ surge: 0, unavailable: 1 }, 9, { maxUnavailablePercentage: 11, updateStrategy: 'MINIMAL' }],
    [{ surge: 1 }, 300, { maxUnavailablePercentage: 1, updateStrategy: 'DEFAULT' }],
    [{ surge: 20 }, 4, { maxUnavailablePercentage: 100, updateStrategy: 'DEFAULT' }],
  ])('with an upgrade of %j and at most %i nodes', async (upgrade, max, expected) => {
    expect((await group({ upgrade, nodes: { min: 1, max } }, { podsFrom: 'secondary' })).group.updateConfig).toEqual(expected);
  });

  it('is protected where it holds state, and marked for the guard in every environment', async () => {
    const mark = async (one: object) => (await group(one)).group.tags;
    expect(await mark({ stateful: true })).toEqual({ ...(await mark({}) as object), 'fairlead-stateful': 'true' });
    const { resources } = await make({ ...MANAGED, production: true, nodePools: { workers: WORKERS, data: { ...WORKERS, stateful: true } } }, () => undefined);
    expect(resources.filter(({ type }) => type === 'aws:eks/nodeGroup:NodeGroup').map(({ name, protect }) => [name, protect]).sort()).toEqual([['shop-data', true], ['shop-workers', false]]);
  });

  it('gets new images in the window, and not in an exclusion', async () => {
    const all = await inputs({ maintenance: { window: { days: ['saturday', 'friday'], start: '22:30', hours: 2 }, exclusions: { sale: { from: '2026-11-20', until: '2026-12-02' }, minor: { from: '2026-03-01', until: '2026-06-01', scope: 'minor' } } } }, MANAGED);
    expect(all['shop-workers-0']).toMatchObject({ scheduleExpression: 'cron(30 22 ? * FRI *)', flexibleTimeWindow: { mode: 'FLEXIBLE', maximumWindowInMinutes: 30 }, endDate: '2026-11-20T00:00:00Z' });
    expect(all['shop-workers-1']).toMatchObject({ startDate: '2026-12-02T00:00:00Z' });
    expect(all['shop-workers-0']).not.toHaveProperty('startDate');
    expect(all).not.toHaveProperty('shop-workers-2');
  });
});

describe('add-ons', () => {
  it('are ours, with what the settings say over it', async () => {
    const all = await inputs({
      addons: {
        coredns: { version: 'v1.12.1-eksbuild.2', configuration: { replicaCount: 3 } },
        'metrics-server': false,
        'amazon-cloudwatch-observability': { identities: { 'cloudwatch-agent': { namespace: 'amazon-cloudwatch', policies: ['arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy'] } } },
        'aws-mountpoint-s3-csi-driver': { identities: { 's3-csi-driver-sa': { statements: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::shop/*'], conditions: { Bool: { 'aws:SecureTransport': 'true' } } }] }, other: { policies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] } } },
      },
    }, MANAGED);
    expect(all['shop-coredns']).toMatchObject({ addonVersion: 'v1.12.1-eksbuild.2', configurationValues: { autoScaling: { enabled: true, minReplicas: 2 }, replicaCount: 3 } });
    expect(all).not.toHaveProperty('shop-metrics-server');
    expect(all['shop-amazon-cloudwatch-observability (Addon)']).toMatchObject({ podIdentityAssociations: [{ serviceAccount: 'cloudwatch-agent', roleArn: roleArn('shop-amazon-cloudwatch-observability') }] });
    expect(all['shop-amazon-cloudwatch-observability (Role)']).toMatchObject({ assumeRolePolicy: { Statement: [{ Condition: { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'amazon-cloudwatch', 'aws:RequestTag/kubernetes-service-account': 'cloudwatch-agent' } } }] } });
    expect(all['shop-amazon-cloudwatch-observability-CloudWatchAgentServerPolicy']).toMatchObject({ policyArn: 'arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy' });
    expect(all['shop-aws-mountpoint-s3-csi-driver']!.podIdentityAssociations).toEqual([{ serviceAccount: 's3-csi-driver-sa', roleArn: roleArn('shop-aws-mountpoint-s3-csi-driver-s3-csi-driver-sa') }, { serviceAccount: 'other', roleArn: roleArn('shop-aws-mountpoint-s3-csi-driver-other') }]);
    expect(all['shop-aws-mountpoint-s3-csi-driver-s3-csi-driver-sa-rights']).toMatchObject({ policy: { Statement: [{ Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::shop/*'], Condition: { Bool: { 'aws:SecureTransport': 'true' } } }] } });
  });

  it("follow the cluster's version, but for one that is named", async () => {
    const all = await inputs({ version: '1.34', addons: { coredns: { version: 'v1.12.1-eksbuild.2' } } }, MANAGED);
    expect(Object.fromEntries(['kube-proxy', 'vpc-cni (Addon)', 'metrics-server', 'coredns'].map((name) => [name, all[`shop-${name}`]!.addonVersion]))).toEqual({ 'kube-proxy': 'v1.34.2-eksbuild.1', 'vpc-cni (Addon)': 'v1.34.2-eksbuild.1', 'metrics-server': 'v1.34.2-eksbuild.1', coredns: 'v1.12.1-eksbuild.2' });
  });

  it('may scale the node groups of this cluster, and no others', async () => {
    const all = await inputs({ autoscalerIdentity: true }, MANAGED);
    expect(all['shop-kube-system/cluster-autoscaler']).toMatchObject({ namespace: 'kube-system', serviceAccount: 'cluster-autoscaler' });
    const [, rights] = Object.entries(all).find(([name]) => /^shop-kube-system-cluster.*-rights$/.test(name))!;
    expect(rights).toMatchObject({ policy: { Statement: [
      { Action: expect.arrayContaining(['autoscaling:DescribeAutoScalingGroups', 'eks:DescribeNodegroup']), Resource: ['*'] },
      { Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'], Resource: ['*'], Condition: { StringEquals: { 'aws:ResourceTag/k8s.io/cluster-autoscaler/shop': 'owned' } } },
    ] } });
    expect(namesLike(await inputs({}, MANAGED), /autoscaler/)).toEqual([]);
  });

  it('offer volumes that several nodes write to', async () => {
    const run = await make({ ...AUTO, sharedVolumes: true }, ({ storageClasses }) => storageClasses);
    const all = inputsOf(run);
    expect(run.result).toEqual({ default: 'gp3', fast: 'io2', shared: 'efs' });
    expect(all['shop-shared (FileSystem)']).toEqual({ encrypted: true, kmsKeyId: keyArn, performanceMode: 'generalPurpose', throughputMode: 'elastic', tags: { Name: 'shop-shared' } });
    expect(all[`shop-shared-${REGION}a (MountTarget)`]).toEqual({ fileSystemId: 'shop-shared-id', subnetId: `shop-private-${REGION}a-id`, securityGroups: ['shop-shared-id'] });
    expect(all[`shop-shared-${REGION}a (SecurityGroupIngressRule)`]).toMatchObject({ cidrIpv4: '10.0.0.0/18', fromPort: 2049, toPort: 2049 });
    expect(all['shop-StorageClass/efs']).toMatchObject({ provisioner: 'efs.csi.aws.com', parameters: { provisioningMode: 'efs-ap', fileSystemId: 'shop-shared-id', directoryPerms: '700' } });
    expect(all['shop-aws-efs-csi-driver (Addon)']).toMatchObject({ podIdentityAssociations: [{ serviceAccount: 'efs-csi-controller-sa', roleArn: roleArn('shop-aws-efs-csi-driver') }] });
  });
});

describe('what stands around it', () => {
  it('is backed up as is asked for', async () => {
    const all = await inputs({ backup: { schedule: '30 2 * * 0,3', retainDays: 90, lockDays: 0 } });
    expect(all['shop-backups (Plan)']).toMatchObject({ rules: [{ schedule: 'cron(30 2 ? * 1,4 *)', lifecycle: { deleteAfter: 90 } }] });
    expect(all['shop-backups (Vault)']).toMatchObject({ forceDestroy: true });
    expect(all).not.toHaveProperty('shop-backups (VaultLockConfiguration)');
  });

  it('has no registry where there is no need', async () => {
    const run = await make({ ...AUTO, registry: { create: false } }, ({ registry }) => ({ registry }));
    expect(namesLike(inputsOf(run), /registry/)).toEqual([]);
    expect(run.result.registry).toBeUndefined();
  });

  it('is made by the role that deploys', async () => {
    const run = await make({ ...AUTO, deployRole: PLATFORM }, ({ kubeconfig }) => kubeconfig);
    expect(inputsOf(run)['shop-aws']).toMatchObject({ assumeRoles: [{ roleArn: PLATFORM, sessionName: 'shop' }] });
    expect(JSON.parse(run.result)).toMatchObject({ users: [{ user: { exec: { args: expect.arrayContaining(['--role-arn', PLATFORM]) } } }] });
  });

  it('is in China or with the government as well', async () => {
    const admins = { platform: `arn:aws-cn:iam::${ACCOUNT}:role/platform` };
    const run = await make({ ...AUTO, region: 'cn-north-1', admins }, ({ registry }) => registry);
    const all = inputsOf(run);
    expect(run.result).toBe(`${ACCOUNT}.dkr.ecr.cn-north-1.amazonaws.com.cn/shop`);
    expect(all['shop-admin-platform (AccessPolicyAssociation)']).toMatchObject({ policyArn: 'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy' });
    expect(all['shop-nodes-AmazonEKSWorkerNodeMinimalPolicy']).toMatchObject({ policyArn: 'arn:aws-cn:iam::aws:policy/AmazonEKSWorkerNodeMinimalPolicy' });
    expect(all.shop).toMatchObject({ vpcConfig: { subnetIds: ['a', 'b', 'd'].map((letter) => `shop-private-cn-north-1${letter}-id`) } });
    const government = await inputs({ region: 'us-gov-west-1', admins: { platform: `arn:aws-us-gov:iam::${ACCOUNT}:role/platform` } });
    expect(government['shop-cluster-AmazonEKSClusterPolicy']).toMatchObject({ policyArn: 'arn:aws-us-gov:iam::aws:policy/AmazonEKSClusterPolicy' });
  });
});
