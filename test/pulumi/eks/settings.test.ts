import type { EksClusterArgs } from '../../../lib/pulumi/eks';
import { EKS_EXCEPTIONS } from '../../../scripts/hardening/record';
import { describeExceptions } from '../exceptions';
import { ACCOUNT, PLATFORM, refusal, REGION } from './make';

const WORKERS = { machineType: 'm7i.xlarge', nodes: { min: 3, max: 9 } };
const GOOD: EksClusterArgs = { account: ACCOUNT, region: REGION, admins: { platform: PLATFORM }, nodePools: { workers: WORKERS } };
const MANAGED: EksClusterArgs = { ...GOOD, autoMode: false };
/** Not production, so that one mistake is one line. */
const STAGING: EksClusterArgs = { ...GOOD, production: false };
const OTHER = `arn:aws:iam::${ACCOUNT}:role/other`;
const pool = (settings: object) => ({ nodePools: { workers: { ...WORKERS, ...settings } } });

/** What is refused, the args that are, and the one line that says so. */
const refused: [string, object, string][] = [
  ['a missing account', { ...GOOD, account: undefined }, 'account: got nothing; allowed: the 12 digits of the account, in quotes'],
  ['an account without its quotes', { ...GOOD, account: 123456789012 }, 'account: got 123456789012 without quotes; allowed: text in quotes: "123456789012"'],
  ['an account of another form', { ...GOOD, account: 'acme-shop' }, 'account: got "acme-shop"; allowed: the 12 digits of the account, in quotes'],
  ['a missing region', { ...GOOD, region: undefined }, 'region: got nothing; allowed: a region of AWS, such as "eu-central-2"'],
  ['a region of Google Cloud', { ...GOOD, region: 'europe-west6' }, 'region: got "europe-west6"; allowed: a region of AWS, such as "eu-central-2"'],
  ['a zone as the region', { ...GOOD, region: 'eu-central-2a' }, 'region: got "eu-central-2a"; allowed: a region of AWS, such as "eu-central-2"'],
  ['a region that is misspelt', { ...GOOD, region: 'eu-centrl-2' }, 'region: got "eu-centrl-2"; allowed: a region whose zones are known, or zones that are named, such as ["eu-centrl-2a", "eu-centrl-2b", "eu-centrl-2c"]; did you mean "eu-central-2"?'],
  ['a region whose zones differ by account', { ...GOOD, region: 'us-west-1' }, 'region: got "us-west-1"; allowed: a region whose zones are known, or zones that are named'],
  ['a zone outside the region', { ...GOOD, zones: [`${REGION}a`, 'eu-central-1b'] }, 'zones[1]: got "eu-central-1b"; allowed: a zone of the region eu-central-2, such as "eu-central-2a"'],
  ['a zone twice', { ...GOOD, zones: [`${REGION}a`, `${REGION}b`, `${REGION}a`] }, 'zones[2]: got "eu-central-2a"; allowed: each zone once'],
  ['one zone', { ...STAGING, zones: [`${REGION}a`] }, 'zones: got a list of 1; allowed: at least two zones: EKS has its control plane in no fewer; name one zone in the pools instead'],
  ["a pool's zone that the cluster does not have", { ...GOOD, zones: [`${REGION}a`, `${REGION}b`], ...pool({ zones: [`${REGION}c`] }) }, 'nodePools.workers.zones[0]: got "eu-central-2c"; allowed: one of the cluster\'s zones: eu-central-2a, eu-central-2b'],
  ["a pool's zone that the region's three are not", { ...GOOD, ...pool({ zones: [`${REGION}d`] }) }, 'nodePools.workers.zones[0]: got "eu-central-2d"; allowed: one of the cluster\'s zones: eu-central-2a, eu-central-2b, eu-central-2c'],

  ['no admins', { ...GOOD, admins: {} }, 'admins: got an empty section; allowed: at least one role, by name: { platform: "arn:aws:iam::123456789012:role/platform" }; else nobody gets in'],
  ['missing admins', { ...GOOD, admins: undefined }, 'admins: got an empty section; allowed: at least one role, by name'],
  ['an admin that is no ARN', { ...GOOD, admins: { me: 'alice' } }, 'admins.me: got "alice"; allowed: the ARN of a role or user, such as "arn:aws:iam::123456789012:role/platform"'],
  ['a session as admin', { ...GOOD, admins: { me: `arn:aws:sts::${ACCOUNT}:assumed-role/platform/alice` } }, 'allowed: the ARN of a role or user: of the role itself, not of a session, such as "arn:aws:iam::123456789012:role/platform"'],
  ['the account as admin', { ...GOOD, admins: { all: `arn:aws:iam::${ACCOUNT}:root` } }, 'admins.all: got "arn:aws:iam::123456789012:root"; allowed: the ARN of a role or user'],
  ['a principal twice', { ...GOOD, accessEntries: { shop: { principal: PLATFORM, policy: 'edit' } } }, 'accessEntries.shop.principal: got "arn:aws:iam::123456789012:role/platform"; allowed: a principal that is not named yet; it is admins.platform'],
  ['a principal of another partition', { ...GOOD, admins: { platform: `arn:aws-cn:iam::${ACCOUNT}:role/platform` } }, 'allowed: a principal of the partition of eu-central-2: "arn:aws:…"'],
  ['an entry without rights', { ...GOOD, accessEntries: { shop: { principal: OTHER } } }, 'accessEntries.shop: got a section with the keys principal, groups; allowed: a policy, or groups that RBAC knows'],
  ['namespaces without a policy', { ...GOOD, accessEntries: { shop: { principal: OTHER, groups: ['shop'], namespaces: ['shop'] } } }, 'accessEntries.shop.namespaces: got a list of 1; allowed: nothing without a policy; RBAC says where its groups may do what'],
  ['a group of the system', { ...GOOD, accessEntries: { shop: { principal: OTHER, groups: ['system:masters'] } } }, 'accessEntries.shop.groups[0]: got "system:masters"; allowed: a group that does not begin with "system:", "eks:", "aws:", "amazon:" or "iam:": EKS takes none of them'],
  ['an unknown policy', { ...GOOD, accessEntries: { shop: { principal: OTHER, policy: 'owner' } } }, 'accessEntries.shop.policy: got "owner"; allowed: "cluster-admin" or "admin" or "admin-view" or "edit" or "view"'],
  ['a role that deploys and does not get in', { ...GOOD, deployRole: OTHER }, 'deployRole: got "arn:aws:iam::123456789012:role/other"; allowed: one of the admins: who deploys makes Kubernetes objects too'],

  ['a version that EKS does not have any more', { ...GOOD, version: '1.29', support: 'extended' }, 'version: got "1.29"; allowed: one of the versions that EKS had on 2026-04-24: 1.31, 1.32, 1.33, 1.34, 1.35; or the reason why this one is there, in exceptions["unlisted-version"]'],
  ['a version that EKS does not have yet', { ...GOOD, version: '1.39' }, 'version: got "1.39"; allowed: one of the versions that EKS had on 2026-04-24: 1.33, 1.34, 1.35; or the reason'],
  ['a version that is out of standard support', { ...GOOD, version: '1.32' }, 'version: got "1.32"; allowed: a version in standard support (1.33, 1.34, 1.35), as that of 1.32 ended on 2026-03-23; or support: "extended", for a fee; or the reason'],
  ['a version without its quotes', { ...GOOD, version: 1.35 }, 'version: got 1.35 without quotes; allowed: a version in quotes: "1.35"'],
  ['a version with a patch', { ...GOOD, version: '1.35.2' }, 'version: got "1.35.2"; allowed: a minor version such as "1.35": EKS takes care of the rest'],

  ['a public control plane in production', { ...GOOD, controlPlane: { access: 'public', authorizedNetworks: { office: '203.0.113.0/24' } } }, 'controlPlane.access: got "public"; allowed: a private way in production; or the reason why not, in exceptions["public-control-plane"]'],
  ['a public control plane for all', { ...STAGING, controlPlane: { access: 'public' } }, 'controlPlane.authorizedNetworks: got an empty section; allowed: at least one range, by name: { office: "203.0.113.0/24" }; else EKS lets the whole internet in'],
  ['a way for the internet', { ...GOOD, controlPlane: { authorizedNetworks: { all: '0.0.0.0/0' } } }, 'controlPlane.authorizedNetworks.all: got "0.0.0.0/0"; allowed: a range that is smaller than the internet'],
  ['a way of another cloud', { ...GOOD, controlPlane: { access: 'dns' } }, 'controlPlane.access: got "dns"; allowed: "private" or "public"'],
  ['one NAT in production', { ...GOOD, egress: { nat: 'single' } }, 'egress.nat: got "single"; allowed: "per-zone" (or "none") in production; or the reason why not, in exceptions["single-nat"]'],
  ['no backup in production', { ...GOOD, backup: false }, 'backup: got false; allowed: a backup plan in production; or the reason why not, in exceptions["no-backup"]'],
  ['an endpoint that is none', { ...GOOD, egress: { endpoints: ['https://s3'] } }, 'egress.endpoints[0]: got "https://s3"; allowed: the name of a service, such as "ecr.api"'],

  ['a key that is no ARN', { ...GOOD, encryption: { key: 'alias/shop' } }, 'encryption.key: got "alias/shop"; allowed: the ARN of a key, such as "arn:aws:kms:eu-central-2:123456789012:key/…"'],
  ['a key and those of the provider', { ...STAGING, encryption: { keys: 'provider', key: `arn:aws:kms:${REGION}:${ACCOUNT}:key/1` } }, 'allowed: nothing, as the provider\'s keys are asked for; or keys: \'customer\''],
  ['a rotation that is too quick', { ...GOOD, encryption: { rotationDays: 30 } }, 'encryption.rotationDays: got 30; allowed: at least 90: AWS rotates no key sooner'],
  ['a term that CloudWatch does not have', { ...GOOD, logRetentionDays: 100 }, 'logRetentionDays: got 100; allowed: one of the terms that CloudWatch has: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365'],
  ['a log that there is not', { ...GOOD, logs: ['kubelet'] }, 'logs[0]: got "kubelet"; allowed: "api" or "audit" or "authenticator" or "controllerManager" or "scheduler"'],
  ['another registry', { ...GOOD, registry: { pullFrom: ['ghcr.io/acme'] } }, 'registry.pullFrom: got a list of 1; allowed: nothing on EKS: nodes may pull from every repository of the account'],
  ['a zone of DNS by its name', { ...GOOD, hosts: { domain: 'shop.example.com', zone: 'example.com' } }, 'hosts.zone: got "example.com"; allowed: the id of a hosted zone, such as "Z0123456789ABCDEFGHIJ"'],
  ['a host outside the domain', { ...GOOD, hosts: { domain: 'shop.example.com', names: ['example.org'] } }, 'hosts.names[0]: got "example.org"; allowed: a host in the domain shop.example.com'],
  ['hosts in China', { ...GOOD, region: 'cn-north-1', admins: { platform: `arn:aws-cn:iam::${ACCOUNT}:role/platform` }, hosts: { domain: 'shop.example.com' } }, 'hosts: got a section with the keys domain; allowed: nothing in China, where Route 53 has no public zones'],
  ['a lock that outlasts the backup', { ...GOOD, backup: { retainDays: 5, lockDays: 9 } }, 'backup.lockDays: got 9; allowed: at most retainDays, which is 5'],
  ['a schedule with two kinds of days', { ...GOOD, backup: { schedule: '0 3 1 * 0' } }, 'backup.schedule: got "0 3 1 * 0"; allowed: a day of the month or of the week, not both: AWS takes one'],
  ['a schedule that is no cron', { ...GOOD, backup: { schedule: 'nightly' } }, 'backup.schedule: got "nightly"; allowed: a cron schedule of five fields, such as "0 3 * * *"'],

  ['a type of machine of Google Cloud', { ...GOOD, ...pool({ machineType: 'e2-standard-4' }) }, 'nodePools.workers.machineType: got "e2-standard-4"; allowed: a machine type such as "m7i.xlarge" or "c7g.2xlarge"'],
  ['a type of machine without a size', { ...GOOD, ...pool({ machineType: 'm7i' }) }, 'nodePools.workers.machineType: got "m7i"; allowed: a machine type such as "m7i.xlarge"'],
  ['min above max', { ...GOOD, ...pool({ nodes: { min: 10, max: 9 } }) }, 'nodePools.workers.nodes.min: got 10; allowed: at most nodes.max, which is 9'],
  ['an upgrade that can renew no node', { ...GOOD, ...pool({ upgrade: { surge: 0 } }) }, 'nodePools.workers.upgrade.surge: got 0; allowed: at least 1, or an upgrade.unavailable of at least 1'],
  ['a second set of nodes', { ...GOOD, ...pool({ upgrade: { strategy: 'blue-green' } }) }, 'nodePools.workers.upgrade.strategy: got "blue-green"; allowed: "surge": EKS has no other way'],
  ['a label that only Kubernetes sets', { ...GOOD, ...pool({ labels: { 'node-role.kubernetes.io/worker': '' } }) }, 'nodePools.workers.labels["node-role.kubernetes.io/worker"]: got ""; allowed: a key that neither Kubernetes nor EKS keeps for itself'],
  ['a disk of another cloud', { ...GOOD, ...pool({ disk: { type: 'pd-ssd' } }) }, 'nodePools.workers.disk.type: got "pd-ssd"; allowed: "gp3" or "gp2"'],

  ['Auto Mode without nodes', { ...GOOD, nodePools: {}, builtInPools: [] }, 'nodePools: got an empty section; allowed: at least one pool, such as { workers: { machineType: "m7i.xlarge", nodes: { max: 6 } } }, or builtInPools'],
  ['built-in pools with pods elsewhere', { ...GOOD, podsFrom: 'secondary', builtInPools: ['system'] }, 'builtInPools: got a list of 1; allowed: none with podsFrom: "secondary": their pods get addresses of the nodes\' subnets'],
  ['pods elsewhere, without pools', { ...GOOD, nodePools: {}, podsFrom: 'secondary' }, 'nodePools: got an empty section; allowed: at least one pool'],
  ['a pool with a name of Auto Mode', { ...GOOD, nodePools: { system: WORKERS } }, 'nodePools.system: got "system"; allowed: a name that Auto Mode does not have itself'],
  ['a whole machine on Auto Mode', { ...GOOD, ...pool({ machineType: 'm7i.metal-24xl' }) }, 'nodePools.workers.machineType: got "m7i.metal-24xl"; allowed: a machine whose cores are told by its size'],
  ['an old disk on Auto Mode', { ...GOOD, ...pool({ disk: { type: 'gp2' } }) }, 'nodePools.workers.disk.type: got "gp2"; allowed: "gp3" with autoMode: true, which has no other'],
  ['a number of pods on Auto Mode', { ...GOOD, addresses: { maxPodsPerNode: 50 } }, 'addresses.maxPodsPerNode: got 50; allowed: nothing with autoMode: true, where 110 fit'],
  ["a pool's number of pods on Auto Mode", { ...GOOD, ...pool({ maxPodsPerNode: 50 }) }, 'nodePools.workers.maxPodsPerNode: got 50; allowed: nothing with autoMode: true, where 110 fit'],
  ['another system on Auto Mode', { ...GOOD, nodeImage: 'amazon-linux' }, 'nodeImage: got "amazon-linux"; allowed: "bottlerocket" with autoMode: true, which has no other'],
  ['an autoscaler on Auto Mode', { ...GOOD, autoscalerIdentity: true }, 'autoscalerIdentity: got true; allowed: false with autoMode: true, which makes nodes itself'],
  ['an add-on that Auto Mode has built in', { ...GOOD, addons: { coredns: {} } }, 'addons.coredns: got a section with the keys configuration; allowed: nothing: Auto Mode has it built in'],

  ['managed nodes without pools', { ...MANAGED, nodePools: {} }, 'nodePools: got an empty section; allowed: at least one pool, such as { workers: { machineType: "m7i.xlarge", nodes: { max: 6 } } }, or autoMode: true'],
  ['managed nodes that all have taints', { ...MANAGED, ...pool({ taints: [{ key: 'a', effect: 'NoSchedule' }] }) }, 'nodePools: got a list of 1; allowed: at least one pool without taints, for DNS and what else the cluster itself runs'],
  ['built-in pools with managed nodes', { ...MANAGED, builtInPools: ['system'] }, 'builtInPools: got a list of 1; allowed: nothing with autoMode: false'],
  ['managed nodes without their network', { ...MANAGED, addons: { 'vpc-cni': false } }, 'addons.vpc-cni: got false; allowed: its settings: no node works without it'],
  ['an add-on of another form of version', { ...MANAGED, addons: { coredns: { version: '1.12' } } }, 'addons.coredns.version: got "1.12"; allowed: a version such as "v1.20.4-eksbuild.2"'],
  ['an identity of an add-on without rights', { ...MANAGED, addons: { coredns: { identities: { coredns: {} } } } }, 'addons.coredns.identities.coredns: got an empty section; allowed: policies or statements'],

  ['ranges that overlap', { ...GOOD, addresses: { nodes: '10.0.0.0/17', services: '10.0.0.0/20' } }, 'addresses.services: got "10.0.0.0/20"; allowed: a range that does not overlap with nodes, 10.0.0.0/17'],
  ['a range that upgrades would exhaust', { ...GOOD, addresses: { nodes: '10.0.0.0/21' } }, 'addresses.nodes: got "10.0.0.0/21"; allowed: at least a /20'],
  ['a range of the control plane', { ...GOOD, addresses: { controlPlane: '10.0.0.0/28' } }, 'addresses.controlPlane: got "10.0.0.0/28"; allowed: nothing'],
  ['a range of pods that have none', { ...GOOD, addresses: { pods: '100.64.0.0/16' } }, 'addresses.pods: got "100.64.0.0/16"; allowed: nothing'],
  ['an unknown key', { ...GOOD, zonalshift: true }, 'zonalshift: got an unknown key; allowed: region, zones'],
];

