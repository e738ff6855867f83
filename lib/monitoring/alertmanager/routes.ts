import { DURATION_FORM, parseSeconds } from '../../core/duration';
import { readObject, type Shapes } from '../../core/forms';
import { compact, nonEmpty, type JsonObject } from '../../core/json';
import type { Mistakes } from '../../core/problems';
import { asList } from '../../core/shape';
import { didYouMean, sentenceList } from '../../core/suggest';
import { anyOf, Matcher } from '../promql';
import { SEVERITIES, type Severity } from '../rules';
import { matches, readMatchers, renderMatchers, renderMatchersResource, type LabelMatchers } from './matching';
import type { OneOrMore } from './receivers';

/** How alerts are gathered into notifications. */
export interface GroupingProps {
  /** Labels: alerts that agree in them come in one notification. @default those of the route above; at the top environment, namespace, application and alertname */
  readonly groupBy?: readonly string[];
  /** How long the first alert of a group waits for others. @default that of the route above; at the top 30s */
  readonly groupWait?: string;
  /** How long later alerts of the group wait. @default that of the route above; at the top 5m */
  readonly groupInterval?: string;
  /** How often it is said again while nothing changes. @default that of the route above; at the top 4h */
  readonly repeatInterval?: string;
}

/** Where alerts go. The first route that fits takes an alert, and the first below that one that fits, and so on. */
export interface RouteProps extends GroupingProps {
  /** Alerts of this team, or of one of these: the `owner` of the applications. @default any */
  readonly team?: OneOrMore<string>;
  /** Alerts of this severity, or of one of these. @default any */
  readonly severity?: OneOrMore<Severity>;
  /** Alerts of this environment, or of one of these. @default any */
  readonly environment?: OneOrMore<string>;
  /** What other labels must be like. @default anything */
  readonly matchers?: LabelMatchers;
  /** Name of the receiver. @default that of the route above */
  readonly receiver?: string;
  /** Whether the routes after this one get the alert too. @default false */
  readonly continue?: boolean;
  /** Names of times at which nobody is told. @default none */
  readonly mute?: readonly string[];
  /** Names of the only times at which somebody is told. @default always */
  readonly active?: readonly string[];
  /** Routes within this one. @default none */
  readonly routes?: readonly RouteProps[];
}

/** A route as read. */
export interface Route {
  readonly receiver: string | undefined;
  readonly matchers: ReadonlyMap<string, Matcher>;
  /** The teams that it names. */
  readonly teams: readonly string[];
  readonly continue: boolean;
  readonly grouping: GroupingProps;
  readonly mute: readonly string[];
  readonly active: readonly string[];
  readonly routes: readonly Route[];
}

/** What routes may name. */
export interface RouteContext {
  readonly receivers: readonly string[];
  readonly times: readonly string[];
}

export const GROUPING_SHAPES: Shapes<GroupingProps> = { groupBy: 'texts', groupWait: 'text', groupInterval: 'text', repeatInterval: 'text' };
const SHAPES: Shapes<RouteProps> = {
  ...GROUPING_SHAPES, team: 'any', severity: 'any', environment: 'any', matchers: 'any', receiver: 'text', continue: 'truth', mute: 'texts', active: 'texts', routes: 'list',
};
const LABELS = { team: 'owner', severity: 'severity', environment: 'environment' } as const;

/** Reads routes; a name that nothing has is reported. */
export function readRoutes(problems: Mistakes, prop: string, given: readonly RouteProps[] | undefined, context: RouteContext): readonly Route[] {
  return asList(problems, prop, given).map((route, index) => readRoute(problems, `${prop}[${index}]`, route, context));
}

function readRoute(problems: Mistakes, prop: string, given: RouteProps, context: RouteContext): Route {
  const props = readObject<RouteProps>(problems, prop, given, SHAPES);
  const labels = (['team', 'severity', 'environment'] as const).flatMap((key) => {
    const values = readValues(problems, `${prop}.${key}`, props[key], key === 'severity' ? SEVERITIES : undefined);
    return values.length === 0 ? [] : [[LABELS[key], values.length === 1 ? new Matcher('=', values[0]!) : anyOf(values)] as const];
  });
  checkName(problems, `${prop}.receiver`, props.receiver, 'receiver', context.receivers);
  for (const key of ['mute', 'active'] as const) props[key]?.forEach((name, index) => checkName(problems, `${prop}.${key}[${index}]`, name, 'time', context.times));
  if (props.receiver === undefined && props.routes === undefined && props.mute === undefined && props.active === undefined) problems.add(prop, given, "a 'receiver', or 'routes' within it, is required: else it changes nothing");
  return {
    receiver: props.receiver,
    matchers: new Map([...labels, ...readMatchers(problems, `${prop}.matchers`, props.matchers)]),
    teams: readValues(new NoMistakes(), '', props.team),
    continue: props.continue ?? false,
    grouping: readGrouping(problems, prop, props),
    mute: props.mute ?? [],
    active: props.active ?? [],
    routes: readRoutes(problems, `${prop}.routes`, props.routes, context),
  };
}

