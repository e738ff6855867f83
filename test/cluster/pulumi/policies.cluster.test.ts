/** The policy pack on a real Pulumi engine: what the program deploys passes, weakened copies fail in the preview. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PulumiFn } from '@pulumi/pulumi/automation';
import { ApiObject, App as PlainApp, Chart, type ApiObjectProps } from 'cdk8s';
import type { App, JsonObject } from '../../../lib';
import { ChartResources, token } from '../../../lib/pulumi';
import { policyPack } from '../../../stacks/policy/folder';
import { deployEnvironment } from '../../../stacks/pulumi/deploy';
import { ClusterProvider } from '../../../lib/pulumi/cluster';
import { at, NAMES, objectsOf, ROOT } from '../../stacks/rendered';
import { Deployer, setSecrets, type RunFailed } from './deployer';

const policyPacks = [policyPack(ROOT)];

/** The project files of an environment, without the values that only its owner can decrypt. */
function filesOf(environment: string, cluster: string): Record<string, string> {
  const text = readFileSync(join(ROOT, `Pulumi.${environment}.yaml`), 'utf8').replace(/ {2}fairlead:secrets:[^]*/, '').replace(/^config:\n/, `config:\n${cluster}`);
  return { 'Pulumi.yaml': readFileSync(join(ROOT, 'Pulumi.yaml'), 'utf8').replace(/^main:.*\n/m, ''), [`Pulumi.${environment}.yaml`]: text };
}

describe('policies', () => {
  let deployer: Deployer;
  beforeAll(async () => {
    deployer = await Deployer.connect();
  });
  afterAll(() => deployer.close());

  /** A preview of a program with the pack; one that fails gives what the engine says. */
  async function preview(program: PulumiFn, name: string, options: { policyPacks?: string[] } = { policyPacks }, env: Record<string, string> = {}, files: Record<string, string> = {}): Promise<string> {
    const stack = await deployer.engine.stack(program, name, files);
    if (NAMES.includes(name)) await setSecrets(stack, name, 'made up for a preview');
    Object.assign(stack.workspace.envVars, env);
    return deployer.run(stack, (it, given) => it.preview({ ...given, ...options })).then(({ output }) => output, (error: RunFailed) => error.output);
  }

  it.each(['staging', 'production'])('%s passes them', async (environment) => {
    const { workDirectory } = deployer.engine;
    const program: PulumiFn = async () => void deployEnvironment(workDirectory, environment);
    const output = await preview(program, environment, undefined, {}, filesOf(environment, deployer.clusterConfig));
    expect(output).toContain('boutique@v1.0.0');
    expect(output).toMatch(/\+ \d+ to create/);
    expect(output).not.toMatch(/\[(mandatory|advisory)\]/);
  });

  /** What staging renders, after something was done to it; as anyone's plain charts, which no construct guards. */
  const weakened = (weaken: (objects: Map<string, JsonObject>) => void): PulumiFn => deployer.program(() => {
    const objects = new Map(objectsOf('staging').map((object) => [nameOf(object), JSON.parse(JSON.stringify(object)) as JsonObject]));
    weaken(objects);
    const app = new PlainApp();
    const chart = new Chart(app, 'weakened');
    [...objects].forEach(([id, object]) => new ApiObject(chart, id.replaceAll('/', '-'), object as unknown as ApiObjectProps));
    return app as App;
  });

  /** As previews name it; the shop's own objects without their namespace. */
  const nameOf = ({ kind, metadata }: JsonObject): string => {
    const { namespace, name } = metadata as { namespace?: string; name: string };
    return [kind, ...(namespace === undefined || namespace === 'boutique-staging' ? [] : [namespace]), name].join('/');
  };

  const containerOf = (objects: ReadonlyMap<string, JsonObject>, identity: string): JsonObject => at(objects.get(identity), 'spec', 'template', 'spec', 'containers', 0);

  it('refuses weakened copies in the preview, before anything is made', async () => {
    const message = await preview(weakened((objects) => {
      at<JsonObject>(containerOf(objects, 'Deployment/frontend'), 'securityContext').privileged = true;
      containerOf(objects, 'Deployment/adservice').image = 'ghcr.io/acme/ads:latest';
      delete containerOf(objects, 'Deployment/emailservice').readinessProbe;
      objects.delete('PodDisruptionBudget/cartservice');
      at<JsonObject>(objects.get('PodDisruptionBudget/paymentservice'), 'spec').maxUnavailable = 0;
      for (const [identity, object] of objects) if (object.kind === 'NetworkPolicy' && Object.keys(at(object, 'spec', 'podSelector')).length === 0) objects.delete(identity);
    }), 'weakened');
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
    expect(await deployer.cluster.get('namespace', 'boutique-staging')).toBeUndefined();
  });

  it('the CLI takes the pack from its environment as well', async () => {
    const program = weakened((objects) => void objects.delete('PodDisruptionBudget/cartservice'));
    expect(await preview(program, 'from-environment', {}, { PULUMI_OPTION_POLICY_PACK: policyPacks[0]! })).toMatch(/\[mandatory\][^]*disruption-budget/);
  });

  it('judges what is known of an object, and leaves what a preview does not know', async () => {
    const program: PulumiFn = async () => {
      const provider = new ClusterProvider('cluster', { identifier: deployer.context, context: deployer.context, kubeconfig: deployer.cluster.connection.kubeconfig });
      const first = new PlainApp();
      new ApiObject(new Chart(first, 'first', { namespace: 'default' }), 'source', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'source' } });
      const { id } = new ChartResources('first', { charts: first }, { provider }).get('ConfigMap/default/source');
      const second = new PlainApp();
      const spec = { containers: [{ name: 'known', image: 'acme/known' }, { name: 'unknown', image: token('image') }] };
      new ApiObject(new Chart(second, 'second', { namespace: 'default' }), 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' }, spec });
      new ChartResources('second', { charts: second, outputs: { image: id } }, { provider });
    };
    const message = await preview(program, 'unknown');
    expect(message).toMatch(/image-reference[^]*containers\[0\]\.image: got "acme\/known"/);
    expect(message).not.toContain('containers[1].image');
    expect(message).not.toContain("can't run policy");
  });
});
