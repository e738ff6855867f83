/** What load balancers that ask the pods themselves are told of them. */
import type { JsonObject } from '../../lib';
import { only, problemsOf, render } from '../support';
import { web } from '../builders';

const hosts = ['a.example.com'];
const gke = { name: 'public', className: 'gke-l7-global-external-managed' };
const throughGke = (props: object = {}) => render(web({ route: { hosts, gateway: gke }, ...props }));
const throughAlb = (props: object = {}, route: object = {}) => only(render(web({ route: { hosts, ingressClass: 'alb', tls: 'loadBalancer', ...route }, ...props })), 'Ingress');
const short = (ingress: JsonObject) => Object.fromEntries(Object.entries((ingress.metadata as { annotations: Record<string, string> }).annotations).map(([key, value]) => [key.replace('alb.ingress.kubernetes.io/', ''), value]));
const ports = { http: 8080, 'http-admin': 9000 };
const incoming = (made: ReturnType<typeof render>) => (only(made, 'NetworkPolicy').spec as { ingress: { ports: object[] }[] }).ingress;

it.each<[string, object, object, number, number]>([
  ['a Gateway of GKE', { gateway: gke }, {}, 30, 55],
  ['an Application Load Balancer', { ingressClass: 'alb', tls: 'loadBalancer' }, {}, 30, 55],
  ['a load balancer, but the workload knows better', { gateway: gke }, { notice: '10s' }, 10, 35],
  ['a controller in the cluster', { ingressClass: 'nginx', tls: false }, {}, 5, 30],
  ['a Gateway of a controller in the cluster', { gateway: { name: 'public' } }, {}, 5, 30],
])('pods behind %s serve until it has taken them off its list', (_, route, shutdown, notice, grace) => {
  const { template } = only(render(web({ route: { hosts, ...route }, shutdown })), 'Deployment').spec as { template: { spec: JsonObject } };
  expect(template.spec).toMatchObject({ terminationGracePeriodSeconds: grace, containers: [{ lifecycle: { preStop: { sleep: { seconds: notice } } } }] });
});

