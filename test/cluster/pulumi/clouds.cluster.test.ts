/**
 * Production on each cloud, by the real engine and the real API server: only the clouds are stand-ins, which record what they
 * are asked for, and whose new cluster is the control plane of the tests.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../stacks/rendered';
import { ontoCluster } from '../../clouds/onto-cluster';
import type { KubeObject } from '../harness/objects';
import { declaredReplicas, isReady, podsOf, workloads } from '../live';
import { Clouds } from './clouds';
import { Deployer } from './deployer';
import type { ChildTask } from './environment-in-child';

// Another cluster has storage and nodes of its own.
const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

const NAMESPACE = 'boutique';
const MONITORING = 'boutique-monitoring';

interface Cloud {
  readonly name: 'gke' | 'eks';
  /** The storage class of the store. */
  readonly storageClass: string;
  readonly cluster: string;
  /** What comes before what else, when it is made; the other way round when it goes. */
  readonly order: readonly string[];
  /** A change of the file that would replace something, what that is, and why. */
  readonly replacing: readonly [before: string, after: string, names: readonly string[], message: RegExp];
  /** What stays in the cloud when all is gone, and may. */
  readonly staying: readonly string[];
}

const CLOUDS: readonly Cloud[] = [
  {
    name: 'gke',
    storageClass: 'standard-rwo',
    cluster: 'gcp:container/cluster:Cluster boutique-production',
    order: [
      'gcp:projects/service:Service boutique-production-api-container', 'gcp:compute/network:Network boutique-production-network', 'gcp:container/cluster:Cluster boutique-production',
      'gcp:container/nodePool:NodePool boutique-production-workers', 'kubernetes:core/v1:Namespace Namespace/boutique', 'kubernetes:apps/v1:Deployment Deployment/boutique/frontend', 'kubernetes:gateway.networking.k8s.io/v1:HTTPRoute HTTPRoute/boutique/frontend',
    ],
    replacing: ['europe-west6', 'europe-west3', ['boutique-production'], /boutique-production \(gcp:container:Cluster\): would be replaced, because of location \("europe-west6" → "europe-west3"\)/],
    staying: [],
  },
  {
    name: 'eks',
    storageClass: 'gp3',
    cluster: 'aws:eks/cluster:Cluster boutique-production',
    order: [
      'aws:ec2/vpc:Vpc boutique-production-vpc', 'aws:eks/cluster:Cluster boutique-production', 'aws:eks/accessEntry:AccessEntry boutique-production-admin-platform', 'kubernetes:karpenter.sh/v1:NodePool boutique-production-NodePool/workers',
      'kubernetes:core/v1:Namespace Namespace/boutique', 'kubernetes:apps/v1:Deployment Deployment/boutique/frontend', 'kubernetes:networking.k8s.io/v1:Ingress Ingress/boutique/frontend',
    ],
    replacing: ['labels:\n      team: shop', 'labels:\n      team: shop\n    addresses: { range: 10.64.0.0/10 }', ['boutique-production', 'boutique-production-vpc'], /boutique-production-vpc \(aws:ec2:Vpc\): would be replaced, because of cidrBlock/],
    staying: [],
  },
];

const fileOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describeOwn.each(CLOUDS)('production on $name', ({ name, storageClass, cluster, order, replacing, staying }) => {
  let deployer: Deployer;
  let clouds: Clouds;

  beforeAll(async () => {
    deployer = await Deployer.connect();
    clouds = new Clouds(deployer.engine, deployer.cluster.connection);
    await equip(deployer, storageClass, name);
    write();
  });
  afterAll(async () => {
    await deployer.close(NAMESPACE);
    for (const namespace of [NAMESPACE, MONITORING, `${MONITORING}-nodes`]) await deployer.cluster.kubectl.run(['wait', '--for=delete', `namespace/${namespace}`, '--timeout=60s']);
    await deployer.cluster.kubectl.run(['delete', 'storageclass', 'standard-rwo', 'gp3', 'io2', '--ignore-not-found']);
  });

  /** Writes the project with production's file, on this cloud, after a change. */
  function write(change: (section: string) => string = (section) => section): void {
    // Nobody here has the passphrase: the receivers' credentials come from a Secret made elsewhere.
    const production = ontoCluster(fileOf('Pulumi.production.yaml').replace(/ {2}fairlead:secrets:[^]*/, '').replaceAll('{ key: ', '{ secret: alerting, key: '), change(fileOf(`test/clouds/${name}.yaml`)));
    deployer.engine.write({ 'Pulumi.yaml': fileOf('Pulumi.yaml').replace(/^main:.*\n/m, ''), 'Pulumi.production.yaml': production });
  }

  async function run(action: ChildTask['action'], allow: readonly string[] = []): Promise<{ readonly code: number | undefined; readonly output: string; readonly steps: string[]; readonly outputs: Record<string, unknown> }> {
    const child = deployer.engine.spawn(join(__dirname, 'environment-in-child.ts'), [JSON.stringify({ environment: 'production', action, allow } satisfies ChildTask)]);
    const balancers = setInterval(() => void giveAddress(deployer), 1000);
    const code = await child.ended.finally(() => clearInterval(balancers));
    const output = child.output();
    const outputs = /^# (.*)$/m.exec(output)?.[1];
    return { code, output, steps: [...output.matchAll(/^>>> (.*)$/gm)].map(([, step]) => step!), outputs: outputs === undefined ? {} : (JSON.parse(outputs) as Record<string, unknown>) };
  }

  it('goes up in one go from an account that is empty: the cluster, then the charts', async () => {
    const { code, output, steps, outputs } = await run('up');
    expect(code === 0 ? '' : output).toBe('');
    const places = order.map((resource) => steps.indexOf(`create ${resource}`));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
    expect(output).toContain('boutique@v');
    expect(output).not.toMatch(/\[(mandatory|advisory)\]/);
    expect(outputs).toMatchObject({ url: 'https://boutique.example.com', kubeconfig: 'secret', connect: expect.stringContaining('boutique-production'), registry: expect.stringMatching(/boutique-production/) });
    for (const namespace of [NAMESPACE, MONITORING]) {
      const live = await workloads(deployer.cluster, namespace);
      const manifests = await deployer.cluster.list<KubeObject>('deployments.apps,statefulsets.apps,horizontalpodautoscalers.autoscaling', namespace);
      for (const [workload, count] of Object.entries(declaredReplicas(manifests))) expect({ [workload]: (await podsOf(deployer.cluster, live.get(workload)!)).filter(isReady).length }).toEqual({ [workload]: count });
    }
    expect((await deployer.cluster.list<KubeObject & { spec: { storageClassName: string } }>('persistentvolumeclaims', NAMESPACE)).map(({ spec }) => spec.storageClassName)).toEqual([storageClass]);
  }, 900_000);

  it('changes nothing the second time', async () => {
    for (const namespace of [NAMESPACE, MONITORING]) await deployer.cluster.waitReady(namespace);
    clouds.actions();
    const { code, output, steps } = await run('up');
    expect({ code, steps, output: steps.length === 0 && code === 0 ? '' : output }).toEqual({ code: 0, steps: [], output: '' });
    expect(clouds.actions()).toEqual([]);
  }, 900_000);

  it('is refused a change that would replace what can not be made again, with the property that causes it', async () => {
    const [before, after, , message] = replacing;
    write((section) => section.replaceAll(before, after));
    const { code, output } = await run('up');
    write();
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(message) });
    expect(output).toMatch(/production: nothing was changed, as this would lose what can't be made again:[^]*If that is what you want: npm run up -- production --allow-replacement boutique-production/);
    expect(clouds.actions()).toEqual([]);
  }, 900_000);

  it('stays whole while anything is protected', async () => {
    const { code, output } = await run('destroy');
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/production: nothing was deleted, as these are protected:[^]*boutique-production \([^]*pulumi state unprotect --all --stack production/) });
    expect(clouds.actions()).toEqual([]);
    expect(await deployer.cluster.get('deployment', 'frontend', NAMESPACE)).toBeDefined();
  }, 900_000);

  it('goes down in order once it is unprotected, and leaves nothing behind', async () => {
    write((section) => section.replace('labels:', 'deletionProtection: false\n    exceptions: { unprotected: "it is taken down today" }\n    labels:').concat('  fairlead:retainVolumes: false\n'));
    const unprotected = await run('up');
    expect(unprotected.code === 0 ? '' : unprotected.output).toBe('');
    expect(unprotected.steps).toContain(`update ${cluster}`);
    expect((await run('unprotect')).code).toBe(0);
    const { code, output, steps } = await run('destroy');
    expect(code === 0 ? '' : output).toBe('');
    const places = order.map((resource) => steps.indexOf(`delete ${resource}`));
    expect(places).toEqual([...places].sort((one, other) => other - one));
    expect(places).not.toContain(-1);
    expect(clouds.standing()).toEqual(staying);
  }, 900_000);
});

