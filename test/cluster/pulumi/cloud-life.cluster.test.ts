/**
 * The life of an environment that makes its own cluster, with zone and certificate, pools of nodes and rights of a workload:
 * by the real engine on the real API server, with stand-ins for the clouds that record what they are asked for.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudRights } from '../../../lib';
import { goBack } from '../../../stacks/commands/go-back';
import type { CloudAction } from '../../engine/cloud/provider';
import { workloads } from '../live';
import { CLUSTER, CloudShop, type CloudSettings } from './cloud-shop';

// Another cluster has storage and nodes of its own.
const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

const RIGHTS: CloudRights = {
  gcp: [{ role: 'roles/storage.objectViewer', on: 'bucket/acme-images' }],
  aws: { statements: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::acme-images/*'] }] },
};
/** What rights are made of. */
const BOUND = /bucketIAMMember|podIdentityAssociation|iam\/role/;
const HOSTS = { domain: 'shop.example.com', names: ['shop.example.com', '*.shop.example.com'] };
const COMMON = { production: false, hosts: HOSTS, backup: false } as const;

interface Life {
  readonly settings: CloudSettings;
  /** The same with another type of machine in the pool `workers`. */
  readonly resized: CloudSettings;
  /** The same with what no pool can become: one of machines that may go. */
  readonly spot: CloudSettings;
  /** The same with a change that would lose the pool with state, and what is said of it. */
  readonly losing: readonly (readonly [settings: CloudSettings, refusal: RegExp])[];
  /** The same with another version, and what follows it. */
  readonly upgraded: CloudSettings;
  readonly following: readonly string[];
  /** What a step makes on which the whole cluster rests, and fails at first. */
  readonly stumbles: string;
  readonly cluster: string;
  readonly pool: string;
  /** What is bound to the service account, and must be there before its pods. */
  readonly binding: string;
  readonly bound: Record<string, unknown>;
  /** What is made for the hosts. */
  readonly hosts: readonly string[];
  /** What has to be there for as long as anything runs on the cluster. */
  readonly ground: readonly string[];
  /** What stays in the cloud for ever. */
  readonly staying: readonly string[];
}

const GKE = { cloud: 'gke', project: 'acme-staging', region: 'europe-west6', ...COMMON } as const;
const EKS = { cloud: 'eks', version: '1.34', account: '123456789012', region: 'eu-central-2', admins: { platform: 'arn:aws:iam::123456789012:role/platform' }, autoMode: false, ...COMMON } as const;
const nodes = { min: 1, max: 4 };
/** The settings with changes of the pool `workers`, and of the stateful one; null for none. */
const gke = (workers: object, store: object | null = {}, more: object = {}): CloudSettings => ({
  ...GKE, ...more, nodePools: { workers: { machineType: 'e2-standard-4', nodes, ...workers }, ...(store && { store: { machineType: 'e2-standard-2', nodes, stateful: true, ...store } }) },
});
const eks = (workers: object, store: object | null = {}, more: object = {}): CloudSettings => ({
  ...EKS, ...more, nodePools: { workers: { machineType: 'm7i.xlarge', nodes, ...workers }, ...(store && { store: { machineType: 'm7i.large', nodes, stateful: true, ...store } }) },
});

