import { toYaml } from '../../../lib';
import type { MonitoredApplication } from '../../../lib/monitoring';
import { applicationRules, platformRules, renderGroup, type AlertName, type Platform, type RuleGroup, type RuleOptions } from '../../../lib/monitoring/rules';
import { FAILURES, healthy, HEALTHY_PLATFORM, LENGTH, Names, PLATFORM_FAILURES, type Series } from './series';

/** A rule file and the promtool tests of its alerts. */
export interface TestedRules {
  /** File name without its end, unique. */
  readonly name: string;
  /** The rule file. */
  readonly rules: string;
  /** What `promtool test rules` reads; it expects the rule file beside it. */
  readonly tests: string;
  /** The alerts for which a failure was made up. */
  readonly alerts: readonly string[];
}

/** One world and what must fire in it. */
interface World {
  readonly name: string;
  readonly series: Series;
  readonly fires: readonly string[];
  /** Alerts besides those that may fire too. */
  readonly alone: boolean;
}

/** What must go wrong for an alert to fire; undefined where nobody has thought of it. */
type FailureOf = (alert: AlertName) => Series | undefined;

/**
 * The rule file of an application, and tests in which each of its alerts fires on its failure, and none while all is well.
 * @param packed - whether failures that have no series in common happen at once: less exact, and several times as fast
 */
export function testedApplication(app: MonitoredApplication, options: RuleOptions, packed = false): TestedRules {
  const names = new Names(app);
  return tested(`${app.namespace}-${app.name}`, applicationRules(app, options), healthy(app), (alert) => FAILURES[alert]?.(names), [], packed);
}

/** The same of the platform, where the Watchdog barks all the time. */
export function testedPlatform(platform: Platform, options: RuleOptions): TestedRules {
  return tested('platform', platformRules(platform, options), HEALTHY_PLATFORM, (alert) => PLATFORM_FAILURES[alert], platform.watchdog ? ['Watchdog'] : []);
}

function tested(name: string, group: RuleGroup, well: Series, failureOf: FailureOf, always: readonly string[] = [], packed = false): TestedRules {
  return testedFile(name, { rules: toYaml([{ groups: [renderGroup(group)] }]), alerts: group.rules.flatMap(({ alert }) => alert ?? []) }, well, failureOf, always, packed);
}

/**
 * The same of a rule file as it is rendered.
 * @param well - the series while all is well
 * @param always - alerts that fire all the time
 */
export function testedFile(name: string, { rules, alerts }: Pick<TestedRules, 'rules' | 'alerts'>, well: Series, failureOf: FailureOf, always: readonly string[], packed: boolean): TestedRules {
  const failures = alerts.map((alert) => {
    const failure = failureOf(alert as AlertName);
    if (!failure) throw new Error(`no failure is known that makes ${alert} fire; add one to series.ts`);
    return { alerts: [alert] as readonly string[], failure };
  });
  const worlds: World[] = (packed ? pack(failures) : failures).map((one) => ({ name: `${one.alerts.join(', ')} fires`, series: { ...well, ...one.failure }, fires: [...new Set([...always, ...one.alerts])], alone: false }));
  worlds.unshift({ name: 'nothing fires while all is well', series: well, fires: always, alone: true });
  const file = { rule_files: [`${name}.rules.yaml`], evaluation_interval: '5m', tests: worlds.map(renderWorld) };
  return { name, rules, tests: toYaml([file]), alerts };
}

/** Prometheus writes every alert that fires as a series; its labels are summed up to those that the routes need. */
function renderWorld({ name, series, fires, alone }: World): Record<string, unknown> {
  const input = Object.entries(series).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const among = alone ? '' : `,alertname=~"${fires.join('|')}"`;
  return {
    name,
    interval: '1m',
    input_series: input.map(([key, values]) => ({ series: key, values })),
    promql_expr_test: [{
      expr: `group by (alertname) (ALERTS{alertstate="firing"${among}})`,
      eval_time: `${LENGTH}m`,
      exp_samples: fires.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
    }],
  };
}

interface Failure {
  readonly alerts: readonly string[];
  readonly failure: Series;
}

/** Puts failures together that have no series in common. */
function pack(failures: readonly Failure[]): Failure[] {
  const packed: Failure[] = [];
  for (const { alerts, failure } of failures) {
    const index = packed.findIndex((other) => Object.keys(failure).every((key) => !Object.hasOwn(other.failure, key)));
    if (index < 0) packed.push({ alerts, failure });
    else packed[index] = { alerts: [...packed[index]!.alerts, ...alerts], failure: { ...packed[index]!.failure, ...failure } };
  }
  return packed;
}
