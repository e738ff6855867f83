import { readObject, type Shapes } from '../../core/forms';
import { defined } from '../../core/json';
import type { Mistakes } from '../../core/problems';
import { didYouMean, sentenceList } from '../../core/suggest';
import type { MonitoredApplication } from '../application';
import { Matcher, not, regex } from '../promql';
import { checkChanges, readCustomRules, type AlertChanges, type CustomRule, type RuleGroup } from '../rules';
import type { AlertmanagerSettings } from './alertmanager';
import { addressProblem } from './kind';
import { readMatchers, type LabelMatchers } from './matching';
import { addressesOf, readReceivers, type OneOrMore, type Receiver, type ReceiverProps } from './receivers';
import { checkName, GROUPING_SHAPES, namedReceivers, readGrouping, readRoutes, teamsOf, type GroupingProps, type Route, type RouteProps } from './routes';
import { readTimes, type TimeInterval, type Times } from './times';

/** Alerts that keep others quiet while they last. */
export interface InhibitionProps {
  /** What the loud alert is like. */
  readonly source: LabelMatchers;
  /** What the alerts are like that are kept quiet. */
  readonly target: LabelMatchers;
  /** Labels in which the two must agree. @default none */
  readonly equal?: readonly string[];
}

/** An outside watcher of the alerting: it hears of the Watchdog, which is always on, and raises the alarm when it no longer does. */
export interface DeadManSwitchProps {
  /** Name of the receiver that tells it; it gets nothing else. */
  readonly receiver: string;
  /** How often it is told. @default '1m' */
  readonly every?: string;
}

/** That there is none, and why. */
export interface NoDeadManSwitch {
  /** The reason, in a sentence. */
  readonly declined: string;
}

/** Who is told of which alerts, and which alerts there are. */
export interface AlertingProps extends AlertChanges, GroupingProps {
  /** Receivers by name. */
  readonly receivers: Readonly<Record<string, ReceiverProps>>;
  /** Name of the receiver of alerts that no route takes. */
  readonly receiver: string;
  /** Where alerts go, by team, severity and environment. Once a route names a team, every owner of an application needs one. @default all to `receiver` */
  readonly routes?: readonly RouteProps[];
  /** The outside watcher of the alerting, or why there is none. */
  readonly deadManSwitch: DeadManSwitchProps | NoDeadManSwitch;
  /** Address of the folder with the runbooks, a page for each alert: `<runbooks>/<Alert>.md`. */
  readonly runbooks: string;
  /** Times that routes name in `mute` and `active`. @default none */
  readonly times?: Readonly<Record<string, OneOrMore<TimeInterval>>>;
  /** Further alerts that keep others quiet: critical ones those of the same application, and a node that is down those of its pods, do so already. @default none */
  readonly inhibitions?: readonly InhibitionProps[];
  /** How Alertmanager runs. @default by the size of the stack */
  readonly alertmanager?: AlertmanagerSettings;
  /** Rules of one's own, by name of their group. @default none */
  readonly rules?: Readonly<Record<string, readonly CustomRule[]>>;
}

const SHAPES: Shapes<AlertingProps> = {
  ...GROUPING_SHAPES, alerts: 'any', applicationAlerts: 'any', receivers: 'any', receiver: 'any', routes: 'any', deadManSwitch: 'any', runbooks: 'any', times: 'any', inhibitions: 'list', rules: 'map', alertmanager: 'any',
};
const SETTINGS_SHAPES: Shapes<AlertmanagerSettings> = {
  replicas: 'any', storage: 'any', externalUrl: 'text', resources: 'any', egress: 'any', connectsTo: 'list', identity: 'any', patches: 'any', nodeSelector: 'map', tolerations: 'list', priorityClassName: 'text',
};
const INHIBITION_SHAPES: Shapes<InhibitionProps> = { source: 'any', target: 'any', equal: 'texts' };

/** The keys of {@link AlertingProps}. */
export const ALERTING_KEYS: readonly string[] = Object.keys(SHAPES);

/** An inhibition as read. */
export interface Inhibition {
  readonly source: ReadonlyMap<string, Matcher>;
  readonly target: ReadonlyMap<string, Matcher>;
  readonly equal: readonly string[];
}

/** The alerting as read: all that both forms of its configuration are made of. */
export interface Alerting {
  readonly receivers: readonly Receiver[];
  /** The root of the routes. */
  readonly route: { readonly receiver: string; readonly routes: readonly Route[]; readonly grouping: GroupingProps };
  readonly inhibitions: readonly Inhibition[];
  readonly times: Times;
  /** Whether the Watchdog is on, and if not, why. */
  readonly watchdog: { readonly on: boolean; readonly reason?: string };
  /** Rules of the user's own. */
  readonly rules: readonly RuleGroup[];
  /** Address of an alert's runbook. */
  readonly runbook: (alert: string) => string;
  readonly changes: AlertChanges;
  /** How Alertmanager runs. */
  readonly settings: AlertmanagerSettings;
}