function readValues(problems: Pick<Mistakes, 'add'>, prop: string, given: OneOrMore<string> | undefined, allowed?: readonly string[]): readonly string[] {
  if (given === undefined) return [];
  const values = Array.isArray(given) ? (given as readonly string[]) : [given as string];
  if (values.length === 0) problems.add(prop, given, 'at least one is required; leave it out for any');
  for (const value of values) {
    if (typeof value !== 'string' || value === '') problems.add(prop, value, 'text is allowed');
    else if (allowed && !allowed.includes(value)) problems.add(prop, value, `${sentenceList(allowed)} are allowed${didYouMean(value, allowed)}`);
  }
  return values.filter((value) => typeof value === 'string' && value !== '');
}

/** Where mistakes were reported before. */
class NoMistakes {
  public add(): void {}
}

/** Reports a name that nothing has. */
export function checkName(problems: Mistakes, prop: string, name: string | undefined, what: string, names: readonly string[]): void {
  if (name !== undefined && !names.includes(name)) problems.add(prop, name, `there is no ${what} of this name; there are ${sentenceList(names)}${didYouMean(name, names)}`);
}

/** Reads how alerts are gathered. */
export function readGrouping(problems: Mistakes, prop: string, { groupBy, groupWait, groupInterval, repeatInterval }: GroupingProps): GroupingProps {
  const times = { groupWait, groupInterval, repeatInterval };
  for (const [key, time] of Object.entries(times)) if (time !== undefined && parseSeconds(time) === undefined) problems.add(prop === '' ? key : `${prop}.${key}`, time, DURATION_FORM);
  return { groupBy, ...times } as GroupingProps;
}

/** The names of the receivers that hear of an alert with these labels. */
export function receiversOf({ receiver, routes }: Pick<Route, 'receiver' | 'routes'>, labels: Readonly<Record<string, string>>): readonly string[] {
  const found: string[] = [];
  for (const route of routes) {
    if (!matches(route.matchers, labels)) continue;
    found.push(...receiversOf({ receiver: route.receiver ?? receiver, routes: route.routes }, labels));
    if (!route.continue) break;
  }
  return found.length > 0 || receiver === undefined ? found : [receiver];
}

/** All teams that any route names. */
export const teamsOf = (routes: readonly Route[]): readonly string[] => [...new Set(routes.flatMap((route) => [...route.teams, ...teamsOf(route.routes)]))];

/** All receivers that any route names. */
export const namedReceivers = (routes: readonly Route[]): readonly string[] => routes.flatMap(({ receiver, routes: below }) => [...(receiver === undefined ? [] : [receiver]), ...namedReceivers(below)]);

/** Routes as Alertmanager's configuration has them. */
export function renderRoutes(routes: readonly Route[]): JsonObject[] | undefined {
  return nonEmpty(routes.map(({ receiver, matchers, mute, active, grouping, continue: goesOn, routes: below }) => compact({
    receiver, matchers: nonEmpty(renderMatchers(matchers)), group_by: grouping.groupBy, group_wait: grouping.groupWait, group_interval: grouping.groupInterval, repeat_interval: grouping.repeatInterval,
    mute_time_intervals: nonEmpty(mute), active_time_intervals: nonEmpty(active), continue: goesOn ? true : undefined, routes: renderRoutes(below),
  }) ?? {}));
}

/** Routes as the AlertmanagerConfig resource has them; there every route names its receiver. */
export function renderRoutesResource(routes: readonly Route[], above: string): JsonObject[] | undefined {
  return nonEmpty(routes.map(({ receiver = above, matchers, mute, active, grouping, continue: goesOn, routes: below }) => compact({
    receiver, matchers: nonEmpty(renderMatchersResource(matchers)), ...grouping, muteTimeIntervals: nonEmpty(mute), activeTimeIntervals: nonEmpty(active), continue: goesOn ? true : undefined,
    routes: renderRoutesResource(below, receiver),
  }) ?? {}));
}
