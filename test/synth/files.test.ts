import { ApiObject, App as PlainApp, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { App, WebApp, Worker, type IApplication, type SynthesisError } from '../../lib';

const image = 'ghcr.io/acme/shop:1.4.2';
const ports = { http: 8080 };
const configMap = (scope: Construct, name: string) => new ApiObject(scope, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
const names = (app: App) => app.render().files.map(({ name }) => name);

function problemsOf(app: App): readonly string[] {
  try {
    app.render();
    return [];
  } catch (error) {
    return (error as SynthesisError).problems;
  }
}

describe('names of files', () => {
  test('one for each workload, and one for what stands in the chart outside of workloads', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    configMap(chart, 'a');
    configMap(new Construct(chart, 'group'), 'b');
    new WebApp(chart, 'web', { image, ports });
    new Worker(chart, 'mailer', { image });
    expect(names(app)).toEqual(['0-shop', '1-mailer', '1-web']);
    expect([...app.renderFiles().keys()]).toEqual(['0-shop.yaml', '1-mailer.yaml', '1-web.yaml']);
  });

  test('one for a workload and all that the construct makes that stands for it', () => {
    const app = new App();
    class Site extends Construct implements IApplication {
      public readonly application;
      public constructor(scope: Construct) {
        super(scope, 'site');
        configMap(this, 'pages');
        this.application = new WebApp(this, 'web', { image, ports }).application;
        new Worker(this, 'mailer', { image });
      }
    }
    new Site(new Chart(app, 'shop'));
    expect(names(app)).toEqual(['1-mailer', '1-web']);
    expect(app.render().files.find(({ name }) => name === '1-web')!.objects.map(({ manifest }) => `${manifest.kind as string}/${(manifest.metadata as { name: string }).name}`)).toContain('ConfigMap/pages');
  });

  test('the same name in two namespaces', () => {
    const app = new App();
    for (const namespace of ['one', 'two']) new Worker(new Chart(app, namespace, { namespace }), 'mailer', { image });
    expect(names(app)).toEqual(['1-mailer.one', '1-mailer.two']);
  });

  test('a chart and a workload of the same name', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'acme' });
    configMap(chart, 'a');
    new WebApp(chart, 'shop', { image, ports });
    expect(names(app)).toEqual(['0-shop.chart', '1-shop.acme']);
  });

  test('charts of the same id in others', () => {
    const app = new App();
    for (const outer of ['a', 'b']) configMap(new Chart(new Chart(app, outer), 'inner'), `in-${outer}`);
    expect(names(app)).toEqual(['0-a.inner', '0-b.inner']);
  });

  test('ids that no file can have, or that differ in upper case alone', () => {
    const app = new App();
    ['My Shop: 1', 'My Shop; 1', 'X', 'x', '..', 'é'].forEach((id, index) => configMap(new Chart(app, id), `m${index}`));
    const found = names(app);
    expect(new Set(found.map((name) => name.toLowerCase())).size).toBe(6);
    for (const name of found) expect(name).toMatch(/^0-[-._A-Za-z0-9]+$/);
  });

  test('an extension of one\'s own', () => {
    const app = new App({ outputFileExtension: '.k8s.yaml' });
    configMap(new Chart(app, 'shop'), 'a');
    expect([...app.renderFiles().keys()]).toEqual(['0-shop.k8s.yaml']);
  });

  test('an app without objects has no files', () => {
    const app = new App();
    new Chart(app, 'empty');
    expect(names(app)).toEqual([]);
    expect(app.synthYaml()).toBe('');
  });
});

describe('mistakes', () => {
  test('every one is reported at once, each with the path of its construct', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    new WebApp(chart, 'web', { image: 'nginx', ports });
    new ApiObject(chart, 'service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { ports: [{ port: 'http' }] } });
    const broken = configMap(chart, 'broken');
    broken.addJsonPatch(JsonPatch.remove('/data/missing'));
    expect(problemsOf(app)).toEqual([
      expect.stringMatching(/^\[shop\/web\] image: got "nginx"/),
      expect.stringMatching(/^\[shop\/broken\] /),
      expect.stringMatching(/^\[shop\/service\] Service spec\.ports.*\(Kubernetes 1\.34\)$/),
    ]);
    expect(() => app.synthYaml()).toThrow(/^Validation failed with the following errors:\n {2}\[shop\/web\] image/);
  });

  test('two objects of one kind and name', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'acme' });
    configMap(chart, 'a');
    configMap(new Construct(chart, 'group'), 'a');
    expect(problemsOf(app)).toEqual([`[shop/group/a] metadata.name: got "a"; 'shop/a' makes a ConfigMap of that name in namespace 'acme' already; rename one of them`]);
  });

  test('one name in two namespaces, and of two kinds, is none', () => {
    const app = new App();
    for (const namespace of ['one', 'two']) configMap(new Chart(app, namespace, { namespace }), 'a');
    new ApiObject(new Chart(app, 'three', { namespace: 'one' }), 'a', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } });
    expect(problemsOf(app)).toEqual([]);
  });

  test('objects in no namespace collide whatever the chart says', () => {
    const app = new App();
    for (const namespace of ['one', 'two']) new ApiObject(new Chart(app, namespace, { namespace }), 'a', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } });
    expect(problemsOf(app)).toEqual([expect.stringMatching(/^\[two\/a\] metadata\.name: got "a"; 'one\/a' makes a Namespace of that name/)]);
  });

  test('a definition among the objects brings the schema of its kind', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    const openAPIV3Schema = { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } };
    new ApiObject(chart, 'crd', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.acme.dev' },
      spec: { group: 'acme.dev', scope: 'Namespaced', names: { kind: 'Widget', plural: 'widgets' }, versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }] },
    });
    new ApiObject(chart, 'widget', { apiVersion: 'acme.dev/v1', kind: 'Widget', spec: { size: 'big' } });
    expect(problemsOf(app)).toEqual([expect.stringMatching(/^\[shop\/widget\] Widget spec\.size: .*integer/)]);
  });
});

describe('in a plain cdk8s app', () => {
  const build = (chart: Chart) => {
    new WebApp(chart, 'web', { image, ports, connectsTo: ['db'] });
    new WebApp(chart, 'db', { image, ports });
    new kplus.ConfigMap(chart, 'plus', { data: { a: '1' } });
  };

  test('our constructs render the same objects', () => {
    const [plain, own] = [new Chart(new PlainApp(), 'shop'), new Chart(new App(), 'shop')];
    [plain, own].forEach(build);
    const byName = (manifests: readonly object[]) => Object.fromEntries(manifests.map((manifest) => [`${(manifest as ApiObject).kind}/${(manifest as { metadata: { name: string } }).metadata.name}`, manifest]));
    const rendered = (own.node.root as App).render().files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest));
    expect(byName(Testing.synth(plain) as object[])).toEqual(byName(rendered));
  });

  test('Testing.synth works, and reports our mistakes', () => {
    const chart = Testing.chart();
    new WebApp(chart, 'web', { image: 'nginx', ports });
    expect(() => Testing.synth(chart)).toThrow(/\[test\/web\] image: got "nginx"/);
  });

  test('synthYaml works', () => {
    const app = new PlainApp();
    build(new Chart(app, 'shop'));
    expect(app.synthYaml()).toContain('kind: NetworkPolicy');
  });
});
