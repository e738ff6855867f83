import { ApiObject, App as PlainApp, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { App, WebApp } from '../../lib';
import { ChartResources } from '../../lib/pulumi';
import { runProgram } from '../../lib/pulumi/testing';
import { Cluster, deploy, deployment, object, registered, type Args } from './deploy';

const urns = async (build: (chart: Chart) => void, args?: Args) => [...(await deploy(build, args)).objects.values()].map(({ urn }) => urn).sort();
const failure = (build: (chart: Chart) => void, args: Args = {}) => deploy(build, args, { plain: true }).then(() => 'deployed', (error: Error) => error.message);

it('names each resource by kind, namespace and name, with the hash that is in the name', async () => {
  const run = await deploy((chart) => {
    object(chart, 'Namespace', 'shop');
    new WebApp(chart, 'web', { image: 'x:1', ports: { http: 80 }, config: { A: 'b' } });
    object(chart, 'Certificate', 'web', { apiVersion: 'cert-manager.io/v1', spec: { secretName: 'web-tls', issuerRef: { name: 'x' } } });
  });
  expect([...run.objects].map(([name, { type }]) => [name, type])).toEqual(expect.arrayContaining([
    ['Namespace/shop', 'kubernetes:core/v1:Namespace'],
    ['Deployment/shop/web', 'kubernetes:apps/v1:Deployment'],
    ['PodDisruptionBudget/shop/web', 'kubernetes:policy/v1:PodDisruptionBudget'],
    ['Certificate.cert-manager.io/shop/web', 'kubernetes:cert-manager.io/v1:Certificate'],
    [expect.stringMatching(/^ConfigMap\/shop\/web-config-[0-9a-f]{10}$/), 'kubernetes:core/v1:ConfigMap'],
  ]));
});

it('keeps every URN when a construct moves', async () => {
  const flat = await urns((chart) => deployment(chart, 'a'));
  const nested = await urns((chart) => {
    const inner = new Construct(new Construct(chart, 'team'), 'inner');
    deployment(inner as Chart, 'a');
  });
  expect(nested).toEqual(flat);
});

it('keeps every URN when the API version changes, through aliases', async () => {
  const scaler = (version: string) => (chart: Chart) => object(chart, 'HorizontalPodAutoscaler', 'a', { apiVersion: `autoscaling/${version}`, spec: { maxReplicas: 2, scaleTargetRef: { kind: 'Deployment', name: 'a' } } });
  const { aliases } = registered(await deploy(scaler('v2'), {}, { plain: true }), 'HorizontalPodAutoscaler/shop/a');
  expect(aliases.map(({ type }) => type)).toContain('kubernetes:autoscaling/v1:HorizontalPodAutoscaler');
  expect(aliases.map(({ type }) => type)).not.toContain('kubernetes:autoscaling/v2:HorizontalPodAutoscaler');
});

it('knows the versions of a custom resource from its definition', async () => {
  const run = await deploy((chart) => {
    object(chart, 'CustomResourceDefinition', 'things.example.com', { apiVersion: 'apiextensions.k8s.io/v1', spec: { group: 'example.com', names: { kind: 'Thing' }, versions: [{ name: 'v1alpha1' }, { name: 'v1' }] } });
    object(chart, 'Thing', 'a', { apiVersion: 'example.com/v1' });
  }, {}, { plain: true });
  expect(registered(run, 'Thing.example.com/shop/a').aliases).toEqual([{ type: 'kubernetes:example.com/v1alpha1:Thing' }]);
});

describe('a renamed object', () => {
  const build = (chart: Chart) => object(chart, 'ConfigMap', 'settings');

  it('carries the old name as an alias', async () => {
    const run = await deploy(build, { renamed: { 'ConfigMap/shop/settings': 'ConfigMap/shop/config' } });
    expect(registered(run, 'ConfigMap/shop/settings').aliases).toEqual([{ name: 'ConfigMap/shop/config' }]);
  });

  it.each([
    [{ 'ConfigMap/shop/setings': 'ConfigMap/shop/config' }, 'renamed["ConfigMap/shop/setings"]: the charts have no such object; did you mean "ConfigMap/shop/settings"?'],
    [{ 'ConfigMap/shop/settings': 'ConfigMap/shop/settings' }, 'got "ConfigMap/shop/settings", which the charts still have; rename only what is gone'],
    [{ 'ConfigMap/shop/settings': 'Secret/shop/config' }, 'an object of the same kind is allowed'],
  ])('%j is refused', async (renamed, message) => expect(await failure(build, { renamed: renamed as Record<string, string> })).toContain(message));
});

it('puts a prefix before the names where one program serves two clusters', async () => {
  const run = await runProgram(() => {
    for (const name of ['east', 'west']) {
      const app = new App();
      object(new Chart(app, 'c', { namespace: 'shop' }), 'ConfigMap', 'a');
      new ChartResources(name, { charts: app, resourcePrefix: name }, { provider: new Cluster(name) });
    }
  });
  expect([...run.objects].map(([name, { provider }]) => [name, provider.split('::')[3]])).toEqual([['east-ConfigMap/shop/a', 'east'], ['west-ConfigMap/shop/a', 'west']]);
});

describe('is refused:', () => {
  it('two objects of one identity', async () => {
    expect(await failure((chart) => {
      object(chart, 'ConfigMap', 'a');
      new ApiObject(chart, 'twin', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
    })).toBe("ChartResources 'shop': [shop/twin] got ConfigMap/shop/a; 'shop/ConfigMap-a' makes it already; rename one of them");
  });

  it('an object that the API server would name', async () => {
    const app = new PlainApp();
    const chart = new Chart(app, 'c');
    new (class extends ApiObject { public override toJson() { return { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'a-' } }; } })(chart, 'pod', { apiVersion: 'v1', kind: 'Pod' });
    expect(() => new ChartResources('x', { charts: app })).toThrow("ChartResources 'x': [c/pod] Pod metadata.name: got nothing; a name is required, and 'generateName' makes another object at each `up`");
  });
});
