/** The bridge on a real Pulumi engine, with a stand-in for the Kubernetes provider that records and makes nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { Chart } from 'cdk8s';
import { App, fromSecret, ReleaseTask, StatefulService, Volume, WebApp, type JsonObject, type WebAppProps } from '../../../lib';
import { ChartResources, token } from '../../../lib/pulumi';
import { deployEnvironment } from '../../../stacks/pulumi/deploy';
import { objectsOf, ROOT } from '../../stacks/rendered';
import { Cluster, object, type Args } from '../deploy';
import { Engine, findCli } from './engine';

const cli = findCli();
const describeWithCli = cli === undefined ? describe.skip : describe;
const CANARY = 'canary-91b7d0';
const KEY = 'the-digest-key-of-the-test';

/** A program that deploys one chart. */
const program = (build: (chart: Chart) => void, args: Args | (() => Args) = {}) => async () => {
  const app = new App();
  build(new Chart(app, 'shop', { namespace: 'shop' }));
  new ChartResources('shop', { charts: app, ...(typeof args === 'function' ? args() : args) }, { provider: new Cluster() });
};

const identity = ({ kind, metadata }: JsonObject) => {
  const { name, namespace } = metadata as { name: string; namespace?: string };
  return [kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');
};

const web = (chart: Chart, props: Partial<WebAppProps> = {}, id = 'web') => new WebApp(chart, id, { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 80 }, ...props });

