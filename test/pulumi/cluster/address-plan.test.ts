import fc from 'fast-check';
import { planEksAddresses, type EksDemand } from '../../../lib/pulumi/cluster/address-plan/eks';
import { planGkeAddresses, type GkeDemand } from '../../../lib/pulumi/cluster/address-plan/gke';
import { contains, overlap, parseRange, rangeAround, showRange, type Range } from '../../../lib/pulumi/cluster/address-plan/range';
import { freeRange } from '../../../lib/pulumi/cluster/address-plan/allocate';
import { addresses, type AddressSettings } from '../../../lib/pulumi/cluster/settings/addresses';
import type { NodePool } from '../../../lib/pulumi/cluster/settings/node-pools';

interface PoolNumbers {
  readonly max: number;
  readonly surge?: number;
  readonly blueGreen?: boolean;
  readonly maxPodsPerNode?: number;
}

const pool = ({ max, surge = 1, blueGreen = false, maxPodsPerNode }: PoolNumbers) =>
  ({ nodes: { min: 0, max }, upgrade: { strategy: blueGreen ? 'blue-green' : 'surge', surge, unavailable: 0, soak: '1h' }, ...(maxPodsPerNode === undefined ? {} : { maxPodsPerNode }) }) as NodePool;

const pools = (numbers: Record<string, PoolNumbers>) => Object.fromEntries(Object.entries(numbers).map(([name, one]) => [name, pool(one)]));

function collect<T>(plan: (reporter: { add(path: readonly (string | number)[], got: unknown, allowed: string): void }) => T) {
  const mistakes: string[] = [];
  const result = plan({ add: (path, got, allowed) => mistakes.push(`${path.join('.')}: got ${String(got)}; allowed: ${allowed}`) });
  return { result, mistakes };
}

const gke = (settings: AddressSettings, nodePools: Record<string, PoolNumbers>, rest: Partial<GkeDemand> = {}) =>
  collect((reporter) => planGkeAddresses({ addresses: addresses.parse(settings), nodePools: pools(nodePools), ...rest }, reporter));

const eks = (settings: AddressSettings, nodePools: Record<string, PoolNumbers>, rest: Partial<EksDemand> = {}) =>
  collect((reporter) => planEksAddresses({ addresses: addresses.parse(settings), nodePools: pools(nodePools), zones: ['a', 'b', 'c'], podsFrom: 'vpc', ...rest }, reporter));

const ranged = (text: string) => parseRange(text)!;
const disjoint = (texts: readonly string[]) => texts.every((one, index) => texts.slice(index + 1).every((other) => !overlap(ranged(one), ranged(other))));

const prefixes = fc.integer({ min: 0, max: 32 });
const anyRange = prefixes.chain((prefix) => fc.nat({ max: 2 ** prefix - 1 }).map((index): Range => ({ first: index * 2 ** (32 - prefix), size: 2 ** (32 - prefix) })));
const poolNumbers = fc.record({ max: fc.integer({ min: 1, max: 300 }), surge: fc.integer({ min: 0, max: 20 }), blueGreen: fc.boolean(), maxPodsPerNode: fc.option(fc.integer({ min: 8, max: 256 }), { nil: undefined }) });
const somePools = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), poolNumbers, { minKeys: 1, maxKeys: 5 });

describe('a range', () => {
  it('is read as it is shown', () => {
    fc.assert(fc.property(anyRange, (range) => expect(parseRange(showRange(range))).toEqual(range)));
  });

  it('is the one that each of its addresses lies in', () => {
    fc.assert(fc.property(anyRange, fc.nat(), (range, offset) => {
      const inside = showRange({ first: range.first + (offset % range.size), size: 1 }).replace('/32', '');
      expect(rangeAround(`${inside}/${showRange(range).split('/')[1]}`)).toBe(showRange(range));
    }));
  });

  it('overlaps with another exactly when one contains the other', () => {
    fc.assert(fc.property(anyRange, anyRange, (one, other) => expect(overlap(one, other)).toBe(contains(one, other) || contains(other, one))));
  });

  it('is nothing else', () => {
    for (const text of ['', '10.0.0.0', '10.0.0.1/16', '10.0.0.256/32', '10.0.0.0/33', '10.0.0/8', ' 10.0.0.0/8', '10.0.0.0/08', 'fd00::/64']) expect(parseRange(text)).toBeUndefined();
    expect(rangeAround('10.1.2.3/16')).toBe('10.1.0.0/16');
    expect(rangeAround('10.1.2.3.4/16')).toBeUndefined();
  });
});

