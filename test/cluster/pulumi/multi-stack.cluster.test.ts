/** The layout of docs/multi-stack.md, its own code, on a real Pulumi engine with two projects in one backend. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { LocalWorkspace, type Stack } from '@pulumi/pulumi/automation';
import { examplesOf } from '../../docs/examples';
import { Runner } from '../../docs/project';
import { RecordingEngine } from './recording/engine';

const PASSWORD = 'canary-5d20e1';
const KUBECONFIG = 'canary-kubeconfig-77ac';
const KEY = 'the-digest-key-of-the-test';

const runner = new Runner(examplesOf('docs/multi-stack.md').at(-1)!.files);
const program = (name: 'platform' | 'shop') => async () => (runner.load(`${name}.ts`)[name] as () => Record<string, unknown>)();

describe('a platform stack and an application stack', () => {
  let engine: RecordingEngine;
  beforeAll(async () => {
    engine = await RecordingEngine.create();
  });
  afterAll(() => engine.remove());

  const project = async (name: 'platform' | 'shop'): Promise<Stack> => {
    const { directory, env, cli: pulumiCommand } = await engine.place();
    const workDir = join(directory, name);
    mkdirSync(workDir, { recursive: true });
    return LocalWorkspace.createOrSelectStack({ stackName: 'staging', projectName: name, program: program(name) }, { workDir, envVars: env, pulumiCommand });
  };
  const configure = async (dbAddress: string) => {
    const platform = await project('platform');
    await platform.setAllConfig({ kubeconfig: { value: KUBECONFIG, secret: true }, dbAddress: { value: dbAddress }, dbPassword: { value: PASSWORD, secret: true } });
    return platform;
  };
  const deployment = () => engine.actions().find(({ object }) => object === 'Deployment/shop/web')!;

  it('the platform deploys its charts, the application gets what it exports', async () => {
    await (await configure('db.internal:5432')).up();
    expect(engine.steps()).toContain('create Namespace/shop');
    const shop = await project('shop');
    await shop.setConfig('digestKey', { value: KEY, secret: true });
    await shop.up();
    expect(JSON.stringify(deployment().inputs)).toContain('"db.internal:5432"');
    expect((await shop.up()).summary.resourceChanges).toEqual({ same: expect.any(Number) });
  }, 900_000);

  it('a new address reaches the application at its next up, and rolls its pods alone', async () => {
    await (await configure('db2.internal:5432')).up();
    await (await project('shop')).up();
    expect(engine.steps()).toEqual(['update Deployment/shop/web']);
  }, 900_000);

  it('nothing secret is in clear in either state', () => {
    for (const secret of [PASSWORD, KUBECONFIG, KEY]) expect(engine.state()).not.toContain(secret);
  });
});
