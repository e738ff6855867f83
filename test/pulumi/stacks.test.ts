import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { kubeconfig } from './kubeconfig';
import { loadYaml } from './yaml';
import type { JsonObject } from '../../lib';
import { runProgram, type RegisteredResource } from '../../lib/pulumi/testing';
import { deployEnvironment } from '../../stacks/pulumi/deploy';
import { environments } from '../../lib/environment';
import { renderEnvironments } from '../../stacks/synthesize';
import { ENVIRONMENTS, rendered, ROOT } from '../stacks/rendered';

const directory = mkdtempSync(join(tmpdir(), 'fairlead-stacks-'));
afterAll(() => rmSync(directory, { recursive: true }));
beforeAll(() => {
  cpSync(join(ROOT, 'Pulumi.yaml'), join(directory, 'Pulumi.yaml'));
  writeFileSync(join(directory, 'kubeconfig'), kubeconfig({ 'the-cluster': 'https://127.0.0.1:6443' }));
  for (const { environment } of ENVIRONMENTS) {
    const text = readFileSync(join(ROOT, environment.file), 'utf8');
    const own = environment.name === 'local' ? '    kubeconfig: kubeconfig\n' : '';
    writeFileSync(join(directory, environment.file), text.replace(/^config:\n/, `config:\n  fairlead:cluster:\n    context: the-cluster\n${own}`));
  }
});

const CONFIG = { 'fairlead:secrets': { heartbeatUrl: 'https://beats.example.com/canary', monitoring: { slackWebhook: 'https://hooks.slack.com/services/canary', alertingHeartbeatUrl: 'https://beats.example.com/canary-alerting', pagerdutyKey: 'canary-key' } } };
const deploy = (name: string, preview = false) => runProgram(() => {
  const { resources: _, ...outputs } = deployEnvironment(directory, name);
  return outputs;
}, { project: 'fairlead', stack: name, config: CONFIG, secretConfig: ['fairlead:secrets'], preview });

/** Paths at which two values differ. */
function differences(before: unknown, after: unknown, path = ''): string[] {
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return before === after ? [] : [path];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => differences((before as JsonObject)[key], (after as JsonObject)[key], path === '' ? key : `${path}.${key}`));
}

describe.each(ENVIRONMENTS.map(({ environment }) => environment.name))('%s', (name) => {
  it('registers what synth renders; the differences are these', async () => {
    const { files, environment } = rendered(name);
    const synthesized = [...files.values()].flatMap((file) => loadYaml(file));
    const run = await deploy(name);
    const rest = new Map(run.objects);
    const changes = synthesized.flatMap((object) => {
      const { kind, metadata } = object as { kind: string; metadata: { name: string; namespace?: string } };
      const identity = [kind, ...(metadata.namespace === undefined ? [] : [metadata.namespace]), metadata.name].join('/');
      const { inputs } = run.objects.get(identity)!;
      rest.delete(identity);
      return differences(object, inputs).map((path) => `${kind}: ${path}`);
    });
    // What reads a Secret when it starts rolls when that changes.
    const digests = (environment.secrets.length > 0 ? ['Deployment', 'StatefulSet'] : ['Deployment']).map((kind) => `${kind}: spec.template.metadata.annotations.fairlead.dev/outputs`);
    expect([...new Set(changes)].sort()).toEqual([...digests, 'Job: metadata.annotations.pulumi.com/replaceUnready'].sort());
    const { namespace } = environment.config;
    const shop = environment.secrets.length > 0 ? [`Secret/${namespace}/boutique-secrets`] : [];
    expect([...rest.keys()].sort()).toEqual([`Secret/${namespace}-monitoring/monitoring-secrets`, ...shop].sort());
  });

  it('tells where the shop is', async () => {
    const { host, namespace, images, monitoring } = rendered(name).environment.config;
    expect((await deploy(name)).result).toEqual({ url: `https://${host}`, grafana: `https://${monitoring?.grafana.host}`, namespace, version: images.tag, logs: expect.stringContaining(`--context the-cluster --namespace ${namespace}`) });
  });

  it('runs the check before the release, and lets requests in last', async () => {
    const { objects } = await deploy(name);
    const byKind = (kind: string) => [...objects.values()].filter(({ name: identity }) => identity.startsWith(`${kind}/`));
    const needs = ({ dependencies }: RegisteredResource) => dependencies.map((urn) => urn.split('::').at(-1)!);
    const [job] = byKind('Job');
    const { namespace } = rendered(name).environment.config;
    expect(needs(job!)).toContain(`StatefulSet/${namespace}/redis-cart`);
    expect(needs(objects.get(`Deployment/${namespace}/cartservice`)!)).toContain(job!.name);
    expect(needs(objects.get(`Ingress/${namespace}/frontend`)!)).toEqual(expect.arrayContaining([`Deployment/${namespace}/frontend`, `Service/${namespace}/frontend`]));
    expect(needs(objects.get(`Deployment/${namespace}/emailservice`)!)).not.toContain(job!.name);
  });
});

