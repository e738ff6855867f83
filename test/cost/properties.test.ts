import fc from 'fast-check';
import { demandOf, estimate, estimateLine, estimateReport, pricedRegions, type CostedCluster, type CostedPool, type CostEstimate } from '../../lib/cost';
import { autoscaler, claim, workload } from './objects';

const MACHINES = { gke: ['e2-medium', 'e2-standard-4', 'n2-highmem-8', 'c3-standard-4'], eks: ['t3.medium', 'm5.xlarge', 'c5.2xlarge', 'm6g.medium', 'x2.large'] } as const;

const pools = (cloud: 'gke' | 'eks'): fc.Arbitrary<CostedPool> => fc.record({
  machineType: fc.constantFrom(...MACHINES[cloud]),
  nodes: fc.tuple(fc.nat(20), fc.nat(20)).map(([min, more]) => ({ min, max: Math.max(1, min + more) })),
  spot: fc.boolean(),
  disk: fc.record({ size: fc.integer({ min: 20, max: 500 }), type: fc.constantFrom('pd-balanced', 'gp3', 'other') }),
});

const clusters: fc.Arbitrary<CostedCluster> = fc.constantFrom('gke' as const, 'eks' as const).chain((cloud) => fc.record({
  cloud: fc.constant(cloud),
  region: fc.constantFrom(...pricedRegions(cloud)),
  managedNodes: fc.boolean(),
  nodePools: fc.dictionary(fc.constantFrom('main', 'batch', 'gpu'), pools(cloud)),
}));

const charts = fc.array(fc.record({
  name: fc.constantFrom('web', 'api', 'cart', 'mail'),
  requests: fc.tuple(fc.integer({ min: 10, max: 5000 }).map((cpu) => `${cpu}m`), fc.integer({ min: 16, max: 20_000 }).map((memory) => `${memory}Mi`)),
  min: fc.nat(10),
  more: fc.nat(30),
  size: fc.nat(500),
}), { maxLength: 6 }).map((all) => demandOf(all.flatMap(({ name, requests, min, more, size }, index) => [
  workload('Deployment', `${name}-${index}`, requests), autoscaler(`${name}-${index}`, min, min + more), ...(size > 0 ? [claim(`${name}-${index}`, `${size}Gi`)] : []),
])));

const hours = fc.option(fc.constantFrom({}, { days: ['monday'] as const, start: '00:00', end: '01:00' }), { nil: undefined });
const inputs = fc.record({ cluster: clusters, demand: charts, workingHours: hours }).map(({ workingHours, ...input }) => ({ ...input, ...(workingHours ? { workingHours } : {}) }));
const close = (one: number, other: number) => Math.abs(one - other) <= 1e-6 * Math.max(1, Math.abs(one));
const made = (input: Parameters<typeof estimate>[0]): CostEstimate => estimate(input)!;

describe('any estimate', () => {
  it('has ranges that are ordered and not negative', () => {
    fc.assert(fc.property(inputs, (input) => {
      const { items, total, savings, nodes } = made(input);
      const ranges = [total, ...items.map(({ monthly }) => monthly), ...savings.map(({ monthly }) => monthly), ...nodes.pools.flatMap((pool) => [pool.nodes, pool.needed])];
      for (const { low, high } of ranges) expect(low >= 0 && low <= high + 1e-9).toBe(true);
    }));
  });

  it('adds up, item by item', () => {
    fc.assert(fc.property(inputs, (input) => {
      const { items, total } = made(input);
      for (const end of ['low', 'high'] as const) expect(close(items.reduce((sum, { monthly }) => sum + monthly[end], 0), total[end])).toBe(true);
    }));
  });

  it('never gets cheaper with more nodes, at least or at most', () => {
    const change = ({ cluster, ...input }: Parameters<typeof estimate>[0], nodes: (pool: CostedPool) => CostedPool['nodes']) => {
      const changed = Object.entries(cluster.nodePools ?? {}).map(([name, pool]) => [name, { ...pool, nodes: nodes(pool) }] as const);
      return made({ ...input, cluster: { ...cluster, nodePools: Object.fromEntries(changed) } }).total;
    };
    fc.assert(fc.property(inputs, fc.nat(10), (input, more) => {
      const before = made(input).total;
      const least = change(input, ({ nodes: { min = 1, max } }) => ({ min: Math.min(max, min + more), max }));
      expect(least.low).toBeGreaterThanOrEqual(before.low - 1e-9);
      expect(least.high).toBeGreaterThanOrEqual(before.high - 1e-9);
      expect(change(input, ({ nodes: { min = 1, max } }) => ({ min, max: max + more })).high).toBeGreaterThanOrEqual(before.high - 1e-9);
    }));
  });

  it('never gets cheaper with more pods', () => {
    fc.assert(fc.property(clusters, fc.nat(20), fc.nat(20), (cluster, pods, more) => {
      const demand = (replicas: number) => demandOf([workload('Deployment', 'web', ['500m', '512Mi'], { replicas })]);
      const [before, after] = [pods, pods + more].map((replicas) => made({ cluster, demand: demand(replicas) })) as [CostEstimate, CostEstimate];
      expect(after.total.low).toBeGreaterThanOrEqual(before.total.low - 1e-9);
      expect(after.total.high).toBeGreaterThanOrEqual(before.total.high - 1e-9);
    }));
  });

  it('is no dearer when it sleeps, and its night saves no more than its nodes cost', () => {
    fc.assert(fc.property(inputs, ({ cluster, demand }) => {
      const [awake, sleeping] = [made({ cluster, demand }), made({ cluster, demand, workingHours: {} })];
      expect(sleeping.total.low).toBeLessThanOrEqual(awake.total.low + 1e-9);
      expect(sleeping.total.high).toBeLessThanOrEqual(awake.total.high + 1e-9);
      expect(sleeping.savings.find(({ how }) => how === 'night')!.monthly.high).toBeLessThanOrEqual(awake.total.high);
    }));
  });

  it('counts every pool once: with a price, or as unknown', () => {
    fc.assert(fc.property(inputs, (input) => {
      const { nodes, unknown, items } = made(input);
      for (const [name, { machineType }] of Object.entries(input.cluster.nodePools ?? {})) {
        const priced = nodes.pools.some((pool) => pool.name === name) && items.some(({ what }) => what === `nodes of ${name}`);
        expect(priced).toBe(!unknown.includes(`machines of type ${machineType} in ${input.cluster.region}`));
      }
    }));
  });

  it('can be told in a line, and in full', () => {
    fc.assert(fc.property(inputs, (input) => {
      const found = made(input);
      expect(estimateLine(found)).toMatch(/^costs about \d+( to \d+)? USD a month by list prices( of \d{4}-\d\d-\d\d or later)? in /);
      expect(`${estimateLine(found)} ${estimateReport(found).join(' ')}`).not.toMatch(/NaN|undefined|Infinity/);
    }));
  });
});
