import type { JsonObject } from '../../lib';
import { demandOf, estimate, estimateReport, type CostEstimate, type CostedCluster, type CostedPool } from '../../lib/cost';
import { autoscaler, claim, workload } from './objects';

const pool = (settings: Partial<CostedPool> = {}): CostedPool => ({ machineType: 'e2-standard-4', nodes: { min: 3, max: 9 }, ...settings });
const gke = (settings: Partial<CostedCluster> = {}): CostedCluster => ({ cloud: 'gke', region: 'europe-west6', nodePools: { main: pool() }, ...settings });
const eks = (settings: Partial<CostedCluster> = {}): CostedCluster => ({ cloud: 'eks', region: 'eu-central-1', nodePools: { main: pool({ machineType: 'm6i.xlarge' }) }, ...settings });

const of = (cluster: CostedCluster, manifests: JsonObject[] = [], workingHours?: object): CostEstimate => estimate({ cluster, demand: demandOf(manifests), ...(workingHours ? { workingHours } : {}) })!;
const item = ({ items }: CostEstimate, what: string) => items.find((found) => found.what === what)?.monthly;
const saving = ({ savings }: CostEstimate, how: string) => savings.find((found) => found.how === how)?.monthly;
const range = (low: number, high = low) => ({ low: expect.closeTo(low, 2), high: expect.closeTo(high, 2) });

