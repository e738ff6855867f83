import { GKE_EXCEPTIONS } from '../../../scripts/hardening/record';
import { describeExceptions } from '../exceptions';
import { refusal } from './make';

const WORKERS = { machineType: 'e2-standard-4', nodes: { min: 3, max: 9 } };
const GOOD = { project: 'acme-shop', region: 'europe-west6', nodePools: { workers: WORKERS } };
/** Not production, so that one mistake is one line. */
const STAGING = { ...GOOD, production: false };

/** What is refused, the args that are, and the one line that says so. */
const refused: [string, object, string][] = [
  ['a missing project', { ...GOOD, project: undefined }, 'project: got nothing; allowed: the id of a project: 6 to 30 lower-case letters, digits and "-"'],
  ['a missing region', { ...GOOD, region: undefined }, 'region: got nothing; allowed: a region of Google Cloud, such as "europe-west6"'],
  ['a zone as the region', { ...GOOD, region: 'europe-west6-a' }, 'region: got "europe-west6-a"; allowed: a region of Google Cloud, such as "europe-west6"'],
  ['a number as text of another form', { ...GOOD, projectNumber: 'acme' }, 'projectNumber: got "acme"; allowed: the number of the project, in quotes: `gcloud projects describe <id>` shows it'],
  ['a zone outside the region', { ...GOOD, zones: ['europe-west6-a', 'europe-west4-b'] }, 'zones[1]: got "europe-west4-b"; allowed: a zone of the region europe-west6, such as "europe-west6-a"'],
  ['a zone twice', { ...GOOD, zones: ['europe-west6-a', 'europe-west6-a'] }, 'zones[1]: got "europe-west6-a"; allowed: each zone once'],
  ["a pool's zone that the cluster does not have", { ...GOOD, zones: ['europe-west6-a', 'europe-west6-b'], nodePools: { workers: { ...WORKERS, zones: ['europe-west6-c'] } } }, 'nodePools.workers.zones[0]: got "europe-west6-c"; allowed: one of the cluster\'s zones: europe-west6-a, europe-west6-b'],
  ["a pool's zone outside the region", { ...GOOD, nodePools: { workers: { ...WORKERS, zones: ['us-east1-b'] } } }, 'nodePools.workers.zones[0]: got "us-east1-b"; allowed: a zone of the region europe-west6, such as "europe-west6-a"'],
  ['an unknown channel', { ...GOOD, channel: 'fast' }, 'channel: got "fast"; allowed: "rapid" or "regular" or "stable"'],
  ['a channel with extended support', { ...GOOD, channel: 'stable', support: 'extended' }, 'channel: got "stable"; allowed: nothing with support: "extended", which has a channel of its own'],
  ['a version that the channel does not have any more', { ...GOOD, version: '1.32' }, 'version: got "1.32"; allowed: a version from 1.34 to 1.36, as the channel regular has; or support: "extended", for a fee; or the reason why this one is there, in exceptions["unlisted-version"]'],
  ['a version that the channel does not have yet', { ...GOOD, channel: 'stable', version: '1.37.0' }, 'version: got "1.37.0"; allowed: a version from 1.34 to 1.35, as the channel stable has; or the channel rapid; or the reason why this one is there, in exceptions["unlisted-version"]'],
  ['a version without its quotes', { ...GOOD, version: 1.35 }, 'version: got 1.35 without quotes; allowed: a version in quotes: "1.35"'],
  ['a version of another form', { ...GOOD, version: '135' }, 'version: got "135"; allowed: a version such as "1.35" or "1.35.7-gke.1222000"'],
  ['a type of machine of AWS', { ...GOOD, nodePools: { workers: { ...WORKERS, machineType: 'm7i.large' } } }, 'nodePools.workers.machineType: got "m7i.large"; allowed: a machine type such as "e2-standard-4", "n4-highmem-8" or "n2-custom-4-8192"'],
  ['a type of machine that is cut off', { ...GOOD, nodePools: { workers: { ...WORKERS, machineType: 'e2-standard' } } }, 'nodePools.workers.machineType: got "e2-standard"; allowed: a machine type such as "e2-standard-4", "n4-highmem-8" or "n2-custom-4-8192"'],
  ['a disk that the machine does not take', { ...GOOD, nodePools: { workers: { ...WORKERS, machineType: 'c4-standard-8' } } }, 'nodePools.workers.disk.type: got "pd-balanced"; allowed: "hyperdisk-balanced": c4-standard-8 takes no other'],
  ['a disk that is unknown', { ...GOOD, nodePools: { workers: { ...WORKERS, disk: { type: 'gp3' } } } }, 'nodePools.workers.disk.type: got "gp3"; allowed: "pd-balanced" or "pd-ssd" or "pd-standard" or "hyperdisk-balanced"'],
  ['no machine', { ...GOOD, nodePools: { workers: { nodes: { max: 9 } } } }, 'nodePools.workers.machine: got nothing; allowed: what it has, such as { cpus: 4, memory: 16Gi }; or a machineType'],
  ['a machine twice', { ...GOOD, nodePools: { workers: { ...WORKERS, machine: { cpus: 4, memory: '16Gi' } } } }, 'nodePools.workers.machineType: got "e2-standard-4"; allowed: nothing beside machine: one of the two says what it is'],
  ['memory without a unit', { ...GOOD, nodePools: { workers: { nodes: { max: 9 }, machine: { cpus: 4, memory: 16 } } } }, 'nodePools.workers.machine.memory: got 16; allowed: an amount of memory of at least 1Gi, with its unit: "16Gi"'],
  ['memory of a unit that there is not', { ...GOOD, nodePools: { workers: { nodes: { max: 9 }, machine: { cpus: 4, memory: '16GB' } } } }, 'nodePools.workers.machine.memory: got "16GB"; allowed: an amount of memory of at least 1Gi, with its unit: "16Gi"'],
  ['half a processor', { ...GOOD, nodePools: { workers: { nodes: { max: 9 }, machine: { cpus: 0.5, memory: '4Gi' } } } }, 'nodePools.workers.machine.cpus: got 0.5; allowed: an integer of at least 1'],
  ['a machine with more processors than any', { ...GOOD, nodePools: { workers: { nodes: { max: 9 }, machine: { cpus: 128, memory: '4Gi' } } } }, 'nodePools.workers.machine.cpus: got 128; allowed: at most what the largest one has, n2-highmem-96 with 96 vCPUs and 768Gi; or a larger one by its machineType'],
  ['a machine with more memory than any', { ...GOOD, nodePools: { workers: { nodes: { max: 9 }, machine: { cpus: 4, memory: '1Ti' } } } }, 'nodePools.workers.machine.memory: got "1Ti"; allowed: at most what the largest one has, n2-highmem-96 with 96 vCPUs and 768Gi; or a larger one by its machineType'],
  ['min above max', { ...GOOD, nodePools: { workers: { ...WORKERS, nodes: { min: 10, max: 9 } } } }, 'nodePools.workers.nodes.min: got 10; allowed: at most nodes.max, which is 9'],
  ['a missing max', { ...GOOD, nodePools: { workers: { ...WORKERS, nodes: { min: 1 } } } }, 'nodePools.workers.nodes.max: got nothing; allowed: an integer from 1 to 1000'],
  ['an upgrade that can renew no node', { ...GOOD, nodePools: { workers: { ...WORKERS, upgrade: { surge: 0 } } } }, 'nodePools.workers.upgrade.surge: got 0; allowed: at least 1, or an upgrade.unavailable of at least 1: else no node can be renewed'],
  ['an upgrade of too many nodes at a time', { ...GOOD, nodePools: { workers: { ...WORKERS, upgrade: { surge: 15, unavailable: 6 } } } }, 'nodePools.workers.upgrade: got a section with the keys strategy, surge, unavailable, soak; allowed: surge and unavailable of at most 20 together: GKE takes no more at a time'],
  ['a time to soak that is no length of time', { ...GOOD, nodePools: { workers: { ...WORKERS, upgrade: { strategy: 'blue-green', soak: 'long' } } } }, 'nodePools.workers.upgrade.soak: got "long"; allowed: a length of time such as "90m" or "1h"'],
  ['a time to soak that is too long', { ...GOOD, nodePools: { workers: { ...WORKERS, upgrade: { strategy: 'blue-green', soak: '169h' } } } }, 'nodePools.workers.upgrade.soak: got "169h"; allowed: at most seven days: GKE keeps the old nodes no longer'],
  ['pools that all have taints', { ...GOOD, nodePools: { workers: { ...WORKERS, taints: [{ key: 'a', effect: 'NoSchedule' }] } } }, 'nodePools: got a list of 1; allowed: at least one pool without taints, for DNS and what else the cluster itself runs; or autoProvisioning'],
  ['a taint of an unknown effect', { ...GOOD, nodePools: { workers: { ...WORKERS, taints: [{ key: 'a', effect: 'Never' }] } } }, 'nodePools.workers.taints[0].effect: got "Never"; allowed: "NoSchedule" or "PreferNoSchedule" or "NoExecute"'],
  ['a label of a wrong form', { ...GOOD, nodePools: { workers: { ...WORKERS, labels: { tier: 'a b' } } } }, 'nodePools.workers.labels.tier: got "a b"; allowed: letters, digits, "-", "_" and "." are allowed in a label, a letter or digit first and last; use an annotation for other text'],
  ['a label that only Kubernetes sets', { ...GOOD, nodePools: { workers: { ...WORKERS, labels: { 'node-role.kubernetes.io/worker': '' } } } }, 'nodePools.workers.labels["node-role.kubernetes.io/worker"]: got ""; allowed: a key that neither Kubernetes nor GKE keeps for itself'],
  ['an unknown key of a pool', { ...GOOD, nodePools: { workers: { ...WORKERS, spots: true } } }, 'nodePools.workers.spots: got an unknown key; allowed: machine, machineType, nodes, spot, zones, maxPodsPerNode, labels, taints, disk, upgrade, stateful; did you mean "spot"?'],
  ['a pool whose name is too long', { ...GOOD, nodePools: { 'workers-of-the-whole-shop': WORKERS } }, 'nodePools.workers-of-the-whole-shop: got the key "workers-of-the-whole-shop"; allowed: a name of at most 20 lower-case letters, digits and "-"'],
  ['no pool at all', { ...GOOD, nodePools: {} }, 'nodePools: got an empty section; allowed: at least one pool, such as { workers: { machine: { cpus: 4, memory: 16Gi }, nodes: { max: 6 } } }, or autoProvisioning, or autopilot: true'],
  ['limits of auto-provisioning that contradict each other', { ...GOOD, autoProvisioning: { cpu: { min: 20, max: 10 }, memory: { max: 64 } } }, 'autoProvisioning.cpu.min: got 20; allowed: at most max, which is 10'],
  ['Autopilot with pools', { ...STAGING, autopilot: true }, 'nodePools: got a section with the keys workers; allowed: nothing with autopilot: true, where Google makes the nodes that pods need'],
  ['Autopilot with auto-provisioning', { ...STAGING, nodePools: undefined, autopilot: true, autoProvisioning: { cpu: { max: 10 }, memory: { max: 64 } } }, 'autoProvisioning: got a section with the keys cpu, memory, optimizeUtilization; allowed: nothing with autopilot: true, where Google makes the nodes that pods need'],
  ['Autopilot with a number of pods', { ...STAGING, nodePools: undefined, autopilot: true, addresses: { maxPodsPerNode: 32 } }, 'addresses.maxPodsPerNode: got 32; allowed: nothing with autopilot: true, which sets it itself'],
  ['Autopilot without its collectors', { ...STAGING, nodePools: undefined, autopilot: true, managedPrometheus: false }, 'managedPrometheus: got false; allowed: true with autopilot: true, which can not do without'],
  ['Autopilot without logs', { ...STAGING, nodePools: undefined, autopilot: true, logs: [] }, 'logs: got a list of 0; allowed: a list with "system" with autopilot: true, which always sends its own'],
  ['Autopilot without metrics', { ...STAGING, nodePools: undefined, autopilot: true, metrics: [] }, 'metrics: got a list of 0; allowed: a list with "system" with autopilot: true, which always sends its own'],
  ['Autopilot in some zones', { ...STAGING, nodePools: undefined, autopilot: true, zones: ['europe-west6-a', 'europe-west6-b'] }, 'zones: got a list of 2; allowed: nothing with autopilot: true, which uses all zones of the region'],
  ['logs without those of the system', { ...GOOD, logs: ['workloads'] }, 'logs: got a list of 1; allowed: a list with "system", without which GKE sends no others; or none'],
  ['a machine of a size that there is none of', { ...GOOD, nodePools: { workers: { ...WORKERS, machineType: 'e2-standard-5' } } }, 'nodePools.workers.machineType: got "e2-standard-5"; allowed: a type that there is: e2-standard-2, e2-standard-4, e2-standard-8, e2-standard-16, e2-standard-32'],
  ['metrics that nobody fetches', { ...GOOD, metrics: ['system', 'api-server', 'pod'] }, 'metrics[2]: got "pod"; allowed: "system", "api-server", "scheduler", "controller-manager"; or managedPrometheus: true, whose collectors fetch the others'],
  ['metrics without those of the system', { ...GOOD, managedPrometheus: true, metrics: ['pod'] }, 'metrics: got a list of 1; allowed: a list with "system", without which GKE sends no others; or none'],
  ['a public control plane in production', { ...GOOD, controlPlane: { access: 'public', authorizedNetworks: { office: '203.0.113.0/24' } } }, 'controlPlane.access: got "public"; allowed: a private way in production; or the reason why not, in exceptions["public-control-plane"]'],
  ['a public control plane that nobody gets to', { ...STAGING, controlPlane: { access: 'public' } }, 'controlPlane.authorizedNetworks: got an empty section; allowed: at least one range, by name: { office: "203.0.113.0/24" }; else nobody outside gets in'],
  ['the whole internet as an authorized network', { ...GOOD, controlPlane: { authorizedNetworks: { all: '0.0.0.0/0' } } }, 'controlPlane.authorizedNetworks.all: got "0.0.0.0/0"; allowed: a range that is smaller than the internet'],
  ['an authorized network that is none', { ...GOOD, controlPlane: { authorizedNetworks: { office: '203.0.113.0' } } }, 'controlPlane.authorizedNetworks.office: got "203.0.113.0"; allowed: an IPv4 range such as "10.0.0.0/16"'],
  ['an authorized network that does not begin with its address', { ...GOOD, controlPlane: { authorizedNetworks: { office: '203.0.113.7/24' } } }, 'controlPlane.authorizedNetworks.office: got "203.0.113.7/24"; allowed: the range that this address lies in: 203.0.113.0/24'],
  ['too many authorized networks', { ...GOOD, controlPlane: { authorizedNetworks: Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`office-${index}`, `203.0.113.${index}/32`])) } }, 'controlPlane.authorizedNetworks: got a section with the keys office-0, office-1'],
  ['one zone in production', { ...GOOD, zones: ['europe-west6-a'] }, 'zones: got "europe-west6-a"; allowed: at least two zones in production; or the reason why not, in exceptions["single-zone"]'],
  ['no protection in production', { ...GOOD, deletionProtection: false }, 'deletionProtection: got false; allowed: true in production; or the reason why not, in exceptions["unprotected"]'],
  ["the provider's keys in production", { ...GOOD, encryption: { keys: 'provider' } }, 'encryption.keys: got "provider"; allowed: "customer" in production; or the reason why not, in exceptions["provider-keys"]'],
  ['public nodes in production', { ...GOOD, privateNodes: false }, 'privateNodes: got false; allowed: true in production; or the reason why not, in exceptions["public-nodes"]'],
  ['images that no policy has seen in production', { ...GOOD, binaryAuthorization: false }, 'binaryAuthorization: got false; allowed: true in production; or the reason why not, in exceptions["unsigned-images"]'],
  ['no backup in production', { ...GOOD, backup: false }, 'backup: got false; allowed: a backup plan in production; or the reason why not, in exceptions["no-backup"]'],
  ['no logs of connections in production', { ...GOOD, flowLogs: false }, 'flowLogs: got false; allowed: true in production; or the reason why not, in exceptions["no-flow-logs"]'],
  ['an exception of another cloud', { ...GOOD, exceptions: { 'single-nat': 'it is cheaper than three' } }, 'exceptions.single-nat: got "it is cheaper than three"; allowed: nothing on GKE, whose way out is that of the whole region'],
  ['an exception without a reason', { ...GOOD, exceptions: { 'no-backup': '' } }, 'exceptions.no-backup: got ""; allowed: the reason, in words'],
  ['an exception that there is not', { ...GOOD, exceptions: { 'no-backups': 'it is only data' } }, 'exceptions.no-backups: got an unknown key; allowed: public-control-plane, single-zone, single-nat, provider-keys, unprotected, public-nodes, unsigned-images, no-backup, no-flow-logs, unlisted-version; did you mean "no-backup"?'],
  ['a key and the provider\'s keys', { ...STAGING, encryption: { keys: 'provider', key: 'projects/p/locations/europe-west6/keyRings/r/cryptoKeys/k' } }, 'encryption.key: got "projects/p/locations/europe-west6/keyRings/r/cryptoKeys/k"; allowed: nothing, as the provider\'s keys are asked for; or keys: \'customer\''],
  ['a key of another region', { ...GOOD, encryption: { key: 'projects/p/locations/europe/keyRings/r/cryptoKeys/k' } }, 'encryption.key: got "projects/p/locations/europe/keyRings/r/cryptoKeys/k"; allowed: a key in the region of the cluster, europe-west6'],
  ['a key that is none', { ...GOOD, encryption: { key: 'alias/shop' } }, 'encryption.key: got "alias/shop"; allowed: the full name of a key: "projects/<project>/locations/<region>/keyRings/<ring>/cryptoKeys/<key>"'],
  ['a registry that is none', { ...GOOD, registry: { pullFrom: ['ghcr.io/acme'] } }, 'registry.pullFrom[0]: got "ghcr.io/acme"; allowed: the full name of a repository: "projects/<project>/locations/<location>/repositories/<name>"'],
  ['a host outside the domain', { ...GOOD, hosts: { domain: 'shop.example.com', names: ['shop.example.com', 'example.org'] } }, 'hosts.names[1]: got "example.org"; allowed: a host in the domain shop.example.com'],
  ['a host that is a URL', { ...GOOD, hosts: { domain: 'https://shop.example.com' } }, 'hosts.domain: got "https://shop.example.com"; allowed: a domain such as "shop.example.com"'],
  ['a zone of DNS with another form', { ...GOOD, hosts: { domain: 'shop.example.com', zone: 'shop.example.com' } }, 'hosts.zone: got "shop.example.com"; allowed: the name of a managed zone of the project, such as "example-com"'],
  ['a window that is too short', { ...GOOD, maintenance: { window: { hours: 3 } } }, 'maintenance.window.hours: got 3; allowed: at least 4: GKE takes no shorter window'],
  ['windows that are too few', { ...GOOD, maintenance: { window: { days: ['sunday'] } } }, 'maintenance.window.days: got a list of 1; allowed: days and hours of at least 12 hours a week: GKE asks for 48 hours in every 32 days'],
  ['a time that is none', { ...GOOD, maintenance: { window: { start: '25:00' } } }, 'maintenance.window.start: got "25:00"; allowed: a time of day (UTC) such as "01:00"'],
  ['an exclusion that ends before it begins', { ...GOOD, maintenance: { exclusions: { sale: { from: '2026-12-02', until: '2026-11-20' } } } }, 'maintenance.exclusions.sale.until: got "2026-11-20"; allowed: a day after from, which is 2026-12-02'],
  ['an exclusion that is too long', { ...GOOD, maintenance: { exclusions: { sale: { from: '2026-11-01', until: '2026-12-31' } } } }, 'maintenance.exclusions.sale.until: got "2026-12-31"; allowed: at most 30 days after from with the scope "all", not 60'],
  ['a day that there is not', { ...GOOD, maintenance: { exclusions: { sale: { from: '2026-02-30', until: '2026-03-02' } } } }, 'maintenance.exclusions.sale.from: got "2026-02-30"; allowed: a day such as "2026-11-20"'],
  ['too many exclusions of everything', { ...GOOD, maintenance: { exclusions: Object.fromEntries([1, 2, 3, 4].map((month) => [`sale-${month}`, { from: `2026-0${month}-01`, until: `2026-0${month}-05` }])) } }, 'maintenance.exclusions: got a section with the keys sale-1, sale-2, sale-3, sale-4; allowed: at most 3 with the scope "all"; others with "minor" or "minor-and-nodes"'],
  ['too many exclusions', { ...GOOD, maintenance: { exclusions: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`sale-${index}`, { from: '2026-01-01', until: '2026-01-05', scope: 'minor' }])) } }, 'maintenance.exclusions: got a section with the keys sale-0, sale-1, sale-2, sale-3, sale-4, sale-5, sale-6, sale… (177 characters); allowed: at most 20'],
  ['a schedule that is no cron', { ...GOOD, backup: { schedule: 'nightly' } }, 'backup.schedule: got "nightly"; allowed: a cron schedule of five fields, such as "0 3 * * *"'],
  ['a lock that outlasts the backup', { ...GOOD, backup: { retainDays: 5, lockDays: 9 } }, 'backup.lockDays: got 9; allowed: at most retainDays, which is 5'],
  ['a group of another name', { ...GOOD, securityGroup: 'admins@example.com' }, 'securityGroup: got "admins@example.com"; allowed: the group "gke-security-groups@<domain>": GKE takes no other name'],
  ['a label that the cloud does not take', { ...GOOD, labels: { Team: 'shop' } }, 'labels.Team: got the key "Team"; allowed: lower-case letters, digits, "_" and "-", a letter first, 63 at most'],
  ['a share above one', { ...GOOD, flowLogShare: 50 }, 'flowLogShare: got 50; allowed: a number from 0.01 to 1'],
  ['a share of what is logged or not', { ...GOOD, flowLogs: 0.5 }, 'flowLogs: got 0.5; allowed: true or false'],
  ['ranges that overlap', { ...GOOD, addresses: { nodes: '10.0.0.0/22', pods: '10.0.0.0/16' } }, 'addresses.nodes: got "10.0.0.0/22"; allowed: a range that does not overlap with pods, 10.0.0.0/16'],
  ['a range that overlaps with one that is taken', { ...GOOD, addresses: { pods: '192.168.0.0/16', taken: { office: '192.168.4.0/24' } } }, 'addresses.pods: got "192.168.0.0/16"; allowed: a range that does not overlap with 192.168.4.0/24 (office)'],
  ['a range that upgrades would exhaust', { ...GOOD, addresses: { pods: '10.0.0.0/21' }, nodePools: { workers: { ...WORKERS, nodes: { max: 16 } } } }, 'addresses.pods: got "10.0.0.0/21"; allowed: at least a /20: it has 2048 addresses, and 2176 are needed for 17 nodes (workers: 16 and 1 for upgrades), each with twice its pods'],
];

