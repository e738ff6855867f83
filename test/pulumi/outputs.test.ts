import * as pulumi from '@pulumi/pulumi';
import { CronTask, fromSecret, WebApp, type WebAppProps } from '../../lib';
import { token } from '../../lib/pulumi';
import { asText } from '../../lib/pulumi/outputs';
import { UNKNOWN } from '../../lib/pulumi/testing';
import { Cluster, deploy, deployment, object, registered, waitsFor, type Args } from './deploy';

const outputs = { 'db.address': 'db.internal' };
const web = (props: Partial<WebAppProps>) => (chart: ConstructorParameters<typeof WebApp>[0]) => new WebApp(chart, 'web', { image: 'ghcr.io/acme/web:1.0.0', ports: { http: 8080 }, ...props });
const container = (inputs: unknown) => (inputs as { spec: { template: { spec: { containers: Record<string, unknown>[] } } } }).spec.template.spec.containers[0]!;
const failure = (build: Parameters<typeof deploy>[0], args: Args = { outputs }) => deploy(build, args).then(() => 'deployed', (error: Error) => error.message);

describe('an Output', () => {
  it('goes in wherever a construct takes free text', async () => {
    const run = await deploy(web({
      env: { URL: `postgres://${token('db.address')}:5432/shop` },
      config: { ADDRESS: token('db.address'), JSON: JSON.stringify({ host: token('db.address') }) },
      files: { '/etc/app/config.json': JSON.stringify([token('db.address')]) },
      args: ['--db', token('db.address')],
      podAnnotations: { 'example.com/db': token('db.address') },
      description: `Reads ${token('db.address')}`,
    }), { outputs });
    const { inputs } = registered(run, 'Deployment/shop/web');
    expect(container(inputs)).toMatchObject({ env: [{ name: 'URL', value: 'postgres://db.internal:5432/shop' }], args: ['--db', 'db.internal'] });
    expect(inputs).toMatchObject({ metadata: { annotations: { 'fairlead.dev/description': 'Reads db.internal' } }, spec: { template: { metadata: { annotations: { 'example.com/db': 'db.internal' } } } } });
    const maps = [...run.objects.values()].filter(({ name }) => name.startsWith('ConfigMap/'));
    expect(maps.map(({ inputs: { data } }) => data)).toEqual(expect.arrayContaining([{ ADDRESS: 'db.internal', JSON: '{"host":"db.internal"}' }, { 'etc_app_config.json': '["db.internal"]' }]));
  });

  it('is a number or truth value too', async () => {
    const run = await deploy((chart) => object(chart, 'ConfigMap', 'c', { data: { port: token('port'), on: `${token('on')}` } }), { outputs: { port: 5432, on: true } });
    expect(registered(run, 'ConfigMap/shop/c').inputs.data).toEqual({ port: '5432', on: 'true' });
  });

  it('keeps its dependency', async () => {
    const run = await deploy((chart) => object(chart, 'ConfigMap', 'c', { data: { a: `x${token('db.address')}` } }), () => {
      const database = new (class extends pulumi.CustomResource { declare public readonly address: pulumi.Output<string>; })('db:index:Database', 'database', { address: 'there' });
      return { outputs: { 'db.address': database.address } };
    });
    expect(registered(run, 'ConfigMap/shop/c').inputs.data).toEqual({ a: 'xthere' });
    expect(waitsFor(run, 'ConfigMap/shop/c')).toEqual(['database']);
  });

  it('keeps its secrecy, and what stands beside it stays readable', async () => {
    const run = await deploy(web({ env: { PASSWORD: `a${token('db.password')}`, OPEN: token('db.address') } }), () => ({ outputs: { ...outputs, 'db.password': pulumi.secret('s3cret') } }));
    const { secrets, inputs } = registered(run, 'Deployment/shop/web');
    expect(secrets).toEqual(['spec.template.spec.containers[0].env[0].value']);
    expect(container(inputs).env).toEqual([{ name: 'PASSWORD', value: 'as3cret' }, { name: 'OPEN', value: 'db.internal' }]);
  });

  it('is unknown in a preview, and everything is registered all the same', async () => {
    const args = () => ({ outputs: { 'db.address': new Cluster('other').urn.apply(() => '') as pulumi.Output<string>, unknown: new (class extends pulumi.CustomResource { declare public readonly address: pulumi.Output<string>; })('db:index:Database', 'database', { address: undefined }).address } });
    const build = web({ env: { URL: `postgres://${token('unknown')}` } });
    const [preview, up] = [await deploy(build, args, { preview: true }), await deploy(build, () => ({ outputs: { unknown: 'x' } }))];
    expect(container(registered(preview, 'Deployment/shop/web').inputs).env).toEqual([{ name: 'URL', value: UNKNOWN }]);
    expect([...preview.objects.keys()].sort()).toEqual([...up.objects.keys()].sort());
  });

  it('counts by its token in names and hashes', async () => {
    const build = web({ config: { ADDRESS: token('db.address') } });
    const names = async (value: string) => [...(await deploy(build, { outputs: { 'db.address': value } })).objects.keys()];
    expect(await names('a')).toEqual(await names('b'));
  });

  it('takes immutability from what it may change', async () => {
    const run = await deploy(web({ config: { ADDRESS: token('db.address') }, files: { '/etc/x': 'x' } }), { outputs });
    const maps = [...run.objects.values()].filter(({ name }) => name.startsWith('ConfigMap/')).map(({ name, inputs }) => [name.replace(/-[0-9a-f]+$/, ''), inputs.immutable]);
    expect(maps).toEqual(expect.arrayContaining([['ConfigMap/shop/web-config', undefined], ['ConfigMap/shop/web-files', true]]));
  });
});

