/** What stops a rollout on a real API server, and what the watch says of it. What kubelets report is written into pods by hand. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterFeed } from '../../../lib/pulumi/watch/cluster-feed';
import { KubeconfigReader } from '../../../lib/pulumi/watch/kubeconfig-reader';
import { limitsOf, type RolloutLimits } from '../../../lib/pulumi/watch/limits';
import { RolloutWatch } from '../../../lib/pulumi/watch/rollout-watch';
import { connect, type Cluster } from '../harness/cluster';
import { eventually } from '../harness/eventually';

const describeOwn = process.env.FAIRLEAD_TEST_KUBECONFIG ? describe.skip : describe;
/** What waits at all here waits for good. */
const PATIENT: RolloutLimits = { imagePull: 1e6, unschedulable: 1e6, quota: 1e6, config: 1e6, volume: 1e6, readiness: 1e6, other: 1e6 };

interface Object { readonly apiVersion: string; readonly kind: string; readonly metadata: { readonly name: string }; readonly spec: Record<string, unknown> }

const labels = { app: 'web' };
const workload = (kind: string, pod: object = {}, spec: object = {}, apiVersion = 'apps/v1'): Object => ({
  apiVersion,
  kind,
  metadata: { name: 'web' },
  spec: { ...(kind === 'Job' ? {} : { selector: { matchLabels: labels } }), template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'ghcr.io/acme/web:1', resources: { requests: { cpu: '10m' } } }], ...pod } }, ...spec },
});
const refused = { containers: [{ name: 'web', image: 'x:1', securityContext: { privileged: true } }] };

