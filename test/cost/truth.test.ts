/** What a production cluster registers is counted by the estimate, costs nothing by itself, or is named as left out. */
import { costedCluster, estimate, estimateReport, type CostedCluster, type CostedSettings, type PricedCloud } from '../../lib/cost';
import type { Exception } from '../../lib/pulumi/cluster';
import type { EksSettings } from '../../lib/pulumi/eks';
import { endpointsOf } from '../../lib/pulumi/eks/defaults';
import { eksSchema } from '../../lib/pulumi/eks/schema';
import { gkeSchema } from '../../lib/pulumi/gke/schema';
import type { RegisteredResource } from '../../lib/pulumi/testing';
import { BENCHMARKS } from '../../scripts/hardening/record';

/** Resources that cost by being there, and which of the cluster's numbers counts them. */
const COUNTED: Readonly<Record<string, (cluster: CostedCluster) => number>> = {
  'gcp:container/cluster:Cluster': () => 1,
  'gcp:container/nodePool:NodePool': ({ nodePools = {} }) => Object.keys(nodePools).length,
  'gcp:compute/routerNat:RouterNat': ({ natGateways = 1 }) => natGateways,
  'gcp:kms/cryptoKey:CryptoKey': ({ keys = 0 }) => keys,
  'gcp:dns/managedZone:ManagedZone': ({ dnsZones = 0 }) => dnsZones,
  'aws:eks/cluster:Cluster': () => 1,
  'aws:eks/nodeGroup:NodeGroup': ({ nodePools = {} }) => Object.keys(nodePools).length,
  'aws:ec2/natGateway:NatGateway': ({ natGateways = 0 }) => natGateways,
  'aws:ec2/eip:Eip': ({ natGateways = 0, natAddresses = natGateways }) => natAddresses,
  'aws:kms/key:Key': ({ keys = 0 }) => keys,
  'aws:route53/zone:Zone': ({ dnsZones = 0 }) => dnsZones,
  // That of S3, which costs nothing, and those that are paid.
  'aws:ec2/vpcEndpoint:VpcEndpoint': ({ endpoints = 0 }) => 1 + endpoints,
};

/** What they cost depends on use, and the words by which a report leaves it out. */
const BY_USE: Readonly<Record<string, string>> = {
  'gcp:artifactregistry/repository:Repository': 'images in the registry',
  'gcp:gkebackup/backupPlan:BackupPlan': 'backups',
  'gcp:compute/subnetwork:Subnetwork': 'logs',
  'aws:cloudwatch/logGroup:LogGroup': 'logs',
  'aws:ec2/flowLog:FlowLog': 'logs',
  'aws:backup/vault:Vault': 'backups',
  'aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate': 'images in the registry',
};

/** They cost nothing: rights, names, rules, and what is paid with another. The address of a load balancer is one of these on Google Cloud, and so are the first hundred certificates. */
const FREE = [
  /^fairlead:/, /^pulumi:providers:/, /^kubernetes:/, /^gcp:projects\//, /^gcp:certificatemanager\//, /^gcp:serviceaccount\//, /[iI]amMember$/, /IAMMember$/,
  /^gcp:kms\/keyRing:/, /^gcp:compute\/(network|router|globalAddress):/, /^gcp:dns\/recordSet:/,
  /^aws:iam\//, /^aws:acm\//, /^aws:kms\/alias:/, /^aws:route53\/record:/, /^aws:scheduler\//, /^aws:eks\/(addon|accessEntry|accessPolicyAssociation):/,
  /^aws:backup\/(plan|selection|vaultLockConfiguration):/, /^aws:ec2\/(vpc|internetGateway|routeTable|routeTableAssociation|route|subnet|defaultSecurityGroup|launchTemplate):/,
];

const EKS = BENCHMARKS.find(({ title }) => title === 'EKS')!;
const SCHEMAS = { gke: gkeSchema, eks: eksSchema };
const shapes = BENCHMARKS.flatMap((benchmark) => {
  const cloud = benchmark.title.toLowerCase() as PricedCloud;
  const plain = Object.keys(benchmark.shapes).map((shape) => [`${benchmark.title} ${shape}`, cloud, benchmark, shape, undefined] as const);
  const opened = Object.entries(benchmark.exceptions).flatMap(([exception, of]) => of.map((shape) => [`${benchmark.title} ${shape} with ${exception}`, cloud, benchmark, shape, exception as Exception] as const));
  return [...plain, ...opened];
});

describe.each(shapes)('production on %s', (_, cloud, { record, settings }, shape, exception) => {
  const given = settings(shape, exception) as CostedSettings;
  let resources: readonly RegisteredResource[];
  let types: readonly string[];

  beforeAll(async () => {
    resources = await record(shape, exception);
    types = [...new Set(resources.map(({ type }) => type))];
  });

  it('has nothing that the estimate does not know', () => {
    expect(types.filter((type) => !(type in COUNTED) && !(type in BY_USE) && !FREE.some((free) => free.test(type)))).toEqual([]);
  });

  it.each([['given', given], ['filled in', SCHEMAS[cloud].parse(given) as CostedSettings]])('is counted as it is made, by its settings as they are %s', (_how, from) => {
    const cluster = costedCluster(cloud, from);
    const expected = Object.keys(COUNTED).filter((type) => type.startsWith(cloud === 'gke' ? 'gcp:' : 'aws:')).map((type) => [type, COUNTED[type]!(cluster)]);
    expect(expected).toEqual(expected.map(([type]) => [type, resources.filter((resource) => resource.type === type).length]));
  });

  it('is reported with what is left out', () => {
    const report = estimateReport(estimate({ cluster: costedCluster(cloud, given), demand: { pods: [], volumes: [], entries: [] } })!).at(-1)!;
    for (const type of types.filter((one) => one in BY_USE)) expect(report).toContain(BY_USE[type]);
  });

  it('has disks as large as they are made', () => {
    const sizes = resources.filter(({ type }) => type === 'aws:ec2/launchTemplate:LaunchTemplate').map(({ inputs }) => (inputs.blockDeviceMappings as { ebs: { volumeSize: number } }[]).reduce((all, { ebs }) => all + ebs.volumeSize, 0));
    const { systemDisk = 0, nodePools = {} } = costedCluster(cloud, given);
    expect(sizes).toEqual(sizes.length === 0 ? [] : Object.values(nodePools).map(({ disk: { size = 50 } = {} }) => size + systemDisk));
  });
});

it.each<[string, object, number]>([
  ['none', {}, 0],
  ['those that nodes need where there is no NAT', { nat: 'none' }, 9],
  ['those that are named, once each', { endpoints: ['sts', 'ecr.api', 'sts'] }, 2],
])('endpoints of services on EKS are %s', (_, egress, count) => {
  const settings = { ...EKS.settings('auto'), production: false, egress } as EksSettings;
  expect(costedCluster('eks', settings).endpoints).toBe(count);
  expect(endpointsOf(eksSchema.parse(settings))).toHaveLength(count);
});
