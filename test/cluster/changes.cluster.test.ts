/** What a change to the code does to what runs: which pods it replaces, and which it leaves alone. */
import { shop, type Release } from './fixtures/shop';
import { changesBetween, connect, type Cluster } from './harness/cluster';
import type { KubeObject } from './harness/objects';
import type { Snapshot } from './harness/snapshot';
import { wavesOfApp } from './waves';

// The images of these workloads exist nowhere: only simulated nodes run them.
const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;

describeOwn('a release that changes', () => {
  const namespace = `changes-${Date.now().toString(36)}`;
  let cluster: Cluster;
  /** Where the tests before this one left off: each changes one thing more. */
  let current: Release = { namespace };
  let before: Snapshot;
  let after: Snapshot;

  beforeAll(async () => {
    cluster = await connect();
    await cluster.deploy(namespace, wavesOfApp(shop(current)));
    after = await cluster.snapshot(namespace);
  });

  afterAll(async () => {
    await cluster.kubectl.run(['delete', 'namespace', namespace, '--ignore-not-found', '--wait=false']);
    await cluster.close();
  });

  /** Releases what is there with a change, and resolves with what that did. */
  async function release(change: Partial<Release>): Promise<string[]> {
    current = { ...current, ...change };
    before = after;
    await cluster.deploy(namespace, wavesOfApp(shop(current)));
    after = await cluster.snapshot(namespace);
    return changesBetween(before, after);
  }

  const configMapOf = async (source: 'config' | 'files') => {
    const web = await cluster.get<KubeObject & { spec: { template: { spec: unknown } } }>('deployment', 'web', namespace);
    return new RegExp(`web-${source}-[0-9a-f]{10}`).exec(JSON.stringify(web?.spec.template.spec))![0];
  };

  const survivors = (workload: string) => before.pods[workload]!.filter((uid) => after.pods[workload]!.includes(uid));

  it('nothing does nothing', async () => {
    expect(Object.keys(after.pods).sort()).toEqual(['Deployment/mailer', 'Deployment/web', expect.stringMatching(/^Job\/migrate-/), 'StatefulSet/store']);
    expect(await release({})).toEqual([]);
  });

  it('an image replaces the pods of that workload, and no others', async () => {
    expect(await release({ web: '1.1.0' })).toEqual(['Deployment/web changed', 'pods of Deployment/web changed']);
    expect(survivors('Deployment/web')).toEqual([]);
  });

  it.each([
    ['a config value', 'config', { greeting: 'good evening' }, { greeting: 'hello' }],
    ['a file', 'files', { banner: 'sale!\n' }, { banner: 'welcome\n' }],
  ] as const)('%s moves the pods onto a new ConfigMap, and a rollback moves them back onto the old one', async (_, source, change, rollback) => {
    const old = await configMapOf(source);
    const changes = await release(change);
    const young = await configMapOf(source);
    expect(young).not.toBe(old);
    expect(changes).toEqual([`ConfigMap/${young} created`, 'Deployment/web changed', 'pods of Deployment/web changed']);
    expect(await cluster.get('configmap', old, namespace)).toBeDefined(); // the pods of the old version may still start
    expect(await release(rollback)).toEqual(['Deployment/web changed', 'pods of Deployment/web changed']);
    expect(await configMapOf(source)).toBe(old);
  });

  it('a number of replicas adds pods and replaces none', async () => {
    await release({ mailers: 2 });
    expect(await release({ mailers: 4 })).toEqual(['Deployment/mailer changed', 'pods of Deployment/mailer changed']);
    expect(after.pods['Deployment/mailer']).toHaveLength(4);
    expect(survivors('Deployment/mailer')).toEqual(before.pods['Deployment/mailer']);
  });

  it('a number of replicas down to one and up again replaces no pod that stays', async () => {
    await release({ mailers: 1 });
    expect(survivors('Deployment/mailer')).toHaveLength(1);
    await release({ mailers: 3 });
    expect(survivors('Deployment/mailer')).toEqual(before.pods['Deployment/mailer']);
  });

  it('a number of replicas of a StatefulService adds a pod with a volume of its own and replaces none', async () => {
    expect(await release({ stores: 3 })).toEqual(['PersistentVolumeClaim/data-store-2 created', 'StatefulSet/store changed', 'pods of StatefulSet/store changed']);
    expect(survivors('StatefulSet/store')).toEqual(before.pods['StatefulSet/store']);
  });

  it('a number of replicas of a StatefulService downwards keeps the volume', async () => {
    expect(await release({ stores: 2 })).toEqual(['StatefulSet/store changed', 'pods of StatefulSet/store changed']);
    expect(survivors('StatefulSet/store')).toHaveLength(2);
    expect((await cluster.list('persistentvolumeclaims', namespace)).map(({ metadata }) => metadata.name)).toEqual(['data-store-0', 'data-store-1', 'data-store-2']);
  });

  it("the migration's image makes a second Job beside the first, and nothing else", async () => {
    const changes = await release({ migration: '1.1.0' });
    const jobs = (await cluster.list('jobs', namespace)).map(({ metadata }) => metadata.name);
    expect(jobs).toHaveLength(2);
    const [young] = jobs.filter((name) => before.objects[`Job/${name}`] === undefined);
    expect(changes).toEqual([`Job/${young} created`, `pods of Job/${young} created`]);
  });

  it('nothing does not run a migration again that has run', async () => {
    const jobs = await cluster.list('jobs', namespace);
    expect(await release({})).toEqual([]);
    expect(await cluster.list('jobs', namespace)).toEqual(jobs);
  });

  it('an annotation on every object reaches the objects, and replaces no pod and runs no task again', async () => {
    const changes = await release({ defaults: { annotations: { 'example.com/ticket': 'SHOP-1' } } });
    expect(changes).toContain('Deployment/web changed');
    expect(changes.filter((line) => line.startsWith('pods of') || line.endsWith(' created') || line.endsWith(' removed'))).toEqual([]);
    expect((await cluster.get('deployment', 'web', namespace))?.metadata.annotations).toMatchObject({ 'example.com/ticket': 'SHOP-1' });
  });

  it('the place of constructs in the tree, and their order, does nothing', async () => {
    expect(await release({ moved: true })).toEqual([]);
    expect(await release({ moved: false })).toEqual([]);
  });

  it('a field that is newer than the typed constructs of cdk8s, through a patch, arrives in what runs', async () => {
    const securityContext = { appArmorProfile: { type: 'RuntimeDefault' }, supplementalGroupsPolicy: 'Strict' };
    const changes = await release({ webPatches: { deployment: { spec: { template: { spec: { securityContext } } } } } });
    expect(changes).toEqual(['Deployment/web changed', 'pods of Deployment/web changed']);
    const lifecycle = { preStop: { sleep: { seconds: 5 } } };
    const expected = { spec: { securityContext: { ...securityContext, runAsNonRoot: true }, containers: [{ lifecycle }] } };
    expect((await cluster.get('deployment', 'web', namespace))?.spec).toMatchObject({ template: expected });
    const pods = await cluster.list('pods', namespace, 'app.kubernetes.io/name=web');
    expect(pods.length).toBeGreaterThanOrEqual(3);
    for (const pod of pods.filter((it) => after.pods['Deployment/web']!.includes(it.metadata.uid!))) expect(pod).toMatchObject(expected);
  });
});
