import { gzipSync } from 'node:zlib';
import * as pulumi from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import { ChartResources, ReleaseRecord, ReleasesInState, settlePending, token, type RecordedRelease, type State } from '../../lib/pulumi';
import { addRelease, packReleases, unpackReleases } from '../../lib/pulumi/release/archive';
import { reveal, seal, unseal } from '../../lib/pulumi/release/seal';
import { runProgram } from '../../lib/pulumi/testing';
import { Cluster, deploy, deployment, object, registered } from './deploy';

const CANARY = 'canary-5d0c';
const manifest = (name: string, fields: object = {}) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, ...fields });
const URN = 'urn:pulumi:test::shop::fairlead:pulumi:ChartResources::shop';

/** A release of config maps, by name and value. */
function release(values: Readonly<Record<string, string>>, rest: Partial<RecordedRelease> = {}): RecordedRelease {
  const objects = Object.entries(values).map(([name, value]) => ({ identity: `ConfigMap/shop/${name}`, name: `ConfigMap/shop/${name}`, manifest: manifest(name, { data: { value } }), needs: [], options: {} }));
  return { info: {}, charts: [{ urn: URN, objects }], outputs: {}, ...rest };
}

/** The state that such releases come to. */
function state(releases: readonly RecordedRelease[], there: Readonly<Record<string, string>>, rest: Partial<State> = {}): State {
  const children = Object.entries(there).map(([name, value]) => ({ type: 'kubernetes:core/v1:ConfigMap', urn: `urn:pulumi:test::shop::fairlead:pulumi:ChartResources$kubernetes:core/v1:ConfigMap::ConfigMap/shop/${name}`, parent: URN, inputs: manifest(name, { data: { value }, added: 'by the provider' }) }));
  const record = { urn: 'urn:pulumi:test::shop::fairlead:pulumi:ReleaseRecord::releases', type: 'fairlead:pulumi:ReleaseRecord', outputs: { releases: { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', plaintext: JSON.stringify(packReleases(releases)) } } };
  return { resources: [...children, record], pending: [], ...rest };
}

describe('the change of a release', () => {
  const build = (chart: Chart) => [deployment(chart, 'web'), object(chart, 'ConfigMap', 'settings', { data: { a: 'b' } })];

  it('is in annotations of what rolls pods, and not on the pods', async () => {
    const run = await deploy(build, { release: { cause: 'Faster checkout', version: '1.4.0', revision: '3f2a', by: 'ann' } });
    const annotations = { 'kubernetes.io/change-cause': 'Faster checkout', 'fairlead.dev/release-version': '1.4.0', 'fairlead.dev/release-revision': '3f2a', 'fairlead.dev/released-by': 'ann' };
    const without = await deploy(build);
    const { inputs } = registered(run, 'Deployment/shop/web');
    expect(inputs.metadata).toEqual({ ...(registered(without, 'Deployment/shop/web').inputs.metadata as object), annotations });
    expect(inputs.spec).toEqual(registered(without, 'Deployment/shop/web').inputs.spec);
    expect(registered(run, 'ConfigMap/shop/settings').inputs).toEqual(registered(without, 'ConfigMap/shop/settings').inputs);
  });

  it('leaves an annotation that the chart has', async () => {
    const run = await deploy((chart) => object(chart, 'Deployment', 'web', { apiVersion: 'apps/v1', metadata: { annotations: { 'kubernetes.io/change-cause': 'mine' } } }), { release: { cause: 'theirs' } });
    expect(registered(run, 'Deployment/shop/web').inputs).toMatchObject({ metadata: { annotations: { 'kubernetes.io/change-cause': 'mine' } } });
  });

  it.each([
    [{ casue: 'x' }, 'release.casue: no such prop here; did you mean "cause"?'],
    [{ cause: '' }, 'release.cause: got ""; text is allowed, or leave it out'],
    [{ version: 1 }, 'release.version: got 1; text is allowed, or leave it out'],
    ['x', 'release: got "x"; an object with cause, version, revision, by is allowed'],
  ])('%j is refused', async (release, message) => {
    await expect(deploy(build, { release: release as never })).rejects.toThrow(`ChartResources 'shop': ${message}`);
  });
});

describe('the record', () => {
  it('has what was registered, and hides all of it', async () => {
    let record: Record<string, unknown> = {};
    const register = pulumi.ComponentResource.prototype as unknown as { registerOutputs(outputs: Record<string, unknown>): void };
    const spy = jest.spyOn(register, 'registerOutputs').mockImplementation(function (this: unknown, outputs) {
      if (this instanceof ReleaseRecord) record = outputs;
    });
    const run = await runProgram(() => {
      const app = new App();
      const chart = new Chart(app, 'shop', { namespace: 'shop' });
      object(chart, 'ConfigMap', 'settings', { data: { password: `x-${token('password')}` } });
      object(chart, 'Namespace', 'shop');
      const charts = new ChartResources('shop', { charts: app, outputs: { password: pulumi.secret(CANARY) } }, { provider: new Cluster() });
      new ReleaseRecord('releases', { charts: [charts], info: { version: '1' }, outputs: { url: 'https://x' } });
      return pulumi.all([record.releases, pulumi.isSecret(record.releases as pulumi.Output<string>)]);
    });
    spy.mockRestore();
    const [text, secret] = run.result as [string, boolean];
    expect(secret).toBe(true);
    const [found] = unpackReleases(text);
    expect(found).toMatchObject({ info: { version: '1' }, outputs: { url: 'https://x' } });
    const [charts] = found!.charts;
    expect(charts!.provider).toMatch(/::pulumi:providers:kubernetes::cluster$/);
    const recorded = charts!.objects.map((entry) => ({ name: entry.name, inputs: reveal(entry.manifest), protect: entry.options.protect, needs: entry.needs }));
    const objects = [...run.objects.values()].map(({ name, inputs, protect, dependencies }) => ({ name, inputs, protect, needs: dependencies.filter((urn) => urn.includes('/')).map((urn) => urn.split('::').at(-1)) }));
    expect(recorded).toEqual(expect.arrayContaining(objects));
    expect(recorded).toHaveLength(objects.length);
    expect(JSON.stringify(unseal(charts!.objects[1]!.manifest))).not.toContain(CANARY);
  });

  it('keeps secrets apart from what is none', async () => {
    const value = await runProgram(() => seal({ a: [pulumi.secret('x'), pulumi.output('y'), 1], b: { c: 'z' } }));
    expect(value.result).toEqual({ a: [{ 'fairlead.dev/secret': 'x' }, 'y', 1], b: { c: 'z' } });
    expect(reveal(value.result)).toEqual({ a: ['x', 'y', 1], b: { c: 'z' } });
    expect(pulumi.Output.isInstance((unseal(value.result) as { a: unknown[] }).a[0])).toBe(true);
  });

  it('has the last five releases, and what they have in common once', () => {
    const big = 'x'.repeat(10_000);
    const all = [1, 2, 3, 4, 5, 6, 7].reduce<RecordedRelease[]>((before, n) => addRelease(before, release({ a: String(n), big })), []);
    expect(all.map(({ charts }) => charts[0]!.objects[0]!.manifest.data)).toEqual(['7', '6', '5', '4', '3'].map((value) => ({ value })));
    expect(unpackReleases(packReleases(all))).toEqual(all);
    expect(packReleases(all).length).toBeLessThan(1_000);
  });

  it('does not count what changes nothing; the same with another cause takes its place', () => {
    const caused = (cause: string) => {
      const { charts, ...rest } = release({ a: '1' }, { info: { cause } });
      return { ...rest, charts: charts.map((entry) => ({ ...entry, objects: entry.objects.map((recorded) => ({ ...recorded, manifest: { ...recorded.manifest, metadata: { name: 'a', annotations: { 'kubernetes.io/change-cause': cause } } } })) })) };
    };
    const [first, second, older] = [caused('one'), caused('two'), release({ a: '0' })];
    expect(addRelease([first, older], { ...first, info: { at: 'later' } })).toEqual([first, older]);
    expect(addRelease([first, older], second)).toEqual([second, older]);
  });

  it('of another version of the library is refused', () => {
    expect(() => unpackReleases(gzipSync('{"format":9}').toString('base64'))).toThrow('the record of releases has format 9, and 1 is known here; use the version of fairlead that wrote it');
  });
});

describe('the release to go back to', () => {
  const [older, newer] = [release({ a: '1' }), release({ a: '2' }, { info: { at: '2026-02-02' } })];
  const goal = (there: Readonly<Record<string, string>>, last = {}, rest = {}) => new ReleasesInState(state([newer, older], there, rest)).goal({ succeeded: true, ...last });

  it('is the one before, if what is there has completed', () => expect(goal({ a: '2' })).toBe(1));
  it('is the last one that completed, if an update failed', () => expect(goal({ a: '2' }, { succeeded: false, before: '2026-02-03' })).toBe(0));
  it('is that too where an update was interrupted', () => {
    expect(goal({ a: '3' })).toBe(0);
    expect(goal({ a: '2', b: '1' })).toBe(0);
    expect(goal({ a: '2' }, {}, { pending: [{ type: 'creating', resource: { urn: 'x', type: 'y' } }] })).toBe(0);
  });
  it('is the one before, if the update that recorded the last one failed afterwards', () => expect(goal({ a: '2', old: '1' }, { succeeded: false, before: '2026-02-01' })).toBe(1));
  it('stays the same when a rollback failed', () => expect(goal({ a: '2' }, { succeeded: false, releasesLeft: 1 })).toBe(1));

  it('is the one before, if what is there has a Secret, which the provider keeps in base64', () => {
    const name = 'Secret/shop/keys';
    const written = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys', namespace: 'shop' }, data: { old: 'b2xk' }, stringData: seal({ token: CANARY }) as Record<string, string> };
    const withSecret = (info: RecordedRelease['info']): RecordedRelease => ({ info, charts: [{ urn: URN, objects: [{ identity: name, name, manifest: written, needs: [], options: {} }] }], outputs: {} });
    const there = (token: string): State => {
      const { stringData: _, ...read } = written;
      const resource = { type: 'kubernetes:core/v1:Secret', urn: `urn:pulumi:test::shop::fairlead:pulumi:ChartResources$kubernetes:core/v1:Secret::${name}`, parent: URN, inputs: { ...read, data: { old: 'b2xk', token: Buffer.from(token).toString('base64') } } };
      const { resources, pending } = state([withSecret({ at: '2026-02-02' }), withSecret({})], {});
      return { resources: [resource, ...resources], pending };
    };
    expect(new ReleasesInState(there(CANARY)).goal({ succeeded: true })).toBe(1);
    expect(new ReleasesInState(there('another')).goal({ succeeded: true })).toBe(0);
  });

  it('is missed where there is none', () => {
    expect(() => new ReleasesInState(state([newer], { a: '2' })).goal({ succeeded: true })).toThrow('the release that is there is the only one that has completed');
    expect(() => new ReleasesInState({ resources: [], pending: [] })).toThrow('no release of this stack has completed yet');
  });

  it('may touch what it registers and what is there, and nothing else', () => {
    const found = new ReleasesInState(state([newer, older], { b: '2' }));
    expect(found.touchedBy({ to: 1 }).map((urn) => urn.split('::').at(-1)).sort()).toEqual(['ConfigMap/shop/a', 'ConfigMap/shop/b', 'releases', 'shop']);
  });
});

describe('what was interrupted', () => {
  const resource = (name: string, type = 'kubernetes:core/v1:ConfigMap', rest: object = {}) => ({ urn: `urn:pulumi:test::shop::${type}::${name}`, type, custom: true, inputs: { metadata: { name, namespace: 'shop' } }, ...rest });
  const settle = (resources: object[], pending: object[]) => settlePending({ manifest: 'kept', resources, pending_operations: pending })!;

  it('is nothing, mostly', () => expect(settlePending({ resources: [] })).toBeUndefined());

  it('and was being made: counts as made, until the cluster says otherwise', () => {
    const { deployment: settled, refresh, unknown } = settle([], [{ type: 'creating', resource: resource('a') }, { type: 'creating', resource: resource('n', 'kubernetes:core/v1:Namespace', { inputs: { metadata: { name: 'n' } } }) }]);
    expect(settled).toMatchObject({ manifest: 'kept', pending_operations: [], resources: [{ id: 'shop/a', outputs: { metadata: { name: 'a' } } }, { id: 'n' }] });
    expect(refresh).toEqual([resource('a').urn, resource('n', 'kubernetes:core/v1:Namespace').urn]);
    expect(unknown).toEqual([]);
  });

  it('and was being changed or deleted: is compared with the cluster', () => {
    const { deployment: settled, refresh } = settle([resource('a'), resource('b')], [{ type: 'updating', resource: resource('a') }, { type: 'deleting', resource: resource('b') }]);
    expect(settled).toMatchObject({ pending_operations: [], resources: [resource('a'), resource('b')] });
    expect(refresh).toEqual([resource('a').urn, resource('b').urn]);
  });

  it('and is of another provider: is left, and named', () => {
    const bucket = resource('b', 'aws:s3/bucket:Bucket');
    const { deployment: settled, unknown } = settle([], [{ type: 'creating', resource: bucket }, { type: 'creating', resource: resource('c', 'shop:index:Component', { custom: false }) }]);
    expect(settled.pending_operations).toEqual([{ type: 'creating', resource: bucket }]);
    expect(unknown).toEqual([bucket.urn]);
  });
});