it('makes the Secret of the encrypted values, in time for whoever reads it, and nothing shows them', async () => {
  const { objects } = await deploy('staging');
  const secret = objects.get('Secret/boutique-staging/boutique-secrets')!;
  expect(secret).toMatchObject({ inputs: { stringData: { heartbeatUrl: 'https://beats.example.com/canary' } }, secrets: ['stringData.heartbeatUrl'], additionalSecretOutputs: ['data', 'stringData'] });
  expect(objects.get('CronJob/boutique-staging/cart-expiry')!.dependencies).toContain(secret.urn);
  const ofMonitoring = objects.get('Secret/boutique-staging-monitoring/monitoring-secrets')!;
  expect(ofMonitoring.inputs).toMatchObject({ stringData: { slackWebhook: 'https://hooks.slack.com/services/canary', alertingHeartbeatUrl: 'https://beats.example.com/canary-alerting', grafanaPassword: expect.stringMatching(/^[-\w]{43}$/) } });
  expect(ofMonitoring.secrets).toEqual(['stringData.alertingHeartbeatUrl', 'stringData.grafanaPassword', 'stringData.slackWebhook']);
  expect(objects.get('StatefulSet/boutique-staging-monitoring/alertmanager')!.dependencies).toContain(ofMonitoring.urn);
  const others = JSON.stringify([...objects.values()].filter((object) => object !== secret && object !== ofMonitoring));
  expect(others.includes('canary')).toBe(false);
});

it('makes a password for Grafana once, and keeps it in the state as a secret', async () => {
  const { resources, objects } = await deploy('local');
  const stashes = resources.filter(({ type }) => type === 'pulumi:index:Stash');
  expect(stashes.map(({ name, secrets, ignoreChanges }) => ({ name, secrets, ignoreChanges }))).toEqual(['digest-key', 'grafana-password'].map((name) => ({ name, secrets: ['input'], ignoreChanges: ['input'] })).reverse());
  const { grafanaPassword } = objects.get('Secret/boutique-local-monitoring/monitoring-secrets')!.inputs.stringData as { grafanaPassword: string };
  expect(grafanaPassword).toBe(stashes[0]!.inputs.input);
  expect(JSON.stringify([...objects.values()].filter(({ name }) => !name.startsWith('Secret/'))).includes(grafanaPassword)).toBe(false);
});

it('takes a password for Grafana that somebody has encrypted', async () => {
  const text = readFileSync(join(directory, 'Pulumi.staging.yaml'), 'utf8').replace('    monitoring:\n      slackWebhook:', '    monitoring:\n      grafanaPassword:\n        secure: v1:x\n      slackWebhook:');
  writeFileSync(join(directory, 'Pulumi.chosen.yaml'), text);
  const secrets = { ...CONFIG['fairlead:secrets'], monitoring: { ...CONFIG['fairlead:secrets'].monitoring, grafanaPassword: 'chosen-by-somebody' } };
  const { objects, resources } = await runProgram(() => void deployEnvironment(directory, 'chosen'), { project: 'fairlead', stack: 'chosen', config: { 'fairlead:secrets': secrets }, secretConfig: ['fairlead:secrets'] });
  expect(objects.get('Secret/boutique-staging-monitoring/monitoring-secrets')!.inputs).toMatchObject({ stringData: { grafanaPassword: 'chosen-by-somebody' } });
  expect(resources.filter(({ type }) => type === 'pulumi:index:Stash').map(({ name }) => name)).toEqual(['digest-key']);
});

