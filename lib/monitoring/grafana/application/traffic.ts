import type { HttpMetrics } from '../../../network/http-metrics';
import type { Slo } from '../../../workloads/slo';
import type { MonitoredApplication } from '../../application';
import type { StatPanel, TimeSeriesPanel } from '../model';
import { stat, timeSeries, type Limits, type Query } from '../panels';
import { regex, select, sum } from '../../promql';
import { RECORDED } from '../../rules';
import { highest, orZero, rate } from '../query';
import { own } from './subject';

/** An application whose requests are counted. */
export type Serving = MonitoredApplication & { readonly http: HttpMetrics };

/** Whether the application's requests are counted. */
export const serves = (application: MonitoredApplication): application is Serving => application.http !== undefined;

const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
/** Without an objective: one error in a hundred is worth a look, one in twenty is bad. */
const ERRORS: Limits = { warn: 0.01, bad: 0.05 };
const BUDGET: Limits = { warn: 0.5, bad: 0.1, falls: true };
const CODE_COLORS = { '/^2/': 'green', '/^3/': 'blue', '/^4/': 'orange', '/^5/': 'red' };

const requests = (application: Serving) => own(application, application.http.requests);
const failures = (application: Serving) => own(application, application.http.requests, { [application.http.codeLabel]: regex('5..') });

/** Requests each second. */
export const requestRate = (application: Serving): string => sum([], rate(requests(application)));

/** The share of requests that the application failed to answer. */
export const errorRatio = (application: Serving): string => `${orZero(sum([], rate(failures(application))))} / ${sum([], rate(requests(application)))}`;

/** The time within which a share of the requests is answered. */
export const latency = (application: Serving, quantile: number): string =>
  `histogram_quantile(${quantile}, ${sum(['le'], rate(own(application, `${application.http.duration}_bucket`)))})`;

/** The share of allowed failures that is left of the promise's window, as the rules record it; below nought when it is broken. */
export const budgetLeft = ({ namespace, name }: Serving, kind: 'errors' | 'slow'): string => highest([], select(RECORDED.budget(kind), { namespace, application: name }));

/** What is left of each promise. */
const budgets = (application: Serving, { latency }: Slo): readonly Query[] => [
  { expr: budgetLeft(application, 'errors'), legend: 'errors' },
  ...(latency ? [{ expr: budgetLeft(application, 'slow'), legend: 'latency' }] : []),
];

const promised = ({ objective, latency, window }: Slo) => `${percent(objective)} of requests succeed${latency ? ` and ${percent(latency.objective)} are answered within ${latency.threshold}` : ''}, over ${window}`;

const errorLimits = (slo: Slo | undefined): Limits => (slo ? { bad: Number((1 - slo.objective).toPrecision(6)) } : ERRORS);

/** What a glance should tell of the requests. */
export function trafficStats(application: Serving): readonly StatPanel[] {
  const { slo } = application;
  return [
    stat({ title: 'Requests', description: 'Requests each second, over all pods.', unit: 'reqps', queries: [{ expr: requestRate(application), legend: 'requests' }] }),
    stat({ title: 'Errors', description: 'Share of requests answered with a status of 500 or above.', unit: 'percentunit', decimals: 2, limits: errorLimits(slo), queries: [{ expr: errorRatio(application), legend: 'errors' }] }),
    stat({ title: 'Latency, p95', description: 'Nineteen of twenty requests are answered within this time.', unit: 's', queries: [{ expr: latency(application, QUANTILES.p95), legend: 'p95' }] }),
    ...(slo ? [stat({
      title: 'Error budget left', description: `Share of the failures that the promise allows and that have not happened yet: ${promised(slo)}.`,
      unit: 'percentunit', decimals: 1, limits: BUDGET, graph: false, queries: budgets(application, slo),
    })] : []),
  ];
}

/** Requests, errors and durations over time. */
export function trafficPanels(application: Serving): readonly TimeSeriesPanel[] {
  const { http, slo } = application;
  return [
    timeSeries({
      title: 'Requests by status', description: 'Requests each second by the status of their answer.', unit: 'reqps', stacked: true, colors: CODE_COLORS,
      queries: [{ expr: sum([http.codeLabel], rate(requests(application))), legend: `{{${http.codeLabel}}}` }],
    }),
    timeSeries({
      title: 'Error ratio', description: `Share of requests answered with a status of 500 or above.${slo ? ' The dashed line is what the objective allows.' : ''}`, unit: 'percentunit', limits: errorLimits(slo), colors: { '/^errors$/': 'red' },
      queries: [{ expr: errorRatio(application), legend: 'errors' }],
    }),
    timeSeries({
      title: 'Latency', description: 'Half, nineteen of twenty and ninety-nine of a hundred requests are answered within these times.', unit: 's',
      queries: Object.entries(QUANTILES).map(([legend, quantile]) => ({ expr: latency(application, quantile), legend })),
    }),
    ...(slo ? [timeSeries({
      title: 'Error budget left', description: `Share of the failures that the promise allows and that have not happened yet: ${promised(slo)}.`, unit: 'percentunit', max: 1, limits: { bad: 0, falls: true },
      queries: budgets(application, slo),
    })] : []),
  ];
}

const percent = (share: number) => `${Number((share * 100).toPrecision(8))} %`;
