import type { JsonObject } from '../../lib';
import { policyOptions } from '../../stacks/policy/options';
import { renderEnvironments } from '../../stacks/synthesize';
import { judge } from '../pulumi/policy/judge';
import { failure } from '../failure';
import { identityOf, qualifiedKind } from '../../lib/pulumi/deployed-object';
import { differences } from './differences';
import { CLOUDS, ofType, productionOn, registeredOn, type CloudName } from './production';
import type { Project } from '../stacks/project';

const projects: Project[] = [];
afterAll(() => projects.forEach((project) => project.remove()));

const on = (cloud?: CloudName, change?: (section: string) => string): Project => {
  const project = productionOn(cloud, change);
  projects.push(project);
  return project;
};

const idOf = ({ apiVersion, kind, metadata }: JsonObject) => identityOf(qualifiedKind(String(apiVersion), String(kind)), (metadata as { namespace?: string }).namespace, (metadata as { name: string }).name);
const renderedOn = (project: Project): JsonObject[] => renderEnvironments(project.directory, ['production']).flatMap(({ rendering }) => rendering.files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest as JsonObject)));

describe.each(CLOUDS)('production on %s', (cloud) => {
  it('registers what synth renders, on the provider of the cluster that it makes', async () => {
    const project = on(cloud);
    const { resources, objects, result } = await registeredOn(cloud, project);
    const charts = [...objects.values()].filter(({ parent }) => parent?.includes('ChartResources'));
    expect(charts.map(({ name }) => name).sort()).toEqual([...renderedOn(project).map(idOf), 'Secret/boutique-monitoring/monitoring-secrets'].sort()); // Grafana's password, made once
    const provider = ofType(resources, 'pulumi:providers:kubernetes')['boutique-production-provider']!;
    expect([...new Set(charts.map((object) => object.provider.split('::').slice(0, -1).join('::')))]).toEqual([provider.urn]);
    expect(result).toMatchObject({ url: 'https://boutique.example.com', connect: expect.stringContaining('boutique-production'), registry: expect.stringContaining('boutique-production') });
    const config = JSON.parse(result.kubeconfig!) as { users: { user: JsonObject }[] };
    expect(Object.keys(config.users[0]!.user)).toEqual(['exec']);
  });

  it('keeps the promises of the policies', async () => {
    const { resources } = await registeredOn(cloud, on(cloud));
    const given = resources.filter(({ type }) => /^(gcp|aws):/.test(type)).map(({ type, name, inputs }) => ({ type, name, props: inputs }));
    expect(given.length).toBeGreaterThan(30);
    expect(await judge(given, policyOptions('production', { min: 3 }))).toEqual([]);
  });

  it('lets replace only what is allowed by name', async () => {
    const project = on(cloud);
    const [type, network] = cloud === 'gke' ? ['gcp:compute/network:Network', 'boutique-production-network'] : ['aws:ec2/vpc:Vpc', 'boutique-production-vpc'];
    const protectedNames = async (allowReplacement: readonly string[]) => (await registeredOn(cloud, project, { allowReplacement })).resources.filter(({ protect }) => protect).map(({ name }) => name);
    expect(ofType((await registeredOn(cloud, project)).resources, type!)[network!]!.protect).toBe(true);
    const [all, rest] = [await protectedNames([]), await protectedNames([network!])];
    expect(all.filter((name) => !rest.includes(name))).toEqual([network]);
  });
});