const LIVES: readonly Life[] = [
  {
    settings: gke({}), resized: gke({ machineType: 'e2-standard-8' }), spot: gke({ machineType: 'e2-standard-8', spot: true }),
    losing: [
      [gke({}, { spot: true }), /shop-staging-store \(gcp:container:NodePool\): would be replaced, because of nodeConfig\.spot/],
      [gke({}, null), /shop-staging-store \(gcp:container:NodePool\): would be deleted, as the program no longer has it/],
      [gke({}, { zones: ['europe-west6-a'] }), /shop-staging-store \(gcp:container:NodePool\): would leave all zones but europe-west6-a/],
    ],
    upgraded: gke({ machineType: 'e2-standard-8', spot: true }, {}, { version: '1.35' }),
    following: ['gcp:container/cluster:Cluster'],
    stumbles: 'create gcp:container/cluster:Cluster',
    cluster: `gcp:container/cluster:Cluster ${CLUSTER}`,
    pool: `gcp:container/nodePool:NodePool ${CLUSTER}-workers`,
    binding: 'gcp:storage/bucketIAMMember:BucketIAMMember',
    bound: { bucket: 'acme-images', role: 'roles/storage.objectViewer', member: 'principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/acme-staging.svc.id.goog/subject/ns/NAMESPACE/sa/web' },
    hosts: ['gcp:dns/managedZone:ManagedZone', 'gcp:certificatemanager/certificate:Certificate', 'gcp:certificatemanager/certificateMapEntry:CertificateMapEntry', 'gcp:dns/recordSet:RecordSet', 'gcp:compute/globalAddress:GlobalAddress'],
    ground: ['gcp:container/cluster:Cluster', 'gcp:container/nodePool:NodePool', 'gcp:compute/network:Network', 'gcp:compute/subnetwork:Subnetwork', 'gcp:compute/routerNat:RouterNat', 'gcp:compute/globalAddress:GlobalAddress', 'gcp:certificatemanager/certificateMap:CertificateMap'],
    staying: [],
  },
  {
    settings: eks({}), resized: eks({ machineType: 'm7i.2xlarge' }), spot: eks({ machineType: 'm7i.2xlarge', spot: true }),
    losing: [
      [eks({}, { spot: true }), /shop-staging-store \(aws:eks:NodeGroup\): would be replaced, because of capacityType \("ON_DEMAND" → "SPOT"\)/],
      [eks({}, null), /shop-staging-store \(aws:eks:NodeGroup\): would be deleted, as the program no longer has it/],
      [eks({}, { zones: ['eu-central-2a'] }), /shop-staging-store \(aws:eks:NodeGroup\): would be replaced, because of subnetIds/],
    ],
    upgraded: eks({ machineType: 'm7i.2xlarge', spot: true }, {}, { version: '1.35' }),
    following: ['aws:eks/cluster:Cluster', 'aws:eks/nodeGroup:NodeGroup', 'aws:eks/addon:Addon'],
    stumbles: 'create aws:eks/nodeGroup:NodeGroup',
    cluster: `aws:eks/cluster:Cluster ${CLUSTER}`,
    pool: `aws:eks/nodeGroup:NodeGroup ${CLUSTER}-workers`,
    binding: 'aws:eks/podIdentityAssociation:PodIdentityAssociation',
    bound: { clusterName: CLUSTER, namespace: 'NAMESPACE', serviceAccount: 'web' },
    hosts: ['aws:route53/zone:Zone', 'aws:acm/certificate:Certificate', 'aws:route53/record:Record'],
    ground: ['aws:eks/cluster:Cluster', 'aws:eks/nodeGroup:NodeGroup', 'aws:eks/addon:Addon', 'aws:eks/accessEntry:AccessEntry', 'aws:ec2/vpc:Vpc', 'aws:ec2/subnet:Subnet', 'aws:ec2/natGateway:NatGateway', 'aws:ec2/route:Route', 'aws:acm/certificate:Certificate'],
    staying: [],
  },
];