describeOwn('on a real API server', () => {
  let cluster: Cluster;
  let namespace: string;
  let end: AbortController;

  beforeAll(async () => {
    cluster = await connect();
  });
  beforeEach(() => {
    end = new AbortController();
  });
  afterEach(async () => {
    end.abort();
    await cluster.kubectl.run(['delete', 'namespace', namespace, '--wait=false']);
  });
  afterAll(() => cluster.close());

  /** Watches one object from before it is applied, and applies it. */
  async function watch(object: Object, limits: RolloutLimits, before: readonly object[] = [], namespaceLabels: Record<string, string> = {}) {
    namespace = await cluster.createNamespace('watch', namespaceLabels);
    if (before.length > 0) await cluster.apply(before, { namespace });
    const troubles: string[] = [];
    const stuck: string[] = [];
    const lines: string[] = [];
    const reader = await KubeconfigReader.open(cluster.connection.kubeconfig, cluster.connection.context);
    const feed = new ClusterFeed(reader, end.signal, (message) => troubles.push(message));
    const watched = { identity: `${object.kind}/${namespace}/web`, kind: object.kind, namespace, name: 'web', manifest: object };
    const rollouts = new RolloutWatch(feed.view, limitsOf({ ...PATIENT, ...limits }), 'kubectl', { progress: (_, text) => lines.push(text), stuck: (_, text) => stuck.push(text) });
    const clock = { now: 0 };
    const look = () => {
      feed.follow(object.kind, namespace);
      rollouts.check([watched], (clock.now += 3000));
    };
    look();
    await cluster.apply(object, { namespace });
    return { stuck, lines, troubles, look, feed };
  }

  type Watched = Awaited<ReturnType<typeof watch>>;
  const untilStuck = ({ look, stuck }: Watched) => eventually(async () => {
    look();
    expect(stuck).toHaveLength(1);
  });
  /** As a kubelet would. */
  const report = async (status: object) => {
    const [pod] = await eventuallyPods();
    await cluster.kubectl.mustRun(['patch', 'pod', pod!, `--namespace=${namespace}`, '--subresource=status', '--type=merge', '-p', JSON.stringify({ status })]);
  };
  const eventuallyPods = async () => {
    let names: string[] = [];
    await eventually(async () => {
      names = (await cluster.list('pods', namespace)).map(({ metadata }) => metadata.name);
      expect(names).not.toEqual([]);
    });
    return names;
  };
  const statusOf = (state: object, restartCount = 0) => ({ phase: 'Pending', conditions: [{ type: 'Ready', status: 'False' }], containerStatuses: [{ name: 'web', image: 'ghcr.io/acme/web:1', imageID: '', ready: false, restartCount, state }] });

  it.each<[string, Object, RolloutLimits, object[], Record<string, string>, RegExp]>([
    ['no node has room', workload('Deployment', { nodeSelector: { disk: 'golden' } }), { unschedulable: 1 }, [], {}, /pod web-\S+ fits on no node: 0\/3 nodes are available: 3 node\(s\) didn't match/],
    ['Pod Security forbids a Deployment', workload('Deployment', refused), {}, [], { 'pod-security.kubernetes.io/enforce': 'baseline' }, /the Pod Security level of the namespace forbids the pods: .*violates PodSecurity "baseline:latest": privileged/],
    ['Pod Security forbids a StatefulSet', workload('StatefulSet', refused, { serviceName: 'web' }), {}, [], { 'pod-security.kubernetes.io/enforce': 'baseline' }, /the Pod Security level of the namespace forbids the pods/],
    ['Pod Security forbids a DaemonSet', workload('DaemonSet', refused), {}, [], { 'pod-security.kubernetes.io/enforce': 'baseline' }, /the Pod Security level of the namespace forbids the pods/],
    ['Pod Security forbids a Job', workload('Job', { ...refused, restartPolicy: 'Never' }, {}, 'batch/v1'), {}, [], { 'pod-security.kubernetes.io/enforce': 'baseline' }, /the Pod Security level of the namespace forbids the pods/],
    ['the quota is used up', workload('Deployment', {}, { replicas: 3 }), { quota: 1 }, [{ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q' }, spec: { hard: { pods: '2' } } }], {}, /the quota of the namespace is used up: .*exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2/],
    ['the quota wants limits', workload('Deployment'), {}, [{ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q' }, spec: { hard: { 'limits.cpu': '2' } } }], {}, /the quota of the namespace wants requests or limits/],
    ['a LimitRange forbids it', workload('Deployment', { containers: [{ name: 'web', image: 'x:1', resources: { limits: { cpu: '2' } } }] }), {}, [{ apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'l' }, spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] } }], {}, /a LimitRange of the namespace forbids the pods: .*maximum cpu usage per Container is 1, but limit is 2/],
    ['the service account is missing', workload('Deployment', { serviceAccountName: 'nobody' }), { config: 1 }, [], {}, /the service account of the pods is missing: .*"nobody" not found/],
    ['a claim is missing', workload('Deployment', { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'files' } }] }), { config: 1 }, [], {}, /its volume claim files does not exist/],
    ['a claim is not bound', workload('StatefulSet', {}, { serviceName: 'web', volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'no-such-class', resources: { requests: { storage: '1Gi' } } } }] }), { volume: 1 }, [], {}, /a volume is not bound: claim data-web-0: storageclass\.storage\.k8s\.io "no-such-class" not found/],
    ['it makes no progress in its own time', workload('Deployment', { nodeSelector: { disk: 'golden' } }, { progressDeadlineSeconds: 2, minReadySeconds: 1 }), {}, [], {}, /no progress within its progressDeadlineSeconds/],
  ])('a rollout is stuck when %s', async (_, object, limits, before, namespaceLabels, said) => {
    const watched = await watch(object, limits, before, namespaceLabels);
    await untilStuck(watched);
    expect(watched.stuck[0]).toMatch(said);
    expect(watched.stuck[0]).toContain('\n  next: ');
    expect(watched.troubles).toEqual([]);
  });

  it.each(['Deployment', 'DaemonSet'])('a %s of the default limits that comes up is not, and its progress is told', async (kind) => {
    const watched = await watch(workload(kind), {});
    await eventually(async () => {
      watched.look();
      expect(watched.lines.at(-1)).toMatch(kind === 'DaemonSet' ? '3 of 3 new pods ready' : '1 of 1 new pods ready');
    });
    expect(watched.stuck).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    ['the image does not exist', statusOf({ waiting: { reason: 'ErrImagePull', message: 'ghcr.io/acme/web:1: not found' } }), /image ghcr\.io\/acme\/web:1 does not exist: ghcr\.io\/acme\/web:1: not found/],
    ['the container crashes again and again', statusOf({ waiting: { reason: 'CrashLoopBackOff' } }, 5), /crash loop, 5 restarts/],
  ])('a kubelet says that %s', async (_, status, said) => {
    const watched = await watch(workload('Deployment'), {});
    await report(status);
    await untilStuck(watched);
    expect(watched.stuck[0]).toMatch(said);
  });

  it('only pods of the new revision count, of each kind', async () => {
    for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet']) {
      const spec = { ...(kind === 'StatefulSet' ? { serviceName: 'web', podManagementPolicy: 'Parallel' } : {}), ...(kind === 'Deployment' ? { strategy: { rollingUpdate: { maxUnavailable: 0 } } } : { updateStrategy: { type: 'OnDelete' } }) };
      const watched = await watch(workload(kind, {}, spec), {});
      await report(statusOf({ waiting: { reason: 'CrashLoopBackOff' } }, 5));
      // The new pods find no node, so the old ones stay.
      await cluster.apply(workload(kind, { nodeSelector: { disk: 'golden' } }, spec), { namespace });
      await sleep(1500);
      for (let count = 0; count < 5; count++) watched.look();
      expect(watched.stuck.filter((text) => text.includes('crash loop'))).toEqual([]);
    }
  });

  it('a Job fails, and says with which exit code', async () => {
    const chaos = async () => cluster.chaos({ namespace, labels, fails: 'container', exitCode: 3 });
    const watched = await watch({ ...workload('Job', { restartPolicy: 'Never' }, { backoffLimit: 0, suspend: true }, 'batch/v1') }, {});
    const stop = await chaos();
    await cluster.kubectl.mustRun(['patch', 'job', 'web', `--namespace=${namespace}`, '-p', '{"spec":{"suspend":false}}']);
    await untilStuck(watched);
    expect(watched.stuck[0]).toMatch(/^failed: BackoffLimitExceeded: .*; pod web-\S+, container web: exit code 3 \(Error\): made to fail by chaos\n {2}next: kubectl --namespace \S+ logs job\/web --all-containers$/);
    await stop.stop();
  });

  it('without the right to read a kind, the rest is read and the kind is named', async () => {
    namespace = await cluster.createNamespace('watch');
    const rule = (resources: string[], apiGroups = ['']) => ({ apiGroups, resources, verbs: ['watch'] });
    await cluster.apply([
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'deployer' } },
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'deployer' }, rules: [rule(['pods', 'persistentvolumeclaims']), rule(['deployments', 'replicasets'], ['apps'])] },
      { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'deployer' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'deployer' }, subjects: [{ kind: 'ServiceAccount', name: 'deployer', namespace }] },
      workload('Deployment'),
    ], { namespace });
    await cluster.waitReady(namespace);
    const token = (await cluster.kubectl.mustRun(['create', 'token', 'deployer', `--namespace=${namespace}`])).trim();
    const config = await cluster.kubectl.json<{ users: object[]; contexts: { name: string }[] }>(['config', 'view', '--raw', '--minify']);
    const text = JSON.stringify({ ...config, users: [{ ...config.users[0], user: { token } }] });
    const reader = await KubeconfigReader.open(text, undefined);
    const troubles: string[] = [];
    const feed = new ClusterFeed(reader, end.signal, (message) => troubles.push(message));
    feed.follow('Deployment', namespace);
    await eventually(async () => {
      expect(feed.view.get('Deployment', namespace, 'web')).toBeDefined();
      expect(troubles).toEqual([expect.stringMatching(/^events in namespace \S+: events is forbidden: User "system:serviceaccount:\S+:deployer" cannot watch resource "events"/)]);
    });
    expect(text).toContain(token);
    expect(troubles.join()).not.toContain(token);
  });

  it('a context that is not there, and a server that does not answer, are said', async () => {
    namespace = await cluster.createNamespace('watch');
    await expect(KubeconfigReader.open(cluster.connection.kubeconfig, 'elsewhere')).rejects.toThrow('the kubeconfig has no context "elsewhere" with a cluster');
    const nowhere = { apiVersion: 'v1', kind: 'Config', 'current-context': 'x', contexts: [{ name: 'x', context: { cluster: 'x', user: 'x' } }], clusters: [{ name: 'x', cluster: { server: 'https://127.0.0.1:1' } }], users: [{ name: 'x', user: {} }] };
    const reader = await KubeconfigReader.open(JSON.stringify(nowhere), undefined);
    await expect(reader.follow('Pod', 'x', { reset: () => undefined, changed: () => undefined, removed: () => undefined }, end.signal)).rejects.toThrow(/ECONNREFUSED/);
  });
});
