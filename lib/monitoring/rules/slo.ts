import type { MonitoredApplication } from '../application';
import { jobOf } from '../catalogue';
import { regex, select, sum } from '../promql';
import { title, type ApplicationAlert } from './definition';
import type { Rule } from './rule';

/** A promise of an application. */
interface Objective {
  /** What recorded metrics are called after. */
  readonly kind: 'errors' | 'slow';
  readonly objective: number;
  /** Window in days. */
  readonly days: number;
}

/** The windows over which the part of bad requests is recorded. */
const WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;
type Window = (typeof WINDOWS)[number];

/** How fast a budget burns: so many times as fast as would use it up in its whole window. */
interface Burn {
  readonly short: Window;
  readonly long: Window;
  /** For a window of 30 days. */
  readonly factor: number;
}

const FAST: readonly Burn[] = [{ short: '5m', long: '1h', factor: 14.4 }, { short: '30m', long: '6h', factor: 6 }];
const SLOW: readonly Burn[] = [{ short: '2h', long: '1d', factor: 3 }, { short: '6h', long: '3d', factor: 1 }];
const REFERENCE_DAYS = 30;

const LABELS = ['namespace', 'application'];

/** Names of the metrics that are recorded for an application with request metrics; each carries `namespace` and `application`. */
export const RECORDED = {
  /** Requests in a second. */
  requests: 'application:http_requests:rate5m',
  /** Requests in a second that failed. */
  errors: 'application:http_errors:rate5m',
  /** Requests in a second that took longer than promised. */
  slow: 'application:http_slow:rate5m',
  /** The part of requests that failed, or took too long, over a window. */
  ratio: (kind: 'errors' | 'slow', window: string) => `application:http_${kind}:ratio_rate${window}`,
  /** The part of the error budget that is left over the window of the promise: 1 is all, 0 none, below 0 a broken promise. */
  budget: (kind: 'errors' | 'slow') => `application:http_${kind}:budget_left`,
} as const;

/** Every metric that {@link sloRules} can record. */
export const RECORDED_METRICS: ReadonlySet<string> = new Set([
  RECORDED.requests, RECORDED.errors, RECORDED.slow,
  ...(['errors', 'slow'] as const).flatMap((kind) => [RECORDED.budget(kind), ...WINDOWS.map((window) => RECORDED.ratio(kind, window))]),
]);

/** The labels of every recorded metric; the rule adds the owner, where there is one. */
export const RECORDED_LABELS: readonly string[] = LABELS;

const daysOf = (window: string) => Number(window.slice(0, -1));
const metric = (name: string, { namespace, name: application }: MonitoredApplication) => select(name, { namespace, application });
const decimals = (value: number) => String(Number(value.toPrecision(10)));

function promises({ slo }: MonitoredApplication): readonly Objective[] {
  if (!slo) return [];
  const days = daysOf(slo.window);
  return [{ kind: 'errors', objective: slo.objective, days }, ...(slo.latency ? [{ kind: 'slow', objective: slo.latency.objective, days } as const] : [])];
}

/** What the application's promise needs recorded: its rates, the parts of bad requests, and what is left of the budgets. */
export function sloRules(app: MonitoredApplication): readonly Rule[] {
  const { http } = app;
  if (!http) return [];
  const requests = { job: jobOf(app), namespace: app.namespace };
  const perSecond = (metric: string, matchers = {}) => sum(LABELS, `rate(${select(metric, { ...requests, ...matchers })}[5m])`);
  const all = perSecond(http.requests);
  // Where nothing ever failed, there is no series of failures: that is 0, not nothing.
  const rules = [record(RECORDED.requests, all), record(RECORDED.errors, `${perSecond(http.requests, { [http.codeLabel]: regex('5..') })} or ${all} * 0`)];
  const latency = app.slo?.latency;
  if (latency) {
    const total = perSecond(`${http.duration}_count`);
    rules.push(record(RECORDED.slow, `${total} - ${perSecond(`${http.duration}_bucket`, { le: latency.le })}`));
  }
  return [...rules, ...promises(app).flatMap((promise) => ratios(app, promise))];
}

function ratios(app: MonitoredApplication, { kind, objective, days }: Objective): Rule[] {
  const [bad, all] = [metric(RECORDED[kind], app), metric(RECORDED.requests, app)];
  const over = (window: string) => `sum_over_time(${bad}[${window}]) / sum_over_time(${all}[${window}])`;
  return [
    ...WINDOWS.map((window) => record(RECORDED.ratio(kind, window), window === '5m' ? `${bad} / ${all}` : over(window))),
    record(RECORDED.budget(kind), `1 - (${over(`${days}d`)}) / ${decimals(1 - objective)}`),
  ];
}

const record = (name: string, expr: string): Rule => ({ record: name, expr, labels: {}, annotations: {} });

/** The part of bad requests at which a budget burns that fast. */
const limitOf = ({ objective, days }: Objective, { factor }: Burn) => (factor * days * (1 - objective)) / REFERENCE_DAYS;

/** Burns that can come to pass: a low objective has so large a budget that even if every request fails it burns no faster. */
const possible = (promise: Objective | undefined, burns: readonly Burn[]) => burns.filter((burn) => promise !== undefined && limitOf(promise, burn) < 1);

/** That a budget burns too fast over a long window, and does so still. */
function burning(app: MonitoredApplication, promise: Objective, burns: readonly Burn[]): string {
  const faster = (window: Window, burn: Burn) => `${metric(RECORDED.ratio(promise.kind, window), app)} > ${decimals(limitOf(promise, burn))}`;
  return possible(promise, burns).map((burn) => `(${faster(burn.long, burn)} and ${faster(burn.short, burn)})`).join(' or ');
}

const BUDGET = 'At this pace the error budget of {days} days is gone in';

function burnAlert(kind: Objective['kind'], fast: boolean): ApplicationAlert {
  const what = kind === 'errors' ? 'requests fail' : 'requests take too long';
  const burns = fast ? FAST : SLOW;
  const promiseOf = (app: MonitoredApplication) => promises(app).find((promise) => promise.kind === kind);
  return {
    severity: fast ? 'critical' : 'warning',
    for: fast ? '2m' : '15m',
    fits: (app) => possible(promiseOf(app), burns).length > 0,
    expr: (app) => burning(app, promiseOf(app)!, burns),
    summary: (app) => `Too many ${what} at ${title(app)}`,
    description: ({ slo }) => {
      const promised = kind === 'errors' ? `${percent(slo!.objective)} of requests succeed` : `${percent(slo!.latency!.objective)} of requests are answered within ${slo!.latency!.threshold}`;
      return `{{ $value | humanizePercentage }} of ${what}; the promise is that ${promised}. ${BUDGET.replace('{days}', String(daysOf(slo!.window)))} ${fast ? 'hours to a few days' : 'days to weeks'}.`;
    },
  };
}

const percent = (part: number) => `${decimals(part * 100)}%`;

/** Alerts on promises about to be broken. */
export const SLO_ALERTS = {
  ErrorBudgetBurnFast: burnAlert('errors', true),
  ErrorBudgetBurnSlow: burnAlert('errors', false),
  LatencyBudgetBurnFast: burnAlert('slow', true),
  LatencyBudgetBurnSlow: burnAlert('slow', false),
} satisfies Record<string, ApplicationAlert>;