const GROUPING: Required<GroupingProps> = { groupBy: ['environment', 'namespace', 'application', 'alertname'], groupWait: '30s', groupInterval: '5m', repeatInterval: '4h' };
const SAME_APPLICATION = ['environment', 'namespace', 'application'];

/** What is always kept quiet: it follows from what is said already. */
const INHIBITIONS: readonly Inhibition[] = [
  // Without an application an alert is the platform's; those do not silence each other.
  { source: new Map([['severity', new Matcher('=', 'critical')], ['application', not('')]]), target: new Map([['severity', regex('warning|info')], ['application', not('')]]), equal: SAME_APPLICATION },
  { source: new Map([['alertname', new Matcher('=', 'NodeNotReady')]]), target: new Map([['alertname', not('NodeNotReady')], ['node', not('')]]), equal: ['environment', 'node'] },
];

/** Reads the alerting; all mistakes are reported. The owners are those of the applications and of the platform. */
export function readAlerting(problems: Mistakes, prop: string, given: AlertingProps, applications: readonly MonitoredApplication[], platformOwner?: string): Alerting {
  const props = readObject<AlertingProps>(problems, prop, given, SHAPES);
  const receivers = readReceivers(problems, `${prop}.receivers`, props.receivers);
  const names = receivers.map(({ name }) => name);
  const times = readTimes(problems, `${prop}.times`, props.times);
  const routes = readRoutes(problems, `${prop}.routes`, props.routes, { receivers: names, times: [...times.keys()] });
  if (props.receiver === undefined) problems.add(`${prop}.receiver`, undefined, `the name of the receiver of all alerts that no route takes is required: ${sentenceList(names)}`);
  else checkName(problems, `${prop}.receiver`, props.receiver, 'receiver', names);
  checkTeams(problems, `${prop}.routes`, routes, ownersOf(applications, platformOwner));
  checkChanges(problems, prop, props, applications.map(({ namespace, name }) => `${namespace}/${name}`));
  const own = readDeadManSwitch(problems, `${prop}.deadManSwitch`, props.deadManSwitch, { receivers, used: [props.receiver ?? '', ...namedReceivers(routes)] });
  return {
    receivers,
    route: { receiver: props.receiver ?? '', routes: [...own.routes, ...routes], grouping: { ...GROUPING, ...defined(readGrouping(problems, prop, props)) } },
    inhibitions: [...INHIBITIONS, ...readInhibitions(problems, `${prop}.inhibitions`, props.inhibitions)],
    times,
    watchdog: own.watchdog,
    rules: readRules(problems, `${prop}.rules`, props.rules, applications),
    runbook: readRunbooks(problems, `${prop}.runbooks`, props.runbooks),
    changes: { ...(props.alerts ? { alerts: props.alerts } : {}), ...(props.applicationAlerts ? { applicationAlerts: props.applicationAlerts } : {}) },
    settings: readSettings(problems, `${prop}.alertmanager`, props.alertmanager),
  };
}

/** Rules of the user's own; a group is a file, which may not take the place of another. */
function readRules(problems: Mistakes, prop: string, given: AlertingProps['rules'], applications: readonly MonitoredApplication[]): readonly RuleGroup[] {
  const fileOf = (name: string) => name.replace(/[^-._a-zA-Z0-9]+/g, '-');
  const taken = new Set(['platform', ...applications.map(({ namespace, name }) => fileOf(`${namespace}/${name}`))]);
  for (const name of Object.keys(given ?? {})) {
    if (taken.has(fileOf(name))) problems.refuse(`${prop}.${name}`, 'a group of this name is made already; take another');
    taken.add(fileOf(name));
  }
  return readCustomRules(problems, prop, given ?? {});
}

function readSettings(problems: Mistakes, prop: string, given: AlertmanagerSettings | undefined): AlertmanagerSettings {
  const settings = readObject<AlertmanagerSettings>(problems, prop, given, SETTINGS_SHAPES);
  const { replicas, storage, externalUrl, ...others } = settings;
  const few = replicas === undefined || replicas === 1 || replicas === 2 || replicas === 3;
  if (!few) problems.add(`${prop}.replicas`, replicas, '1, 2 and 3 are allowed: each sends to all the others');
  if (externalUrl !== undefined) problems.check(`${prop}.externalUrl`, externalUrl, addressProblem);
  return { ...others, ...(few && replicas !== undefined ? { replicas } : {}), ...(storage === undefined ? {} : { storage }), ...(externalUrl === undefined ? {} : { externalUrl }) };
}

