/** Environments of `stacks/` by the real engine on the real API server: two of them in one cluster. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Stack } from '@pulumi/pulumi/automation';
import { renderEnvironments } from '../../../stacks/synthesize';
import { deployEnvironment } from '../../../stacks/pulumi/deploy';
import { changesBetween } from '../harness/cluster';
import type { KubeObject } from '../harness/objects';
import { declaredReplicas, isReady, podsOf, workloads } from '../live';
import { Deployer, setSecrets, type Run } from './deployer';

const ROOT = path.resolve(__dirname, '../../..');
const CANARY = 'canary-5a31c7e0';
// The images exist, but real clusters have their own ways to give addresses and volumes.
const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

const fileOf = (name: string) => readFileSync(path.join(ROOT, name), 'utf8');

describeOwn('an environment', () => {
  let deployer: Deployer;
  const shops = ['boutique-staging', 'boutique-local'];
  const namespaces = shops.flatMap((name) => [name, `${name}-monitoring`, `${name}-monitoring-nodes`]);

  beforeAll(async () => {
    deployer = await Deployer.connect();
  });

  afterAll(async () => {
    await deployer.close(...shops);
    // The tests of the plain YAML deploy to the same names.
    for (const namespace of namespaces) await deployer.cluster.kubectl.run(['wait', '--for=delete', `namespace/${namespace}`, '--timeout=60s']);
  });

  /** The stack of an environment, in a copy of its project whose file names the cluster; local leaves the nodes' port to staging. */
  async function stackOf(environment: string): Promise<Stack> {
    const { workDirectory } = deployer.engine;
    const program = async () => {
      const { resources: _, ...outputs } = deployEnvironment(workDirectory, environment);
      return outputs;
    };
    const text = fileOf(`Pulumi.${environment}.yaml`).replace(/ {2}fairlead:secrets:[^]*/, '').replace(/ {2}fairlead:protect: .*\n/, '').replace(/^config:\n/, `config:\n  fairlead:protect: none\n${deployer.clusterConfig}`).replace('    grafana:\n      host: grafana.boutique.localhost\n', '    nodeExporter: false\n');
    const secrets = await deployer.engine.stack(program, environment, { 'Pulumi.yaml': fileOf('Pulumi.yaml').replace(/^main:.*\n/m, ''), [`Pulumi.${environment}.yaml`]: text });
    await setSecrets(secrets, environment, CANARY);
    return secrets;
  }

  const up = async (environment: string): Promise<Run> => deployer.run(await stackOf(environment), (stack, options) => stack.up(options));

  /** The credentials of the monitoring, as its pods see them. */
  async function ofMonitoring(): Promise<Readonly<Record<string, string>>> {
    const secret = await deployer.cluster.get<{ data: Record<string, string> }>('secret', 'monitoring-secrets', 'boutique-staging-monitoring');
    return Object.fromEntries(Object.entries(secret!.data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
  }

  /** Everything that could tell a secret. */
  const texts: string[] = [];

  it('goes up as synth shows it, with its encrypted values, and says where things are', async () => {
    const { steps, outputs, output } = await up('staging');
    texts.push(output);
    const [{ rendering } = { rendering: undefined! }] = renderEnvironments(ROOT, ['staging']);
    const manifests = rendering.files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest as unknown as KubeObject));
    const secrets = ['create Secret/boutique-staging-monitoring/monitoring-secrets', 'create Secret/boutique-staging/boutique-secrets'];
    expect(steps.filter((step) => !secrets.includes(step))).toHaveLength(manifests.length);
    expect(steps).toEqual(expect.arrayContaining(secrets));
    expect(outputs).toMatchObject({ url: 'https://staging.boutique.example.com', namespace: 'boutique-staging' });
    const live = new Map((await Promise.all(['boutique-staging', 'boutique-staging-monitoring'].map((of) => workloads(deployer.cluster, of)))).flatMap((found) => [...found]));
    for (const [name, count] of Object.entries(declaredReplicas(manifests))) {
      expect({ [name]: (await podsOf(deployer.cluster, live.get(name)!)).filter(isReady).length }).toEqual({ [name]: count });
    }
    const written = await deployer.cluster.get<{ data: Record<string, string> }>('secret', 'boutique-secrets', 'boutique-staging');
    expect(Buffer.from(written!.data.heartbeatUrl!, 'base64').toString()).toBe(CANARY);
    const monitoring = await ofMonitoring();
    expect([monitoring.slackWebhook, monitoring.alertingHeartbeatUrl]).toEqual([CANARY, CANARY]);
    expect(monitoring.grafanaPassword).toMatch(/^[-\w]{43}$/);
  });

  it('changes nothing the second time, nor when the cluster is looked at first', async () => {
    // What is still on its way when it is looked at is brought up once more.
    for (const name of ['boutique-staging', 'boutique-staging-monitoring']) await deployer.cluster.waitReady(name);
    const before = await deployer.cluster.snapshot('boutique-staging');
    const password = (await ofMonitoring()).grafanaPassword;
    const { steps, output } = await deployer.run(await stackOf('staging'), (stack, options) => stack.up({ ...options, refresh: true, diff: true }));
    texts.push(output);
    expect(steps.length === 0 ? '' : output).toBe('');
    expect(output).toMatch(/\d+ unchanged/);
    expect(output).not.toMatch(/\d+ (updated|created|replaced|deleted)/);
    expect((await ofMonitoring()).grafanaPassword).toBe(password);
    expect(changesBetween(before, await deployer.cluster.snapshot('boutique-staging'))).toEqual([]);
  });

  it('stands beside another one that shares nothing with it', async () => {
    const before = await deployer.cluster.snapshot('boutique-staging');
    const { steps, outputs } = await up('local');
    expect(steps.filter((step) => !step.includes('boutique-local'))).toEqual([]);
    expect(outputs).toMatchObject({ namespace: 'boutique-local' });
    await deployer.run(await stackOf('local'), (stack, options) => stack.destroy(options));
    expect(await deployer.cluster.get('namespace', 'boutique-local')).toBeUndefined();
    expect(changesBetween(before, await deployer.cluster.snapshot('boutique-staging'))).toEqual([]);
  });

  it('leaves its volumes and their namespace when it goes, and takes them up again when it is told to', async () => {
    const claim = async () => (await deployer.cluster.get('persistentvolumeclaim', 'redis-data-redis-cart-0', 'boutique-staging'))?.metadata.uid;
    const before = await claim();
    expect(before).toBeDefined();
    const { output } = await deployer.run(await stackOf('staging'), (stack, options) => stack.destroy(options));
    texts.push(output);
    expect(await claim()).toBe(before);
    expect([...(await workloads(deployer.cluster, 'boutique-staging')).keys()]).toEqual([]);
    await expect(up('staging')).rejects.toThrow(/Namespace\/boutique-staging[^]*namespaces "boutique-staging" already exists/);
    const stack = await stackOf('staging');
    stack.workspace.envVars.PULUMI_K8S_UPSERT_EXISTING_OBJECTS = 'true';
    await deployer.run(stack, (it, options) => it.up(options));
    expect(await claim()).toBe(before);
    await deployer.cluster.waitReady('boutique-staging');
    const again = await deployer.run(await stackOf('staging'), (it, options) => it.up({ ...options, diff: true }));
    expect(again.steps.length === 0 ? '' : again.output).toBe('');
  });

  it('tells its secrets to nobody', async () => {
    const annotations = await Promise.all(namespaces.slice(0, 3).map((of) => deployer.cluster.kubectl.mustRun(['get', 'all,configmaps,ingresses', `--namespace=${of}`, '-o', 'yaml'])));
    for (const secret of [CANARY, (await ofMonitoring()).grafanaPassword!]) {
      for (const text of [...texts, deployer.engine.state(), ...annotations]) {
        expect(text.includes(secret)).toBe(false);
        expect(text.includes(Buffer.from(secret).toString('base64'))).toBe(false);
      }
    }
  });
});