describe('moving to another cloud', () => {
  /** What of the objects is other than on the first cloud, and which of them are on one alone. */
  const changes = (from: CloudName | undefined, to: CloudName) => {
    const [before, after] = [from, to].map((cloud) => new Map(renderedOn(on(cloud)).map((object) => [idOf(object), object]))) as [Map<string, JsonObject>, Map<string, JsonObject>];
    const gone = [...before.keys()].filter((id) => !after.has(id)).map((id) => `- ${id}`);
    const changed = [...after].flatMap(([id, object]) => (before.has(id) ? differences(before.get(id), object).map((change) => `${id} ${change}`) : [`+ ${id}`]));
    return [...gone, ...changed].sort();
  };
  const ranges = (lines: readonly string[]) => lines.filter((line) => /^NetworkPolicy\/\S+ \.spec\.(in|e)gress\./.test(line)).map((line) => line.split(' ')[0]!.replace('NetworkPolicy/', ''));
  const STORE = 'StatefulSet/boutique/redis-cart .spec.volumeClaimTemplates.0.spec.storageClassName';

  it('changes nothing of the objects but the class of the volumes, the way in, and ranges of addresses', () => {
    const lines = changes('gke', 'eks');
    expect(lines.filter((line) => !line.startsWith('NetworkPolicy/'))).toEqual([
      '+ Ingress/boutique-monitoring/grafana', '+ Ingress/boutique/frontend',
      '- GCPBackendPolicy.networking.gke.io/boutique-monitoring/grafana', '- GCPBackendPolicy.networking.gke.io/boutique/frontend', '- Gateway/boutique/entrance', '- HTTPRoute/boutique-monitoring/grafana', '- HTTPRoute/boutique/entrance-redirect', '- HTTPRoute/boutique/frontend',
      '- HealthCheckPolicy.networking.gke.io/boutique-monitoring/grafana', '- HealthCheckPolicy.networking.gke.io/boutique/frontend',
      `${STORE}: "gp3"`,
    ].sort());
    // Those who are reached from outside, and those who ask the API server or the nodes.
    expect([...new Set(ranges(lines))].sort()).toEqual(['boutique-monitoring/grafana', 'boutique-monitoring-nodes/fluentd', 'boutique-monitoring/kube-state-metrics', 'boutique-monitoring/prometheus', 'boutique/frontend'].sort());
    expect(ranges(lines)).toHaveLength(lines.filter((line) => line.startsWith('NetworkPolicy/')).length);
  });

  it('changes nothing of them but the class of the volumes and ranges of the monitoring, with an ingress controller of your own', () => {
    const own = (cloud: CloudName | undefined) => on(cloud, (section) => `${section}  fairlead:tlsIssuer: letsencrypt\n  fairlead:ingressClass: nginx\n`);
    const others = new Map(renderedOn(on()).map((object) => [idOf(object), object]));
    for (const [cloud, storageClass] of [['gke', 'standard-rwo'], ['eks', 'gp3']] as const) {
      const lines = renderedOn(own(cloud)).flatMap((object) => differences(others.get(idOf(object)), object).map((change) => `${idOf(object)} ${change}`));
      expect(lines.filter((line) => !line.startsWith('NetworkPolicy/'))).toEqual([`${STORE}: "${storageClass}"`]);
      expect([...new Set(ranges(lines))].sort()).toEqual(['boutique-monitoring-nodes/fluentd', 'boutique-monitoring/kube-state-metrics', 'boutique-monitoring/prometheus'].sort());
    }
  });
});

describe('production on EKS without pools of its own', () => {
  it('has those of Auto Mode', async () => {
    const { resources, result } = await registeredOn('eks', on('eks', (section) => section.replace(/ {4}nodePools:[^]*(?= {4}labels:)/, '')));
    expect(ofType(resources, 'aws:eks/cluster:Cluster')['boutique-production']!.inputs).toMatchObject({ computeConfig: { enabled: true, nodePools: ['general-purpose', 'system'] } });
    expect(resources.filter(({ type }) => /:(NodePool|NodeClass|NodeGroup)$/.test(type))).toEqual([]);
    expect(result).toMatchObject({ url: 'https://boutique.example.com' });
  });

  it('has only their pool for the system beside its own', async () => {
    const { resources } = await registeredOn('eks', on('eks'));
    expect(ofType(resources, 'aws:eks/cluster:Cluster')['boutique-production']!.inputs).toMatchObject({ computeConfig: { nodePools: ['system'] } });
    const pools = resources.filter(({ type }) => type.endsWith(':NodePool'));
    const machinesOf = ({ inputs }: (typeof pools)[number]) => (inputs as { spec: { template: { spec: { requirements: { values: string[] }[] } } } }).spec.template.spec.requirements[0]!.values;
    expect(pools.map((pool) => [pool.name, machinesOf(pool), pool.protect]).sort()).toEqual([['boutique-production-NodePool/store', ['m6i.large'], true], ['boutique-production-NodePool/workers', ['m6i.xlarge'], false]]);
  });
});

