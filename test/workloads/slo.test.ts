import { problemsOf, render } from '../support';
import { web, worker } from '../builders';

const METRICS = { http: 'prometheus' };
const LATENCY = { threshold: '250ms', objective: 0.99 };
const OWN = { requests: 'hits_total', duration: 'hit_seconds', codeLabel: 'status' };

describe('a promise', () => {
  it('stands on the workload and not on its pods, which a new promise must not restart', () => {
    const { 'Deployment/web': deployment } = render(web({ metrics: METRICS, slo: { objective: 0.999, latency: LATENCY } }));
    expect(deployment).toMatchObject({ metadata: { annotations: { 'fairlead.dev/slo': '99.9% of requests succeed, 99% within 250ms, over 30d', 'fairlead.dev/http-metrics': 'http_requests_total, http_request_duration_seconds, by code' } } });
    expect(JSON.stringify(deployment!.spec)).not.toContain('fairlead.dev/slo');
  });

  it.each<[string, object, RegExp]>([
    ['without request metrics', { metrics: {}, slo: { objective: 0.999 } }, /\[chart\/web\] slo: got \{"objective":0\.999\}; nothing says which metrics count its requests; add metrics: \{ http/],
    ['of everything', { slo: { objective: 1 } }, /slo\.objective: got 1; a number between 0 and 1 is allowed/],
    ['of nothing', { slo: { objective: 0 } }, /slo\.objective: got 0; a number between 0 and 1/],
    ['in percent', { slo: { objective: 99.9 } }, /slo\.objective: got 99\.9; .*99\.9 percent is 0\.999/],
    ['that is no number', { slo: { objective: '0.999' } }, /slo\.objective: got "0\.999"/],
    ['without a number', { slo: {} }, /slo\.objective: got nothing/],
    ['over hours', { slo: { objective: 0.9, window: '12h' } }, /slo\.window: got "12h"; whole days from '7d' to '90d'/],
    ['over a day', { slo: { objective: 0.9, window: '1d' } }, /slo\.window: got "1d"/],
    ['about a time that is none', { slo: { objective: 0.9, latency: { threshold: 'fast', objective: 0.9 } } }, /slo\.latency\.threshold: got "fast"; a time such as "250ms"/],
    ['about a time that no bucket ends at', { slo: { objective: 0.9, latency: { threshold: '300ms', objective: 0.9 } } }, /slo\.latency\.threshold: got "300ms"; no bucket of 'http_request_duration_seconds' ends there; its buckets end at 0\.005, .*metrics\.http\.buckets/],
    ['about all of the time', { slo: { objective: 0.9, latency: { threshold: '250ms', objective: 1.5 } } }, /slo\.latency\.objective: got 1\.5/],
    ['with a typo', { slo: { objective: 0.9, latencies: LATENCY } }, /slo\.latencies: .*did you mean "latency"/],
  ])('%s is refused', (_, props, message) => expect(problemsOf(web({ metrics: METRICS, ...props })).join('\n')).toMatch(message));

  it('about a bucket that the application says it has is taken', () => {
    expect(problemsOf(web({ metrics: { http: { ...OWN, buckets: [0.1, 0.3] } }, slo: { objective: 0.9, latency: { threshold: '300ms', objective: 0.9 } } }))).toEqual([]);
    expect(problemsOf(web({ metrics: { http: OWN }, slo: { objective: 0.9, latency: { threshold: '300ms', objective: 0.9 } } }))).toEqual([]);
  });
});

describe('request metrics', () => {
  it.each<[string, unknown, RegExp]>([
    ['a convention that nobody knows', 'promethius', /metrics\.http: got "promethius"; 'prometheus' and 'opentelemetry' or the names .*did you mean "prometheus"/],
    ['a missing name', { requests: 'a_total', duration: 'b' }, /metrics\.http\.codeLabel: got nothing/],
    ['the series of a histogram', { ...OWN, duration: 'hit_seconds_bucket' }, /metrics\.http\.duration: got "hit_seconds_bucket"; .*without what its series end in/],
    ['a name that is none', { ...OWN, requests: 'hits-total' }, /metrics\.http\.requests: got "hits-total"/],
    ['a label that is none', { ...OWN, codeLabel: '__code' }, /metrics\.http\.codeLabel: got "__code"/],
    ['buckets that are none', { ...OWN, buckets: [0] }, /metrics\.http\.buckets: got \[0\]/],
  ])('refuse %s', (_, http, message) => expect(problemsOf(worker({ ports: { metrics: 9090 }, metrics: { http } })).join('\n')).toMatch(message));
});
