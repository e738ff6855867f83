/** The whole life of preview environments: the real engine, the real API server. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PulumiCommand } from '@pulumi/pulumi/automation';
import { Previews } from '../../../stacks/commands/previews';
import { expiryAfter } from '../../../stacks/preview';
import { ROOT } from '../../stacks/rendered';
import type { KubeObject } from '../harness/objects';
import { podsOf, workloads } from '../live';
import { Deployer } from './deployer';

const base = `previews-${Date.now().toString(36)}`;
const NOW = new Date('2026-01-01T00:00:00Z');
const LATER = new Date('2026-01-02T00:00:00Z');

let deployer: Deployer;
let previews: Previews;
let printed = '';

const file = (change: (text: string) => string = (text) => text) => {
  const text = readFileSync(join(ROOT, 'Pulumi.preview.yaml'), 'utf8');
  const storage = '  fairlead:redis:\n    storage:\n      size: 1Gi\n';
  deployer.engine.write({ 'Pulumi.preview.yaml': change(text.replace(/^config:\n/, `config:\n${deployer.clusterConfig}${storage}`).replace('namespace: boutique-preview', `namespace: ${base}`)) });
};

beforeAll(async () => {
  deployer = await Deployer.connect();
  const { engine } = deployer;
  engine.write({ 'Pulumi.yaml': readFileSync(join(ROOT, 'Pulumi.yaml'), 'utf8').replace(/^main:.*\n/m, '') });
  file();
  const cli = await PulumiCommand.get({ root: engine.cliRoot, skipVersionCheck: true });
  previews = new Previews({ directory: engine.workDirectory, env: engine.environment, cli }, (text) => (printed += text));
});

afterAll(() => deployer.close(`${base}-pr-1`, `${base}-pr-2`));

const images = async (namespace: string) => (await podsOf(deployer.cluster, (await workloads(deployer.cluster, namespace)).get('Deployment/frontend')!)).flatMap(({ spec }) => spec.containers.map(({ image }) => image.split(':').at(-1)));
const volumes = async () => (await deployer.cluster.list<KubeObject & { spec: { claimRef?: { namespace: string } } }>('persistentvolumes')).flatMap(({ spec }) => spec.claimRef?.namespace ?? []);
const namespace = (name: string) => deployer.cluster.get('namespace', `${base}-${name}`);

it('two are made at once, each with a namespace, a host, a volume and an end of its own', async () => {
  const [first, second] = await Promise.all(['pr-1', 'pr-2'].map((name, index) => previews.create({ name, expires: expiryAfter(`${index + 1}h`, NOW) })));
  expect(first).toMatchObject({ namespace: `${base}-pr-1`, url: 'https://pr-1.preview.boutique.example.com' });
  expect(second).toMatchObject({ namespace: `${base}-pr-2`, url: 'https://pr-2.preview.boutique.example.com' });
  for (const [index, name] of ['pr-1', 'pr-2'].entries()) {
    expect((await namespace(name))!.metadata.annotations).toMatchObject({ 'fairlead.dev/expires': `2026-01-01T0${index + 1}:00:00Z` });
    await deployer.cluster.waitReady(`${base}-${name}`);
    expect(await images(`${base}-${name}`)).toEqual(['v0.10.6']);
    const [ingress] = await deployer.cluster.list<KubeObject & { spec: { rules: { host: string }[] } }>('ingresses', `${base}-${name}`);
    expect(ingress!.spec.rules.map(({ host }) => host)).toEqual([`${name}.preview.boutique.example.com`]);
  }
  expect(await volumes()).toEqual(expect.arrayContaining([`${base}-pr-1`, `${base}-pr-2`]));
}, 600_000);

it('one is brought up to date, and gets a new end, while the other stays as it is', async () => {
  const before = await deployer.cluster.snapshot(`${base}-pr-2`);
  file((text) => text.replace('tag: v0.10.6', 'tag: v0.10.7'));
  await previews.create({ name: 'pr-1', expires: expiryAfter('3h', NOW) });
  expect(await images(`${base}-pr-1`)).toEqual(['v0.10.7']);
  expect((await namespace('pr-1'))!.metadata.annotations).toMatchObject({ 'fairlead.dev/expires': '2026-01-01T03:00:00Z' });
  expect(await deployer.cluster.snapshot(`${base}-pr-2`)).toEqual(before);
}, 600_000);

it('one is removed with everything that it made, also where its files are gone', async () => {
  for (const name of ['Pulumi.preview.yaml', 'Pulumi.preview-pr-1.yaml']) rmSync(join(deployer.engine.workDirectory, name));
  expect(await previews.remove('pr-1')).toBe(true);
  expect(await namespace('pr-1')).toBeUndefined();
  expect(await volumes()).not.toContain(`${base}-pr-1`);
  expect(await namespace('pr-2')).toBeDefined();
  expect(await previews.list()).toEqual([{ name: 'pr-2', expires: '2026-01-01T02:00:00Z', url: 'https://pr-2.preview.boutique.example.com' }]);
}, 600_000);

it('one whose time is over is removed by the schedule, and not before', async () => {
  expect(await previews.expire(NOW)).toEqual({ removed: [], kept: ['pr-2'], undated: [], failed: [] });
  expect(await previews.expire(LATER)).toEqual({ removed: ['pr-2'], kept: [], undated: [], failed: [] });
  expect(await namespace('pr-2')).toBeUndefined();
  expect(await volumes()).not.toContain(`${base}-pr-2`);
  expect(await previews.list()).toEqual([]);
}, 600_000);
