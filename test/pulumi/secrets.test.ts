import * as pulumi from '@pulumi/pulumi';
import type { Chart } from 'cdk8s';
import { CronTask, fromSecret, WebApp } from '../../lib';
import { token } from '../../lib/pulumi';
import { mustBeKeyed } from '../../lib/pulumi/rollout';
import { UNKNOWN } from '../../lib/pulumi/testing';
import { deploy, deployment, object, registered } from './deploy';

const KEY = 'a-key-of-the-stack-and-nobody-else';
const CANARY = 'canary-7f3a';

describe('a Secret', () => {
  it('has its values hidden one by one, and its outputs whole', async () => {
    const run = await deploy((chart) => object(chart, 'Secret', 's', { stringData: { a: CANARY, b: 'x' }, data: { c: 'eA==' } }));
    expect(registered(run, 'Secret/shop/s')).toMatchObject({ secrets: ['data.c', 'stringData.a', 'stringData.b'], additionalSecretOutputs: ['data', 'stringData'] });
  });

  it('of another group is not one', async () => {
    const run = await deploy((chart) => object(chart, 'Secret', 's', { apiVersion: 'example.com/v1', data: { a: 'b' } }), {}, { plain: true });
    expect(registered(run, 'Secret.example.com/shop/s')).toMatchObject({ secrets: [], additionalSecretOutputs: [] });
  });
});

describe('pods that read an Output through a ConfigMap or Secret', () => {
  const build = (chart: Chart) => {
    object(chart, 'Secret', 's', { stringData: { password: token('db.password') } });
    new WebApp(chart, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 80 }, env: { PASSWORD: fromSecret('s', 'password') } });
    new WebApp(chart, 'other', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 80 } });
    new CronTask(chart, 'job', { schedule: '0 3 * * *', timeZone: 'UTC', image: 'ghcr.io/acme/web:1.0.0', deadline: '5m', env: { PASSWORD: fromSecret('s', 'password') } });
  };
  const digest = async (value: pulumi.Input<string> | (() => pulumi.Input<string>), digestKey?: string, preview = false) => {
    const run = await deploy(build, () => ({ outputs: { 'db.password': typeof value === 'function' ? value() : value }, ...(digestKey === undefined ? {} : { digestKey }) }), { preview });
    const of = (identity: string) => (registered(run, identity).inputs.spec as { template: { metadata: { annotations?: Record<string, string> } } }).template.metadata.annotations?.['fairlead.dev/outputs'];
    return { web: of('Deployment/shop/web'), other: of('Deployment/shop/other'), run };
  };

  it('roll when it changes, and only then', async () => {
    const [a, again, b] = [await digest('a'), await digest('a'), await digest('b')];
    expect(a.web).toMatch(/^[0-9a-f]{32}$/);
    expect(again.web).toBe(a.web);
    expect(b.web).not.toBe(a.web);
    expect(a.other).toBeUndefined();
  });

  it('by a digest that is keyed where it is secret, and can be read', async () => {
    const secret = () => pulumi.secret(CANARY);
    const [plain, keyed, other] = [await digest(CANARY, KEY), await digest(secret, KEY), await digest(secret, `${KEY}2`)];
    expect(keyed.web).not.toBe(plain.web);
    expect(keyed.web).not.toBe(other.web);
    expect(registered(keyed.run, 'Deployment/shop/web').secrets).toEqual([]);
    const clear = [...keyed.run.objects.values()].filter(({ name }) => !name.startsWith('Secret/'));
    expect(JSON.stringify(clear)).not.toContain(CANARY);
  });

  it('and a secret without a key is refused', () => {
    expect(() => mustBeKeyed(['db.password'], false, '[shop/web] Deployment/shop/web')).toThrow(`[shop/web] Deployment/shop/web: outputs["db.password"] is secret, and its pods must roll when it changes; give ChartResources a 'digestKey'`);
    expect([mustBeKeyed(['db.password'], true, ''), mustBeKeyed([], false, ''), mustBeKeyed([], true, '')]).toEqual([true, false, false]);
  });

  it('by a digest that is unknown in a preview while the Output is', async () => {
    const unknown = () => new (class extends pulumi.CustomResource { declare public readonly password: pulumi.Output<string>; })('db:index:Database', 'd', { password: undefined }).password;
    expect((await digest(unknown, KEY, true)).web).toBe(UNKNOWN);
  });

  it('a task that runs anyway does not', async () => {
    const { run } = await digest('a');
    expect(JSON.stringify(registered(run, 'CronJob/shop/job').inputs)).not.toContain('fairlead.dev/outputs');
  });

  it('mounted as a file, in plain cdk8s too', async () => {
    const run = await deploy((chart) => {
      object(chart, 'ConfigMap', 'c', { data: { a: token('x') } });
      deployment(chart, 'a', { volumes: [{ name: 'c', configMap: { name: 'c' } }] });
    }, { outputs: { x: 'y' } }, { plain: true });
    expect(registered(run, 'Deployment/shop/a').inputs).toMatchObject({ spec: { template: { metadata: { annotations: { 'fairlead.dev/outputs': expect.any(String) }, labels: { app: 'a' } } } } });
  });
});