it('previews all that it deploys', async () => {
  expect([...(await deploy('staging', true)).objects.keys()].sort()).toEqual([...(await deploy('staging')).objects.keys()].sort());
});

it('names the cluster to the provider, and nothing else does', async () => {
  const { resources } = await deploy('production');
  const provider = resources.find(({ type }) => type === 'pulumi:providers:kubernetes')!;
  expect(provider.inputs).toEqual({ context: 'the-cluster', clusterIdentifier: 'the-cluster', enableConfigMapMutable: 'true', enableSecretMutable: 'true', enablePatchForce: 'true' });
});

it('refuses an environment that names no cluster, whatever kubeconfig is at hand', async () => {
  const { name, file } = rendered('staging').environment;
  const program = runProgram(() => deployEnvironment(ROOT, name), { project: 'fairlead', stack: name });
  await expect(program).rejects.toThrow(`${file}: fairlead:cluster: got nothing; allowed: the cluster to deploy to, such as { context: my-cluster }`);
});

it('refuses mistakes with their key paths, before anything is touched', async () => {
  writeFileSync(join(directory, 'Pulumi.wrong.yaml'), readFileSync(join(directory, 'Pulumi.local.yaml'), 'utf8').replace('protect: none', 'protect: some'));
  await expect(deploy('wrong')).rejects.toThrow('Pulumi.wrong.yaml: fairlead:protect: got "some"; allowed: "stateful" or "all" or "none"');
});

it('takes the path of a kubeconfig from the folder of the project', async () => {
  writeFileSync(join(directory, 'Pulumi.own.yaml'), readFileSync(join(directory, 'Pulumi.preview.yaml'), 'utf8').replace('context: the-cluster', 'context: the-cluster\n    kubeconfig: .kube/config\n    loadBalancer: false'));
  const { resources, objects } = await deploy('own');
  expect(resources.find(({ type }) => type === 'pulumi:providers:kubernetes')!.inputs.kubeconfig).toBe(resolve(directory, '.kube/config'));
  expect(objects.get('Ingress/boutique-preview/frontend')!.inputs).toMatchObject({ metadata: { annotations: { 'pulumi.com/skipAwait': 'true' } } });
});

it('reads what synth reads: the same file with a cluster renders the same bytes', () => {
  const files = (rendering: readonly { readonly environment: { readonly name: string }; readonly files: ReadonlyMap<string, string> }[]) => rendering.map(({ environment, files: own }) => [environment.name, ...own]);
  const names = ENVIRONMENTS.map(({ environment }) => environment.name);
  expect(files(renderEnvironments(directory, names))).toEqual(files(ENVIRONMENTS));
});

it('takes a cluster that a command names, instead of that of the file', async () => {
  const { resources } = await runProgram(() => void deployEnvironment(ROOT, 'staging', { cluster: { context: 'given', loadBalancer: true } }), { project: 'fairlead', stack: 'staging', config: CONFIG, secretConfig: ['fairlead:secrets'] });
  expect(resources.find(({ type }) => type === 'pulumi:providers:kubernetes')!.inputs.context).toBe('given');
});

it('deploys local to no cluster that is elsewhere, whoever names it, and registers nothing', async () => {
  writeFileSync(join(directory, 'elsewhere'), kubeconfig({ 'the-cluster': 'https://10.0.0.1' }));
  const run = runProgram(() => deployEnvironment(directory, 'local', { cluster: { context: 'the-cluster', kubeconfig: 'elsewhere', loadBalancer: false } }), { project: 'fairlead', stack: 'local' });
  await expect(run).rejects.toThrow('Pulumi.local.yaml: fairlead:cluster.context: got "the-cluster", whose server is 10.0.0.1; allowed: a server on this machine (loopback), of kind or of minikube: local is deployed nowhere else');
});

