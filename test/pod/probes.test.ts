import { Duration } from 'cdk8s';
import type { ProbeProps } from '../../lib';
import { only, problemsOf, render, templateOf, type AnyProps } from '../support';
import { cron, IMAGE, stateful, web, worker } from '../builders';

const mainOf = (build: ReturnType<typeof web>) => templateOf(only(render(build), 'Deployment')).spec.containers[0]!;
const readiness = (probe: unknown, props: AnyProps = {}) => mainOf(web({ ports: { http: 8080, grpc: 9090, tcp: 7000 }, ...props, probes: { readiness: probe, liveness: false, startup: false } })).readinessProbe;
const refused = (probes: unknown, props: AnyProps = {}) => problemsOf(web({ ...props, probes }));

describe('probes by default', () => {
  it.each<[string, AnyProps, AnyProps]>([
    ['http', { http: 8080 }, { httpGet: { path: '/healthz', port: 8080 } }],
    ['grpc', { grpc: 9090 }, { grpc: { port: 9090 } }],
    ['tcp', { 'tcp-x': 7000 }, { tcpSocket: { port: 7000 } }],
    ['the first port that is not UDP', { udp: 53, 'tcp-x': 7000, http: 8080 }, { tcpSocket: { port: 7000 } }],
  ])('ask the primary port in its own way: %s', (_, ports, handler) => {
    expect(mainOf(web({ ports }))).toMatchObject({
      readinessProbe: { ...handler, periodSeconds: 5, timeoutSeconds: 2 },
      livenessProbe: { ...handler, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
      startupProbe: { ...handler, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 60 },
    });
  });

  it('there are none without a port that can be asked', () => {
    for (const key of ['readinessProbe', 'livenessProbe', 'startupProbe']) expect(mainOf(web({ ports: { udp: 53 } }))).not.toHaveProperty(key);
  });
  it.each<[string, ProbeProps, number]>([
    ['a command', { exec: ['check'] }, 8080],
    ['a page', { http: '/ready' }, 8080],
    ['a page on another port', { http: { path: '/ready', port: 'grpc' } }, 9090],
    ['a health service', { grpc: { port: 'grpc' } }, 9090],
    ['a port', { tcp: 'grpc' }, 9090],
  ])('liveness and startup only knock at the port where readiness is given as %s, in their own time', (_, readiness, port) => {
    const probes = mainOf(web({ ports: { http: 8080, grpc: 9090 }, probes: { readiness: { ...readiness, period: '1s', initialDelay: '30s' } } }));
    expect(probes.readinessProbe).toMatchObject({ periodSeconds: 1, initialDelaySeconds: 30 });
    expect(probes.livenessProbe).toEqual({ tcpSocket: { port }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 });
    expect(probes.startupProbe).toEqual({ tcpSocket: { port }, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 60 });
  });
  it('startup asks as a given liveness does, and is left out where that has an initial delay', () => {
    expect(mainOf(web({ probes: { liveness: { tcp: true } } })).startupProbe).toMatchObject({ tcpSocket: { port: 8080 }, failureThreshold: 60 });
    expect(mainOf(web({ probes: { liveness: { tcp: true, initialDelay: '10s' } } }))).not.toHaveProperty('startupProbe');
  });
  it.each([['readiness'], ['liveness'], ['startup']])('%s may be left out', (kind) => expect(mainOf(web({ probes: { [kind]: false } }))).not.toHaveProperty(`${kind}Probe`));
  it('startup is left out with liveness', () => expect(mainOf(web({ probes: { liveness: false } }))).not.toHaveProperty('startupProbe'));
  it('a Worker has none but those given', () => {
    expect(mainOf(worker({ ports: { metrics: 9090 } }) as never)).not.toHaveProperty('livenessProbe');
    expect(mainOf(worker({ probes: { liveness: { exec: ['alive'] } } }) as never)).toMatchObject({ livenessProbe: { exec: { command: ['alive'] } } });
  });
  it('a StatefulService has them over TCP', () => expect(templateOf(only(render(stateful()), 'StatefulSet')).spec.containers[0]!.readinessProbe).toMatchObject({ tcpSocket: { port: 5432 } }));
  it('a job takes none', () => expect(problemsOf(cron({ probes: {} }))).toEqual(['[chart/cron] probes: got {}; no such prop here']));
});

describe('a probe', () => {
  it.each<[string, unknown, AnyProps]>([
    ['a path', { http: '/ready' }, { httpGet: { path: '/ready', port: 8080 } }],
    ['a path on a port by name', { http: { path: '/ready', port: 'grpc' } }, { httpGet: { path: '/ready', port: 9090 } }],
    ['a path with headers', { http: { path: '/ready', port: 8080, headers: { Host: 'a', 'X-B': 'c' } } }, { httpGet: { path: '/ready', port: 8080, httpHeaders: [{ name: 'Host', value: 'a' }, { name: 'X-B', value: 'c' }] } }],
    ['gRPC', { grpc: true }, { grpc: { port: 8080 } }],
    ['a gRPC service', { grpc: { service: 'x.Y', port: 'grpc' } }, { grpc: { port: 9090, service: 'x.Y' } }],
    ['TCP', { tcp: true }, { tcpSocket: { port: 8080 } }],
    ['TCP on a port by name', { tcp: 'tcp' }, { tcpSocket: { port: 7000 } }],
    ['TCP on a port by number', { tcp: 9090 }, { tcpSocket: { port: 9090 } }],
    ['a command', { exec: ['a', 'b c'] }, { exec: { command: ['a', 'b c'] } }],
  ])('may ask by %s', (_, probe, rendered) => expect(readiness(probe)).toEqual(rendered));

  it('takes times as text or Duration, and thresholds', () => {
    expect(readiness({ tcp: true, initialDelay: '1m', period: Duration.seconds(7), timeout: '3s', failureThreshold: 4, successThreshold: 2 })).toEqual({ tcpSocket: { port: 8080 }, initialDelaySeconds: 60, periodSeconds: 7, timeoutSeconds: 3, failureThreshold: 4, successThreshold: 2 });
  });

  it('of the main container may ask at the port of a sidecar', () => {
    expect(readiness({ http: { path: '/', port: 'proxy' } }, { sidecars: { envoy: { image: IMAGE, ports: { proxy: 15000 } } } })).toEqual({ httpGet: { path: '/', port: 15000 } });
  });

  const TIME = 'a duration such as "90s", "5m", "1h30m" or Duration.minutes(5) is allowed, in whole seconds';
  it.each<[unknown, string]>([
    ['/healthz', 'probes: got "/healthz"; an object is allowed'],
    [{ ready: false }, 'probes.ready: got false; no such prop here'],
    [{ readiness: true }, 'probes.readiness: got true; an object is allowed'],
    [{ readiness: '/healthz' }, 'probes.readiness: got "/healthz"; an object is allowed'],
    [{ readiness: {} }, 'probes.readiness: got {}; exactly one of http, grpc, tcp and exec is allowed'],
    [{ readiness: { http: '/', tcp: true } }, 'probes.readiness: got {"http":"/","tcp":true}; exactly one of http, grpc, tcp and exec is allowed'],
    [{ readiness: { http: '/', perod: '5s' } }, 'probes.readiness.perod: got "5s"; no such prop here; did you mean "period"?'],
    [{ readiness: { http: 'healthz' } }, 'probes.readiness.http: got "healthz"; a path that starts with "/" is allowed'],
    [{ readiness: { http: {} } }, 'probes.readiness.http: got nothing; a path that starts with "/" is allowed'],
    [{ readiness: { http: { path: '/', header: {} } } }, 'probes.readiness.http.header: got {}; no such prop here; did you mean "headers"?'],
    [{ readiness: { http: { path: '/', headers: { A: 5 } } } }, 'probes.readiness.http.headers.A: got 5; text is allowed; put it in quotes'],
    [{ readiness: { http: { path: '/', port: 'nope' } } }, "probes.readiness.http.port: got \"nope\"; no such port; the workload's ports are: http (8080), dns-udp (53)"],
    [{ readiness: { grpc: 5 } }, 'probes.readiness.grpc: got 5; an object is allowed'],
    [{ readiness: { grpc: { sevice: 'x' } } }, 'probes.readiness.grpc.sevice: got "x"; no such prop here; did you mean "service"?'],
    [{ readiness: { tcp: 53 } }, 'probes.readiness.tcp.port: got 53; the kubelet asks over TCP, and this port speaks UDP; name another'],
    [{ readiness: { exec: 'cat /ready' } }, 'probes.readiness.exec: got "cat /ready"; a list of text is allowed'],
    [{ readiness: { exec: [] } }, 'probes.readiness.exec: got []; a command of at least one word is allowed'],
    [{ readiness: { exec: ['a', 1] } }, 'probes.readiness.exec[1]: got 1; text is allowed; put it in quotes'],
    [{ readiness: { tcp: true, period: 5 } }, `probes.readiness.period: got 5; ${TIME}`],
    [{ readiness: { tcp: true, period: '500ms' } }, `probes.readiness.period: got "500ms"; ${TIME}`],
    [{ readiness: { tcp: true, period: '0s' } }, 'probes.readiness.period: got "0s"; at least 1 s is allowed'],
    [{ readiness: { tcp: true, timeout: '0s' } }, 'probes.readiness.timeout: got "0s"; at least 1 s is allowed'],
    [{ readiness: { tcp: true, failureThreshold: 0 } }, 'probes.readiness.failureThreshold: got 0; a whole number of at least 1 is allowed'],
    [{ readiness: { tcp: true, successThreshold: 1.5 } }, 'probes.readiness.successThreshold: got 1.5; a whole number of at least 1 is allowed'],
    [{ liveness: { tcp: true, successThreshold: 2 } }, 'probes.liveness.successThreshold: got 2; only 1 is allowed for liveness'],
    [{ startup: { tcp: true, successThreshold: 2 } }, 'probes.startup.successThreshold: got 2; only 1 is allowed for startup'],
  ])('%j is refused once', (probes, message) => expect(refused(probes, { ports: { http: 8080, 'dns-udp': { port: 53, protocol: 'udp' } } })).toEqual([`[chart/web] ${message}`]));

  it('over the network needs a port', () => {
    expect(problemsOf(worker({ probes: { liveness: { http: '/' } } }))).toEqual(["[chart/worker] probes.liveness.http: got \"/\"; a workload without a port can't be asked over the network; use 'exec', or declare the port in 'ports'"]);
  });
});
