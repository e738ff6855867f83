import { coresOf } from '../../machines/eks';
import { CRON_FORM } from '../cluster/settings/backup';
import { checkCommon, requireException } from '../cluster/settings/common';
import { checkExceptions, type Exceptions } from '../cluster/settings/exceptions';
import { RESERVED_LABEL } from '../cluster/settings/labels';
import { isTainted } from '../cluster/settings/node-pools';
import type { Reporter } from '../cluster/settings/read';
import { planAddresses } from './addresses';
import { builtInPoolsOf, natOf, zonesOf } from './defaults';
import { MINOR_FORM, REGION_FORM } from './forms';
import { partitionOf, unknownRegion } from './regions';
import type { Eks } from './schema';
import { unlisted } from './versions';

/** What Auto Mode has built in. */
const BUILT_IN = ['aws-ebs-csi-driver', 'coredns', 'eks-node-monitoring-agent', 'eks-pod-identity-agent', 'kube-proxy', 'vpc-cni'];
/** What no node group works without. */
const INDISPENSABLE = ['coredns', 'eks-pod-identity-agent', 'kube-proxy', 'vpc-cni'];
/** Names of pools and node classes that Auto Mode has taken. */
const TAKEN_POOLS = ['default', 'general-purpose', 'system'];
/** The first days after which AWS rotates a key. */
const LEAST_ROTATION = 90;
/** Pods on a node of Auto Mode, which nobody can change. */
const AUTO_PODS = 110;
/** Ranges that EKS takes for the public endpoint. */
const MOST_RANGES = 40;
/** Exceptions of other clouds. */
const FOREIGN: Exceptions = {
  'single-zone': 'nothing on EKS, whose control plane is in two zones at least',
  'public-nodes': 'nothing on EKS, where nodes have private addresses only',
  'unsigned-images': 'nothing on EKS, which has no policy for images of its own',
};

/** Reports what the schema can't see. Values may be odd where the schema has reported them already. */
export function checkEks(settings: Eks, reporter: Reporter): void {
  checkCommon(settings, settings.region, reporter);
  checkPlace(settings, reporter);
  checkProduction(settings, reporter);
  checkControlPlane(settings, reporter);
  checkPrincipals(settings, reporter);
  checkAddons(settings, reporter);
  checkBackup(settings, reporter);
  checkPools(settings, reporter);
  if (settings.autoMode) checkAutoMode(settings, reporter);
  else checkManaged(settings, reporter);
  if (zonesOf(settings).length > 1) planAddresses(settings, reporter);
}

function checkPlace(settings: Eks, reporter: Reporter): void {
  const { region, zones, nodePools } = settings;
  if (zones?.length === 1) reporter.add(['zones'], zones, 'at least two zones: EKS has its control plane in no fewer; name one zone in the pools instead');
  if (zones !== undefined) return;
  const known = zonesOf(settings);
  if (known.length === 0 && REGION_FORM.test(region)) reporter.add(['region'], region, unknownRegion(region));
  for (const [pool, { zones: own = [] }] of Object.entries(nodePools)) {
    own.forEach((zone, index) => {
      if (known.length > 0 && !known.includes(zone)) reporter.add(['nodePools', pool, 'zones', index], zone, `one of the cluster's zones: ${known.join(', ')}`);
    });
  }
}

function checkProduction(settings: Eks, reporter: Reporter): void {
  const { exceptions, version, support, encryption: { rotationDays, key } } = settings;
  checkExceptions(exceptions, FOREIGN, reporter);
  if (natOf(settings) === 'single') requireException(settings, 'single-nat', ['egress', 'nat'], 'single', '"per-zone" (or "none")', reporter);
  if (rotationDays < LEAST_ROTATION) reporter.add(['encryption', 'rotationDays'], rotationDays, `at least ${LEAST_ROTATION}: AWS rotates no key sooner`);
  if (key !== undefined && !/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/.test(key)) reporter.add(['encryption', 'key'], key, 'the ARN of a key, such as "arn:aws:kms:eu-central-2:123456789012:key/…"');
  const instead = MINOR_FORM.test(version) && exceptions['unlisted-version'] === undefined ? unlisted(version, support) : undefined;
  if (instead !== undefined) reporter.add(['version'], version, `${instead}; or the reason why this one is there, in exceptions["unlisted-version"]`);
}