describeOwn.each(LIVES)('an environment on $settings.cloud', ({ settings, resized, spot, stumbles, cluster, pool, binding, bound, hosts, ground, staying, losing, upgraded, following }) => {
  const namespace = `life-${settings.cloud}`;
  let shop: CloudShop;

  beforeAll(async () => {
    shop = await CloudShop.open(namespace);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await shop.close();
  });

  const placeOf = (steps: readonly string[], step: string) => {
    expect(steps).toContainEqual(expect.stringContaining(step));
    return steps.findIndex((one) => one.includes(step));
  };
  const ofType = (actions: readonly CloudAction[], type: string) => actions.filter((action) => action.type === type);
  const image = async () => (await workloads(shop.deployer.cluster, namespace)).get('Deployment/web')!.metadata.labels!['app.kubernetes.io/version'];

  it('stumbles in the middle of making its cluster, and the next `up` makes the rest', async () => {
    shop.clouds.fail(stumbles);
    await expect(shop.up(settings, { rights: RIGHTS })).rejects.toThrow('failed');
    const early = shop.steps;
    expect(shop.output).toContain(`asked to fail: ${stumbles}`);
    const before = shop.clouds.actions();
    expect(before.length).toBeGreaterThan(5);
    expect(await shop.deployer.cluster.get('namespace', namespace)).toBeUndefined();
    shop.clouds.fail(undefined);
    const steps = [...early, ...(await shop.up(settings, { rights: RIGHTS }))];
    const after = shop.clouds.actions();
    // Nothing is made twice, and nothing that was made is thrown away.
    const made = new Set(before.map(({ type, name }) => `${type} ${name}`));
    expect(after.filter(({ action, type, name }) => action !== 'create' || made.has(`${type} ${name}`))).toEqual([]);
    expect(placeOf(steps, `create ${pool}`)).toBeLessThan(placeOf(steps, 'create kubernetes:core/v1:Namespace'));
    expect(placeOf(steps, `create ${binding}`)).toBeLessThan(placeOf(steps, 'create kubernetes:apps/v1:Deployment'));
    for (const type of hosts) expect(ofType([...before, ...after], type)).not.toEqual([]);
  }, 600_000);

  it('binds the rights of a workload to exactly its service account, and unbinds what it may do no longer', async () => {
    const expected = JSON.parse(JSON.stringify(bound).replaceAll('NAMESPACE', namespace)) as object;
    const steps = await shop.up(settings);
    expect(steps).toContainEqual(expect.stringContaining(`delete ${binding}`));
    expect(shop.clouds.actions().filter(({ action, type }) => action !== 'delete' || !BOUND.test(type))).toEqual([]);
    const again = await shop.up(settings, { rights: RIGHTS });
    expect(ofType(shop.clouds.actions(), binding).map(({ inputs }) => inputs)).toEqual([expect.objectContaining(expected)]);
    // On AWS a pod that was there before would not get them.
    if (settings.cloud === 'eks') expect(placeOf(again, `create ${binding}`)).toBeLessThan(placeOf(again, 'update kubernetes:apps/v1:Deployment'));
  }, 600_000);

  it('changes nothing when nothing has changed', async () => {
    expect(await shop.up(settings, { rights: RIGHTS })).toEqual([]);
    expect(shop.clouds.actions()).toEqual([]);
  }, 600_000);

  it.each(losing)('is refused what would lose its pool with state, though nothing is protected (%#)', async (change, refusal) => {
    await expect(shop.look(change)).rejects.toThrow(refusal);
    expect(shop.clouds.actions()).toEqual([]);
  }, 600_000);

  it('gives a pool other machines in place, node by node, and makes a new pool before the old one goes where it must', async () => {
    const steps = await shop.up(resized, { rights: RIGHTS });
    expect(steps).toContainEqual(`update ${pool}`);
    expect(shop.clouds.actions().filter(({ action }) => action !== 'update')).toEqual([]);
    // A machine that may go at short notice is another kind of pool on both clouds.
    await shop.up(spot, { rights: RIGHTS });
    const actions = ofType(shop.clouds.actions(), pool.split(' ')[0]!);
    expect(actions.map(({ action, name }) => `${action} ${name}`)).toEqual([`create ${CLUSTER}-workers`, `delete ${CLUSTER}-workers`]);
    expect(actions[0]!.id).not.toBe(actions[1]!.id);
  }, 600_000);

  it('takes what belongs to a version along when the cluster is upgraded, the cluster first', async () => {
    await shop.up(upgraded, { rights: RIGHTS });
    const actions = shop.clouds.actions();
    expect([...new Set(actions.map(({ action, type }) => `${action} ${type}`))].sort()).toEqual(following.map((type) => `update ${type}`).sort());
    expect(actions[0]!.type).toBe(following[0]);
  }, 600_000);

  it('goes back to a release with its charts alone: of the cloud nothing is touched', async () => {
    await shop.up(upgraded, { rights: RIGHTS, web: '2.0.0' });
    expect(await image()).toBe('2.0.0');
    shop.clouds.actions();
    const said: string[] = [];
    for (const stream of ['stdout', 'stderr'] as const) jest.spyOn(process[stream], 'write').mockImplementation((text) => said.push(String(text)) > 0);
    jest.spyOn(console, 'log').mockImplementation((text) => void said.push(String(text)));
    await goBack(await shop.stack(), { yes: true }).finally(() => jest.restoreAllMocks());
    expect(said.join('')).toContain('Going back to 1.0.0');
    expect(await image()).toBe('1.0.0');
    expect(shop.clouds.actions()).toEqual([]);
    // State and cluster are as that release left them.
    expect(await shop.up(upgraded, { rights: RIGHTS })).toEqual([]);
  }, 600_000);

  it('goes down in order: as long as a load balancer is going, all that it needs stays', async () => {
    const { kubectl } = shop.deployer.cluster;
    await kubectl.mustRun(['patch', 'ingress/web', `--namespace=${namespace}`, '--type=merge', '--patch', JSON.stringify({ metadata: { finalizers: ['test.example/load-balancer'] } })]);
    const going = shop.destroy();
    const leaving = async () => (await shop.deployer.cluster.get<{ metadata: { deletionTimestamp?: string } }>('ingress', 'web', namespace))?.metadata.deletionTimestamp;
    while ((await leaving()) === undefined) await sleep(100);
    // As long as a controller takes to remove one.
    await sleep(5000);
    const early = shop.clouds.actions().filter(({ type }) => ground.includes(type));
    await kubectl.mustRun(['patch', 'ingress/web', `--namespace=${namespace}`, '--type=merge', '--patch', '{"metadata":{"finalizers":null}}']);
    const steps = await going;
    expect(early).toEqual([]);
    const gone = placeOf(steps, `delete kubernetes:networking.k8s.io/v1:Ingress Ingress/${namespace}/web`);
    for (const type of ground) expect(placeOf(steps, `delete ${type} `)).toBeGreaterThan(gone);
    expect(placeOf(steps, `delete ${pool}`)).toBeLessThan(placeOf(steps, `delete ${cluster}`));
    expect(placeOf(steps, `delete ${binding}`)).toBeGreaterThan(placeOf(steps, 'delete kubernetes:apps/v1:Deployment'));
    expect(shop.clouds.standing()).toEqual(staying);
  }, 600_000);
});
