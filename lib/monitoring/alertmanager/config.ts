import { compact, nonEmpty, type JsonObject } from '../../core/json';
import type { Mistakes } from '../../core/problems';
import type { Alerting } from './alerting';
import { renderMatchers, renderMatchersResource } from './matching';
import { renderReceiver, renderReceiverResource } from './receivers';
import { renderRoutes, renderRoutesResource } from './routes';
import { renderTimes, renderTimesResource } from './times';

/** Alertmanager's configuration; it names files with credentials, and holds none. */
export function alertmanagerConfig(alerting: Alerting, templates: string): JsonObject {
  const { route, receivers, inhibitions, times } = alerting;
  const { groupBy, groupWait, groupInterval, repeatInterval } = route.grouping;
  return compact({
    route: compact({ receiver: route.receiver, group_by: groupBy, group_wait: groupWait, group_interval: groupInterval, repeat_interval: repeatInterval, routes: renderRoutes(route.routes) }),
    inhibit_rules: inhibitions.map(({ source, target, equal }) => compact({ source_matchers: renderMatchers(source), target_matchers: renderMatchers(target), equal: nonEmpty(equal) })),
    receivers: receivers.map(renderReceiver),
    time_intervals: nonEmpty(renderTimes(times)),
    templates: [templates],
  })!;
}

/**
 * The spec of an AlertmanagerConfig (v1alpha1) with the same receivers and routes; what that resource can't say is reported.
 * It must be the operator's global configuration (`alertmanagerConfiguration`): else the operator binds its routes to one namespace.
 */
export function alertmanagerConfigSpec(problems: Mistakes, prop: string, alerting: Alerting): JsonObject {
  const { route, receivers, inhibitions, times } = alerting;
  return compact({
    route: compact({ receiver: route.receiver, ...route.grouping, routes: renderRoutesResource(route.routes, route.receiver) }),
    inhibitRules: inhibitions.map(({ source, target, equal }) => compact({ sourceMatch: renderMatchersResource(source), targetMatch: renderMatchersResource(target), equal: nonEmpty(equal) })),
    receivers: receivers.map((receiver) => renderReceiverResource(problems, receiver)),
    muteTimeIntervals: nonEmpty(renderTimesResource(problems, `${prop}.times`, times)),
  })!;
}