describe('a free range', () => {
  const outer = ranged('10.0.0.0/16');
  const inside = fc.integer({ min: 16, max: 28 }).chain((prefix) => fc.nat({ max: 2 ** (prefix - 16) - 1 }).map((index): Range => ({ first: outer.first + index * 2 ** (32 - prefix), size: 2 ** (32 - prefix) })));

  it('is aligned, inside, and touches nothing that is taken; there is none only where none fits', () => {
    fc.assert(fc.property(fc.array(inside, { maxLength: 12 }), fc.integer({ min: 4, max: 16 }), fc.constantFrom('bottom' as const, 'top' as const), (taken, bits, from) => {
      const size = 2 ** bits;
      const found = freeRange(outer, size, taken, from);
      const slots = Array.from({ length: outer.size / size }, (_, index) => ({ first: outer.first + index * size, size }));
      const free = slots.filter((slot) => !taken.some((other) => overlap(slot, other)));
      expect(found).toEqual(from === 'bottom' ? free[0] : free.at(-1));
    }));
  });
});

describe('a plan for GKE', () => {
  it('has room for the pools, their upgrades and as many again', () => {
    expect(gke({}, { workers: { max: 20 } })).toEqual({ result: { nodes: '10.3.255.128/25', pods: '10.0.0.0/15', services: '10.2.0.0/20', controlPlane: '10.2.16.0/28' }, mistakes: [] });
    expect(gke({ spareNodes: 0, maxPodsPerNode: 110, maxServices: 1000 }, { workers: { max: 20 } }).result).toMatchObject({ nodes: '10.3.255.192/26', services: '10.2.0.0/22' });
  });

  it('counts all of a pool that is upgraded blue-green twice', () => {
    const fits = (pods: string, numbers: PoolNumbers) => gke({ spareNodes: 0, pods }, { workers: numbers }).mistakes.length === 0;
    expect(fits('10.0.0.0/19', { max: 64, surge: 0 })).toBe(true);
    expect(fits('10.0.0.0/19', { max: 64, surge: 1 })).toBe(false);
    expect(fits('10.0.0.0/19', { max: 64, surge: 0, blueGreen: true })).toBe(false);
    expect(fits('10.0.0.0/18', { max: 64, surge: 0, blueGreen: true })).toBe(true);
    expect(fits('10.0.0.0/18', { max: 65, surge: 0, blueGreen: true })).toBe(false);
  });

  it('goes around what is taken, given or kept by the cloud', () => {
    const { result, mistakes } = gke({ range: '172.16.0.0/15', taken: { office: '172.16.0.0/19' }, services: '172.16.32.0/20' }, { workers: { max: 20 } });
    expect(mistakes).toEqual([]);
    expect(result).toEqual({ nodes: '172.16.127.128/25', pods: '172.16.128.0/17', services: '172.16.32.0/20', controlPlane: '172.16.48.0/28' });
  });

  it('never overlaps, lies where it should, and holds what may come, whatever the pools', () => {
    fc.assert(fc.property(somePools, fc.option(fc.nat({ max: 200 }), { nil: undefined }), (numbers, spareNodes) => {
      const { result, mistakes } = gke({ range: '10.0.0.0/8', ...(spareNodes === undefined ? {} : { spareNodes }) }, numbers);
      expect(mistakes).toEqual([]);
      const plan = Object.values(result!);
      expect(disjoint(plan)).toBe(true);
      expect(plan.every((text) => contains(ranged('10.0.0.0/8'), ranged(text)))).toBe(true);
      const all = Object.values(numbers).map(({ max, surge = 1, blueGreen, maxPodsPerNode = 64 }) => ({ nodes: max + (blueGreen ? max : surge), pods: maxPodsPerNode }));
      const nodes = all.reduce((sum, one) => sum + one.nodes, spareNodes ?? 0);
      const pods = all.reduce((sum, one) => sum + one.nodes * one.pods * 2, (spareNodes ?? 0) * 128);
      expect(ranged(result!.nodes).size).toBeGreaterThanOrEqual(nodes + 4);
      expect(ranged(result!.pods).size).toBeGreaterThanOrEqual(pods);
    }));
  });

  it('takes its own plan as given ranges', () => {
    fc.assert(fc.property(somePools, (numbers) => {
      const { result } = gke({ range: '10.0.0.0/8' }, numbers);
      expect(gke({ range: '10.0.0.0/8', ...result }, numbers)).toEqual({ result, mistakes: [] });
    }));
  });

  it('lets the nodes grow in place, and moves nothing else, whatever the pools become', () => {
    const taken = fc.constantFrom<Record<string, string>>({}, { office: '10.0.0.0/16' }, { office: '10.200.0.0/16', lab: '10.255.255.0/24' });
    fc.assert(fc.property(somePools, somePools, taken, (one, other, office) => {
      const plans = [one, other].map((numbers) => gke({ range: '10.0.0.0/8', taken: office }, numbers).result!);
      const [less, more] = plans.sort((a, b) => ranged(a.nodes).size - ranged(b.nodes).size) as [NonNullable<ReturnType<typeof gke>['result']>, NonNullable<ReturnType<typeof gke>['result']>];
      expect({ ...more, nodes: '' }).toEqual({ ...less, nodes: '' });
      expect(office.lab !== undefined || contains(ranged(more.nodes), ranged(less.nodes))).toBe(true);
    }));
  });

  const refused: [string, AddressSettings, Record<string, PoolNumbers>, string[]][] = [
    ['two ranges that overlap', { nodes: '10.0.0.0/22', pods: '10.0.0.0/17' }, { workers: { max: 10 } }, ['addresses.nodes: got 10.0.0.0/22; allowed: a range that does not overlap with pods, 10.0.0.0/17']],
    ['a range that is taken', { pods: '192.168.0.0/16', taken: { office: '192.168.10.0/24' } }, { workers: { max: 10 } }, ['addresses.pods: got 192.168.0.0/16; allowed: a range that does not overlap with 192.168.10.0/24 (office)']],
    ["the nodes' own bridge", { nodes: '172.17.4.0/22' }, { workers: { max: 10 } }, ["addresses.nodes: got 172.17.4.0/22; allowed: a range that does not overlap with 172.17.0.0/16 (the nodes' own bridge)"]],
    ['too few addresses for nodes', { nodes: '10.0.0.0/26' }, { workers: { max: 40 } }, ['addresses.nodes: got 10.0.0.0/26; allowed: at least a /25: it has 64 addresses, and 73 are needed for 41 nodes (workers: 40 and 1 for upgrades) and 32 others']],
    ['too few addresses for pods, with the pools', { pods: '10.0.0.0/20', spareNodes: 4 }, { workers: { max: 20 }, batch: { max: 6, blueGreen: true, maxPodsPerNode: 110 } }, ['addresses.pods: got 10.0.0.0/20; allowed: at least a /19: it has 4096 addresses, and 6272 are needed for 37 nodes (workers: 20 and 1 for upgrades, batch: 6 and 6 for upgrades and 4 spare), each with twice its pods']],
    ['too few addresses for Services', { services: '10.0.0.0/24', maxServices: 500 }, { workers: { max: 3 } }, ['addresses.services: got 10.0.0.0/24; allowed: at least a /23: it has 256 addresses, and 500 are needed for 500 Services']],
    ['a control plane of another size', { controlPlane: '10.0.0.0/27' }, { workers: { max: 3 } }, ['addresses.controlPlane: got 10.0.0.0/27; allowed: a /28']],
    ['Services beyond what the cloud takes', { range: '10.64.0.0/14', services: '10.0.0.0/15' }, { workers: { max: 3 } }, ['addresses.services: got 10.0.0.0/15; allowed: a range from /16 to /27']],
    ['an address that is not the first', { nodes: '10.0.1.0/22', taken: { office: '192.168.1.1/24' } }, { workers: { max: 3 } }, ['addresses.taken.office: got 192.168.1.1/24; allowed: the range that this address lies in: 192.168.1.0/24', 'addresses.nodes: got 10.0.1.0/22; allowed: the range that this address lies in: 10.0.0.0/22']],
    ['addresses of the internet', { pods: '8.8.0.0/16' }, { workers: { max: 3 } }, ['addresses.pods: got 8.8.0.0/16; allowed: a private range, within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10']],
    ['a range that is too small for all', { range: '10.0.0.0/20' }, { workers: { max: 20 } }, [
      'addresses.range: got 10.0.0.0/20; allowed: a range with room for a /20 of services: 4096 addresses are needed for 4096 Services; or ranges of your own, each by its name',
    ]],
    ['all at once', { nodes: '10.0.0.0/26', pods: '10.0.0.0/24', services: '10.0.0.0/28', controlPlane: '10.0.0.0/24' }, { workers: { max: 100 } }, [
      expect.stringContaining('addresses.pods: got 10.0.0.0/24; allowed: a range from /9 to /21'),
      expect.stringContaining('addresses.services: got 10.0.0.0/28; allowed: a range from /16 to /27'),
      expect.stringContaining('addresses.controlPlane: got 10.0.0.0/24; allowed: a /28'),
      expect.stringContaining('addresses.nodes: got 10.0.0.0/26; allowed: at least a /24'),
      ...Array.from({ length: 6 }, () => expect.stringContaining('a range that does not overlap with')),
    ]],
  ];

  it.each(refused)('refuses %s', (_, settings, numbers, messages) => {
    expect(gke(settings, numbers).mistakes).toEqual(messages);
  });
});

