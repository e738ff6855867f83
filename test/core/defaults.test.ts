import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { App, explain, setDefaults, type WebApp, type Defaults } from '../../lib';
import { jsonOf, only, problemsOf, render, templateOf } from '../support';
import { IMAGE, web } from '../builders';

const deploymentOf = (app: WebApp) => jsonOf(app.deployment);

describe('defaults', () => {
  it('hold for every workload of the app', () => {
    const labels = only(render(web(), { defaults: { owner: 'team-a' } }), 'Deployment');
    expect(labels).toHaveProperty(['metadata', 'labels', 'fairlead.dev/owner'], 'team-a');
  });

  it('nearest to the workload win, and its own prop wins over all', () => {
    const app = new App({ defaults: { owner: 'app', priorityClassName: 'app', replicas: 3 } });
    const chart = new Chart(app, 'chart');
    setDefaults(chart, { owner: 'chart' });
    const group = new Construct(chart, 'group');
    setDefaults(group, { priorityClassName: 'group' });
    const inner = web({ owner: 'own' }, 'inner')(group);
    const outer = web({}, 'outer')(chart);
    expect(deploymentOf(inner)).toMatchObject({ metadata: { labels: { 'fairlead.dev/owner': 'own' } }, spec: { replicas: 3, template: { spec: { priorityClassName: 'group' } } } });
    expect(deploymentOf(outer)).toMatchObject({ metadata: { labels: { 'fairlead.dev/owner': 'chart' } }, spec: { replicas: 3, template: { spec: { priorityClassName: 'app' } } } });
  });

  it('of labels and annotations merge key by key', () => {
    const chart = new Chart(new App({ defaults: { labels: { a: 'app', b: 'app', c: 'app' }, annotations: { x: 'app' } } }), 'chart');
    setDefaults(chart, { labels: { b: 'chart', c: 'chart' }, annotations: { y: 'chart' } });
    const { metadata } = deploymentOf(web({ labels: { c: 'own' } })(chart));
    expect(metadata).toMatchObject({ labels: { a: 'app', b: 'chart', c: 'own' }, annotations: { x: 'app', y: 'chart' } });
  });

  it('of other maps are taken whole', () => {
    const { spec } = templateOf(only(render(web({ nodeSelector: { b: '2' } }), { defaults: { nodeSelector: { a: '1' } } }), 'Deployment'));
    expect(spec.nodeSelector).toEqual({ b: '2' });
  });

  it('may be set in several calls', () => {
    const chart = new Chart(new App(), 'chart');
    setDefaults(chart, { labels: { a: '1' } });
    setDefaults(chart, { labels: { b: '2' }, owner: undefined });
    expect(deploymentOf(web()(chart)).metadata).toMatchObject({ labels: { a: '1', b: '2' } });
  });

  it('are refused once something stands in the scope, which would have missed them', () => {
    const chart = new Chart(new App(), 'chart');
    web()(chart);
    expect(() => setDefaults(chart, { owner: 'x' })).toThrow("[chart] defaults: got them after 'web' was added; set them before the first construct of this scope, so that they hold for all");
  });

  it.each<[unknown, string]>([
    [{ onwer: 'x' }, '[the app] defaults.onwer: got "x"; no such default; did you mean "owner"?'],
    [JSON.parse('{"__proto__": 1}'), '[the app] defaults.__proto__: got 1; no such default'],
    [{ constructor: 1 }, '[the app] defaults.constructor: got 1; no such default'],
    [{ owner: 5 }, '[the app] defaults.owner: got 5; text is allowed'],
    [{ labels: 'a' }, '[the app] defaults.labels: got "a"; an object is allowed'],
    [{ tolerations: {} }, '[the app] defaults.tolerations: got {}; a list is allowed'],
    [{ networkPolicy: 'no' }, '[the app] defaults.networkPolicy: got "no"; true and false are allowed'],
    [{ replicas: { min: 1, max: 2 } }, '[the app] defaults.replicas: got {"min":1,"max":2}; a number is allowed'],
    [{ security: null }, '[the app] defaults.security: got null; an object is allowed'],
  ])('of no such key or of the wrong form are refused at once: %j', (defaults, message) => {
    expect(() => new App({ defaults: defaults as Defaults })).toThrow(message);
  });

  it('that are wrong in themselves are reported by the workloads that take them', () => {
    expect(problemsOf(web(), { defaults: { imagePolicy: 'strict' as never } })).toEqual(["[chart/web] defaults.imagePolicy: got \"strict\"; any, tag, fixed and digest are allowed"]);
    expect(problemsOf(web(), { defaults: { labels: { 'a b': 'x' } } })).toEqual(['[chart/web] labels.a b: got "a b"; letters, digits, "-", "_" and "." are allowed, a letter or digit first and last']);
    expect(problemsOf(web(), { defaults: { imagePullSecrets: ['A'] } })).toEqual(['[chart/web] imagePullSecrets[0]: got "A"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part']);
  });
});

describe('explain', () => {
  it('says what a construct decided, where and why, once', () => {
    const app = new App({ defaults: { owner: 'team-a' } });
    web({ sidecars: { a: { image: IMAGE }, b: { image: IMAGE } } })(new Chart(app, 'chart'));
    app.render();
    const decisions = explain(app);
    expect(decisions).toContainEqual({ path: 'chart/web', what: 'owner', value: 'team-a', why: 'default set on the app' });
    expect(decisions).toContainEqual({ path: 'chart/web', what: 'probes.readiness', value: { http: '/healthz', period: '5s', timeout: '2s' }, why: "the primary port 'http' speaks http" });
    const names = decisions.map(({ what }) => what);
    expect(names).toEqual([...new Set(names)]);
  });

  it('says nothing of what was given', () => {
    const app = new App();
    web({ imagePullPolicy: 'Never' })(new Chart(app, 'chart'));
    expect(explain(app).map(({ what }) => what)).not.toContain('imagePullPolicy');
  });

  it('looks below the scope alone', () => {
    const chart = new Chart(new App(), 'chart');
    const [a] = [web({}, 'a')(chart), web({}, 'b')(chart)];
    expect(new Set(explain(a).map(({ path }) => path))).toEqual(new Set(['chart/a']));
    expect(explain(new Construct(chart, 'none'))).toEqual([]);
  });
});