it('makes no cluster for local', async () => {
  const text = readFileSync(join(directory, 'Pulumi.local.yaml'), 'utf8').replace(/ {4}context: the-cluster\n {4}kubeconfig: kubeconfig\n/, '    provider: gke\n    project: acme-local\n    region: europe-west6\n    autopilot: true\n');
  const own = mkdtempSync(join(tmpdir(), 'fairlead-local-'));
  writeFileSync(join(own, 'Pulumi.yaml'), 'name: fairlead\n');
  writeFileSync(join(own, 'Pulumi.local.yaml'), text);
  const run = runProgram(() => deployEnvironment(own, 'local'), { project: 'fairlead', stack: 'local' }).finally(() => rmSync(own, { recursive: true }));
  await expect(run).rejects.toThrow('Pulumi.local.yaml: fairlead:cluster.provider: got "gke"; allowed: "existing", with a context: local runs on this machine');
});

describe('a preview environment', () => {
  const EXPIRES = '2026-01-31T12:00:00Z';
  const preview = (name: string) => runProgram(() => {
    const { resources: _, ...outputs } = deployEnvironment(directory, name, { expires: EXPIRES });
    return outputs;
  }, { project: 'fairlead', stack: name });

  it('has namespace, host and end of its own, and keeps nothing', async () => {
    const { objects, result } = await preview('preview-pr-42');
    expect(result).toMatchObject({ url: 'https://pr-42.preview.boutique.example.com', namespace: 'boutique-preview-pr-42', expires: EXPIRES });
    expect(objects.get('Namespace/boutique-preview-pr-42')!.inputs).toMatchObject({ metadata: { annotations: { 'fairlead.dev/expires': EXPIRES } } });
    expect(objects.get('Ingress/boutique-preview-pr-42/frontend')!.inputs).toMatchObject({ spec: { rules: [{ host: 'pr-42.preview.boutique.example.com' }] } });
    expect([...objects.values()].filter(({ protect, retainOnDelete }) => protect || retainOnDelete)).toEqual([]);
  });

  it('shares no object with another, nor with the environment that it is made from', async () => {
    const all = [await preview('preview-a'), await preview('preview-b'), await deploy('preview')].flatMap(({ objects }) => [...objects.keys()]);
    expect(new Set(all).size).toBe(all.length);
  });

  it('gets its end from the configuration of its stack, when no command says', async () => {
    const options = { project: 'fairlead', stack: 'preview-pr-42', config: { 'fairlead:preview': { expires: EXPIRES } } };
    const { result } = await runProgram(() => deployEnvironment(directory, 'preview-pr-42').expires, options);
    expect(result).toBe(EXPIRES);
  });

  it('is refused without an end', async () => {
    const run = runProgram(() => deployEnvironment(directory, 'preview-pr-42'), { project: 'fairlead', stack: 'preview-pr-42' });
    await expect(run).rejects.toThrow('preview-pr-42: expires: got nothing; allowed: a date: run `npm run preview -- create pr-42`, or `pulumi config set --stack preview-pr-42 --path fairlead:preview.expires 2026-01-31T12:00:00Z`');
  });

  it('shares a cluster that is there, and makes none for itself', async () => {
    const file = join(directory, 'Pulumi.preview.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('    context: the-cluster\n', '    provider: gke\n    project: acme-previews\n    region: europe-west6\n    autopilot: true\n'));
    await expect(preview('preview-pr-42').finally(() => writeFileSync(file, text))).rejects.toThrow('preview-pr-42: fairlead:cluster.provider: got "gke"; allowed: "existing", with a context: previews share a cluster that is there');
  });

  it('is no environment of synth', () => {
    writeFileSync(join(directory, 'Pulumi.preview-pr-42.yaml'), 'encryptionsalt: v1:x\n');
    expect(environments(directory)).toContain('preview');
    expect(environments(directory)).not.toContain('preview-pr-42');
  });
});
