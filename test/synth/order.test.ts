import { ApiObject, Chart, Include } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct, Node } from 'constructs';
import { writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CronTask, fromConfig, fromSecret, PlatformNamespace, ReleaseTask, SealedSecret, WebApp, Worker, type JsonObject, type Rendering } from '../../lib';
import { keyOfObject, providedBy, referencesOf } from '../../lib/synth/references';
import { renderEnvironments } from '../../stacks/synthesize';

const image = 'ghcr.io/acme/shop:1.4.2';
/** As kubeseal writes it: the length of the encrypted key, that key, the value. */
const SEALED = Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(600, 7)]).toString('base64');
const ports = { http: 8080 };
const configMap = (scope: Construct, id: string, data: object = {}) => new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data });
const waves = (app: App) => Object.fromEntries(app.render().files.map(({ name }) => [name.replace(/^\d+-/, ''), Number(/^\d+/.exec(name)![0])]));

/** All objects as they are applied: the files by name, each from its top. */
function applied({ files }: Rendering): JsonObject[] {
  return [...files].sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap(({ objects }) => objects.map(({ manifest }) => manifest));
}

/** Fails for every object that stands before something that it names. */
function expectNeedsFirst(manifests: readonly JsonObject[]): void {
  const position = new Map(manifests.flatMap((manifest, index) => providedBy(manifest).map((provided) => [keyOfObject(provided), index] as const)));
  manifests.forEach((manifest, index) => {
    const { namespace } = manifest.metadata as { namespace?: string };
    const needed = [...referencesOf(manifest), ...(namespace === undefined ? [] : [{ kind: 'Namespace', namespace: undefined, name: namespace }])];
    const late = needed.map(keyOfObject).filter((key) => (position.get(key) ?? -1) > index);
    expect({ manifest: keyOfObject(providedBy(manifest)[0]!), late }).toEqual({ manifest: expect.any(String), late: [] });
  });
}

describe('what is needed comes first', () => {
  test('in an app where the charts stand in the wrong order', () => {
    const app = new App();
    const shop = new Chart(app, 'a-shop', { namespace: 'shop' });
    const settings = new Chart(app, 'b-settings', { namespace: 'shop' });
    const platform = new Chart(app, 'z-platform', { namespace: 'shop' });
    const secret = new SealedSecret(settings, 'token', { encryptedData: { token: SEALED } });
    const rules = configMap(settings, 'rules', { threshold: '3' });
    const migrate = new ReleaseTask(shop, 'migrate', { image, connectsTo: ['db'], env: { TOKEN: fromSecret(secret.name, 'token') } });
    new WebApp(shop, 'api', { image, ports, after: [migrate], config: { MODE: 'live' }, env: { THRESHOLD: fromConfig(rules.name, 'threshold') } });
    new WebApp(shop, 'db', { image, ports });
    new CronTask(shop, 'report', { image, schedule: '@daily', env: { TOKEN: fromSecret(secret.name, 'token') } });
    new kplus.Deployment(shop, 'legacy', { containers: [{ image, envFrom: [kplus.Env.fromConfigMap(kplus.ConfigMap.fromConfigMapName(shop, 'imported', 'rules'))] }] });
    new PlatformNamespace(platform, 'namespace', { podSecurity: 'baseline' });
    const rendering = app.render();
    expectNeedsFirst(applied(rendering));
    expect(rendering.files.map(({ name }) => name)).toEqual(['0-z-platform', '1-b-settings', '2-a-shop', '3-db', '3-report', '4-migrate', '5-api']);
  });

  test('in the stacks, in every environment', () => {
    for (const { rendering } of renderEnvironments(join(__dirname, '../..'), [])) expectNeedsFirst(applied(rendering));
  });

  test('the definition of a kind comes before its objects', () => {
    const app = new App();
    new ApiObject(new Chart(app, 'a'), 'widget', { apiVersion: 'acme.dev/v1', kind: 'Widget', spec: { size: 1 } });
    new ApiObject(new Chart(app, 'b'), 'crd', crd());
    expect(waves(app)).toEqual({ b: 0, a: 1 });
  });

  test('workloads that need objects of each other are no mistake: one of them comes first', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    new Worker(chart, 'one', { image, env: { A: fromConfig('two-config', 'a') } });
    new Worker(chart, 'two', { image, env: { A: fromConfig('one-config', 'a') } });
    for (const [worker, name] of [['one', 'one-config'], ['two', 'two-config']] as const) configMap(chart.node.findChild(worker) as Construct, name, { a: '1' });
    expect(Math.abs(waves(app).one! - waves(app).two!)).toBe(1);
  });

  test('within a file by kind: namespace, service account, configuration, service, workload, what scales it', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    for (const [apiVersion, kind] of [['apps/v1', 'Deployment'], ['v1', 'Service'], ['v1', 'ConfigMap'], ['v1', 'ServiceAccount'], ['v1', 'Namespace']] as const) {
      new ApiObject(chart, kind, { apiVersion, kind, metadata: { name: 'x' }, ...(kind === 'Deployment' ? { spec: { selector: {}, template: { spec: { containers: [{ name: 'x', image }] } } } } : {}) });
    }
    expect(applied(app.render()).map(({ kind }) => kind)).toEqual(['Namespace', 'ServiceAccount', 'ConfigMap', 'Service', 'Deployment']);
  });

  test('ten waves and more sort by name', () => {
    const app = new App();
    let before: Chart | undefined;
    for (let index = 0; index < 12; index++) {
      const chart = new Chart(app, `c${index}`);
      configMap(chart, `m${index}`);
      if (before) chart.addDependency(before);
      before = chart;
    }
    const names = app.render().files.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(names[0]).toBe('00-c0');
    expect(names[11]).toBe('11-c11');
  });
});

