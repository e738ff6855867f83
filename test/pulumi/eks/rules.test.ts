import type { EksClusterArgs } from '../../../lib/pulumi/eks';
import type { JsonObject } from '../../../lib/core/json';
import type { RegisteredResource } from '../../../lib/pulumi/testing';
import { judge, resource } from '../policy/judge';
import { typeMistakes } from '../package-types';
import { violations } from '../provider-rules';
import { ACCOUNT, make, PLATFORM, REGION } from './make';
import { AWS_RULES } from './rules';

const BASE: EksClusterArgs = { account: ACCOUNT, region: REGION, admins: { platform: PLATFORM } };
const WORKERS = { machineType: 'm7i.xlarge', nodes: { min: 3, max: 9 } };
const BINDING = { namespace: 'shop', serviceAccount: 'cart', rights: { aws: { policies: ['arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'], statements: [{ actions: ['s3:GetObject'], resources: ['*'] }] } } };
const MAINTENANCE: EksClusterArgs['maintenance'] = { window: { days: ['saturday', 'sunday'], start: '22:00', hours: 24 }, exclusions: { sale: { from: '2026-11-20', until: '2026-12-02' }, audit: { from: '2026-03-01', until: '2026-08-01', scope: 'minor' } } };

/** Settings that together use every option. */
const shapes: [string, EksClusterArgs][] = [
  ['production on Auto Mode', BASE],
  ['production with managed node groups', { ...BASE, autoMode: false, nodePools: { workers: WORKERS } }],
  ['Auto Mode with every option', {
    ...BASE,
    zones: [`${REGION}a`, `${REGION}b`], builtInPools: [], podsFrom: 'secondary', version: '1.34', support: 'extended', controlPlaneTier: 'tier-xl', zonalShift: false, logs: ['audit'], logRetentionDays: 3653, flowLogTraffic: 'rejected', sharedVolumes: true, labels: { team: 'shop' }, deployRole: PLATFORM,
    controlPlane: { access: 'private', authorizedNetworks: { office: '192.168.0.0/24' } }, egress: { nat: 'none', endpoints: ['ecr.api', 'sts'] }, backup: { schedule: '0 3 * * 1-5', retainDays: 90, lockDays: 90 }, encryption: { rotationDays: 365 },
    hosts: { domain: 'shop.example.com', names: ['shop.example.com', '*.shop.example.com'] }, maintenance: MAINTENANCE,
    accessEntries: { shop: { principal: `arn:aws:iam::${ACCOUNT}:role/shop`, policy: 'edit', namespaces: ['shop'], groups: ['shop'] } },
    nodePools: { workers: WORKERS, batch: { ...WORKERS, spot: true, zones: [`${REGION}a`], labels: { tier: 'batch' }, taints: [{ key: 'batch', effect: 'NoExecute' }], upgrade: { surge: 3, unavailable: 2 }, disk: { size: 500 }, stateful: true } },
  }],
  ['managed node groups with every option', {
    ...BASE,
    production: false, autoMode: false, autoscalerIdentity: true, nodeImage: 'amazon-linux', podsFrom: 'secondary', encryption: { keys: 'provider' }, controlPlane: { access: 'public', authorizedNetworks: { office: '203.0.113.0/24' } }, backup: {}, sharedVolumes: true, hosts: { domain: 'shop.example.com', zone: 'Z0123456789' }, maintenance: MAINTENANCE,
    addons: { coredns: { version: 'v1.12.1-eksbuild.2' }, 'amazon-cloudwatch-observability': { identities: { 'cloudwatch-agent': { policies: ['arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy'] } } } },
    nodePools: {
      workers: { ...WORKERS, maxPodsPerNode: 58, upgrade: { surge: 0, unavailable: 1 }, disk: { size: 100, type: 'gp2' } },
      batch: { ...WORKERS, machineType: 'c7g.4xlarge', spot: true, zones: [`${REGION}a`], nodes: { min: 0, max: 300 }, labels: { tier: 'batch' }, taints: [{ key: 'batch', effect: 'NoExecute' }, { key: 'slow', value: 'yes', effect: 'PreferNoSchedule' }], stateful: true },
    },
  }],
];

/** What each shape makes. */
const made = new Map<string, readonly RegisteredResource[]>();

beforeAll(async () => {
  for (const [name, args] of shapes) made.set(name, (await make(args, (cluster) => void cluster.bindIdentity(BINDING))).resources);
}, 60_000);

const ours = (name: string) => made.get(name)!.filter(({ type }) => type.startsWith('aws:'));

it.each(shapes)('the inputs of %s are valid for the provider', (name) => {
  expect(ours(name).flatMap((resource) => violations(resource, AWS_RULES))).toEqual([]);
});

it('the inputs of all are arguments of the package, of their types', () => {
  expect(typeMistakes(shapes.flatMap(([name]) => ours(name)))).toEqual([]);
});

it.each(shapes)('machines, disks and load balancers are switched together: %s', (name, args) => {
  const { inputs } = ours(name).find(({ type }) => type === 'aws:eks/cluster:Cluster')!;
  const { computeConfig, storageConfig, kubernetesNetworkConfig } = inputs as { computeConfig: JsonObject; storageConfig: { blockStorage: JsonObject }; kubernetesNetworkConfig: { elasticLoadBalancing: JsonObject } };
  const enabled = args.autoMode ?? true;
  expect([computeConfig.enabled, storageConfig.blockStorage.enabled, kubernetesNetworkConfig.elasticLoadBalancing.enabled]).toEqual([enabled, enabled, enabled]);
  // A role is refused without built-in pools, and they without a role.
  expect('nodeRoleArn' in computeConfig).toBe('nodePools' in computeConfig);
});

