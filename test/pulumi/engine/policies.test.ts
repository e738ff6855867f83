/** The policy pack on a real Pulumi engine: what the program deploys passes, weakened copies fail in the preview. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '@pulumi/pulumi/automation';
import { ApiObject, App as PlainApp, Chart, type ApiObjectProps } from 'cdk8s';
import type { JsonObject } from '../../../lib';
import { ChartResources, token } from '../../../lib/pulumi';
import { policyPack } from '../../../stacks/policy/folder';
import { deployEnvironment } from '../../../stacks/pulumi/deploy';
import { at, objectsOf, ROOT } from '../../stacks/rendered';
import { Cluster } from '../deploy';
import { Engine, findCli } from './engine';

const cli = findCli();
const describeWithCli = cli === undefined ? describe.skip : describe;
const policyPacks = [policyPack(ROOT)];

/** The project files of an environment that may be deployed, without the values that only its owner can decrypt. */
function filesOf(environment: string): Record<string, string> {
  const text = readFileSync(join(ROOT, `Pulumi.${environment}.yaml`), 'utf8').replace(/ {2}fairlead:secrets:[^]*/, '').replace(/^config:\n/, 'config:\n  fairlead:cluster:\n    context: the-cluster\n');
  return { 'Pulumi.yaml': readFileSync(join(ROOT, 'Pulumi.yaml'), 'utf8').replace(/^main:.*\n/m, ''), [`Pulumi.${environment}.yaml`]: text };
}

/** What went wrong. */
const failure = async (run: Promise<unknown>): Promise<string> => run.then(() => 'it went well', (error: Error) => error.message);

describeWithCli('policies on a real engine (a Pulumi CLI on PATH, or named by FAIRLEAD_TEST_PULUMI)', () => {
  let engine: Engine;
  beforeEach(() => (engine = new Engine(cli!)));
  afterEach(() => engine.remove());

  it.each(['staging', 'production'])('%s passes them, in the preview and when it goes up', async (environment) => {
    const stack = await engine.stack(async () => {
      const { resources: _, ...outputs } = deployEnvironment(engine.workDirectory, environment);
      return outputs;
    }, environment, filesOf(environment));
    const preview = await stack.preview({ policyPacks, color: 'never' });
    expect(preview.stdout).toContain('boutique@v1.0.0');
    expect(preview.stdout).not.toMatch(/\[(mandatory|advisory)\]/);
    await stack.up({ policyPacks, color: 'never' });
    expect(engine.steps().length).toBeGreaterThan(50);
  }, 120_000);

  /** What staging renders, after something was done to it; as anyone's plain charts, which no construct guards. */
  const weakened = (weaken: (objects: Map<string, JsonObject>) => void): Promise<Stack> => engine.stack(async () => {
    const objects = new Map(objectsOf('staging').map((object) => [`${object.kind as string}/${(object.metadata as { name: string }).name}`, JSON.parse(JSON.stringify(object)) as JsonObject]));
    weaken(objects);
    const chart = new Chart(new PlainApp(), 'weakened');
    [...objects].forEach(([id, object]) => new ApiObject(chart, id.replace('/', '-'), object as unknown as ApiObjectProps));
    new ChartResources('boutique', { charts: chart }, { provider: new Cluster() });
  });

  const containerOf = (objects: ReadonlyMap<string, JsonObject>, identity: string): JsonObject => at(objects.get(identity), 'spec', 'template', 'spec', 'containers', 0);

  it('refuses weakened copies in the preview, before anything is made', async () => {
    const stack = await weakened((objects) => {
      at<JsonObject>(containerOf(objects, 'Deployment/frontend'), 'securityContext').privileged = true;
      containerOf(objects, 'Deployment/adservice').image = 'ghcr.io/acme/ads:latest';
      delete containerOf(objects, 'Deployment/emailservice').readinessProbe;
      objects.delete('PodDisruptionBudget/cartservice');
      at<JsonObject>(objects.get('PodDisruptionBudget/paymentservice'), 'spec').maxUnavailable = 0;
      for (const [identity, object] of objects) if (object.kind === 'NetworkPolicy' && Object.keys(at(object, 'spec', 'podSelector')).length === 0) objects.delete(identity);
    });
    const message = await failure(stack.preview({ policyPacks, color: 'never' }));
    const deployment = (name: string) => `Deployment/boutique-staging/${name}: spec.`;
    for (const part of [
      `${deployment('frontend')}template.spec.containers[0].securityContext.privileged: got true; container 'server' must not be privileged`,
      `${deployment('adservice')}template.spec.containers[0].image: got "ghcr.io/acme/ads:latest"; 'latest' is not allowed here (image policy 'tag'); name a version`,
      `${deployment('emailservice')}template.spec.containers[0].readinessProbe: got nothing; Service/boutique-staging/emailservice sends it requests`,
      `${deployment('cartservice')}replicas: got 2 pods and no PodDisruptionBudget that selects them; make one with maxUnavailable: 1`,
      'PodDisruptionBudget/boutique-staging/paymentservice: spec.maxUnavailable: got 0 for 2 pods; leave at least one pod free to go',
      'Namespace/boutique-staging: metadata.name: got no NetworkPolicy for Ingress and Egress',
    ]) expect(message).toContain(part);
    const broken = [...message.matchAll(/\[mandatory\] +(\S+)/g)].map(([, name]) => name);
    expect([...new Set(broken)].sort()).toEqual(['default-deny', 'disruption-budget', 'drainable', 'host-access', 'image-reference', 'readiness-probe']);
    expect(engine.steps()).toEqual([]);
  }, 120_000);

  it('the CLI takes the pack from its environment as well', async () => {
    const stack = await weakened((objects) => objects.delete('PodDisruptionBudget/cartservice'));
    stack.workspace.envVars.PULUMI_OPTION_POLICY_PACK = policyPacks[0]!;
    expect(await failure(stack.preview({ color: 'never' }))).toMatch(/\[mandatory\][^]*disruption-budget/);
  }, 120_000);

  it('judges what is known of an object, and leaves what a preview does not know', async () => {
    const stack = await engine.stack(async () => {
      const provider = new Cluster();
      const first = new PlainApp();
      new ApiObject(new Chart(first, 'first', { namespace: 'shop' }), 'source', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'source' } });
      const { id } = new ChartResources('first', { charts: first }, { provider }).get('ConfigMap/shop/source');
      const second = new PlainApp();
      const spec = { containers: [{ name: 'known', image: 'acme/known' }, { name: 'unknown', image: token('image') }] };
      new ApiObject(new Chart(second, 'second', { namespace: 'shop' }), 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' }, spec });
      new ChartResources('second', { charts: second, outputs: { image: id } }, { provider });
    });
    const message = await failure(stack.preview({ policyPacks, color: 'never' }));
    expect(message).toMatch(/image-reference[^]*containers\[0\]\.image: got "acme\/known"/);
    expect(message).not.toContain('containers[1].image');
    expect(message).not.toContain("can't run policy");
  }, 120_000);
});
