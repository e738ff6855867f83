import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App as PlainApp, Chart, Include } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { App, SynthesisError, WebApp } from '../../lib';
import { ChartResources, token } from '../../lib/pulumi';
import { runProgram } from '../../lib/pulumi/testing';
import { Cluster, deploy, object, registered } from './deploy';

it('deploys plain charts of cdk8s-plus', async () => {
  const run = await runProgram(() => {
    const chart = new Chart(new PlainApp(), 'plus', { namespace: 'shop' });
    const config = new kplus.ConfigMap(chart, 'config', { data: { address: token('address') } });
    const deployment = new kplus.Deployment(chart, 'web', { replicas: 1, containers: [{ image: 'x:1', portNumber: 80, envFrom: [kplus.Env.fromConfigMap(config)] }] });
    deployment.exposeViaService();
    new ChartResources('x', { charts: chart, outputs: { address: 'db' } }, { provider: new Cluster() });
  });
  const names = [...run.objects.keys()].map((name) => name.replace(/-c[0-9a-f]{7}$/, '')).sort();
  expect(names).toEqual(['ConfigMap/shop/plus-config', 'Deployment/shop/plus-web', 'Service/shop/plus-web-service']);
  const web = [...run.objects.values()].find(({ type }) => type.endsWith(':Deployment'))!;
  expect(web.dependencies.map((urn) => urn.split('::')[2]!.split('$')[1])).toEqual(['kubernetes:core/v1:ConfigMap']);
  expect(web.inputs).toMatchObject({ spec: { template: { metadata: { annotations: { 'fairlead.dev/outputs': expect.any(String) } } } } });
});

describe('included YAML', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairlead-include-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const include = (text: string) => {
    const file = join(folder, `${Math.abs(text.length)}.yaml`);
    writeFileSync(file, text);
    return deploy((chart) => new Include(chart, 'include', { url: file }), {}, { plain: true });
  };

  it('is deployed, definitions first', async () => {
    const run = await include('apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\n---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.com}\nspec: {group: example.com, names: {kind: Thing}}\n');
    expect([...run.objects.keys()]).toEqual(['CustomResourceDefinition/things.example.com', 'Thing.example.com/shop/a']);
  });

  it('may hold lists, as kubectl takes them', async () => {
    const run = await include('apiVersion: v1\nkind: List\nmetadata: {}\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}\n');
    expect([...run.objects.keys()]).toEqual(['ConfigMap/a', 'ConfigMap/b']);
  });
});

it('deploys one chart of an app and leaves the others alone', async () => {
  const run = await runProgram(() => {
    const app = new App();
    const [one, two] = ['one', 'two'].map((id) => new Chart(app, id, { namespace: id })) as [Chart, Chart];
    for (const chart of [one, two]) object(chart, 'ConfigMap', 'a');
    new ChartResources('x', { charts: two }, { provider: new Cluster() });
  });
  expect([...run.objects.keys()]).toEqual(['ConfigMap/two/a']);
});

it('deploys charts of several apps, ours and others, together', async () => {
  const run = await runProgram(() => {
    const ours = new Chart(new App(), 'ours', { namespace: 'shop' });
    const plain = new Chart(new PlainApp(), 'plain', { namespace: 'shop' });
    object(ours, 'ConfigMap', 'a');
    object(plain, 'Namespace', 'shop');
    new ChartResources('x', { charts: [ours, plain] }, { provider: new Cluster() });
  });
  expect(registered(run, 'ConfigMap/shop/a').dependencies).toHaveLength(1);
});

it.each([true, false])('reports every mistake of the charts before anything is registered (plain: %p)', async (plain) => {
  const failing = deploy((chart) => {
    new WebApp(chart, 'a', { image: 'x', ports: { http: 80 } });
    new WebApp(chart, 'b', { image: 'y', ports: { http: 80 } });
  }, {}, { plain });
  const error = await failing.catch((caught: Error) => caught) as Error;
  expect(error.message).toMatch(/^ChartResources 'shop': Validation failed with the following errors:[^]*\[shop\/a\] image[^]*\[shop\/b\] image/);
  if (!plain) expect(error.cause).toBeInstanceOf(SynthesisError);
});

it('registers objects in time linear in their number', async () => {
  const seconds = async (count: number) => {
    const begun = performance.now();
    const run = await deploy((chart) => {
      object(chart, 'Namespace', 'shop');
      object(chart, 'LimitRange', 'limits');
      for (let index = 0; index < count; index++) {
        object(chart, 'ConfigMap', `c${index}`);
        object(chart, 'Service', `a${index}`, { spec: { selector: { app: `a${index}` } } });
        object(chart, 'Deployment', `a${index}`, { apiVersion: 'apps/v1', spec: { template: { metadata: { labels: { app: `a${index}`, tier: 'all' } }, spec: { containers: [], volumes: [{ name: 'c', configMap: { name: `c${index}` } }] } } } });
      }
    }, {}, { plain: true });
    expect(run.objects.size).toBe(3 * count + 2);
    return performance.now() - begun;
  };
  await seconds(20);
  const [some, many] = [await seconds(60), await seconds(360)];
  expect(many / some).toBeLessThan(6 * 2.5);
}, 60_000);