it.each(shapes)('what is in Kubernetes keeps every promise of the policies: %s', async (name) => {
  const objects = made.get(name)!.filter(({ type }) => type.startsWith('kubernetes:'));
  expect(objects.length).toBeGreaterThan(1);
  expect(await judge(objects.map(({ inputs }) => resource(inputs)))).toEqual([]);
});

it.each(shapes)('names fit, with what makes them unique: %s', (shape) => {
  // Pulumi adds a dash and seven characters; the longest name of a cluster has 20 more than "shop".
  const limits: Record<string, number> = { 'aws:iam/role:Role': 64, 'aws:eks/nodeGroup:NodeGroup': 63, 'aws:backup/vault:Vault': 50, 'aws:scheduler/schedule:Schedule': 64 };
  for (const { type, name } of ours(shape)) {
    const limit = limits[type];
    // An add-on of one's own may have a long name, with a shorter cluster.
    if (limit !== undefined && !name.includes('cloudwatch')) expect([name, name.length + 20 + 8 <= limit]).toEqual([name, true]);
  }
});

it('the shapes have a resource of every type that has rules', () => {
  const types = new Set(shapes.flatMap(([name]) => ours(name).map(({ type }) => type)));
  expect([...types].sort()).toEqual(Object.keys(AWS_RULES).sort());
});

const MANAGED = 'production with managed node groups';
const spoiled = (type: string, spoil: object) => {
  const resource = ours(MANAGED).find((one) => one.type === type)!;
  return { ...resource, inputs: { ...resource.inputs, ...spoil } as JsonObject };
};

it('the types of the package find what it does not have, what is missing, and values of another type', () => {
  const found = typeMistakes([
    spoiled('aws:eks/cluster:Cluster', { vpcConfig: { subnetIds: ['subnet-1'], endpointPublicAcces: false } }),
    spoiled('aws:eks/accessPolicyAssociation:AccessPolicyAssociation', { accessScope: { namespaces: ['shop'] } }),
    spoiled('aws:ec2/launchTemplate:LaunchTemplate', { blockDeviceMappings: [{ ebs: { encrypted: true } }] }),
  ]);
  expect(found).toEqual([
    expect.stringMatching(/^shop: vpcConfig\.endpointPublicAcces: .*'"endpointPublicAcces"' does not exist/),
    expect.stringMatching(/^shop-admin-platform: accessScope: .*Property 'type' is missing/),
    "shop-workers: blockDeviceMappings.ebs.encrypted: Type 'true' is not assignable to type 'Input<string | undefined>'.",
  ]);
});

describe('the rules find', () => {
  const cases: [string, string, object, string[]][] = [
    ['two names', 'aws:ec2/launchTemplate:LaunchTemplate', { name: 'a', namePrefix: 'b' }, ['name conflicts with namePrefix']],
    ['a way in for people', 'aws:eks/nodeGroup:NodeGroup', { remoteAccess: {}, diskSize: 50, instanceTypes: ['m7i.large'] }, ['remoteAccess conflicts with launchTemplate', 'diskSize conflicts with launchTemplate', 'instanceTypes conflicts with launchTemplate']],
    ['updates of two kinds', 'aws:eks/nodeGroup:NodeGroup', { updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 200 } }, ['exactly one of updateConfig.maxUnavailable, updateConfig.maxUnavailablePercentage', 'updateConfig.maxUnavailablePercentage is 200']],
    ['a value that is not allowed', 'aws:eks/cluster:Cluster', { upgradePolicy: { supportType: 'standard' }, accessConfig: { authenticationMode: 'IAM' } }, ['accessConfig.authenticationMode is "IAM"', 'upgradePolicy.supportType is "standard"']],
    ['what Outposts exclude', 'aws:eks/cluster:Cluster', { outpostConfig: {} }, ['outpostConfig conflicts with encryptionConfig', 'outpostConfig conflicts with kubernetesNetworkConfig']],
    ['two ways of identity', 'aws:eks/addon:Addon', { serviceAccountRoleArn: PLATFORM, podIdentityAssociations: [{ roleArn: 'role', serviceAccount: 'x' }] }, ['serviceAccountRoleArn conflicts with podIdentityAssociations', 'podIdentityAssociations[].roleArn is "role"']],
    ['a way that leads nowhere', 'aws:ec2/route:Route', { gatewayId: undefined, natGatewayId: undefined }, ['exactly one of carrierGatewayId, coreNetworkArn, egressOnlyGatewayId, gatewayId, localGatewayId, natGatewayId, networkInterfaceId, transitGatewayId, vpcEndpointId, vpcPeeringConnectionId']],
    ['a rotation that is too quick', 'aws:kms/key:Key', { rotationPeriodInDays: 30 }, ['rotationPeriodInDays is 30']],
    ['a term that CloudWatch does not have', 'aws:cloudwatch/logGroup:LogGroup', { retentionInDays: 100 }, ['retentionInDays is 100']],
  ];

  it.each(cases)('%s', (_, type, spoil, expected) => {
    expect(violations(spoiled(type, spoil), AWS_RULES).map((text) => text.slice(text.indexOf(':') + 2))).toEqual(expected);
  });
});
