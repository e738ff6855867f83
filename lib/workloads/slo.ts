import { readObject, type Shapes } from '../core/forms';
import type { Mistakes } from '../core/problems';
import type { HttpMetrics } from '../network/http-metrics';

/** What an application promises of its requests. */
export interface SloProps {
  /** The part of requests that must not fail with a status of 500 or above: between 0 and 1, such as `0.999`. */
  readonly objective: number;
  /** What it promises of their duration. @default nothing */
  readonly latency?: LatencyProps;
  /** The time over which the promise holds: whole days, `'7d'` to `'90d'`. @default '30d' */
  readonly window?: string;
}

/** How fast requests are answered. */
export interface LatencyProps {
  /** The longest that a request may take, `'250ms'` or `'2.5s'`: a bound of one of the histogram's buckets. */
  readonly threshold: string;
  /** The part of requests that must not take longer: between 0 and 1. */
  readonly objective: number;
}

/** A promise as read. */
export interface Slo {
  /** The part of requests that must succeed. */
  readonly objective: number;
  /** What is promised of their duration. @default nothing */
  readonly latency?: LatencySlo;
  /** The time over which it holds, in days: `30d`. */
  readonly window: string;
}

/** A promise about durations as read. */
export interface LatencySlo extends LatencyProps {
  /** The threshold in seconds. */
  readonly seconds: number;
  /** The label `le` of the bucket that ends at the threshold, as Prometheus 3 writes it. */
  readonly le: string;
}

const SHAPES: Shapes<SloProps> = { objective: 'any', latency: 'any', window: 'text' };
const LATENCY_SHAPES: Shapes<LatencyProps> = { threshold: 'text', objective: 'any' };
const WINDOW = '30d';
const DAYS = { least: 7, most: 90 };

/** Reads the `slo` prop; a promise needs something to measure it by. */
export function readSlo(problems: Mistakes, given: SloProps | undefined, http: HttpMetrics | undefined): Slo | undefined {
  if (given === undefined) return undefined;
  const props = readObject<SloProps>(problems, 'slo', given, SHAPES);
  if (!http) problems.add('slo', given, "nothing says which metrics count its requests; add metrics: { http: 'prometheus' } or the names that it uses");
  const objective = readObjective(problems, 'slo.objective', props.objective);
  const { window = WINDOW } = props;
  const days = /^(\d+)d$/.exec(window)?.[1];
  if (days === undefined || Number(days) < DAYS.least || Number(days) > DAYS.most) problems.add('slo.window', window, `whole days from '${DAYS.least}d' to '${DAYS.most}d' are allowed`);
  const latency = readLatency(problems, props.latency, http);
  return http && { objective, window, ...(latency ? { latency } : {}) };
}

function readObjective(problems: Mistakes, prop: string, objective: unknown): number {
  if (typeof objective === 'number' && objective > 0 && objective < 1) return objective;
  const meant = typeof objective === 'number' && objective > 1 && objective < 100 ? `; ${objective} percent is ${Number((objective / 100).toPrecision(12))}` : '';
  problems.add(prop, objective, `a number between 0 and 1 is allowed, such as 0.999${meant}`);
  return 0.5;
}

function readLatency(problems: Mistakes, given: LatencyProps | undefined, http: HttpMetrics | undefined): LatencySlo | undefined {
  if (given === undefined) return undefined;
  const props = readObject<LatencyProps>(problems, 'slo.latency', given, LATENCY_SHAPES);
  const objective = readObjective(problems, 'slo.latency.objective', props.objective);
  const seconds = parseThreshold(props.threshold);
  if (seconds === undefined) {
    problems.add('slo.latency.threshold', props.threshold, 'a time such as "250ms" or "2.5s" is allowed');
    return undefined;
  }
  if (http?.buckets && !http.buckets.includes(seconds)) {
    problems.add('slo.latency.threshold', props.threshold, `no bucket of '${http.duration}' ends there; its buckets end at ${http.buckets.join(', ')} seconds; take one of them, or give those that it really has in metrics.http.buckets`);
  }
  return { threshold: props.threshold!, objective, seconds, le: bucketLabel(seconds) };
}

function parseThreshold(text: string | undefined): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(text ?? '') ?? [];
  if (amount === undefined) return undefined;
  const seconds = unit === 'ms' ? Number((Number(amount) / 1000).toPrecision(12)) : Number(amount);
  return seconds > 0 ? seconds : undefined;
}

/** The label `le` of a bucket: Prometheus 3 writes whole numbers with a fraction, `1.0`. */
const bucketLabel = (bound: number): string => (Number.isInteger(bound) ? `${bound}.0` : String(bound));

/** What the monitoring watches a workload by, where a reader of its manifest finds it; not on its pods, which a new promise must not restart. */
export function watchAnnotations(slo: Slo | undefined, http: HttpMetrics | undefined): Record<string, string> {
  const latency = slo?.latency && `, ${percent(slo.latency.objective)} within ${slo.latency.threshold}`;
  return {
    ...(http ? { 'fairlead.dev/http-metrics': `${http.requests}, ${http.duration}, by ${http.codeLabel}` } : {}),
    ...(slo ? { 'fairlead.dev/slo': `${percent(slo.objective)} of requests succeed${latency ?? ''}, over ${slo.window}` } : {}),
  };
}

const percent = (part: number) => `${Number((part * 100).toPrecision(12))}%`;
