/** Where an environment lives, on a real Pulumi engine: states of before stay as they are, and nobody moves in place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '@pulumi/pulumi/automation';
import { ChartResources, ReleaseRecord } from '../../../lib/pulumi';
import { ClusterProvider } from '../../../lib/pulumi/cluster';
import { boutiqueApp } from '../../../stacks/boutique/app';
import { environmentSchema } from '../../../stacks/environment';
import { loadEnvironment } from '../../../lib/environment';
import { goBack } from '../../../stacks/commands/go-back';
import { environmentProgram } from '../../../stacks/pulumi/deploy';
import { ROOT } from '../../stacks/rendered';
import { withoutSection } from '../../stacks/without-section';
import type { ChildTask } from './environment-in-child';
import { RecordingEngine } from './recording/engine';

const CLUSTER = '  fairlead:cluster: { context: the-cluster, loadBalancer: false }\n';

describe('an environment', () => {
  let engine: RecordingEngine;
  beforeAll(async () => {
    engine = await RecordingEngine.create();
  });
  afterAll(() => engine.remove());

  const files = (tag: string) => ({
    'Pulumi.yaml': readFileSync(join(ROOT, 'Pulumi.yaml'), 'utf8').replace(/^main:.*\n/m, '').replace(/^options:[^]*/m, ''),
    'Pulumi.preview.yaml': withoutSection(readFileSync(join(ROOT, 'Pulumi.preview.yaml'), 'utf8'), 'fairlead:monitoring').replace(/^config:\n/, `config:\n${CLUSTER}`).replace(/tag: .*/, `tag: ${tag}`),
  });

  /** As older versions of the program had it: the provider stands alone. */
  const before = async () => {
    const environment = loadEnvironment(engine.workDirectory, 'preview', environmentSchema);
    const provider = new ClusterProvider('cluster', { identifier: 'the-cluster', context: 'the-cluster' });
    const charts = new ChartResources('boutique', { charts: boutiqueApp(environment, 'preview'), loadBalancer: false }, { provider });
    new ReleaseRecord('releases', { charts: [charts], info: { version: environment.config.images.tag } });
  };
  const now = () => environmentProgram(engine.workDirectory, 'preview');
  const stackOf = (program: () => Promise<object | void>, tag: string): Promise<Stack> => engine.stack(program as () => Promise<Record<string, unknown>>, 'preview', files(tag));

  it('of before keeps its objects, and goes back to a release of before', async () => {
    await (await stackOf(before, 'v0.10.6')).up();
    expect(engine.steps()).toContain('create Namespace/boutique-preview');
    await (await stackOf(now, 'v0.10.6')).up();
    expect(engine.steps()).toEqual([]);
    const next = await stackOf(now, 'v0.10.7');
    await next.up();
    expect(engine.steps().filter((step) => !step.startsWith('update')).sort()).toEqual([expect.stringMatching(/^create Job/), expect.stringMatching(/^delete Job/)]);
    const output: string[] = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => output.push(String(text)) > 0);
    jest.spyOn(console, 'log').mockImplementation((text) => void output.push(String(text)));
    await goBack(next, { yes: true }).finally(() => jest.restoreAllMocks());
    expect(engine.steps()).toContain('update Deployment/boutique-preview/frontend');
  }, 300_000);

  it('does not move to another provider: nothing is touched, in preview and in up', async () => {
    const stack = await stackOf(now, 'v0.10.6');
    await stack.up();
    engine.steps();
    // As if it had been made with another one.
    const { version, deployment } = await stack.exportStack();
    const text = JSON.stringify(deployment).replaceAll('"input":"existing","output":"existing"', '"input":"gke","output":"gke"').replaceAll('"inputs":{"input":"existing"}', '"inputs":{"input":"gke"}');
    await stack.importStack({ version, deployment: JSON.parse(text) as typeof deployment });
    const refusal = 'Pulumi.preview.yaml: fairlead:cluster.provider: got "existing"; allowed: "gke", where this environment lives: it can\'t move in place';
    for (const action of ['preview', 'up'] as const) {
      const child = engine.spawn(join(__dirname, 'environment-in-child.ts'), [JSON.stringify({ environment: 'preview', action } satisfies ChildTask)]);
      expect({ code: await child.ended, output: child.output() }).toEqual({ code: 1, output: expect.stringContaining(refusal) });
    }
    expect(engine.steps()).toEqual([]);
  }, 300_000);
});