describe('a mistake in the section', () => {
  const PLACE = 'Pulumi.production.yaml: fairlead:cluster';
  it.each<[CloudName, string, string, string]>([
    ['gke', 'provider: gke', 'provider: aks', `${PLACE}.provider: got "aks"; allowed: "existing" or "gke" or "eks"`],
    ['gke', 'region: europe-west6', 'region: europe-west6\n    zones: [europe-west3-a, europe-west6-b]', `${PLACE}.zones[0]: got "europe-west3-a"; allowed: a zone of the region europe-west6`],
    ['gke', 'min: 3, max: 12', 'min: 13, max: 12', `${PLACE}.nodePools.workers.nodes.min: got 13; allowed: at most nodes.max, which is 12`],
    ['gke', '    project: acme-production\n', '', `${PLACE}.project: got nothing`],
    ['gke', 'region: europe-west6', 'region: europe-west6\n    controlPlane: { access: public }', `${PLACE}.controlPlane.access: got "public"; allowed: a private way in production; or the reason why not, in exceptions["public-control-plane"]`],
    ['gke', 'region: europe-west6', 'region: europe-west6\n    autopilot: true', `${PLACE}.nodePools: got`],
    ['eks', 'machine: { cpus: 4, memory: 16Gi }', 'machine: { cpus: 4 }', `${PLACE}.nodePools.workers.machine.memory: got nothing; allowed: an amount of memory of at least 1Gi`],
    ['gke', 'memory: 8Gi', 'memory: 8', `${PLACE}.nodePools.store.machine.memory: got 8; allowed: an amount of memory of at least 1Gi, with its unit: "16Gi"`],
    ['eks', '    account: "123456789012"\n', '', `${PLACE}.account: got nothing`],
    ['eks', 'account: "123456789012"', 'account: 123456789012', `${PLACE}.account: got 123456789012 without quotes; allowed: text in quotes: "123456789012"`],
    ['eks', 'region: eu-central-2', 'region: eu-central-2\n    addresses: { range: 10.0.0.0/8, services: 10.0.0.0/20, nodes: 10.0.0.0/20 }', `${PLACE}.addresses`],
    ['eks', 'region: eu-central-2', 'regoin: eu-central-2', `${PLACE}.regoin: got an unknown key`],
  ])('on %s, %s as %s, is refused with its key path, by synth and before the first resource', (cloud, before, after, message) => {
    const project = on(cloud, (section) => section.replace(before, after));
    expect(failure(() => renderedOn(project))).toContain(message);
  });

  it('is refused together with all others', () => {
    const message = failure(() => renderedOn(on('gke', (section) => section.replace('min: 3', 'min: 13').replace('region: europe-west6', 'region: Zurich').replace('machine: { cpus: 2, memory: 8Gi }', 'machineType: large'))));
    expect(message.match(/fairlead:cluster\.\S+: got/g)).toEqual(expect.arrayContaining([expect.stringContaining('region'), expect.stringContaining('machineType')]));
  });
});