it.each(refused)('refuses %s', async (_, args, line) => {
  const lines = await refusal(args);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(line);
});

it('refuses a name of another form', async () => {
  expect(await refusal(GOOD, 'Shop')).toEqual(['name: got "Shop"; allowed: at most 24 lower-case letters, digits and "-", a letter first']);
});

it('refuses all mistakes at once', async () => {
  const lines = await refusal({
    account: 'acme', region: REGION, admins: {}, version: '1.29', zones: ['us-east-1a', `${REGION}a`], deletionProtection: false, egress: { nat: 'single' },
    nodePools: { workers: { machineType: 'e2-standard-4', nodes: { min: 5, max: 2 } } }, addons: { coredns: false }, addresses: { nodes: '10.0.0.0/24', services: '10.0.0.0/16' },
  });
  expect(lines.map((line) => line.split(': ')[0]).sort()).toEqual(['account', 'addons.coredns', 'addresses.nodes', 'addresses.services', 'admins', 'deletionProtection', 'egress.nat', 'nodePools.workers.machineType', 'nodePools.workers.nodes.min', 'version', 'zones[0]']);
});

describeExceptions({ refusal, good: GOOD, staging: STAGING, weak: { ...EKS_EXCEPTIONS, 'unlisted-version': { version: '1.39' } } });
