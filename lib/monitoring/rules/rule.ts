/** How much an alert matters: `critical` wakes somebody, `warning` is for the working day, `info` is there to be looked up. */
export type Severity = 'critical' | 'warning' | 'info';

/** All severities, the gravest first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];

/** An alerting or recording rule, as Prometheus has it. */
export interface Rule {
  /** Name of the alert; exactly one of `alert` and `record` is there. */
  readonly alert?: string;
  /** Name of the metric that is recorded. */
  readonly record?: string;
  /** The expression: an alert fires for each series that it gives. */
  readonly expr: string;
  /** How long it must hold before the alert fires. */
  readonly for?: string;
  /** How long the alert goes on after it held for the last time. */
  readonly keepFiringFor?: string;
  /** Labels that are added. */
  readonly labels: Readonly<Record<string, string>>;
  /** Texts and links, which may use `{{ $labels.… }}` and `{{ $value }}`. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Rules that are evaluated together, one after the other. */
export interface RuleGroup {
  /** Name, unique among all groups. */
  readonly name: string;
  /** How often. @default as Prometheus says for all */
  readonly interval?: string;
  /** The rules, in order: one may use what those before it recorded. */
  readonly rules: readonly Rule[];
}

/** The group as Prometheus and the operator's PrometheusRule write it. */
export function renderGroup({ name, interval, rules }: RuleGroup): Record<string, unknown> {
  return { name, ...(interval === undefined ? {} : { interval }), rules: rules.map(renderRule) };
}

function renderRule({ alert, record, expr, for: hold, keepFiringFor, labels, annotations }: Rule): Record<string, unknown> {
  return {
    ...(alert === undefined ? { record } : { alert }),
    expr,
    ...(hold === undefined || hold === '0s' ? {} : { for: hold }),
    ...(keepFiringFor === undefined ? {} : { keep_firing_for: keepFiringFor }),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}
