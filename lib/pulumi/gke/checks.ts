import { parseSeconds } from '../../core/duration';
import { typesInstead } from '../../machines/gke';
import { WORD_OF_SCOPE, weeklyHours } from './maintenance';
import { checkCommon, requireException } from '../cluster/settings/common';
import { checkExceptions, type Exceptions } from '../cluster/settings/exceptions';
import { RESERVED_LABEL } from '../cluster/settings/labels';
import { checkClusterName } from '../cluster/settings/name';
import { isTainted } from '../cluster/settings/node-pools';
import type { Reporter } from '../cluster/settings/read';
import { planAddresses } from './addresses';
import { checkMetrics } from './metrics';
import { parseRepository } from './repository';
import type { Gke } from './schema';
import { channelOf, unlisted } from './versions';

/** Machines that take no other disks. */
const HYPERDISK_ONLY = /^(n4[a-z]?|c4[a-z]?|x4|m4)-/;
/** GKE asks for 48 hours in every 32 days, in blocks of at least 4; a weekday comes four times in them at the least. */
const HOURS_A_WEEK = 12;
const BLOCK = 4;
const DAY = 86_400_000;
/** Seconds for which GKE keeps the old nodes at most. */
const LONGEST_SOAK = 7 * 86_400;
/** Ranges that GKE takes as authorized networks. */
const MOST_RANGES = 100;

/** Exceptions of other clouds. */
const FOREIGN: Exceptions = { 'single-nat': 'nothing on GKE, whose way out is that of the whole region' };

/** Reports what the schema can't see. Values may be odd where the schema has reported them already. */
export function checkGke(settings: Gke, reporter: Reporter): void {
  checkCommon(settings, `${settings.region}-`, reporter);
  checkProduction(settings, reporter);
  checkVersion(settings, reporter);
  checkControlPlane(settings, reporter);
  checkMaintenance(settings, reporter);
  checkNames(settings, reporter);
  checkSources(settings, reporter);
  if (settings.autopilot) checkAutopilot(settings, reporter);
  else checkStandard(settings, reporter);
  planAddresses(settings, reporter);
}

function checkProduction(settings: Gke, reporter: Reporter): void {
  const { privateNodes, binaryAuthorization, exceptions } = settings;
  checkExceptions(exceptions, FOREIGN, reporter);
  if (!privateNodes) requireException(settings, 'public-nodes', ['privateNodes'], false, 'true', reporter);
  if (!binaryAuthorization) requireException(settings, 'unsigned-images', ['binaryAuthorization'], false, 'true', reporter);
}

function checkVersion({ version, channel, support, exceptions }: Gke, reporter: Reporter): void {
  if (support === 'extended' && channel !== undefined) reporter.add(['channel'], channel, 'nothing with support: "extended", which has a channel of its own');
  if (version === undefined || exceptions['unlisted-version'] !== undefined) return;
  const instead = unlisted(version, channelOf({ channel, support }));
  if (instead !== undefined) reporter.add(['version'], version, `${instead}; or the reason why this one is there, in exceptions["unlisted-version"]`);
}

function checkControlPlane({ controlPlane: { access, authorizedNetworks }, production }: Gke, reporter: Reporter): void {
  const path = ['controlPlane', 'authorizedNetworks'];
  if (access === 'public' && Object.keys(authorizedNetworks).length === 0) reporter.add(path, authorizedNetworks, 'at least one range, by name: { office: "203.0.113.0/24" }; else nobody outside gets in');
  if (Object.keys(authorizedNetworks).length > MOST_RANGES) reporter.add(path, authorizedNetworks, `at most ${MOST_RANGES}: GKE takes no more`);
  for (const [name, range] of Object.entries(authorizedNetworks)) {
    if (production && range.endsWith('/0')) reporter.add([...path, name], range, 'a range that is smaller than the internet');
  }
}

function checkMaintenance({ maintenance: { window, exclusions } }: Gke, reporter: Reporter): void {
  const path = ['maintenance'];
  if (window.hours < BLOCK) reporter.add([...path, 'window', 'hours'], window.hours, `at least ${BLOCK}: GKE takes no shorter window`);
  else if (weeklyHours(window) < HOURS_A_WEEK) reporter.add([...path, 'window', 'days'], window.days, `days and hours of at least ${HOURS_A_WEEK} hours a week: GKE asks for 48 hours in every 32 days`);
  const all = Object.entries(exclusions);
  if (all.length > 20) reporter.add([...path, 'exclusions'], exclusions, 'at most 20');
  if (all.filter(([, { scope }]) => scope === 'all').length > 3) reporter.add([...path, 'exclusions'], exclusions, 'at most 3 with the scope "all"; others with "minor" or "minor-and-nodes"');
  for (const [name, { from, until, scope }] of all) {
    const days = (Date.parse(until) - Date.parse(from)) / DAY;
    const { most } = WORD_OF_SCOPE[scope] ?? {};
    if (most !== undefined && days > most) reporter.add([...path, 'exclusions', name, 'until'], until, `at most ${most} days after from with the scope "${scope}", not ${days}`);
  }
}

const KEY = /^projects\/[^/]+\/locations\/([^/]+)\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/;