describe('an estimate by hand', () => {
  // e2-standard-4 in europe-west6: 4 × 0.02857225 + 16 × 0.00382977 = 0.17556532 an hour, × 730 = 128.1627 a month.
  it.each<[string, CostEstimate, Readonly<Record<string, object | undefined>>]>([
    ['GKE Standard', of(gke(), [claim('data', '10Gi'), claim('fast', '100Gi', 'premium-rwo')]), {
      'control plane': range(73), 'nodes of main': range(384.49, 1153.46), 'disks of main': range(19.5, 58.5),
      'NAT gateway': range(3.07, 9.2), 'addresses of NAT': range(3.65),
    }],
    ['spot nodes at 9 to 60 % of the price', of(gke({ nodePools: { main: pool({ spot: true }) } })), { 'nodes of main': range(34.6, 692.08), 'disks of main': range(19.5, 58.5) }],
    // n4-highcpu-4 in europe-west3: 4 × 0.0368042 + 8 × 0.0041772 = 0.1806344 an hour.
    ['a family with other memory', of(gke({ region: 'europe-west3', nodePools: { main: pool({ machineType: 'n4-highcpu-4', nodes: { min: 1, max: 1 } }) } })), { 'nodes of main': range(131.86) }],
    ['larger disks of another kind', of(gke({ nodePools: { main: pool({ disk: { size: 100, type: 'pd-ssd' } }) } })), { 'disks of main': range(66.3, 198.9) }],
    ['more nodes than the NAT gateway charges for', of(gke({ nodePools: { main: pool({ nodes: { min: 30, max: 40 } }) } })), { 'NAT gateway': range(30.66, 32.12) }],
    // m6i.xlarge in eu-central-1: 2 × 0.115 an hour, × 730 = 167.9 a month.
    ['EKS with node groups', of(eks()), { 'control plane': range(73), 'nodes of main': range(503.7, 1511.1), 'disks of main': range(14.28, 42.84), 'NAT gateways': range(113.88), 'addresses of NAT': range(10.95) }],
    ['EKS with one NAT gateway', of(eks({ natGateways: 1 })), { 'NAT gateways': range(37.96), 'addresses of NAT': range(3.65) }],
    ['EKS in two zones', of(eks({ zones: ['eu-central-1a', 'eu-central-1b'] })), { 'NAT gateways': range(75.92) }],
    ['EKS Auto Mode, at 12 % more', of(eks({ managedNodes: true })), { 'nodes of main': range(503.7, 1511.1), 'managing the nodes of main': range(60.44, 181.33) }],
    ['machines without processors of their own', of(gke({ region: 'us-central1', nodePools: { small: pool({ machineType: 'e2-medium', nodes: { min: 1, max: 1 } }) } })), { 'nodes of small': range(24.46) }],
    ['small machines of AWS', of(eks({ region: 'us-east-1', nodePools: { small: pool({ machineType: 't3.medium', nodes: { min: 1, max: 1 } }) } })), { 'nodes of small': range(30.37) }],
    // 2 pods of 0.5 vCPU (0.0445) and 1 GiB (0.0049225): 0.0271725 each an hour; up to 4.
    ['GKE Autopilot', of(gke({ region: 'us-central1', managedNodes: true, nodePools: {} }), [workload('Deployment', 'web', ['500m', '1Gi']), autoscaler('web', 2, 4)]), { pods: range(39.67, 79.34) }],
    // Autopilot raises 100m to what 1.3 GiB need at 6.5 GiB for a vCPU: 0.2 vCPU and 1.3 GiB.
    ['Autopilot with much memory', of(gke({ region: 'us-central1', managedNodes: true, nodePools: {} }), [workload('Deployment', 'cache', ['100m', '1331.2Mi'])]), { pods: range(11.17) }],
    ['volumes of a StatefulSet, once a pod', of(gke(), [workload('StatefulSet', 'db', ['1', '1Gi'], { replicas: 3, volumeClaimTemplates: [claim('data', '100Gi', 'standard')] })]), { volumes: range(15.6) }],
    ['a load balancer for all Ingresses of a class', of(eks(), ['a', 'b'].map((name) => ({ kind: 'Ingress', metadata: { name }, spec: { ingressClassName: 'nginx' } }))), { 'load balancers': range(19.71) }],
    ['one for all Ingresses of the class of Auto Mode, with an address in each zone', of(eks(), ['a', 'b'].map((name) => ({ kind: 'Ingress', metadata: { name }, spec: { ingressClassName: 'alb' } }))), { 'load balancers': range(19.71), 'addresses of load balancers': range(10.95) }],
    // Two to four rules of Google's cost 0.025 together; eight to sixteen 0.055 to 0.135.
    ['a global load balancer for each Ingress of the class gce', of(gke(), ['a', 'b'].map((name) => ({ kind: 'Ingress', metadata: { name }, spec: { ingressClassName: 'gce' } }))), { 'global load balancers': range(18.25), 'load balancers': undefined, 'addresses of load balancers': undefined }],
    ['eight Gateways on GKE', of(gke(), Array.from({ length: 8 }, (_, index) => ({ kind: 'Gateway', metadata: { name: `g${index}` }, spec: {} }))), { 'global load balancers': range(40.15, 98.55) }],
    ['Gateways on EKS, a load balancer each', of(eks(), [{ kind: 'Gateway', metadata: { name: 'public' }, spec: {} }]), { 'load balancers': range(19.71) }],
    ['keys, whose versions add up in the first year', of(gke({ keys: 4, keyRotationDays: 90 })), { keys: range(0.24, 1.2) }],
    ['keys that are never rotated in a year', of(gke({ keys: 4, keyRotationDays: 366 })), { keys: range(0.24) }],
    ['a key of AWS, of which three versions are paid at most', of(eks({ keys: 1 })), { keys: range(1, 3) }],
    ['a DNS zone', of(eks({ dnsZones: 1 })), { 'DNS zone': range(0.5) }],
    ['endpoints of services in each zone', of(eks({ endpoints: 9 })), { 'endpoints of services': range(236.52) }],
    ['nodes with a system disk besides', of(eks({ systemDisk: 8 })), { 'disks of main': range(16.56, 49.69) }],
    ['nodes with addresses of their own, and no NAT', of(gke({ publicNodes: true, natGateways: 0 })), { 'addresses of main': range(10.95, 32.85), 'NAT gateway': undefined, 'addresses of NAT': undefined }],
    // 100 GiB of io2 in eu-central-1: 0.149 a GiB, and 50 operations at 0.078.
    ['fast volumes with their operations', of(eks(), [claim('db', '100Gi', 'io2')]), { volumes: range(404.9) }],
    ['one or two, where nobody knows', of(eks(), ['a', 'b'].map((name) => ({ kind: 'Ingress', metadata: { name }, spec: {} }))), { 'load balancers': range(19.71, 39.42) }],
  ])('%s', (_, found, expected) => {
    for (const [what, amount] of Object.entries(expected)) expect({ [what]: item(found, what) }).toEqual({ [what]: amount });
  });

  it('adds up', () => {
    const { total } = of(gke(), [claim('data', '10Gi')]);
    expect(total).toEqual(range(73 + 384.4881 + 19.5 + 3.066 + 3.65 + 1.3, 73 + 1153.4642 + 58.5 + 9.198 + 3.65 + 1.3));
  });

  it('has volumes of two kinds apart', () => {
    const { items } = of(gke(), [claim('data', '10Gi'), claim('fast', '100Gi', 'premium-rwo')]);
    expect(items.filter(({ what }) => what === 'volumes').map(({ detail, monthly }) => [detail, monthly.low])).toEqual([['10 GiB pd-balanced, 0.13 a GiB', 1.3], ['100 GiB pd-ssd, 0.221 a GiB', expect.closeTo(22.1)]]);
  });
});