describeWithCli('on a real engine (a Pulumi CLI on PATH, or named by FAIRLEAD_TEST_PULUMI)', () => {
  let engine: Engine;
  beforeEach(() => (engine = new Engine(cli!)));
  afterEach(() => engine.remove());

  const up = async (build: (chart: Chart) => void, args: Args | (() => Args) = {}) => {
    const stack = await engine.stack(program(build, args));
    const result = await stack.up({ color: 'never' });
    return { stack, output: result.stdout + result.stderr, steps: engine.steps() };
  };
  const failing = async (build: (chart: Chart) => void, args: Args | (() => Args) = {}) => up(build, args).then(() => 'it went well', (error: Error) => error.message);

  const shop = (release: string, config = 'a') => (chart: Chart) => {
    object(chart, 'Namespace', 'shop');
    new StatefulService(chart, 'db', { image: 'ghcr.io/acme/db:1.0.0', replicas: 1, ports: { sql: 5432 }, mounts: { '/data': Volume.claim('data', { size: '1Gi' }) } });
    const migrate = new ReleaseTask(chart, 'migrate', { image: `ghcr.io/acme/web:${release}`, connectsTo: ['db'] });
    web(chart, { image: `ghcr.io/acme/web:${release}`, config: { A: config }, after: [migrate], connectsTo: ['db'], route: { hosts: ['shop.example.com'], tls: false } });
  };

  it('goes up in order, changes nothing the second time, and comes down in reverse', async () => {
    const { steps, stack } = await up(shop('1.0.0'), { protect: 'none', retainVolumes: false });
    const place = (list: readonly string[], step: string) => list.findIndex((line) => line.replace(/-[0-9a-f]{10}$/, '') === step);
    const order = ['Namespace/shop', 'StatefulSet/shop/db', 'Job/shop/migrate', 'Deployment/shop/web', 'Ingress/shop/web'];
    const created = order.map((name) => place(steps, `create ${name}`));
    expect(created).toEqual([...created].sort((a, b) => a - b));
    expect(created).not.toContain(-1);
    const preview = await stack.preview();
    expect(preview.changeSummary).toEqual({ same: steps.length + 3 });
    await stack.up();
    expect(engine.steps()).toEqual([]);
    await stack.destroy();
    const removed = engine.steps();
    expect(removed).toHaveLength(steps.length);
    const deleted = order.map((name) => place(removed, `delete ${name}`));
    expect(deleted).toEqual([...deleted].sort((a, b) => b - a));
  }, 120_000);

  it('an image change runs the task and rolls that workload; config changes keep the old config until the rollout is over, also on the way back', async () => {
    const { stack } = await up(shop('1.0.0'));
    const change = async (build: (chart: Chart) => void) => (await up(build)).steps.map((step) => step.replace(/[0-9a-f]{10}$/, 'HASH'));
    expect(await change(shop('1.1.0'))).toEqual(['create Job/shop/migrate-HASH', 'update Deployment/shop/web', 'delete Job/shop/migrate-HASH']);
    const config = ['create ConfigMap/shop/web-config-HASH', 'update Deployment/shop/web', 'delete ConfigMap/shop/web-config-HASH'];
    expect(await change(shop('1.1.0', 'b'))).toEqual(config);
    expect(await change(shop('1.1.0', 'a'))).toEqual(config);
    expect((await stack.preview()).changeSummary).toHaveProperty('same');
  }, 120_000);

  it('a failed release task leaves the running version untouched, and runs again at the next up', async () => {
    await up(shop('1.0.0'));
    const broken = (chart: Chart) => {
      shop('1.1.0')(chart);
      const job = chart.node.findChild('migrate').node.findChild('job') as ReleaseTask['job'];
      job.metadata.addAnnotation('test/fail', 'true');
    };
    expect(await failing(broken)).toMatch(/Job\/shop\/migrate-[0-9a-f]{10}[^]*the Job failed: BackoffLimitExceeded/);
    expect(engine.steps()).toEqual([expect.stringMatching(/^create Job\/shop\/migrate-/)]);
    expect((await up(shop('1.1.0'))).steps.map((step) => step.split('-')[0])).toEqual(['create Job/shop/migrate', 'update Deployment/shop/web', 'delete Job/shop/migrate']);
  }, 120_000);

  it('moving a construct changes nothing; a new API version changes no resource; a rename by name replaces in the safe order', async () => {
    await up((chart) => [object(chart, 'ConfigMap', 'a', { data: { x: 'y' } }), object(chart, 'HorizontalPodAutoscaler', 'h', { apiVersion: 'autoscaling/v1', spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'x' } } })]);
    const after = (name: string) => (chart: Chart) => {
      object(new Chart(chart, 'inner', { namespace: 'shop' }), 'ConfigMap', name, { data: { x: 'y' } });
      object(chart, 'HorizontalPodAutoscaler', 'h', { apiVersion: 'autoscaling/v2', spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'x' } } });
    };
    expect((await up(after('a'))).steps).toEqual(['update HorizontalPodAutoscaler/shop/h']);
    expect((await up(after('b'), { renamed: { 'ConfigMap/shop/b': 'ConfigMap/shop/a' } })).steps).toEqual(['create ConfigMap/shop/b', expect.stringMatching(/^delete ConfigMap\/shop\/[ab]$/)]);
  }, 120_000);

  it('going from a fixed number of pods to an autoscaler, and back, never drops the number', async () => {
    await up((chart) => web(chart, { replicas: 5 }));
    engine.actions();
    const stack = await engine.stack(program((chart) => web(chart, { replicas: { min: 2, max: 9 }, resources: { requests: { cpu: '100m', memory: '64Mi' } } })));
    await stack.up();
    const actions = engine.actions();
    for (const { inputs } of actions.filter(({ object: name }) => name === 'Deployment/shop/web')) expect(inputs).toMatchObject({ spec: { replicas: 5 } });
    expect(actions.map(({ action, object: name }) => `${action} ${name}`)).toContain('create HorizontalPodAutoscaler/shop/web');
    expect((await up((chart) => web(chart, { replicas: { min: 2, max: 9 }, resources: { requests: { cpu: '100m', memory: '64Mi' } } }))).steps).toEqual([]);
  }, 120_000);

  it('what holds state is neither deleted nor replaced, unless it is allowed by name', async () => {
    const build = (name: string) => (chart: Chart) => [object(chart, 'Namespace', 'shop'), object(chart, 'StatefulSet', name, { apiVersion: 'apps/v1', spec: { serviceName: 'db', selector: { matchLabels: { app: 'db' } }, template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'db', image: 'x:1' }] } } } })];
    await up(build('db'));
    expect(await failing((chart) => object(chart, 'Namespace', 'shop'))).toMatch(/StatefulSet\/shop\/db[^]*protected/);
    expect(await failing(build('database'), { renamed: { 'StatefulSet/shop/database': 'StatefulSet/shop/db' } })).toMatch(/unable to replace resource[^]*marked for protection/);
    expect(engine.steps().filter((step) => step.startsWith('delete'))).toEqual([]);
    await up(build('db'), { allowDeletion: ['StatefulSet/shop/db'] });
    expect((await up((chart) => object(chart, 'Namespace', 'shop'))).steps).toEqual(['delete StatefulSet/shop/db']);
  }, 120_000);

  it('volumes, and the namespace around them, stay in the cluster when the stack goes', async () => {
    const { stack } = await up((chart) => [object(chart, 'Namespace', 'shop'), object(chart, 'PersistentVolumeClaim', 'data', { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }), object(chart, 'ConfigMap', 'a')], { protect: 'none' });
    await stack.destroy();
    expect(engine.steps()).toEqual(['delete ConfigMap/shop/a']);
  }, 120_000);

  it('a secret is nowhere in clear: state, output, previews, annotations, digests', async () => {
    const build = (chart: Chart) => {
      object(chart, 'Secret', 's', { stringData: { own: `${CANARY}-own`, password: token('password'), config: JSON.stringify({ password: token('password') }) } });
      web(chart, { env: { PASSWORD: fromSecret('s', 'password'), DIRECT: `postgres://u:${token('password')}@db` } });
    };
    const args = (password: string) => () => ({ outputs: { password: pulumi.secret(password) }, digestKey: pulumi.secret(KEY) });
    const first = await up(build, args(CANARY));
    const stack = await engine.stack(program(build, args(`${CANARY}-new`)));
    const preview = await stack.preview({ diff: true, color: 'never' });
    const second = await stack.up({ diff: true, color: 'never' });
    for (const text of [first.output, preview.stdout, preview.stderr, second.stdout, second.stderr, engine.state()]) {
      expect(text).not.toContain(CANARY);
      expect(text).not.toContain(Buffer.from(CANARY).toString('base64').slice(0, 16));
      expect(text).not.toContain(KEY);
    }
    expect(preview.stdout).toContain('[secret]');
    expect(engine.steps().sort()).toEqual(['update Deployment/shop/web', 'update Secret/shop/s']);
  }, 120_000);

  it('an Output of another resource is unknown in the preview and arrives at up', async () => {
    const stack = await engine.stack(async () => {
      const app = new App();
      const chart = new Chart(app, 'shop', { namespace: 'shop' });
      web(chart, { env: { ADDRESS: `x-${token('address')}` } });
      const provider = new Cluster();
      const other = new App();
      object(new Chart(other, 'c', { namespace: 'shop' }), 'ConfigMap', 'source', { data: { a: 'b' } });
      const source = new ChartResources('source', { charts: other }, { provider }).get('ConfigMap/shop/source');
      new ChartResources('shop', { charts: app, outputs: { address: source.id } }, { provider });
    });
    const preview = await stack.preview({ diff: true, color: 'never' });
    expect(preview.stdout).toMatch(/name *: "ADDRESS"\s*value *: (output<string>|\[unknown\]|\S+)/);
    expect(preview.stdout).not.toContain('x-ConfigMap/shop/source');
    await stack.up();
    const deployment = engine.actions().find(({ object: name }) => name === 'Deployment/shop/web')!;
    expect(JSON.stringify(deployment.inputs)).toContain('"x-ConfigMap/shop/source"');
  }, 120_000);

  it('the program deploys staging with the encrypted values of its file, changes nothing the second time, and hides them', async () => {
    const text = readFileSync(join(ROOT, 'Pulumi.staging.yaml'), 'utf8').replace(/ {2}fairlead:secrets:[^]*/, '').replace(/^config:\n/, 'config:\n  fairlead:cluster:\n    context: the-cluster\n');
    const files = { 'Pulumi.yaml': readFileSync(join(ROOT, 'Pulumi.yaml'), 'utf8').replace(/^main:.*\n/m, ''), 'Pulumi.staging.yaml': text };
    const stack = await engine.stack(async () => {
      const { resources: _, ...outputs } = deployEnvironment(engine.workDirectory, 'staging');
      return outputs;
    }, 'staging', files);
    await stack.setConfig('fairlead:secrets.heartbeatUrl', { value: CANARY, secret: true }, true);
    const result = await stack.up({ color: 'never' });
    expect(result.outputs.url?.value).toBe('https://staging.boutique.example.com');
    const steps = engine.actions();
    expect(steps.map(({ object: name }) => name)).toEqual(expect.arrayContaining(objectsOf('staging').map(identity)));
    expect(JSON.stringify(steps.find(({ object: name }) => name === 'Secret/boutique-staging/boutique-secrets')!.inputs)).toContain(CANARY);
    expect(result.stdout + engine.state()).not.toContain(CANARY);
    expect((await stack.up({ color: 'never' })).summary.resourceChanges).toEqual({ same: steps.length + 3 });
  }, 120_000);
});
