import type { GkeClusterArgs } from '../../../lib/pulumi/gke';
import type { JsonObject } from '../../../lib/core/json';
import type { RegisteredResource } from '../../../lib/pulumi/testing';
import { typeMistakes } from '../package-types';
import { violations } from '../provider-rules';
import { make } from './make';
import { GOOGLE_RULES } from './rules';

const BASE = { project: 'acme-shop', region: 'europe-west6' };
const WORKERS = { machineType: 'e2-standard-4', nodes: { min: 3, max: 9 } };

/** Settings that together use every option. */
const shapes: [string, GkeClusterArgs][] = [
  ['production on Standard', { ...BASE, nodePools: { workers: WORKERS } }],
  ['production on Autopilot', { ...BASE, autopilot: true }],
  ['Standard with every option', {
    ...BASE,
    projectNumber: '123456789012', zones: ['europe-west6-a', 'europe-west6-b'], support: 'extended', version: '1.33', securityGroup: 'gke-security-groups@example.com', sharedVolumes: true, managedPrometheus: true, flowLogShare: 1, labels: { team: 'shop' },
    logs: ['system', 'workloads', 'api-server', 'scheduler', 'controller-manager'], metrics: ['system', 'api-server', 'scheduler', 'controller-manager', 'storage', 'hpa', 'pod', 'daemonset', 'deployment', 'statefulset', 'kubelet', 'cadvisor'],
    controlPlane: { access: 'private', authorizedNetworks: { office: '192.168.0.0/24' } }, egress: { staticAddresses: 2, logs: 'all' }, backup: { retainDays: 90, lockDays: 90 },
    autoProvisioning: { cpu: { min: 1, max: 64 }, memory: { max: 256 }, optimizeUtilization: true }, registry: { pullFrom: ['projects/acme-images/locations/europe/repositories/all'] },
    hosts: { domain: 'shop.example.com', names: ['shop.example.com', '*.shop.example.com'] },
    maintenance: { window: { days: ['saturday', 'sunday'], start: '22:00', hours: 6 }, exclusions: { sale: { from: '2026-11-20', until: '2026-12-02' }, audit: { from: '2026-03-01', until: '2026-08-01', scope: 'minor' } } },
    nodePools: {
      workers: { ...WORKERS, maxPodsPerNode: 110, upgrade: { strategy: 'blue-green', soak: '2h' }, disk: { size: 100, type: 'pd-ssd' } },
      batch: { ...WORKERS, spot: true, zones: ['europe-west6-a'], nodes: { min: 0, max: 30 }, labels: { tier: 'batch' }, taints: [{ key: 'batch', effect: 'NoExecute' }], upgrade: { surge: 3, unavailable: 2 }, stateful: true },
    },
  }],
  ['Autopilot with every option', { ...BASE, autopilot: true, production: false, channel: 'rapid', controlPlane: { access: 'public', authorizedNetworks: { office: '203.0.113.0/24' } }, encryption: { keys: 'provider' }, backup: {}, privateNodes: false, hosts: { domain: 'shop.example.com', zone: 'example-com' } }],
];

const BINDING = { namespace: 'shop', serviceAccount: 'cart', rights: { gcp: ['', 'bucket/orders', 'secret/key', 'topic/orders', 'subscription/orders', 'dns-zone/example'].map((on) => ({ role: 'roles/storage.objectViewer', ...(on === '' ? {} : { on }) })) } };

/** What each shape makes on Google Cloud. */
const made = new Map<string, readonly RegisteredResource[]>();

beforeAll(async () => {
  for (const [name, args] of shapes) made.set(name, (await make(args, (cluster) => void cluster.bindIdentity(BINDING))).resources.filter(({ type }) => type.startsWith('gcp:')));
}, 60_000);

it.each(shapes)('the inputs of %s are valid for the provider', (name) => {
  expect(made.get(name)!.flatMap((resource) => violations(resource, GOOGLE_RULES))).toEqual([]);
});

it('the inputs of all are arguments of the package, of their types', () => {
  expect(typeMistakes([...made.values()].flat())).toEqual([]);
});

it('the shapes have a resource of every type that has rules', () => {
  const types = new Set([...made.values()].flatMap((resources) => resources.map(({ type }) => type)));
  expect([...types].sort()).toEqual(Object.keys(GOOGLE_RULES).sort());
});

const spoiled = (shape: string, type: string, spoil: object) => {
  const resource = made.get(shape)!.find((one) => one.type === type)!;
  return { ...resource, inputs: { ...resource.inputs, ...spoil } as JsonObject };
};
const CLUSTER = 'gcp:container/cluster:Cluster';
const POOL = 'gcp:container/nodePool:NodePool';
const STANDARD = 'production on Standard';