describe('nodes that pods need', () => {
  // An e2-standard-4 has 4 - (0.06 + 0.01 + 2 × 0.005) = 3.92 cores and 16 - (1 + 0.8 + 0.8) - 100 MiB = 13.30 GiB for pods.
  const web = (...[min, max]: [number, number]) => [workload('Deployment', 'web', ['900m', '1Gi']), autoscaler('web', min, max)];

  it.each<[string, JsonObject[], { low: number; high: number }, { low: number; high: number }]>([
    ['four pods on a node', web(4, 16), { low: 1, high: 4 }, { low: 3, high: 9 }],
    ['more than the least of the pool', web(20, 30), { low: 5, high: 8 }, { low: 5, high: 9 }],
    ['by memory, where that is scarce', [workload('Deployment', 'cache', ['10m', '7Gi'], { replicas: 4 })], { low: 4, high: 4 }, { low: 4, high: 9 }],
    ['by the number of pods', [workload('Deployment', 'tiny', ['1m', '1Mi'], { replicas: 65 })], { low: 2, high: 2 }, { low: 3, high: 9 }],
    ['less room where a pod is on every node', [workload('DaemonSet', 'agent', ['400m', '64Mi']), ...web(4, 16)], { low: 2, high: 6 }, { low: 3, high: 9 }],
  ])('%s', (_, manifests, needed, nodes) => {
    expect(of(gke(), manifests).nodes.pools[0]).toMatchObject({ needed, nodes });
  });

  it('names the workloads that find no room at their most, and counts no node beyond the pool', () => {
    const { nodes } = of(gke(), [...web(4, 100), workload('Deployment', 'large', ['5', '1Gi'])]);
    expect(nodes.pending).toEqual(['Deployment/shop/large', 'Deployment/shop/web']);
    expect(nodes.pools[0]!.needed.high).toBe(9);
  });

  it('puts pods where labels and taints let them', () => {
    const taints = [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' as const }];
    const pools = { main: pool(), gpu: pool({ labels: { gpu: 'yes' }, taints }) };
    const needs = (pod: JsonObject) => of(gke({ nodePools: pools }), [workload('Deployment', 'web', ['900m', '1Gi'], { replicas: 5 }, pod)]).nodes;
    const counts = (pod: JsonObject) => needs(pod).pools.map(({ needed }) => needed.low);
    expect(counts({})).toEqual([2, 0]);
    expect(counts({ nodeSelector: { gpu: 'yes' }, tolerations: [{ key: 'gpu', operator: 'Exists' }] })).toEqual([0, 2]);
    expect(counts({ nodeSelector: { gpu: 'yes' }, tolerations: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] })).toEqual([0, 2]);
    expect(counts({ nodeSelector: { 'topology.kubernetes.io/zone': 'europe-west6-a' } })).toEqual([2, 0]);
    for (const tolerations of [[], [{ key: 'gpu', value: 'no' }], [{ key: 'gpu', operator: 'Exists', effect: 'NoExecute' }]]) {
      expect(needs({ nodeSelector: { gpu: 'yes' }, tolerations }).pending).toEqual(['Deployment/shop/web']);
    }
  });
});

describe('what is not known', () => {
  it('is a region: no estimate at all', () => expect(estimate({ cluster: gke({ region: 'europe-west12' }), demand: demandOf([]) })).toBeUndefined());

  it.each<[string, CostEstimate, string]>([
    ['a type of machine', of(gke({ nodePools: { main: pool({ machineType: 'c3-standard-4' }) } })), 'machines of type c3-standard-4 in europe-west6'],
    ['a custom machine', of(gke({ nodePools: { main: pool({ machineType: 'n2-custom-4-8192' }) } })), 'machines of type n2-custom-4-8192 in europe-west6'],
    ['a family that the region does not have', of(eks({ region: 'eu-central-2', nodePools: { main: pool({ machineType: 'm7i.xlarge' }) } })), 'machines of type m7i.xlarge in eu-central-2'],
    ['what the settings say that nobody can count', of(gke({ uncounted: ['nodes that come and go'] })), 'nodes that come and go'],
    ['a size of a machine', of(eks({ nodePools: { main: pool({ machineType: 'm6i.metal' }) } })), 'machines of type m6i.metal in eu-central-1'],
    ['a machine of the other cloud', of(eks({ nodePools: { main: pool() } })), 'machines of type e2-standard-4 in eu-central-1'],
    ['an endpoint', of(gke({ endpoints: 2 })), 'endpoints of services (2 in each zone) in europe-west6'],
    ['a kind of disk', of(gke({ nodePools: { main: pool({ disk: { type: 'hyperdisk-balanced' } }) } })), 'disks of nodes (hyperdisk-balanced) in europe-west6'],
    ['a storage class', of(gke(), [claim('data', '1Gi', 'my-nfs')]), 'volumes of the storage class my-nfs'],
    ['a kind of volume', of(eks({ region: 'eu-central-2' }), [claim('data', '1Gi', 'io2')]), 'volumes (io2) in eu-central-2'],
    ['a load balancer', of(gke(), [{ kind: 'Service', metadata: { name: 'a' }, spec: { type: 'LoadBalancer' } }]), 'load balancers (1) in europe-west6'],
    ['pods on Autopilot', of(gke({ managedNodes: true, nodePools: {} }), [workload('Deployment', 'web', ['1', '2Gi'])]), 'pods on Autopilot in europe-west6; pods request 1 vCPU and 2 GiB'],
    ['nodes that EKS makes', of(eks({ managedNodes: true, nodePools: {} }), [workload('Deployment', 'web', ['1', '2Gi'])]), 'nodes that EKS makes itself, of machines that it chooses; pods request 1 vCPU and 2 GiB'],
  ])('is said: %s', (_, found, unknown) => {
    expect(found.unknown).toContain(unknown);
    expect(estimateReport(found).join('\n')).toContain(`no known price: ${unknown}`);
  });

  it('is nothing where all is known', () => expect(of(gke(), [claim('data', '1Gi')]).unknown).toEqual([]));
});