/** What each team owns. */
function ownersOf(applications: readonly MonitoredApplication[], platform: string | undefined): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  const add = (owner: string | undefined, what: string) => owner !== undefined && owners.set(owner, [...(owners.get(owner) ?? []), what]);
  for (const { owner, namespace, name } of applications) add(owner, `${namespace}/${name}`);
  add(platform, 'the platform');
  return owners;
}

function checkTeams(problems: Mistakes, prop: string, routes: readonly Route[], owners: ReadonlyMap<string, readonly string[]>): void {
  const teams = teamsOf(routes);
  if (teams.length === 0) return;
  for (const [owner, owned] of owners) {
    if (!teams.includes(owner)) problems.refuse(prop, `no route is for the team '${owner}', which owns ${sentenceList(owned)}; add { team: '${owner}', receiver: … }${didYouMean(owner, teams)}`);
  }
}

function readDeadManSwitch(problems: Mistakes, prop: string, given: AlertingProps['deadManSwitch'] | undefined, { receivers, used }: { readonly receivers: readonly Receiver[]; readonly used: readonly string[] }): { readonly routes: readonly Route[]; readonly watchdog: Alerting['watchdog'] } {
  const both = readObject<DeadManSwitchProps & NoDeadManSwitch>(problems, prop, given as DeadManSwitchProps & NoDeadManSwitch, { receiver: 'text', every: 'text', declined: 'text' });
  const { receiver, every = '1m', declined } = both;
  if (given === undefined || (receiver === undefined) === (declined === undefined)) {
    problems.add(prop, given, "somebody outside must notice when the alerting itself fails: { receiver: 'name' }, or { declined: 'the reason why not' }, is required");
    return { routes: [], watchdog: { on: false } };
  }
  if (receiver === undefined) {
    if (declined!.trim() === '') problems.add(`${prop}.declined`, declined, 'a sentence that says why is required');
    return { routes: [], watchdog: { on: false, reason: declined! } };
  }
  checkName(problems, `${prop}.receiver`, receiver, 'receiver', receivers.map(({ name }) => name));
  const own = receivers.find(({ name }) => name === receiver);
  if (own?.notifications.length === 0) problems.add(`${prop}.receiver`, receiver, 'this receiver tells nobody; give it a webhook or another way of notifying');
  if (own && addressesOf(own).some(({ hostname }) => INSIDE.test(hostname))) problems.add(`${prop}.receiver`, receiver, 'its address lies within the cluster, and fails with it; name one outside');
  if (used.includes(receiver)) problems.add(`${prop}.receiver`, receiver, 'other alerts go there too, and would look like a sign of life; give the dead man\'s switch a receiver of its own');
  const grouping = readGrouping(problems, prop, { groupBy: ['alertname'], groupWait: '0s', groupInterval: every, repeatInterval: every });
  const route: Route = { receiver, matchers: new Map([['alertname', new Matcher('=', 'Watchdog')]]), teams: [], continue: false, grouping, mute: [], active: [], routes: [] };
  return { routes: [route], watchdog: { on: true } };
}

/** Host names that only the cluster knows. */
const INSIDE = /^(?:localhost|127\.[\d.]+|[^.]+|[^.]+\.[^.]+\.svc|.+\.svc\..+|.+\.cluster\.local)$/;

function readInhibitions(problems: Mistakes, prop: string, given: readonly InhibitionProps[] | undefined): readonly Inhibition[] {
  return (given ?? []).map((input, index) => {
    const path = `${prop}[${index}]`;
    const { source, target, equal = [] } = readObject<InhibitionProps>(problems, path, input, INHIBITION_SHAPES);
    for (const [key, value] of Object.entries({ source, target })) if (value === undefined || Object.keys(value).length === 0) problems.add(`${path}.${key}`, value, 'at least one label is required: without one every alert would be meant');
    return { source: readMatchers(problems, `${path}.source`, source), target: readMatchers(problems, `${path}.target`, target), equal };
  });
}

function readRunbooks(problems: Mistakes, prop: string, base: unknown): (alert: string) => string {
  if (typeof base !== 'string' || !URL.canParse(base)) problems.add(prop, base, 'the address of the folder with the runbooks is required, such as "https://github.com/acme/shop/blob/main/docs/runbooks"');
  return (alert) => `${String(base).replace(/\/+$/, '')}/${alert}.md`;
}