describe('is refused where a construct must read the value:', () => {
  const T = token('db.address');
  it.each<[string, Parameters<typeof deploy>[0], RegExp]>([
    ['a name', (chart) => new WebApp(chart, 'web', { name: T, image: 'x:1', ports: { http: 80 } }), /\[shop\/web\] name: got "<fairlead-output .*lower-case letters/],
    ['an environment variable\'s name', web({ env: { [T]: 'x' } }), /env\.<fairlead-output .*letters, digits and "_" are allowed/],
    ['a quantity', web({ resources: { requests: { memory: T } } }), /resources\.requests\.memory: got "<fairlead-output .*quantity/],
    ['an address range', web({ egress: [{ cidrs: [T], ports: [5432] }] }), /egress\[0\]\.cidrs.*: got "<fairlead-output/],
    ['a schedule', (chart) => new CronTask(chart, 'job', { schedule: T, timeZone: 'UTC', image: 'x:1', deadline: '5m' }), /schedule: got "<fairlead-output/],
    ['the name of a Secret', web({ env: { A: fromSecret(T, 'key') } }), /fairlead-output/],
    ['an image', web({ image: T }), /image: got "<fairlead-output .*a repository with tag or digest/],
  ])('%s', async (_, build, message) => expect(await failure(build)).toMatch(message));

  it.each<[string, Parameters<typeof deploy>[0], string]>([
    ['the name of any object', (chart) => object(chart, 'ConfigMap', T), 'metadata.name: got "<fairlead-output \\"db.address\\">"; names, labels and selectors must be known at synth: write the value itself'],
    ['a label', (chart) => object(chart, 'ConfigMap', 'c', { metadata: { labels: { a: T } } }), 'metadata.labels.a: got'],
    ['a selector', (chart) => object(chart, 'Service', 's', { spec: { selector: { app: T } } }), 'spec.selector.app: got'],
    ['a key', (chart) => object(chart, 'ConfigMap', 'c', { data: { [T]: 'x' } }), 'data: got a token in the key'],
  ])('%s', async (_, build, message) => expect(await deploy(build, { outputs }, { plain: true }).then(() => '', (error: Error) => error.message)).toContain(message));
});

describe('is refused, with the object and the path,', () => {
  it('when it has no Output', async () => {
    expect(await failure(web({ env: { A: token('db.adress') } }))).toBe(
      `ChartResources 'shop': [shop/web/deployment] Deployment/shop/web spec.template.spec.containers[0].env[0].value: the token "db.adress" has no Output; give ChartResources outputs: { 'db.adress': … }; did you mean "db.address"?`,
    );
  });

  it('when it was broken', async () => {
    expect(await failure(web({ env: { A: token('db.address').slice(0, 20) } }))).toContain('env[0].value: got part of a token, or one that was changed or encoded');
  });

  it.each<[string, (output: pulumi.Output<string>) => string]>([
    ['a template string', (output) => `postgres://${output}`],
    ['JSON', (output) => JSON.stringify({ a: output })],
    ['base64', (output) => Buffer.from(`u:${output}`).toString('base64')],
    ['a URL', (output) => encodeURIComponent(`${output}`)],
  ])('when an Output itself stands in %s', async (_, make) => {
    expect(await failure((chart) => deployment(chart, 'a', { containers: [{ name: 'a', image: 'x:1', env: [{ name: 'A', value: make(pulumi.output('db')) }] }] }))).toContain('env[0].value: got an Output turned into text; put token(name) into the text');
  });

  it.each([true, false])('when an Output itself is the value (plain cdk8s: %p)', async (plain) => {
    const message = deploy((chart) => object(chart, 'ConfigMap', 'c', { data: { a: pulumi.output('x') } }), {}, { plain }).then(() => '', (error: Error) => error.message);
    expect(await message).toContain("an Output can't stand in a chart: put token(name) there");
  });

  it.each<[string, unknown, string]>([
    ['an object', { a: 1 }, 'got an object'],
    ['nothing', undefined, 'got nothing'],
    ['a list', [1], 'got a list'],
  ])('when it turns out to be %s', (_, value, message) => {
    expect(() => asText({ 'db.address': value }, '[c] ConfigMap/c data.a')).toThrow(`[c] ConfigMap/c data.a: outputs["db.address"]: ${message}; text, a number or a truth value is allowed`);
  });

  it('every mistake at once', async () => {
    expect(await failure(web({ env: { A: token('x'), B: token('y') } }))).toMatch(/"x" has no Output[^]*"y" has no Output/);
  });
});
