import { only, problemsOf, render, templateOf } from '../support';
import { web, worker } from '../builders';

const annotations = (props: object) => templateOf(only(render(web(props)), 'Deployment')).metadata.annotations;
const ports = { http: 8080, metrics: 9090 };

describe('metrics', () => {
  it('are not measured unless asked for', () => expect(annotations({})).toBeUndefined());

  it('are on the primary port at /metrics by default', () => {
    expect(annotations({ metrics: {} })).toEqual({ 'prometheus.io/path': '/metrics', 'prometheus.io/port': '8080', 'prometheus.io/scrape': 'true' });
  });

  it.each([['metrics'], [9090]])('may be on another port, by name or number: %s', (port) => {
    expect(annotations({ ports, metrics: { port } })).toMatchObject({ 'prometheus.io/port': '9090' });
  });

  it('may be at another path', () => {
    expect(annotations({ metrics: { path: '/stats' } })).toMatchObject({ 'prometheus.io/path': '/stats' });
  });

  it('of a Worker need no Service', () => {
    const { metadata } = templateOf(only(render(worker({ ports: { metrics: 9090 }, metrics: {} })), 'Deployment'));
    expect(metadata.annotations).toMatchObject({ 'prometheus.io/port': '9090' });
  });

  it('are announced to the monitoring', () => {
    let endpoint: unknown;
    render((chart) => (endpoint = web({ ports, metrics: { port: 'metrics' } })(chart).application.metrics));
    expect(endpoint).toEqual({ port: 9090, path: '/metrics' });
  });

  it.each<[string, object, string]>([
    ['a port that does not exist', { port: 'stats' }, 'metrics.port: got "stats"; no such port; the workload\'s ports are: http (8080)'],
    ['a relative path', { path: 'metrics' }, 'metrics.path: got "metrics"; a path that starts with "/" is allowed'],
    ['a path that is no text', { path: 5 }, 'metrics.path: got 5; text is allowed; put it in quotes'],
    ['an unknown key', { interval: '30s' }, 'metrics.interval: got "30s"; no such prop here'],
  ])('are refused with %s', (_, metrics, message) => {
    expect(problemsOf(web({ metrics }))).toContain(`[chart/web] ${message}`);
  });

  it('are refused as true', () => expect(problemsOf(web({ metrics: true }))).toEqual(['[chart/web] metrics: got true; an object is allowed']));

  it('are refused on a port that speaks something else', () => {
    expect(problemsOf(web({ ports: { grpc: 9000 }, metrics: {} }))).toEqual(['[chart/web] metrics.port: got "grpc"; it speaks grpc, and metrics are fetched over HTTP; name the port that serves them']);
    expect(problemsOf(worker({ ports: { 'udp-x': 9000 }, metrics: { port: 9000 } }))).toEqual(['[chart/worker] metrics.port: got 9000; it speaks udp, and metrics are fetched over HTTP; name the port that serves them']);
  });

  it('are refused without a port', () => {
    expect(problemsOf(worker({ metrics: {} }))).toEqual(["[chart/worker] metrics.port: got nothing; the workload has no ports; declare one in 'ports', such as { metrics: 9090 }"]);
  });
});
