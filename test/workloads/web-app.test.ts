import { only, problemsOf, render, templateOf } from '../support';
import { all, IMAGE, web, worker } from '../builders';

describe('a WebApp', () => {
  it('makes a Deployment, a Service, a budget, a policy and a service account', () => {
    expect(Object.keys(render(web())).sort()).toEqual(['Deployment/web', 'NetworkPolicy/web', 'PodDisruptionBudget/web', 'Service/web', 'ServiceAccount/web']);
  });

  it('keeps serving 5 s while it is taken off the lists, and has 20 s to finish', () => {
    const { spec } = templateOf(only(render(web()), 'Deployment'));
    expect(spec.terminationGracePeriodSeconds).toBe(30);
    expect(spec.containers[0]!.lifecycle).toEqual({ preStop: { sleep: { seconds: 5 } } });
  });

  it('selects its pods by component and name, so that it never takes those of another kind', () => {
    const selector = { 'app.kubernetes.io/component': 'web', 'app.kubernetes.io/name': 'web' };
    const { spec } = only(render(web()), 'Deployment');
    expect((spec as { selector: object }).selector).toEqual({ matchLabels: selector });
    expect(templateOf(only(render(web()), 'Deployment')).metadata.labels).toMatchObject(selector);
  });

  it('carries the version of its image, but not on its pods or in selectors', () => {
    const deployment = only(render(web()), 'Deployment');
    expect((deployment.metadata as { labels: object }).labels).toMatchObject({ 'app.kubernetes.io/version': '1.4.2' });
    expect(templateOf(deployment).metadata.labels).not.toHaveProperty('app.kubernetes.io/version');
  });

  it.each([[{ repository: 'acme/shop', tag: '1.0.0' }, '1.0.0'], [`acme/shop@sha256:${'a'.repeat(64)}`, undefined], ['acme/shop:1.0.0-', undefined]])('of image %j has version %s', (image, version) => {
    const labels = (only(render(web({ image })), 'Deployment').metadata as { labels: Record<string, string> }).labels;
    expect(labels['app.kubernetes.io/version']).toBe(version);
  });

  it.each<[object, string]>([
    [{ name: 'Shop' }, 'name: got "Shop"; lower-case letters, digits and "-" are allowed, a letter or digit first and last'],
    [{ name: '' }, 'name: got ""; lower-case letters, digits and "-" are allowed, a letter or digit first and last'],
    [{ name: '1shop' }, 'name: got "1shop"; a letter must come first: the name is a Service and so a DNS name'],
    [{ name: 'a'.repeat(64) }, `name: got "${'a'.repeat(64)}"; at most 63 characters are allowed in the name of a WebApp, this has 64; shorten it, or set a shorter 'name'`],
    [{ shutdown: { drain: '30s', grace: '30s' } }, "shutdown.grace: got \"30s\"; more than notice (5 s) and drain (30 s) together is allowed, or the pod is killed while it works; raise 'grace' or lower 'drain'"],
    [{ probes: { readiness: { http: { path: '/', port: 'admin' } } } }, "probes.readiness.http.port: got \"admin\"; no such port; the workload's ports are: http (8080)"],
    [{ schedule: '@daily' }, 'schedule: got "@daily"; no such prop here'],
    [{ replica: 3 }, 'replica: got 3; no such prop here; did you mean "replicas"?'],
  ])('is refused with %j', (props, message) => {
    expect(problemsOf(web(props))).toContain(`[chart/web] ${message}`);
  });

  it('is refused with a name that another workload of the namespace has', () => {
    expect(problemsOf(all(web(), worker({ name: 'web' })))).toContain("[chart/worker] name: got \"web\"; 'chart/web' has that name already in namespace 'shop'; give one of them a 'name' of its own");
  });

  it('is not asked for its readiness by a sidecar', () => {
    const pod = templateOf(only(render(web({ sidecars: { proxy: { image: IMAGE, ports: { admin: 9901 } } } })), 'Deployment')).spec;
    expect(pod.containers[0]!.readinessProbe).toMatchObject({ httpGet: { port: 8080 } });
  });
});