function checkControlPlane({ controlPlane: { access, authorizedNetworks }, production, registry, hosts, region }: Eks, reporter: Reporter): void {
  const path = ['controlPlane', 'authorizedNetworks'];
  if (access === 'public' && Object.keys(authorizedNetworks).length === 0) reporter.add(path, authorizedNetworks, 'at least one range, by name: { office: "203.0.113.0/24" }; else EKS lets the whole internet in');
  if (access === 'public' && Object.keys(authorizedNetworks).length > MOST_RANGES) reporter.add(path, authorizedNetworks, `at most ${MOST_RANGES}: EKS takes no more`);
  for (const [name, range] of Object.entries(authorizedNetworks)) {
    if (production && range.endsWith('/0')) reporter.add([...path, name], range, 'a range that is smaller than the internet');
  }
  if (registry.pullFrom.length > 0) reporter.add(['registry', 'pullFrom'], registry.pullFrom, 'nothing on EKS: nodes may pull from every repository of the account, and one of another account says so itself, in its policy');
  if (hosts?.zone !== undefined && !/^Z[A-Z0-9]{5,31}$/.test(hosts.zone)) reporter.add(['hosts', 'zone'], hosts.zone, 'the id of a hosted zone, such as "Z0123456789ABCDEFGHIJ"');
  if (hosts !== undefined && partitionOf(region) === 'aws-cn') reporter.add(['hosts'], hosts, 'nothing in China, where Route 53 has no public zones');
}

function checkPrincipals({ admins, accessEntries, deployRole, region }: Eks, reporter: Reporter): void {
  const named = [...Object.entries(admins).map(([name, arn]) => [['admins', name], arn] as const), ...Object.entries(accessEntries).map(([name, { principal }]) => [['accessEntries', name, 'principal'], principal] as const)];
  if (Object.keys(admins).length === 0) reporter.add(['admins'], admins, 'at least one role, by name: { platform: "arn:aws:iam::123456789012:role/platform" }; else nobody gets in');
  named.forEach(([path, arn], index) => {
    const first = named.findIndex(([, other]) => other === arn);
    if (first < index) reporter.add(path, arn, `a principal that is not named yet; it is ${named[first]![0].slice(0, 2).join('.')}`);
    if (arn.startsWith('arn:') && arn.split(':')[1] !== partitionOf(region)) reporter.add(path, arn, `a principal of the partition of ${region}: "arn:${partitionOf(region)}:…"`);
  });
  for (const [name, { policy, namespaces, groups }] of Object.entries(accessEntries)) {
    if (policy === undefined && groups.length === 0) reporter.add(['accessEntries', name], accessEntries[name], 'a policy, or groups that RBAC knows');
    if (policy === undefined && namespaces !== undefined) reporter.add(['accessEntries', name, 'namespaces'], namespaces, 'nothing without a policy; RBAC says where its groups may do what');
  }
  if (deployRole !== undefined && !Object.values(admins).includes(deployRole)) reporter.add(['deployRole'], deployRole, 'one of the admins: who deploys makes Kubernetes objects too');
}

function checkAddons({ addons, autoMode }: Eks, reporter: Reporter): void {
  for (const [name, addon] of Object.entries(addons)) {
    if (autoMode && BUILT_IN.includes(name)) reporter.add(['addons', name], addon, 'nothing: Auto Mode has it built in');
    if (!autoMode && addon === false && INDISPENSABLE.includes(name)) reporter.add(['addons', name], false, 'its settings: no node works without it');
    for (const [account, { policies, statements }] of Object.entries((addon || {}).identities ?? {})) {
      if (policies.length + statements.length === 0) reporter.add(['addons', name, 'identities', account], {}, 'policies or statements');
    }
  }
}

