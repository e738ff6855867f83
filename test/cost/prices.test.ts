import { EKS_PRICES } from '../../lib/cost/prices/eks';
import { GKE_PRICES } from '../../lib/cost/prices/gke';
import { PRICE_KINDS, type PriceTable } from '../../lib/cost/prices/table';
import { estimate, estimateLine, pricedRegions } from '../../lib/cost';

const tables: [string, PriceTable][] = [['GKE', GKE_PRICES], ['EKS', EKS_PRICES]];

describe.each(tables)('the prices of %s', (_, table) => {
  const { sources, regions, spot, defaultDisk, storageClasses } = table;
  const all = Object.values(regions);

  it('say where each kind comes from', () => {
    // Autopilot's pods are Google's alone; what is paid for managing nodes, and endpoints of services, are of AWS.
    const missing = PRICE_KINDS.filter((kind) => sources[kind] === undefined);
    expect(missing).toEqual(table === GKE_PRICES ? ['managed nodes', 'endpoints'] : ['pods']);
    for (const { asOf, from } of Object.values(sources)) {
      expect(from).toMatch(/^https:\/\//);
      if (asOf !== undefined) expect(new Date(asOf).toISOString()).toBe(`${asOf}T00:00:00.000Z`);
    }
  });

  it('are amounts above nothing, and a spot node is cheaper than another', () => {
    const amounts = all.flatMap(({ machines, disks, nat, pods, endpoint = 1, loadBalancer = 1 }) => [...Object.values(machines).flatMap((price) => Object.values(price) as number[]), ...Object.values(disks), ...(typeof nat === 'number' ? [nat] : Object.values(nat)), ...Object.values(pods ?? {}), endpoint, loadBalancer]);
    expect(amounts.filter((amount) => !(amount > 0))).toEqual([]);
    expect(spot.low < spot.high && spot.high < 1).toBe(true);
  });

  it('have the usual disk in every region, and that of each storage class in one at least', () => {
    expect(all.filter(({ disks }) => disks[defaultDisk] === undefined)).toEqual([]);
    expect(Object.values(storageClasses).filter((kind) => !all.some(({ disks }) => disks[kind] !== undefined))).toEqual([]);
  });

  // Regions differ by tens of per cent: a factor of two is a digit in the wrong place.
  it.each(['machines', 'disks'] as const)('of %s differ between regions by less than a factor of two', (what) => {
    const priceOf = (price: unknown): number => (typeof price === 'number' ? price : Object.values(price as Record<string, number>)[0]!);
    const kinds = [...new Set(all.flatMap((region) => Object.keys(region[what])))];
    for (const kind of kinds) {
      const found = all.flatMap((region) => (region[what][kind] === undefined ? [] : [priceOf(region[what][kind])]));
      expect({ kind, near: Math.max(...found) < 2 * Math.min(...found) }).toEqual({ kind, near: true });
    }
  });
});

it('an estimate names no day where no source has one', () => {
  const found = estimate({ cluster: { cloud: 'gke', region: 'europe-west6', natGateways: 0 }, demand: { pods: [], volumes: [], entries: [] } })!;
  expect(found).not.toHaveProperty('asOf');
  expect(estimateLine(found)).toMatch(/^costs about 73 USD a month by list prices in europe-west6;/);
});

it('the regions of both clouds are those of the docs', () => expect([pricedRegions('gke').length, pricedRegions('eks').length]).toEqual([9, 9]));
