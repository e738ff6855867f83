import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App as PlainApp, Chart } from 'cdk8s';
import { ChartResources, token } from '../../lib/pulumi';
import { runProgram } from '../../lib/pulumi/testing';

it('smoke', async () => {
  const run = await runProgram(() => {
    const provider = new (class extends pulumi.ProviderResource {})('kubernetes', 'cluster', { context: 'x' });
    const app = new PlainApp();
    const chart = new Chart(app, 'c', { namespace: 'shop' });
    new ApiObject(chart, 'cm', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cm' }, data: { a: token('db') } });
    new ApiObject(chart, 'ns', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    const r = new ChartResources('shop', { charts: app, outputs: { db: pulumi.secret('pw') } }, { provider });
    return { x: r.get('ConfigMap/shop/cm').metadata.name };
  });
  console.log(JSON.stringify(run.resources, null, 1), run.result);
});
it('fails', async () => {
  await expect(runProgram(() => {
    const app = new PlainApp();
    const chart = new Chart(app, 'c', { namespace: 'shop' });
    new ApiObject(chart, 'cm', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cm' }, data: { a: token('db') } });
    new ChartResources('shop', { charts: app, ambientCluster: true, outputs: { db: pulumi.output({} as unknown as string) } });
  })).rejects.toThrow('an object');
});
