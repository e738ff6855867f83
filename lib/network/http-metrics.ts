import { readObject, type Shapes } from '../core/forms';
import type { Mistakes } from '../core/problems';
import { didYouMean, sentenceList } from '../core/suggest';

/** Names of the metrics that an application counts its HTTP requests with. */
export interface HttpMetrics {
  /** The counter of requests; the `_count` of the histogram will do. */
  readonly requests: string;
  /** The histogram of durations in seconds, without `_bucket`. */
  readonly duration: string;
  /** The label of both that holds the status code. */
  readonly codeLabel: string;
  /** Upper bounds of the histogram's buckets in seconds: a latency objective needs one at its threshold. @default not known, so not checked */
  readonly buckets?: readonly number[];
}

/** How an application counts its requests: a convention by name, or the names themselves. */
export type HttpMetricsInput = 'prometheus' | 'opentelemetry' | HttpMetrics;

const SHAPES: Shapes<HttpMetrics> = { requests: 'text', duration: 'text', codeLabel: 'text', buckets: 'list' };
const METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL = /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/;

/** The names of each convention, with the buckets that its libraries have unless told otherwise. */
const CONVENTIONS: ReadonlyMap<unknown, HttpMetrics> = new Map([
  ['prometheus', {
    requests: 'http_requests_total', duration: 'http_request_duration_seconds', codeLabel: 'code',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  }],
  // OpenTelemetry has no counter: the histogram counts the requests.
  ['opentelemetry', {
    requests: 'http_server_request_duration_seconds_count', duration: 'http_server_request_duration_seconds', codeLabel: 'http_response_status_code',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
  }],
]);

/** Reads the names of request metrics; undefined where none are given or nothing can be made of them. */
export function readHttpMetrics(problems: Mistakes, prop: string, given: HttpMetricsInput | undefined): HttpMetrics | undefined {
  if (given === undefined) return undefined;
  if (typeof given === 'string') {
    const known = CONVENTIONS.get(given);
    if (!known) problems.add(prop, given, `${sentenceList([...CONVENTIONS.keys()].map((name) => `'${String(name)}'`))} or the names { requests, duration, codeLabel } are allowed${didYouMean(given, CONVENTIONS.keys() as Iterable<string>)}`);
    return known;
  }
  const { requests, duration, codeLabel, buckets } = readObject<HttpMetrics>(problems, prop, given, SHAPES);
  problems.check(`${prop}.requests`, requests, (name) => (METRIC.test(name) ? undefined : 'the name of a metric is allowed, such as "http_requests_total"'));
  problems.check(`${prop}.duration`, duration, checkHistogram);
  problems.check(`${prop}.codeLabel`, codeLabel, (name) => (LABEL.test(name) ? undefined : 'the name of a label is allowed, such as "code"'));
  if (buckets !== undefined && (buckets.length === 0 || !buckets.every((bound) => typeof bound === 'number' && bound > 0))) problems.add(`${prop}.buckets`, buckets, 'numbers above 0 are allowed, in seconds');
  if (requests === undefined || duration === undefined || codeLabel === undefined) return undefined;
  return { requests, duration, codeLabel, ...(buckets === undefined ? {} : { buckets: [...buckets] }) };
}

function checkHistogram(name: string): string | undefined {
  if (!METRIC.test(name)) return 'the name of a histogram is allowed, such as "http_request_duration_seconds"';
  return /_(bucket|sum|count)$/.test(name) ? 'the name of the histogram is allowed, without what its series end in' : undefined;
}
