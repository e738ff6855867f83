/** The life of preview environments on a real Pulumi engine, with a stand-in for the Kubernetes provider that makes nothing. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { App } from '../../../lib';
import { ChartResources } from '../../../lib/pulumi';
import { Previews } from '../../../stacks/commands/previews';
import { expiryAfter } from '../../../stacks/preview';
import { ROOT } from '../../stacks/rendered';
import { Cluster, object } from '../../pulumi/deploy';
import { RecordingEngine } from './recording/engine';

const NOW = new Date('2026-01-01T00:00:00Z');
const LATER = new Date('2026-01-02T00:00:00Z');
const expires = (lifetime: string) => expiryAfter(lifetime, NOW);
const inCluster = (text: string) => text.replace(/^config:\n/, 'config:\n  fairlead:cluster:\n    context: the-cluster\n');
const FILE = inCluster(readFileSync(join(ROOT, 'Pulumi.preview.yaml'), 'utf8'));

describe('preview environments', () => {
  let engine: RecordingEngine;
  let previews: Previews;
  let printed: string;
  beforeEach(async () => {
    engine = await RecordingEngine.create();
    engine.write({ 'Pulumi.yaml': readFileSync(join(ROOT, 'Pulumi.yaml'), 'utf8').replace(/^main:.*\n/m, ''), 'Pulumi.preview.yaml': FILE });
    printed = '';
    previews = new Previews(await engine.place(), (text) => (printed += text));
  });
  afterEach(() => engine.remove());

  const file = (name: string) => join(engine.workDirectory, `Pulumi.preview-${name}.yaml`);
  /** Names without the hash of their content, in an order of their own. */
  const plain = (steps: readonly string[]) => steps.map((step) => step.replace(/-[0-9a-f]{10}$/, '')).sort();
  const settings = (change: (text: string) => string) => engine.write({ 'Pulumi.preview.yaml': change(FILE) });

  it('are made, found, brought up to date, and removed with all that they made, two at once', async () => {
    expect(await previews.list()).toEqual([]);
    const outputs = await previews.create({ name: 'pr-1', expires: expires('1h') });
    expect(outputs).toMatchObject({ url: 'https://pr-1.preview.boutique.example.com', namespace: 'boutique-preview-pr-1', expires: expires('1h') });
    const first = engine.steps();
    await previews.create({ name: 'pr-2', expires: expires('3d') });
    const second = engine.steps();
    expect(plain(second.map((step) => step.replaceAll('pr-2', 'pr-1')))).toEqual(plain(first));
    expect(await previews.list()).toEqual([
      { name: 'pr-1', expires: '2026-01-01T01:00:00Z', url: 'https://pr-1.preview.boutique.example.com' },
      { name: 'pr-2', expires: '2026-01-04T00:00:00Z', url: 'https://pr-2.preview.boutique.example.com' },
    ]);

    settings((text) => text.replace('tag: v0.10.6', 'tag: v0.10.7'));
    await previews.create({ name: 'pr-1', expires: expires('2h') });
    const changed = engine.steps();
    expect(changed).toContain('update Deployment/boutique-preview-pr-1/frontend');
    expect(changed).toContain('update Namespace/boutique-preview-pr-1');
    expect(changed.join()).not.toContain('pr-2');

    // The branch is gone, and so is what the first machine knew.
    rmSync(join(engine.workDirectory, 'Pulumi.preview.yaml'));
    rmSync(file('pr-1'));
    expect(await previews.remove('pr-1')).toBe(true);
    const removed = engine.steps();
    expect(plain(removed.map((step) => step.replace(/^delete /, 'create ')))).toEqual(plain(first));
    expect(await previews.names()).toEqual(['pr-2']);
    expect(existsSync(file('pr-2'))).toBe(true);
    expect(await previews.remove('pr-2')).toBe(true);
    expect(existsSync(file('pr-2'))).toBe(false);
    expect(await previews.list()).toEqual([]);
  }, 900_000);

  it('whose time is over are removed by the schedule, one failure does not keep it from the next, and what tells no end is left', async () => {
    const small = (name: string, lifetime: string | undefined) => async () => {
      const app = new App();
      object(new Chart(app, 'small'), 'Namespace', name);
      new ChartResources('small', { charts: app, protect: 'none' }, { provider: new Cluster() });
      return lifetime === undefined ? {} : { expires: expires(lifetime) };
    };
    const stacks = [['preview-a-over', '1h'], ['preview-b-stuck', '1h'], ['preview-c-over', '23h'], ['preview-d-alive', '3d'], ['preview-e', undefined], ['staging', '1h'], ['preview', '1h']] as const;
    for (const [name, lifetime] of stacks) await (await engine.stack(small(name, lifetime), name)).up();
    for (const [name] of stacks) rmSync(join(engine.workDirectory, `Pulumi.${name}.yaml`), { force: true });
    engine.fail('delete Namespace/preview-b-stuck');
    const result = await previews.expire(LATER);
    expect(result).toEqual({ removed: ['a-over', 'c-over'], kept: ['d-alive'], undated: ['e'], failed: [{ name: 'b-stuck', message: expect.stringContaining('destroy of preview-b-stuck failed') }] });
    expect(await previews.names()).toEqual(['b-stuck', 'd-alive', 'e']);
    expect(engine.steps().filter((step) => step.startsWith('delete'))).toEqual(['delete Namespace/preview-a-over', 'delete Namespace/preview-c-over']);
    engine.fail(undefined);
    expect(await previews.expire(LATER)).toMatchObject({ removed: ['b-stuck'], failed: [] });
  }, 900_000);

  it('tell their end also when the first release failed', async () => {
    engine.fail('create Deployment/boutique-preview-broken/frontend');
    await expect(previews.create({ name: 'broken', expires: expires('1h') })).rejects.toThrow('up of preview-broken failed');
    expect(await previews.list()).toEqual([expect.objectContaining({ name: 'broken', expires: expires('1h') })]);
    engine.fail(undefined);
    expect((await previews.expire(LATER)).removed).toEqual(['broken']);
    const steps = engine.steps();
    expect(steps).toContain('delete Namespace/boutique-preview-broken');
  }, 900_000);

  it('read the encrypted values of their environment, and show them nowhere', async () => {
    const text = readFileSync(join(ROOT, 'Pulumi.staging.yaml'), 'utf8');
    const encrypted = inCluster(text).replace('namespace: boutique-staging', 'namespace: boutique-preview');
    engine.write({ 'Pulumi.preview.yaml': encrypted });
    const { env } = await engine.place();
    const own = new Previews({ ...(await engine.place()), env: { ...env, PULUMI_CONFIG_PASSPHRASE: 'boutique-example' } }, (line) => (printed += line));
    await own.create({ name: 'sealed', expires: expires('1h') });
    const secret = engine.actions().find(({ object }) => object === 'Secret/boutique-preview-sealed/boutique-secrets')!;
    const value = /https:\/\/[^"]+/.exec(JSON.stringify(secret.inputs))![0];
    expect(printed + engine.state()).not.toContain(value);
    rmSync(file('sealed'));
    expect(await own.remove('sealed')).toBe(true);
  }, 900_000);

  it('are refused by name before a stack is made', async () => {
    await expect(previews.create({ name: 'PR_1', expires: expires('1h') })).rejects.toThrow('such as "pr-1"');
    engine.write({ 'Pulumi.preview.yaml': readFileSync(join(ROOT, 'Pulumi.preview.yaml'), 'utf8') });
    await expect(previews.create({ name: 'pr-1', expires: expires('1h') })).rejects.toThrow('Pulumi.preview.yaml: fairlead:cluster: got nothing');
    expect(await previews.names()).toEqual([]);
    expect(existsSync(file('pr-1'))).toBe(false);
    expect(await previews.remove('pr-1')).toBe(false);
  }, 900_000);
});