it.each(refused)('refuses %s', async (_, args, line) => {
  const lines = await refusal(args);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(line);
});

it('refuses names that are too long together, and one of another form', async () => {
  expect(await refusal({ ...GOOD, nodePools: { 'workers-of-the-shop': WORKERS } }, 'boutique-staging')).toEqual(['nodePools.workers-of-the-shop: got "workers-of-the-shop"; allowed: a name of at most 15 characters: together with that of the cluster, boutique-staging, GKE takes no more']);
  expect(await refusal(GOOD, 'Shop')).toEqual(['name: got "Shop"; allowed: 2 to 24 lower-case letters, digits and "-", a letter first and no two "-" in a row']);
});

it('refuses all mistakes at once', async () => {
  const lines = await refusal({
    project: 'acme', region: 'europe-west6', version: '1.29', zones: ['us-east1-b'], deletionProtection: false,
    nodePools: { workers: { machineType: 'm7i.large', nodes: { min: 5, max: 2 } }, batch: { machine: { cpus: 200, memory: '16Gi' }, nodes: { max: 2 }, labels: { tier: 'a b' } } },
    addresses: { nodes: '10.0.0.0/24', pods: '10.0.0.0/16' }, maintenance: { window: { hours: 2 } },
  });
  expect(lines.map((line) => line.split(':')[0]).sort()).toEqual(['addresses.nodes', 'deletionProtection', 'maintenance.window.hours', 'nodePools.batch.labels.tier', 'nodePools.batch.machine.cpus', 'nodePools.workers.machineType', 'nodePools.workers.nodes.min', 'project', 'version', 'zones', 'zones[0]']);
});

describeExceptions({ refusal, good: GOOD, staging: STAGING, weak: { ...GKE_EXCEPTIONS, 'unlisted-version': { version: '1.38' } } });