describe('savings', () => {
  const office = { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], start: '07:00', end: '19:00' };
  const web = [workload('Deployment', 'web', ['900m', '1Gi'], { replicas: 20 })];

  it('spot saves 40 to 91 % of the machines on GKE', () => expect(saving(of(gke()), 'spot')).toEqual(range(384.4881 * 0.4, 1153.4642 * 0.91)));
  it('spot saves nothing where all nodes are spot already', () => expect(saving(of(gke({ nodePools: { main: pool({ spot: true }) } })), 'spot')).toBeUndefined());
  it('autoscaling saves at most what lies between the fewest nodes and the most', () => expect(saving(of(gke()), 'autoscaling')).toEqual(range(0, 6 * (128.1627 + 6.5))));
  it('autoscaling saves nothing in a pool that does not grow', () => expect(saving(of(gke({ nodePools: { main: pool({ nodes: { min: 3, max: 3 } }) } })), 'autoscaling')).toBeUndefined());

  // 20 pods need 5 nodes, the pool keeps 3: 2 nodes go for 108 of 168 hours.
  it('a night saves the nodes that go', () => {
    const nightly = of(gke(), web, office);
    expect(saving(nightly, 'night')).toEqual(range((2 * (128.1627 + 6.5) * 108) / 168));
    expect(item(nightly, 'nodes of main')!.low).toBeCloseTo((5 - (2 * 108) / 168) * 128.1627, 2);
    expect(item(nightly, 'nodes of main')!.high).toBeCloseTo(1153.46, 2);
  });

  it('a night that is not asked for is what it would save on weekdays from 07:00 to 20:00, and changes no bill', () => {
    const found = of(gke(), web);
    expect(saving(found, 'night')).toEqual(range((2 * (128.1627 + 6.5) * 103) / 168));
    expect(item(found, 'nodes of main')!.low).toBeCloseTo(5 * 128.1627, 2);
  });

  it('a night saves nothing where the pool keeps its nodes, and says what to lower', () => {
    const { savings } = of(gke(), [], office);
    expect(savings.at(-1)).toEqual({ how: 'night', monthly: { low: 0, high: 0 }, detail: 'no node would go at night: lower nodes.min of main' });
  });
});

it('a report says all of it, in lines', () => {
  expect(estimateReport(of(gke({ region: 'us-central1' }), [workload('Deployment', 'web', ['900m', '1Gi'], { replicas: 20 })]))).toEqual([
    'control plane              73  one, 0.1 an hour',
    'nodes of main      489 to 881  5 to 9 e2-standard-4, 0.134 an hour',
    'disks of main        25 to 45  50 GiB pd-balanced a node, 0.1 a GiB',
    'addresses of NAT            4  1, 0.005 an hour',
    'NAT gateway            5 to 9  5 to 9 nodes, 0.0014 an hour each, 0.044 at most',
    'in all            596 to 1011  USD a month',
    'the pods need 5 nodes of main, which may grow to 9',
    'spot nodes: 196 to 801 (spot nodes in main: 40 % to 91 % off, and they may go at short notice)',
    'autoscaling: 0 to 411 (nodes that come and go with the load, against the most of them all month)',
    'sleep at night: 126 (nodes that would go outside working hours, Monday to Friday from 07:00 to 20:00)',
    'list prices of control plane in us-central1: https://cloud.google.com/kubernetes-engine/pricing',
    expect.stringMatching(/^list prices of machines in us-central1 on 2026-08-03: https:/),
    expect.stringMatching(/^list prices of spot in us-central1 on 2026-08-03: https:/),
    expect.stringMatching(/^list prices of disks in us-central1 on 2026-08-20: https:/),
    'list prices of NAT, addresses in us-central1: https://cloud.google.com/nat/pricing',
    expect.stringMatching(/^left out: traffic .* and discounts of any kind$/),
  ]);
});