function checkBackup({ backup }: Eks, reporter: Reporter): void {
  if (backup === undefined || backup === false) return;
  const [, , day, , weekday] = backup.schedule.split(' ');
  if (CRON_FORM.test(backup.schedule) && day !== '*' && weekday !== '*') reporter.add(['backup', 'schedule'], backup.schedule, 'a day of the month or of the week, not both: AWS takes one');
}

function checkPools({ nodePools, autoMode, addresses }: Eks, reporter: Reporter): void {
  const limit = addresses.maxPodsPerNode;
  if (autoMode && limit !== undefined && limit !== AUTO_PODS) reporter.add(['addresses', 'maxPodsPerNode'], limit, `nothing with autoMode: true, where ${AUTO_PODS} fit`);
  for (const [name, { labels, upgrade }] of Object.entries(nodePools)) {
    const path = ['nodePools', name];
    if (upgrade.strategy === 'blue-green') reporter.add([...path, 'upgrade', 'strategy'], 'blue-green', '"surge": EKS has no other way');
    for (const key of Object.keys(labels)) {
      if (RESERVED_LABEL.test(key)) reporter.add([...path, 'labels', key], labels[key], 'a key that neither Kubernetes nor EKS keeps for itself');
    }
  }
}

function checkAutoMode(settings: Eks, reporter: Reporter): void {
  const { nodePools, podsFrom, nodeImage } = settings;
  const builtIn = builtInPoolsOf(settings);
  if (settings.autoscalerIdentity) reporter.add(['autoscalerIdentity'], true, 'false with autoMode: true, which makes nodes itself');
  if (podsFrom === 'secondary' && builtIn.length > 0) reporter.add(['builtInPools'], builtIn, 'none with podsFrom: "secondary": their pods get addresses of the nodes\' subnets');
  if (builtIn.length + Object.keys(nodePools).length === 0) reporter.add(['nodePools'], nodePools, 'at least one pool, such as { workers: { machine: { cpus: 4, memory: 16Gi }, nodes: { max: 6 } } }, or builtInPools');
  else if (!builtIn.includes('general-purpose') && Object.values(nodePools).every(isTainted)) reporter.add(['nodePools'], Object.keys(nodePools), 'at least one pool without taints, for the add-ons; or builtInPools with "general-purpose"');
  if (nodeImage !== 'bottlerocket') reporter.add(['nodeImage'], nodeImage, '"bottlerocket" with autoMode: true, which has no other');
  for (const [name, { machineType, disk, maxPodsPerNode }] of Object.entries(nodePools)) {
    const path = ['nodePools', name];
    if (TAKEN_POOLS.includes(name)) reporter.add(path, name, 'a name that Auto Mode does not have itself');
    if (coresOf(machineType) === undefined) reporter.add([...path, 'machineType'], machineType, 'a machine whose cores are told by its size, such as "m7i.12xlarge": Auto Mode limits a pool by cores');
    if (disk.type !== 'gp3') reporter.add([...path, 'disk', 'type'], disk.type, '"gp3" with autoMode: true, which has no other');
    if (maxPodsPerNode !== undefined && maxPodsPerNode !== AUTO_PODS) reporter.add([...path, 'maxPodsPerNode'], maxPodsPerNode, `nothing with autoMode: true, where ${AUTO_PODS} fit`);
  }
}

function checkManaged({ nodePools, builtInPools }: Eks, reporter: Reporter): void {
  if (builtInPools !== undefined) reporter.add(['builtInPools'], builtInPools, 'nothing with autoMode: false');
  const pools = Object.values(nodePools);
  if (pools.length === 0) reporter.add(['nodePools'], nodePools, 'at least one pool, such as { workers: { machine: { cpus: 4, memory: 16Gi }, nodes: { max: 6 } } }, or autoMode: true');
  else if (pools.every(isTainted)) reporter.add(['nodePools'], Object.keys(nodePools), 'at least one pool without taints, for DNS and what else the cluster itself runs');
}