describe('addDependency', () => {
  test('between charts', () => {
    const app = new App();
    const [first, second] = [new Chart(app, 'b'), new Chart(app, 'a')];
    configMap(first, 'x');
    configMap(second, 'y');
    second.addDependency(first);
    expect(waves(app)).toEqual({ b: 0, a: 1 });
  });

  test('between a construct of one chart and one of another', () => {
    const app = new App();
    const group = new Construct(new Chart(app, 'b'), 'group');
    configMap(group, 'x');
    const other = configMap(new Chart(app, 'a'), 'y');
    other.node.addDependency(group);
    expect(waves(app)).toEqual({ b: 0, a: 1 });
  });

  test('between groups of one chart, against the order of kinds', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    const [late, early] = [new Construct(chart, 'late'), new Construct(chart, 'early')];
    configMap(late, 'config');
    new ApiObject(early, 'service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'service' } });
    late.node.addDependency(early);
    expect(applied(app.render()).map(({ kind }) => kind)).toEqual(['Service', 'ConfigMap']);
  });

  test('of a chart on one of its own objects: the others wait for it', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    configMap(chart, 'a');
    chart.node.addDependency(configMap(chart, 'z'));
    configMap(chart, 'b');
    expect(applied(app.render()).map(({ metadata }) => (metadata as { name: string }).name)).toEqual(['z', 'a', 'b']);
  });

  test('of something outside on a workload: it comes after', () => {
    const app = new App();
    const shop = new WebApp(new Chart(app, 'shop'), 'web', { image, ports });
    configMap(new Chart(app, 'later'), 'x').addDependency(shop.deployment);
    expect(waves(app)).toEqual({ web: 1, later: 2 });
  });
});

describe('circles are reported', () => {
  test('between charts', () => {
    const app = new App();
    const charts = ['a', 'b', 'c'].map((id) => new Chart(app, id));
    charts.forEach((chart, index) => {
      configMap(chart, `m${index}`);
      chart.addDependency(charts[(index + 1) % 3]!);
    });
    expect(() => app.render()).toThrow('[a] dependencies go round in a circle, so that nothing could ever start: a waits for b waits for c waits for a; remove one of them');
  });

  test('between objects of one file', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    const [one, other] = [configMap(chart, 'one'), configMap(chart, 'other')];
    one.addDependency(other);
    other.addDependency(one);
    expect(() => app.render()).toThrow('[shop/one] dependencies go round in a circle, so that nothing could ever start: shop/one waits for shop/other waits for shop/one; remove one of them');
  });

  test('between a workload and the task that it waits for', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    const migrate = new ReleaseTask(chart, 'migrate', { image, connectsTo: ['api'] });
    new WebApp(chart, 'api', { image, ports, after: [migrate] });
    expect(() => app.render()).toThrow(/migrate waits for api waits for migrate/);
  });
});