it('the types of the package find what it does not have, what is missing, and values of another type', () => {
  const found = typeMistakes([
    spoiled(STANDARD, CLUSTER, { releaseChannel: { chanel: 'REGULAR' } }),
    spoiled(STANDARD, CLUSTER, { databaseEncryption: { keyName: 'x' } }),
    spoiled(STANDARD, POOL, { nodeConfig: { diskSizeGb: '50' } }),
    spoiled(STANDARD, 'gcp:projects/iAMMember:IAMMember', { member: undefined }),
  ]);
  expect(found).toEqual([
    expect.stringMatching(/^shop: releaseChannel\.chanel: Object literal may only specify known properties/),
    expect.stringMatching(/^shop: databaseEncryption: .*Property 'state' is missing/),
    "shop-workers: nodeConfig.diskSizeGb: Type 'string' is not assignable to type 'Input<number | undefined>'.",
    expect.stringMatching(/^shop-\S+: Property 'member' is missing/),
  ]);
});

describe('the rules find', () => {

  const cases: [string, string, string, object, string[]][] = [
    ['what Autopilot refuses', 'production on Autopilot', CLUSTER, { enableShieldedNodes: false, nodeConfig: {} }, ['shop: enableShieldedNodes conflicts with enableAutopilot', 'shop: nodeConfig conflicts with enableAutopilot']],
    ['a part without any of its keys', STANDARD, CLUSTER, { privateClusterConfig: {}, addonsConfig: {} }, [`shop: at least one of ${GOOGLE_RULES[CLUSTER]!.atLeastOne![0]!.join(', ')}`, 'shop: at least one of privateClusterConfig.enablePrivateEndpoint, privateClusterConfig.enablePrivateNodes, privateClusterConfig.masterIpv4CidrBlock, privateClusterConfig.privateEndpointSubnetwork, privateClusterConfig.masterGlobalAccessConfig']],
    ['two kinds of windows', STANDARD, CLUSTER, { maintenancePolicy: { recurringWindow: { startTime: '2025-01-07T01:00:00Z', endTime: '2025-01-07T05:00:00Z', recurrence: 'FREQ=WEEKLY;BYDAY=TU' }, dailyMaintenanceWindow: { startTime: '01:00' } } }, ['shop: exactly one of maintenancePolicy.recurringWindow, maintenancePolicy.dailyMaintenanceWindow, maintenancePolicy.recurringMaintenanceWindow']],
    ['a value that is not allowed', STANDARD, CLUSTER, { releaseChannel: { channel: 'regular' } }, ['shop: releaseChannel.channel is "regular"']],
    ['text of another form', STANDARD, CLUSTER, { name: 'Shop', privateClusterConfig: { masterIpv4CidrBlock: '10.0.0.0/27' } }, ['shop: name is "Shop"', 'shop: privateClusterConfig.masterIpv4CidrBlock is "10.0.0.0/27"']],
    ['an address that is not the first of its range', STANDARD, CLUSTER, { masterAuthorizedNetworksConfig: { cidrBlocks: [{ cidrBlock: '203.0.113.7/24' }] } }, ['shop: masterAuthorizedNetworksConfig.cidrBlocks[].cidrBlock is "203.0.113.7/24"']],
    ['old arguments beside new ones', STANDARD, CLUSTER, { loggingService: 'logging.googleapis.com/kubernetes' }, ['shop: loggingService conflicts with loggingConfig']],
    ['limits of both kinds', STANDARD, POOL, { autoscaling: { totalMaxNodeCount: 9, maxNodeCount: 3 } }, ['shop-workers: autoscaling.totalMaxNodeCount conflicts with autoscaling.maxNodeCount']],
    ['upgrades of both kinds', STANDARD, POOL, { upgradeSettings: { maxSurge: 1, blueGreenSettings: { standardRolloutPolicy: { batchPercentage: 2 } } } }, ['shop-workers: upgradeSettings.blueGreenSettings requires upgradeSettings.strategy', 'shop-workers: upgradeSettings.blueGreenSettings conflicts with upgradeSettings.maxSurge', 'shop-workers: upgradeSettings.blueGreenSettings.standardRolloutPolicy.batchPercentage is 2']],
    ['too many of them', STANDARD, CLUSTER, { masterAuthorizedNetworksConfig: { cidrBlocks: Array.from({ length: 101 }, () => ({ cidrBlock: '10.0.0.0/8' })) } }, ['shop: masterAuthorizedNetworksConfig.cidrBlocks has more than 100']],
  ];

  it.each(cases)('%s', (_, shape, type, spoil, expected) => expect(violations(spoiled(shape, type, spoil), GOOGLE_RULES)).toEqual(expected));

  it('nothing of a type that nobody wrote down', () => {
    expect(() => violations({ type: 'gcp:container/other:Other', name: 'x', inputs: {} }, GOOGLE_RULES)).toThrow('no rules of gcp:container/other:Other');
  });
});
