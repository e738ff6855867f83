import { only, problemsOf, render, templateOf } from '../support';
import { worker } from '../builders';

const container = (props: object) => templateOf(only(render(worker(props)), 'Deployment')).spec.containers[0]!;
const exec = { exec: ['check'] };

describe('a Worker', () => {
  it('makes a Deployment, a budget, a policy and a service account, and no Service', () => {
    expect(Object.keys(render(worker())).sort()).toEqual(['Deployment/worker', 'NetworkPolicy/worker', 'PodDisruptionBudget/worker', 'ServiceAccount/worker']);
  });

  it('is asked nothing unless a probe is given, ports or not', () => {
    expect(Object.keys(container({ ports: { metrics: 9090 } })).filter((key) => key.endsWith('Probe'))).toEqual([]);
    expect(Object.keys(container({ ports: { metrics: 9090 }, probes: { readiness: undefined } })).filter((key) => key.endsWith('Probe'))).toEqual([]);
  });

  it('takes the probes given, and only those', () => {
    expect(Object.keys(container({ probes: { liveness: exec } })).filter((key) => key.endsWith('Probe'))).toEqual(['livenessProbe']);
    expect(container({ ports: { health: 9090 }, probes: { readiness: { http: { path: '/ready', port: 'health' } } } }).readinessProbe).toEqual({ httpGet: { path: '/ready', port: 9090 } });
  });

  it('waits for nobody before it stops: it has no requests to lose', () => {
    expect(container({})).not.toHaveProperty('lifecycle');
    expect(templateOf(only(render(worker()), 'Deployment')).spec.terminationGracePeriodSeconds).toBe(25);
  });

  it.each<[object, string]>([
    [{ shutdown: { notice: '5s' } }, 'shutdown.notice: got "5s"; only a workload that takes requests has anyone to notify; remove it'],
    [{ probes: { readiness: { http: '/healthz' } } }, "probes.readiness.http: got \"/healthz\"; a workload without a port can't be asked over the network; use 'exec', or declare the port in 'ports'"],
    [{ probes: 'none' }, 'probes: got "none"; an object is allowed'],
    [{ route: {} }, 'route: got {}; no such prop here'],
    [{ serviceAnnotations: {} }, 'serviceAnnotations: got {}; no such prop here'],
  ])('is refused with %j', (props, message) => {
    expect(problemsOf(worker(props))).toContain(`[chart/worker] ${message}`);
  });
});
