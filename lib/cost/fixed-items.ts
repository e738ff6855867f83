import { zonesOf, type CostedCluster } from './cluster';
import type { CostItems } from './items';
import type { PriceTable, RegionPrices } from './prices/table';
import { exactly, showRange, times, type Range } from './range';

const YEAR = 365;

/** Adds what a cluster has whatever runs in it: its control plane, keys, DNS zone and endpoints. */
export function fixedItems(items: CostItems, cluster: CostedCluster, table: PriceTable, { endpoint }: RegionPrices): void {
  const { region, keys = 0, dnsZones = 0, endpoints = 0 } = cluster;
  items.add('control plane', 'control plane', `one, ${table.controlPlane} an hour`, exactly(1), table.controlPlane);
  if (keys > 0) {
    const versions = times(exactly(keys), versionsOf(cluster, table));
    items.addMonthly('keys', 'keys', `${showRange(versions)} versions of ${keys} in the first year, ${table.keyVersion.monthly} each`, versions, table.keyVersion.monthly);
  }
  if (dnsZones > 0) items.addMonthly('DNS zones', 'DNS zone', `${dnsZones}, ${table.dnsZone} a month`, exactly(dnsZones), table.dnsZone);
  if (endpoints === 0) return;
  const zones = zonesOf(cluster);
  if (endpoint === undefined) items.addUnknown(`endpoints of services (${endpoints} in each zone) in ${region}`);
  else items.add('endpoints', 'endpoints of services', `${endpoints} in each of ${zones} zones, ${endpoint} an hour`, exactly(endpoints * zones), endpoint);
}

/** Versions of a key that are paid: one more with each rotation of the first year. */
function versionsOf({ keyRotationDays = 90 }: CostedCluster, { keyVersion: { most = Infinity } }: PriceTable): Range {
  return { low: 1, high: Math.min(most, 1 + Math.floor(YEAR / keyRotationDays)) };
}