/** What a cluster of the cloud has from the start, and the simulated one has not: its storage class, and kinds of its own. */
async function equip({ cluster }: Deployer, storageClass: string, cloud: Cloud['name']): Promise<void> {
  const stages = await cluster.list<KubeObject>('stages.kwok.x-k8s.io');
  const volumes = stages.filter(({ metadata }) => /^pvc?-/.test(metadata.name)).map(({ metadata, ...stage }) => JSON.parse(JSON.stringify({ ...stage, metadata: { name: `${metadata.name}-${storageClass}` } }).replaceAll('kwok-volume', storageClass)) as object);
  await cluster.apply(volumes);
  if (cloud === 'gke') await cluster.apply([{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: storageClass }, provisioner: 'pd.csi.storage.gke.io', volumeBindingMode: 'Immediate' }]);
  if (cloud === 'gke') await cluster.installCrds(['gateway-api']);
  const own = cloud === 'gke' ? [definition('networking.gke.io', 'HealthCheckPolicy', 'healthcheckpolicies'), definition('networking.gke.io', 'GCPBackendPolicy', 'gcpbackendpolicies')] : AUTO_MODE_KINDS.map(([group, kind, plural]) => definition(group, kind, plural, 'Cluster'));
  await cluster.apply(own);
  await cluster.kubectl.mustRun(['wait', '--for=condition=Established', '--timeout=60s', ...own.map(({ metadata }) => `customresourcedefinition/${metadata.name}`)]);
}

/** Stands for the cloud's load balancers. */
async function giveAddress({ cluster }: Deployer): Promise<void> {
  const status = { status: { loadBalancer: { ingress: [{ ip: '203.0.113.10' }] } } };
  const ingresses = [['frontend', NAMESPACE], ['grafana', MONITORING]] as const;
  for (const [name, namespace] of ingresses) await cluster.kubectl.run(['patch', 'ingress', name, `--namespace=${namespace}`, '--subresource=status', '--type=merge', '--patch', JSON.stringify(status)]);
}

/** Kinds that Auto Mode brings along. */
const AUTO_MODE_KINDS = [['eks.amazonaws.com', 'IngressClassParams', 'ingressclassparams'], ['eks.amazonaws.com', 'NodeClass', 'nodeclasses'], ['karpenter.sh', 'NodePool', 'nodepools']] as const;

const definition = (group: string, kind: string, plural: string, scope: 'Cluster' | 'Namespaced' = 'Namespaced') => ({
  apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: `${plural}.${group}` },
  spec: { group, scope, names: { kind, plural, singular: kind.toLowerCase() }, versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } } }] },
});