describe('a weakened copy', () => {
  /** Registered once for each cloud, and never changed: it takes seconds. */
  const strong: Partial<Record<CloudName, ReturnType<typeof registeredOn>>> = {};

  /** What the policies say of production's resources, after something was done to those of a type. */
  async function verdict(cloud: CloudName, type: string, weaken: (inputs: JsonObject) => JsonObject): Promise<string[]> {
    const { resources } = await (strong[cloud] ??= registeredOn(cloud, on(cloud)));
    const found = ofType(resources, type);
    expect(Object.keys(found)).not.toEqual([]);
    return judge(Object.values(found).map(({ name, inputs }) => ({ type, name, props: weaken(JSON.parse(JSON.stringify(inputs)) as JsonObject) })), policyOptions('production', { min: 3 }));
  }
  const within = (key: string, more: JsonObject) => (inputs: JsonObject): JsonObject => ({ ...inputs, [key]: { ...(inputs[key] as JsonObject), ...more } });
  const but = (more: JsonObject) => (inputs: JsonObject): JsonObject => ({ ...inputs, ...more });

  const [GKE, POOL, EKS] = ['gcp:container/cluster:Cluster', 'gcp:container/nodePool:NodePool', 'aws:eks/cluster:Cluster'] as const;
  it.each<[string, CloudName, string, (inputs: JsonObject) => JsonObject, string]>([
    ['a public control plane', 'gke', GKE, within('privateClusterConfig', { enablePrivateEndpoint: false }), 'cluster-control-plane: gcp:container:Cluster/boutique-production: masterAuthorizedNetworksConfig.cidrBlocks: got []; name the ranges that may reach it, or set privateClusterConfig.enablePrivateEndpoint to true'],
    ['ranges of Google itself', 'gke', GKE, within('masterAuthorizedNetworksConfig', { gcpPublicCidrsAccessEnabled: true }), 'cluster-control-plane: gcp:container:Cluster/boutique-production: masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled: got true; set it to false'],
    ['client certificates', 'gke', GKE, but({ masterAuth: { clientCertificateConfig: { issueClientCertificate: true } } }), 'cluster-access: gcp:container:Cluster/boutique-production: masterAuth.clientCertificateConfig.issueClientCertificate: got true; set it to false'],
    ['legacy authorization', 'gke', GKE, but({ enableLegacyAbac: true }), 'cluster-access: '],
    ['no workload identity', 'gke', GKE, but({ workloadIdentityConfig: undefined }), 'cluster-access: gcp:container:Cluster/boutique-production: workloadIdentityConfig.workloadPool: got nothing; set it to <project>.svc.id.goog'],
    ['Secrets in clear', 'gke', GKE, but({ databaseEncryption: { state: 'DECRYPTED' } }), 'cluster-encryption: '],
    ['public nodes', 'gke', GKE, within('privateClusterConfig', { enablePrivateNodes: false }), 'cluster-nodes: '],
    ['no deletion protection', 'gke', GKE, but({ deletionProtection: false }), 'cluster-deletion: '],
    ['no logs', 'gke', GKE, but({ loggingConfig: { enableComponents: [] } }), 'cluster-logs: '],
    ['nodes whose metadata all pods read', 'gke', POOL, within('nodeConfig', { workloadMetadataConfig: { mode: 'GCE_METADATA' } }), 'cluster-nodes: gcp:container:NodePool/boutique-production-workers: nodeConfig.workloadMetadataConfig.mode: got "GCE_METADATA"; set it to "GKE_METADATA"'],
    ['nodes that nobody repairs', 'gke', POOL, but({ management: { autoRepair: false, autoUpgrade: true } }), 'cluster-nodes: '],
    ['nodes as the default account', 'gke', POOL, within('nodeConfig', { serviceAccount: '1-compute@developer.gserviceaccount.com' }), 'cluster-nodes: '],
    ['keys that are never rotated', 'gke', 'gcp:kms/cryptoKey:CryptoKey', but({ rotationPeriod: undefined }), 'cluster-encryption: '],
    ['connections that nobody logs', 'gke', 'gcp:compute/subnetwork:Subnetwork', but({ logConfig: undefined }), 'cluster-logs: '],
    ['a control plane for everyone', 'eks', EKS, within('vpcConfig', { endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] }), 'cluster-control-plane: aws:eks:Cluster/boutique-production: vpcConfig.publicAccessCidrs: got ["0.0.0.0/0"]; name the ranges that may reach it, or set vpcConfig.endpointPublicAccess to false'],
    ['the old way in', 'eks', EKS, within('accessConfig', { authenticationMode: 'API_AND_CONFIG_MAP' }), 'cluster-access: '],
    ['an admin by accident', 'eks', EKS, within('accessConfig', { bootstrapClusterCreatorAdminPermissions: true }), 'cluster-access: '],
    ['Secrets under the key of AWS', 'eks', EKS, but({ encryptionConfig: undefined }), 'cluster-encryption: '],
    ['a log less', 'eks', EKS, but({ enabledClusterLogTypes: ['api', 'audit', 'authenticator', 'controllerManager'] }), 'cluster-logs: aws:eks:Cluster/boutique-production: enabledClusterLogTypes: got ["api","audit","authenticator","controllerManager"]; add "scheduler"'],
    ['deletion by one command', 'eks', EKS, but({ deletionProtection: false }), 'cluster-deletion: '],
    ['a key that is never rotated', 'eks', 'aws:kms/key:Key', but({ enableKeyRotation: false }), 'cluster-encryption: '],
  ])('with %s on %s is refused', async (_, cloud, type, weaken, message) => {
    expect((await verdict(cloud, type, weaken)).some((found) => found.startsWith(message))).toBe(true);
  });
});

describe('the packages of the clouds', () => {
  const script = (cloud: CloudName | undefined, body: string) => {
    const project = on(cloud);
    const code = `require('tsx/cjs'); const load = (path) => require(require('node:path').resolve(path)); const loaded = () => [...new Set(Object.keys(require.cache).map((file) => /node_modules.(@pulumi.[a-z]+)/.exec(file)?.[1]).filter(Boolean))].sort(); ${body}`;
    const { stdout, stderr, status } = project.run(process.execPath, '-e', code);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return JSON.parse(stdout.trim().split('\n').at(-1)!) as string[];
  };

  it.each(CLOUDS)('are loaded by no synth, also of production on %s', (cloud) => {
    expect(script(cloud, "load('stacks/synthesize.ts').renderEnvironments('.', ['production']); console.log(JSON.stringify(loaded()))")).toEqual([]);
  });

  it('are loaded by no deployment to a cluster that is there already', () => {
    expect(script(undefined, "load('stacks/pulumi/deploy.ts'); console.log(JSON.stringify(loaded()))")).toEqual(['@pulumi/pulumi']);
  });
});