/** Full names of what is there already. */
function checkNames({ encryption: { key }, registry: { pullFrom }, hosts, region }: Gke, reporter: Reporter): void {
  const location = key === undefined ? undefined : KEY.exec(key)?.[1];
  if (key !== undefined && location === undefined) reporter.add(['encryption', 'key'], key, 'the full name of a key: "projects/<project>/locations/<region>/keyRings/<ring>/cryptoKeys/<key>"');
  else if (location !== undefined && location !== region) reporter.add(['encryption', 'key'], key, `a key in the region of the cluster, ${region}`);
  pullFrom.forEach((text, index) => {
    if (parseRepository(text) === undefined) reporter.add(['registry', 'pullFrom', index], text, 'the full name of a repository: "projects/<project>/locations/<location>/repositories/<name>"');
  });
  if (hosts?.zone !== undefined && !/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(hosts.zone)) reporter.add(['hosts', 'zone'], hosts.zone, 'the name of a managed zone of the project, such as "example-com"');
}

/** GKE sends nothing else without what it sends of the system. */
function checkSources(settings: Gke, reporter: Reporter): void {
  const { logs } = settings;
  if (logs.length > 0 && !logs.includes('system')) reporter.add(['logs'], logs, 'a list with "system", without which GKE sends no others; or none');
  checkMetrics(settings, reporter);
}

/** What the provider, or Autopilot itself, refuses. */
function checkAutopilot({ nodePools, autoProvisioning, addresses, managedPrometheus, zones, logs, metrics }: Gke, reporter: Reporter): void {
  const none = 'nothing with autopilot: true, where Google makes the nodes that pods need';
  if (Object.keys(nodePools).length > 0) reporter.add(['nodePools'], nodePools, none);
  if (autoProvisioning !== undefined) reporter.add(['autoProvisioning'], autoProvisioning, none);
  if (addresses.maxPodsPerNode !== undefined) reporter.add(['addresses', 'maxPodsPerNode'], addresses.maxPodsPerNode, 'nothing with autopilot: true, which sets it itself');
  if (managedPrometheus === false) reporter.add(['managedPrometheus'], false, 'true with autopilot: true, which can not do without');
  if (logs.length === 0) reporter.add(['logs'], logs, 'a list with "system" with autopilot: true, which always sends its own');
  if (metrics?.length === 0) reporter.add(['metrics'], metrics, 'a list with "system" with autopilot: true, which always sends its own');
  if (zones !== undefined) reporter.add(['zones'], zones, 'nothing with autopilot: true, which uses all zones of the region');
}

function checkStandard({ nodePools, autoProvisioning }: Gke, reporter: Reporter): void {
  if (Object.keys(nodePools).length === 0 && autoProvisioning === undefined) reporter.add(['nodePools'], nodePools, 'at least one pool, such as { workers: { machine: { cpus: 4, memory: 16Gi }, nodes: { max: 6 } } }, or autoProvisioning, or autopilot: true');
  else if (autoProvisioning === undefined && Object.values(nodePools).every(isTainted)) reporter.add(['nodePools'], Object.keys(nodePools), 'at least one pool without taints, for DNS and what else the cluster itself runs; or autoProvisioning');
  for (const [name, { machineType, disk, upgrade, labels }] of Object.entries(nodePools)) {
    for (const key of Object.keys(labels)) {
      if (RESERVED_LABEL.test(key)) reporter.add(['nodePools', name, 'labels', key], labels[key], 'a key that neither Kubernetes nor GKE keeps for itself');
    }
    const instead = typesInstead(machineType);
    if (instead) reporter.add(['nodePools', name, 'machineType'], machineType, `a type that there is: ${instead.join(', ')}`);
    if (HYPERDISK_ONLY.test(machineType) && disk.type !== 'hyperdisk-balanced') reporter.add(['nodePools', name, 'disk', 'type'], disk.type, `"hyperdisk-balanced": ${machineType} takes no other`);
    if (upgrade.surge + upgrade.unavailable > 20) reporter.add(['nodePools', name, 'upgrade'], upgrade, 'surge and unavailable of at most 20 together: GKE takes no more at a time');
    if ((parseSeconds(upgrade.soak) ?? 0) > LONGEST_SOAK) reporter.add(['nodePools', name, 'upgrade', 'soak'], upgrade.soak, 'at most seven days: GKE keeps the old nodes no longer');
  }
  for (const kind of ['cpu', 'memory'] as const) {
    const { min = 0, max = 0 } = autoProvisioning?.[kind] ?? {};
    if (min > max) reporter.add(['autoProvisioning', kind, 'min'], min, `at most max, which is ${max}`);
  }
}

/** The most characters of a node pool's name and its cluster's: GKE takes 40, of which 9 are a dash and what makes it unique. */
const POOL_NAME = 40 - 9;

/** Reports a name that is too long, or of another form, for what is called by it. */
export function checkName(name: string, pools: readonly string[], reporter: Reporter): void {
  checkClusterName(name, reporter);
  for (const pool of pools) {
    if (name.length + pool.length > POOL_NAME) reporter.add(['nodePools', pool], pool, `a name of at most ${POOL_NAME - name.length} characters: together with that of the cluster, ${name}, GKE takes no more`);
  }
}