describe('a Gateway of GKE', () => {
  it('asks what the readiness probe asks, and lets requests end', () => {
    const made = throughGke({ probes: { readiness: { http: '/ready', period: '7s', timeout: '3s', successThreshold: 2, failureThreshold: 4 } }, shutdown: { notice: '10s', drain: '30s', grace: '45s' } });
    expect(only(made, 'HealthCheckPolicy')).toMatchObject({
      apiVersion: 'networking.gke.io/v1', metadata: { name: 'web', namespace: 'shop' },
      spec: {
        targetRef: { group: '', kind: 'Service', name: 'web' },
        default: { checkIntervalSec: 7, timeoutSec: 3, healthyThreshold: 2, unhealthyThreshold: 4, config: { type: 'HTTP', httpHealthCheck: { portSpecification: 'USE_FIXED_PORT', port: 8080, requestPath: '/ready' } } },
      },
    });
    expect(only(made, 'GCPBackendPolicy')).toMatchObject({ apiVersion: 'networking.gke.io/v1', spec: { targetRef: { kind: 'Service', name: 'web' }, default: { connectionDraining: { drainingTimeoutSec: 45 } } } });
  });

  it.each<[string, object, object]>([
    ['by gRPC', { readiness: { grpc: { service: 'shop' }, period: '5s' } }, { type: 'GRPC', grpcHealthCheck: { portSpecification: 'USE_FIXED_PORT', port: 8080, grpcServiceName: 'shop' } }],
    ['for a connection', { readiness: { tcp: 'http-admin' } }, { type: 'TCP', tcpHealthCheck: { portSpecification: 'USE_FIXED_PORT', port: 9000 } }],
    ['for a connection in place of a command', { readiness: { exec: ['true'] } }, { type: 'TCP', tcpHealthCheck: { portSpecification: 'USE_SERVING_PORT' } }],
    ['for a connection without a probe', { readiness: false }, { type: 'TCP', tcpHealthCheck: { portSpecification: 'USE_SERVING_PORT' } }],
  ])('asks %s', (_, probes, config) => {
    expect(only(throughGke({ ports, probes }), 'HealthCheckPolicy').spec).toMatchObject({ default: { config } });
  });

  it('keeps to the limits of the cloud', () => {
    const { spec } = only(throughGke({ probes: { readiness: { http: '/', period: '10m', timeout: '11m', successThreshold: 20, failureThreshold: 30 } }, shutdown: { grace: '2h' } }), 'HealthCheckPolicy');
    expect(spec).toMatchObject({ default: { checkIntervalSec: 300, timeoutSec: 300, healthyThreshold: 10, unhealthyThreshold: 10 } });
  });

  it('is let in at the port that it asks at', () => {
    expect(incoming(throughGke({ ports, probes: { readiness: { http: { path: '/ready', port: 'http-admin' } } } }))[0]!.ports).toEqual([{ protocol: 'TCP', port: 8080 }, { protocol: 'TCP', port: 9000 }]);
    expect(incoming(throughGke({ ports }))[0]!.ports).toEqual([{ protocol: 'TCP', port: 8080 }]);
  });

  it('has the policies as properties, before the route', () => {
    const kinds: unknown[] = [];
    render((chart) => {
      const { healthCheckPolicy, backendPolicy, httpRoute } = web({ route: { hosts, gateway: gke } })(chart);
      kinds.push(healthCheckPolicy?.kind, backendPolicy?.kind, httpRoute!.node.dependencies.map(({ node }) => node.id));
    });
    expect(kinds).toEqual(['HealthCheckPolicy', 'GCPBackendPolicy', ['healthCheckPolicy', 'backendPolicy']]);
  });

  it.each([undefined, 'istio'])('is not meant by the class %s', (className) => {
    const made = render(web({ ports, probes: { readiness: { http: { path: '/ready', port: 'http-admin' } } }, route: { hosts, gateway: { name: 'public', ...(className === undefined ? {} : { className }) } } }));
    expect(Object.keys(made).filter((key) => /Policy\//.test(key))).toEqual(['NetworkPolicy/web']);
    expect(incoming(made)[0]!.ports).toEqual([{ protocol: 'TCP', port: 8080 }]);
  });

  it('is refused with a bad class', () => {
    expect(problemsOf(web({ route: { hosts, gateway: { name: 'public', className: 'GKE' } } }))).toEqual(['[chart/web] route.gateway.className: got "GKE"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part']);
  });
});

describe('an Application Load Balancer of AWS', () => {
  it('has the certificate, sends plain requests on to it, and asks what the readiness probe asks', () => {
    const ingress = throughAlb({ probes: { readiness: { http: '/ready', period: '7s', timeout: '3s' } }, shutdown: { grace: '75s' } });
    expect(ingress.spec).toMatchObject({ ingressClassName: 'alb', tls: [{ hosts }] });
    expect((ingress.spec as { tls: object[] }).tls).toEqual([{ hosts }]);
    expect(short(ingress)).toEqual({
      'target-type': 'ip', 'listen-ports': '[{"HTTP": 80}, {"HTTPS": 443}]', 'ssl-redirect': '443', 'ssl-policy': 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      'healthcheck-port': '8080', 'healthcheck-path': '/ready', 'success-codes': '200-399', 'healthcheck-interval-seconds': '7', 'healthcheck-timeout-seconds': '3', 'healthy-threshold-count': '2', 'unhealthy-threshold-count': '3',
      'target-group-attributes': 'deregistration_delay.timeout_seconds=75',
    });
  });

  it('takes every answer but an error of the server where the probe is no HTTP GET', () => {
    expect(short(throughAlb({ probes: { readiness: { tcp: true } } }))).toMatchObject({ 'success-codes': '200-499' });
    expect(short(throughAlb({ probes: { readiness: { tcp: true } } }))).not.toHaveProperty('healthcheck-path');
  });

  it('keeps to its limits', () => {
    expect(short(throughAlb({ probes: { readiness: { http: '/', period: '1s', timeout: '1s', failureThreshold: 1 } } }))).toMatchObject({ 'healthcheck-interval-seconds': '5', 'healthcheck-timeout-seconds': '2', 'unhealthy-threshold-count': '2' });
    expect(short(throughAlb({ probes: { readiness: { http: '/', period: '5s', timeout: '9s', failureThreshold: 60 } } }))).toMatchObject({ 'healthcheck-timeout-seconds': '4', 'unhealthy-threshold-count': '10' });
  });

  it('is let in at the port that it asks at', () => {
    const made = render(web({ ports, probes: { readiness: { http: { path: '/ready', port: 9000 } } }, route: { hosts, ingressClass: 'alb', tls: 'loadBalancer', traffic: { cidrs: ['10.0.0.0/26'] } } }));
    expect(incoming(made)[0]).toEqual({ from: [{ ipBlock: { cidr: '10.0.0.0/26' } }], ports: [{ protocol: 'TCP', port: 8080 }, { protocol: 'TCP', port: 9000 }] });
  });

  it('gives way to annotations of the route', () => {
    expect(short(throughAlb({}, { annotations: { 'alb.ingress.kubernetes.io/healthcheck-path': '/own', 'alb.ingress.kubernetes.io/ssl-policy': 'ELBSecurityPolicy-TLS13-1-3-2021-06' } }))).toMatchObject({ 'healthcheck-path': '/own', 'ssl-policy': 'ELBSecurityPolicy-TLS13-1-3-2021-06' });
  });

  it('serves plain HTTP where that is said, and no other class is told of it', () => {
    expect(Object.keys(short(throughAlb({}, { tls: false })))).not.toContain('ssl-redirect');
    expect(only(render(web({ route: { hosts, ingressClass: 'nginx', tls: 'loadBalancer' } })), 'Ingress')).toMatchObject({ spec: { tls: [{ hosts }] } });
    expect(only(render(web({ route: { hosts, ingressClass: 'nginx', tls: 'loadBalancer' } })), 'Ingress').metadata).not.toHaveProperty('annotations');
  });

  it('is no way behind a Gateway', () => {
    expect(problemsOf(web({ route: { hosts, gateway: { name: 'public' }, tls: 'loadBalancer' } }))).toEqual(['[chart/web] route.tls: got "loadBalancer"; TLS ends at the listeners of the Gateway, not here; remove it']);
  });
});
