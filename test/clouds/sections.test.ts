/** One description for both clouds: what a file says of a cluster, and what that comes to on each. */
import { load } from 'js-yaml';
import type { JsonObject } from '../../lib';
import type { CommonSettings } from '../../lib/pulumi/cluster';
import type { EksSettings } from '../../lib/pulumi/eks';
import { eksSchema } from '../../lib/pulumi/eks/schema';
import type { GkeSettings } from '../../lib/pulumi/gke';
import { gkeSchema } from '../../lib/pulumi/gke/schema';
import { differences } from './differences';
import { sectionOf, type CloudName } from './production';

/** What the file says of production's cluster, without the provider. */
function written(cloud: CloudName): JsonObject {
  const { provider, ...settings } = (load(sectionOf(cloud)) as { 'fairlead:cluster': JsonObject })['fairlead:cluster'];
  expect(provider).toBe(cloud);
  return settings;
}

it("production's sections differ in the provider, in whose account it is, in the region, and in nothing else", () => {
  const { project, region: swiss, ...gke } = written('gke');
  const { account, admins, region: zurich, ...eks } = written('eks');
  expect([project, swiss, account, Object.keys(admins as JsonObject), zurich]).toEqual(['acme-production', 'europe-west6', '123456789012', ['platform'], 'eu-central-2']);
  expect(gke).toEqual(eks);
  expect(Object.keys(gke)).toEqual(['hosts', 'nodePools', 'labels']);
});

it('they mean the same, but for what the cloud calls things', () => {
  const [gke, eks] = [gkeSchema.parse(written('gke')), eksSchema.parse(written('eks'))] as unknown as readonly [JsonObject, JsonObject];
  const { logs: _gkeLogs, egress: _gkeEgress, ...google } = gke;
  const { logs: _eksLogs, egress: _eksEgress, ...amazon } = eks;
  const both = Object.keys(google).filter((key) => key in amazon);
  expect(both.sort()).toEqual(['addresses', 'controlPlane', 'encryption', 'exceptions', 'flowLogs', 'hosts', 'labels', 'maintenance', 'nodePools', 'production', 'region', 'registry', 'sharedVolumes', 'support']);
  expect(both.flatMap((key) => differences(google[key], amazon[key], key))).toEqual([
    'controlPlane.access: "private"', 'nodePools.workers.disk.type: "gp3"', 'nodePools.workers.machineType: "m6i.xlarge"',
    'nodePools.store.disk.type: "gp3"', 'nodePools.store.machineType: "m6i.large"', 'region: "eu-central-2"',
  ]);
});

/** All that both clouds can be told, but the region and its zones; each key is here, or the type says so. */
const ALL: Required<Omit<CommonSettings<'private'>, 'region' | 'zones'>> = {
  production: true,
  exceptions: { unprotected: 'a replay of last year, thrown away on Friday' },
  deletionProtection: false,
  controlPlane: { authorizedNetworks: { office: '192.168.0.0/24' } },
  addresses: { range: '10.0.0.0/12', maxServices: 2048, spareNodes: 20, taken: { office: '192.168.0.0/16' } },
  nodePools: {
    workers: { machine: { cpus: 4, memory: '16Gi' }, nodes: { min: 3, max: 12 }, disk: { size: 100 }, upgrade: { surge: 2 } },
    batch: { machine: { cpus: 8, memory: '64Gi' }, nodes: { min: 0, max: 20 }, spot: true, labels: { tier: 'batch' }, taints: [{ key: 'batch', value: 'true', effect: 'NoSchedule' }] },
    store: { machine: { cpus: 2, memory: '8Gi' }, nodes: { min: 1, max: 3 }, stateful: true },
  },
  maintenance: { window: { days: ['monday', 'wednesday'], start: '02:00', hours: 6 }, exclusions: { sale: { from: '2026-11-20', until: '2026-12-02' } } },
  support: 'extended',
  encryption: { keys: 'customer', rotationDays: 180 },
  backup: { schedule: '0 2 * * *', retainDays: 60, lockDays: 14 },
  sharedVolumes: true,
  flowLogs: true,
  hosts: { domain: 'shop.example.com', names: ['shop.example.com', '*.shop.example.com'] },
  registry: { create: true },
  labels: { team: 'shop' },
};

it('whatever both clouds can be told, both take as it is, by the same version', () => {
  const gke: GkeSettings = { project: 'acme-shop', region: 'europe-west6', version: '1.34', ...ALL };
  const eks: EksSettings = { account: '123456789012', admins: { platform: 'arn:aws:iam::123456789012:role/platform' }, region: 'eu-central-2', version: '1.34', ...ALL };
  expect([gkeSchema.safeParse(gke).error, eksSchema.safeParse(eks).error]).toEqual([undefined, undefined]);
});
