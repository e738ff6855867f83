/** What the other tests stand on: the state after a run that was killed, and after one that failed. */
import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { App, Chart } from 'cdk8s';
import type { JsonObject } from '../../../lib';
import { deployment } from '../../pulumi/deploy';
import { eventually } from '../harness/eventually';
import { Deployer } from './deployer';

let deployer: Deployer;
let namespace: string;

beforeAll(async () => {
  deployer = await Deployer.connect();
  namespace = await deployer.cluster.createNamespace('engine');
});

afterAll(() => deployer.close(namespace));

it('a run that is killed leaves its lock and what it made', async () => {
  const { engine, cluster, context } = deployer;
  const run = engine.spawn(path.join(__dirname, '../fixtures/stuck-up.ts'), [context, cluster.connection.kubeconfig, namespace]);
  await eventually(async () => expect(await cluster.get('pod', 'stuck', namespace)).toBeDefined(), 120);
  await run.kill();
  expect(run.output()).toContain(`Pod/${namespace}/stuck`);
  const locks = readdirSync(path.join(engine.directory, 'state/.pulumi/locks'), { recursive: true }).filter((file) => String(file).endsWith('.json'));
  expect(locks).toHaveLength(1);
  await expect(deployer.up(async () => undefined, 'stuck')).rejects.toThrow(/locked/);
});

it('an object that did not become ready stays in the state, with the reason, and is tried again', async () => {
  const site = (pod: JsonObject) =>
    deployer.program(
      () => {
        const app = new App();
        deployment(new Chart(app, 'chart', { namespace }), 'web', pod);
        return app;
      },
      { optionsFor: () => ({ customTimeouts: { create: '3s' } }) },
    );
  await expect(deployer.up(site({ nodeSelector: { 'example.com/none': 'such' } }))).rejects.toThrow(/Deployment\/[^]*timed out[^]*Unschedulable: 0\/3 nodes are available/);
  expect((await deployer.up(site({}))).steps).toEqual([`update Deployment/${namespace}/web`]);
  expect((await deployer.preview(site({}), { refresh: true })).steps).toEqual([]);
});