describe('the work grows with the app, not faster', () => {
  /** Counts how often the tree below a construct is walked. */
  function countWalks(app: App): number {
    const walk = jest.spyOn(Node.prototype, 'findAll');
    try {
      app.render();
      return walk.mock.calls.length;
    } finally {
      walk.mockRestore();
    }
  }

  test('forty layers of two, each of which needs both before it: 2^40 paths', () => {
    const app = new App();
    let before: Chart[] = [];
    for (let layer = 0; layer < 40; layer++) {
      const charts = [0, 1].map((side) => new Chart(app, `c${layer}-${side}`));
      charts.forEach((chart, side) => {
        configMap(chart, `m${layer}-${side}`);
        before.forEach((needed) => chart.addDependency(needed));
      });
      before = charts;
    }
    expect(countWalks(app)).toBeLessThanOrEqual(80);
    expect(waves(app)['c39-1']).toBe(39);
  });

  test('2,000 charts that depend on one', () => {
    const app = new App();
    const base = new Chart(app, 'base');
    for (let index = 0; index < 10; index++) configMap(base, `base-${index}`);
    for (let index = 0; index < 2_000; index++) {
      const chart = new Chart(app, `c${index}`);
      configMap(chart, `m${index}`);
      chart.addDependency(base);
    }
    expect(countWalks(app)).toBeLessThanOrEqual(2_001);
    const validate = jest.spyOn(Node.prototype, 'validate');
    app.render();
    expect(validate).toHaveBeenCalledTimes(1 + 1 + 10 + 2 * 2_000);
    validate.mockRestore();
  });

  test('a chain of 5,000 charts', () => {
    const app = new App();
    let before: Chart | undefined;
    for (let index = 0; index < 5_000; index++) {
      const chart = new Chart(app, `c${index}`);
      configMap(chart, `m${index}`);
      if (before) before.addDependency(chart);
      before = chart;
    }
    expect(app.render().files[0]!.name).toBe('0000-c4999');
  });
});

describe('whatever cdk8s makes', () => {
  test('a chart included from YAML', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'fairlead-include-')), 'chart.yaml');
    writeFileSync(file, 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, annotations: null}\ndata: {k: "yes"}\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: included}\n');
    const app = new App();
    new Include(new Chart(app, 'included'), 'yaml', { url: file });
    expect(app.synthYaml()).toBe("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: included\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: 'yes'\n");
  });

  test('objects of cdk8s-plus', () => {
    const app = new App();
    const chart = new Chart(app, 'plus', { namespace: 'plus' });
    const config = new kplus.ConfigMap(chart, 'config', { metadata: { name: 'config' }, data: { a: '1' } });
    const deployment = new kplus.Deployment(chart, 'deployment', { metadata: { name: 'web' }, containers: [{ image, portNumber: 8080, envFrom: [kplus.Env.fromConfigMap(config)] }] });
    deployment.exposeViaService({ name: 'web' });
    new kplus.Namespace(chart, 'namespace', { metadata: { name: 'plus' } });
    const manifests = applied(app.render());
    expect(manifests.map(({ kind }) => kind)).toEqual(['Namespace', 'ConfigMap', 'Service', 'Deployment']);
    expectNeedsFirst(manifests);
  });
});

function crd() {
  const openAPIV3Schema = { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'widgets.acme.dev' },
    spec: { group: 'acme.dev', scope: 'Namespaced', names: { kind: 'Widget', plural: 'widgets', singular: 'widget' }, versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }] },
  };
}