describe('a plan for EKS', () => {
  it('has subnets in every zone, each with room for the nodes and pods of one that is out', () => {
    expect(eks({}, { workers: { max: 9 } })).toEqual({
      mistakes: [],
      result: {
        vpc: '10.0.0.0/16', services: '10.1.0.0/20', secondary: [],
        subnets: [
          { zone: 'a', private: '10.0.0.0/18', public: '10.0.192.0/26', controlPlane: '10.0.255.240/28' },
          { zone: 'b', private: '10.0.64.0/18', public: '10.0.192.64/26', controlPlane: '10.0.255.224/28' },
          { zone: 'c', private: '10.0.128.0/18', public: '10.0.192.128/26', controlPlane: '10.0.255.208/28' },
        ],
      },
    });
  });

  it('gives pods a range of their own', () => {
    const { result, mistakes } = eks({}, { workers: { max: 9 } }, { podsFrom: 'secondary' });
    expect(mistakes).toEqual([]);
    expect(result).toMatchObject({ vpc: '10.0.0.0/16', secondary: ['100.64.0.0/16'] });
    expect(result!.subnets.map(({ pods }) => pods)).toEqual(['100.64.0.0/18', '100.64.64.0/18', '100.64.128.0/18']);
  });

  it('gives pods a range for every zone where one for all would be too large', () => {
    const { result, mistakes } = eks({}, { workers: { max: 300 } }, { podsFrom: 'secondary' });
    expect(mistakes).toEqual([]);
    expect(result!.secondary).toEqual(['100.64.0.0/16', '100.65.0.0/16', '100.66.0.0/16']);
    expect(result!.subnets.map(({ pods }) => pods)).toEqual(result!.secondary);
  });

  it('never overlaps, and every subnet lies in the VPC, whatever the pools and zones', () => {
    const zones = fc.integer({ min: 1, max: 6 }).map((count) => ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, count));
    const small = fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.record({ max: fc.integer({ min: 1, max: 20 }), surge: fc.integer({ min: 0, max: 5 }) }), { minKeys: 1, maxKeys: 3 });
    fc.assert(fc.property(small, zones, fc.constantFrom('vpc' as const, 'secondary' as const), (numbers, zoneNames, podsFrom) => {
      const { result, mistakes } = eks({ range: '10.0.0.0/8', spareNodes: 0 }, numbers, { zones: zoneNames, podsFrom });
      expect(mistakes).toEqual([]);
      const { vpc, services, secondary, subnets } = result!;
      const inVpc = subnets.flatMap((subnet) => [subnet.private, subnet.public, subnet.controlPlane]);
      const podSubnets = subnets.flatMap(({ pods }) => pods ?? []);
      expect(subnets.map(({ zone }) => zone)).toEqual(zoneNames);
      expect(disjoint([...inVpc, ...podSubnets, services])).toBe(true);
      expect(disjoint([vpc, services, ...secondary])).toBe(true);
      expect(inVpc.every((text) => contains(ranged(vpc), ranged(text)))).toBe(true);
      expect(podSubnets.every((text) => secondary.some((block) => contains(ranged(block), ranged(text))))).toBe(true);
      expect(podSubnets).toHaveLength(podsFrom === 'vpc' ? 0 : zoneNames.length);
    }));
  });

  it('is the same whatever the pools become, and while zones are added up to the third', () => {
    const few = fc.record({ a: fc.record({ max: fc.integer({ min: 1, max: 60 }) }) });
    fc.assert(fc.property(few, few, fc.integer({ min: 2, max: 3 }), (one, other, count) => {
      const plan = (numbers: Record<string, PoolNumbers>, zones: number) => eks({ spareNodes: 0 }, numbers, { zones: ['a', 'b', 'c'].slice(0, zones) });
      const [first, second] = [plan(one, count), plan(other, 3)];
      expect([...first.mistakes, ...second.mistakes]).toEqual([]);
      expect(second.result).toMatchObject({ vpc: first.result!.vpc, services: first.result!.services });
      expect(second.result!.subnets.slice(0, count)).toEqual(first.result!.subnets);
    }));
  });

  it('refuses what does not fit', () => {
    expect(eks({ nodes: '10.0.0.0/22', controlPlane: '10.9.0.0/28', pods: '100.64.0.0/16' }, { workers: { max: 9 } }).mistakes).toEqual([
      "addresses.controlPlane: got 10.9.0.0/28; allowed: nothing: on EKS the control plane is in subnets of the range of the nodes",
      "addresses.pods: got 100.64.0.0/16; allowed: nothing, as pods get addresses of the nodes' subnets; or pods from a secondary range",
      'addresses.nodes: got 10.0.0.0/22; allowed: at least a /20: it has 1024 addresses, and 4096 are needed for 10 nodes (workers: 9 and 1 for upgrades) in 3 zones, where one may be out',
    ]);
    expect(eks({}, { workers: { max: 600 } }).mistakes).toEqual([
      'addresses.nodes: got undefined; allowed: fewer nodes or pods: 262144 addresses are needed for 601 nodes (workers: 600 and 1 for upgrades) in 3 zones, where one may be out, and the cloud takes no range larger than a /16',
    ]);
    expect(eks({ pods: '100.64.0.0/24' }, { workers: { max: 9 } }, { podsFrom: 'secondary' }).mistakes).toEqual([
      'addresses.pods: got 100.64.0.0/24; allowed: at least a /20: it has 256 addresses, and 4096 are needed for the pods of 10 nodes (workers: 9 and 1 for upgrades) in 3 zones, where one may be out',
    ]);
  });
});
