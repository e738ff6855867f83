import { api, condition, container, deployment, event, Judged, pod, replicaSet, TEMPLATE, waiting } from './objects';
import type { ApiObject } from '../../../lib/pulumi/watch/api-objects';

const DAY = 24 * 3600;
const crash = (restartCount = 9) => waiting('CrashLoopBackOff', 'back-off', { restartCount });

describe('pods that the API server refuses', () => {
  const refused = (message: string) => {
    const live = deployment();
    return new Judged(live, [replicaSet(live, '2', { conditions: [condition('ReplicaFailure', 'True', 'FailedCreate', message)] })]);
  };

  it.each<[string, string, RegExp]>([
    ['Pod Security', 'pods "web-2-x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false', /the Pod Security level of the namespace forbids the pods: .*allowPrivilegeEscalation/],
    ['a quota that wants more', 'pods "web-2-x" is forbidden: failed quota: compute: must specify limits.cpu for: web', /wants requests or limits that the pods lack.*\n {2}next: kubectl --namespace shop describe resourcequotas/],
    ['a webhook', 'admission webhook "policy.example.com" denied the request: no latest tag', /a policy of the cluster refuses the pods: .*no latest tag/],
    ['a policy', "pods \"x\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no", /a policy of the cluster refuses/],
    ['a LimitRange', 'pods "web-2-x" is forbidden: maximum cpu usage per Container is 1, but limit is 2', /a LimitRange of the namespace forbids/],
    ['what is invalid', 'Pod "x" is invalid: spec.containers[0].name: Required value', /the API server refuses the pods/],
  ])('by %s end the up at once', (_, message, said) => {
    expect(refused(message).stuck).toEqual([expect.stringMatching(said)]);
  });

  it.each<[string, string, RegExp]>([
    ['a quota', 'pods "web-2-x" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=4, limited: pods=4', /the quota of the namespace is used up: .*exceeded quota/],
    ['a webhook that does not answer', 'Internal error occurred: failed calling webhook "x": connection refused', /a webhook .* does not answer/],
    ['a missing service account', 'pods "x" is forbidden: error looking up service account shop/web: serviceaccount "web" not found', /the service account of the pods is missing/],
    ['a missing priority class', 'pods "x" is forbidden: no PriorityClass with name high was found', /the priority class of the pods is missing/],
    ['something else', 'etcdserver: request timed out', /pods can't be made: etcdserver/],
  ])('because of %s end it after a minute', (_, message, said) => {
    const judged = refused(message).after(59);
    expect(judged.stuck).toEqual([]);
    expect(judged.after(1).stuck).toEqual([expect.stringMatching(said)]);
  });

  it('of a StatefulSet are told by events, which count only while pods are missing', () => {
    const set = api('StatefulSet', 'db', { spec: { replicas: 1 }, status: { observedGeneration: 1, updateRevision: 'db-2' } });
    const said = event(set, 'FailedCreate', 'create Pod db-0 in StatefulSet db failed error: violates PodSecurity "baseline:latest"');
    expect(new Judged(set, [said]).stuck).toEqual([expect.stringMatching(/Pod Security level/)]);
    expect(new Judged(set, [said, pod(set, [container({ running: {} })], { labels: { 'controller-revision-hash': 'db-2' } })]).after(DAY).stuck).toEqual([]);
  });

  it('of a Job likewise', () => {
    const job = api('Job', 'migrate-1', { spec: {}, status: {} });
    const said = event(job, 'FailedCreate', 'violates PodSecurity "baseline:latest"');
    expect(new Judged(job, [said]).stuck).toHaveLength(1);
    expect(new Judged({ ...job, status: { active: 1 } }, [said]).after(DAY).stuck).toEqual([]);
  });
});

describe('only the revision that is rolled out counts', () => {
  it('of a Deployment', () => {
    const live = deployment();
    const [old, fresh] = [replicaSet(live, '1', { conditions: [condition('ReplicaFailure', 'True', 'FailedCreate', 'violates PodSecurity')] }, true), replicaSet(live)];
    expect(new Judged(live, [old, fresh, pod(old, [crash()]), pod(fresh, [container({ running: {} }, { ready: true })])]).after(DAY).stuck).toEqual([]);
    expect(new Judged(live, [old, fresh, pod(fresh, [crash()])]).stuck).toHaveLength(1);
  });

  it('of a DaemonSet', () => {
    const set = api('DaemonSet', 'agent', { metadata: { annotations: { 'deprecated.daemonset.template.generation': '2' } }, spec: {}, status: { observedGeneration: 1, desiredNumberScheduled: 1 } });
    const of = (generation: string) => pod(set, [crash()], { labels: { 'pod-template-generation': generation } });
    expect(new Judged(set, [of('1')]).after(DAY).stuck).toEqual([]);
    expect(new Judged(set, [of('2')]).stuck).toHaveLength(1);
  });

  const database = (spec = {}) => api('StatefulSet', 'db', { spec: { replicas: 1, ...spec }, status: { observedGeneration: 1, updateRevision: 'db-2' } });
  const member = (set: ApiObject, revision: string) => pod(set, [crash()], { name: 'db-0', labels: { 'controller-revision-hash': revision } });

  it('of a StatefulSet; an old pod that fails stands in its way, and is named', () => {
    const set = database();
    expect(new Judged(set, [member(set, 'db-2')]).stuck).toEqual([expect.stringMatching(/^pod db-0, container web: crash loop/)]);
    const judged = new Judged(set, [member(set, 'db-1')]).after(59);
    expect(judged.stuck).toEqual([]);
    expect(judged.after(1).stuck).toEqual([expect.stringMatching(/^waits for a pod of the revision before, which fails: pod db-0, .*\n {2}next: kubectl --namespace shop delete pod db-0/)]);
  });

  it('of a StatefulSet that replaces its pods all at once', () => {
    const set = database({ podManagementPolicy: 'Parallel' });
    expect(new Judged(set, [member(set, 'db-1')]).after(DAY).stuck).toEqual([]);
  });

  it('and only once its controller has begun', () => {
    const live = deployment({ observedGeneration: 1 }, {}, { metadata: { generation: 2, annotations: { 'deployment.kubernetes.io/revision': '2' } } });
    const set = replicaSet(live);
    const judged = new Judged(live, [set, pod(set, [crash()])]).after(DAY);
    expect(judged.stuck).toEqual([]);
    expect(judged.change({ ...live, status: { observedGeneration: 2 } }).stuck).toHaveLength(1);
  });
});

describe('only this release counts', () => {
  const spec = (image: string) => ({ replicas: 3, template: { ...TEMPLATE, spec: { containers: [{ name: 'web', image }] } } });
  const judge = (live: ApiObject, desired: string, others: readonly ApiObject[] = []) => {
    const set = replicaSet(live);
    return new Judged(live, [set, pod(set, [crash()]), ...others], {}, { spec: spec(desired) });
  };

  it('troubles of the release before are not blamed on the one that mends them', () => {
    const live = deployment({}, spec('web:1'));
    const judged = judge(live, 'web:2').after(DAY);
    expect(judged.stuck).toEqual([]);
    // The engine applies it, and a webhook writes another name of the image.
    expect(judged.change({ ...live, spec: spec('mirror/web:2') }).stuck).toHaveLength(1);
  });

  it('what the API server adds, rewrites or leaves out does not hide that the release is there', () => {
    const template = { metadata: { labels: { app: 'web' }, annotations: {} }, spec: { hostNetwork: false, containers: [{ name: 'web', image: 'web:2', args: [], env: [{ name: 'A', value: '' }], resources: { limits: { cpu: 1 } } }] } };
    const live = deployment({}, { template: { metadata: { labels: { app: 'web' } }, spec: { dnsPolicy: 'ClusterFirst', containers: [{ name: 'proxy', image: 'proxy:1' }, { name: 'web', image: 'web:2', env: [{ name: 'A' }], resources: { limits: { cpu: '1' } } }] } } });
    const set = replicaSet(live);
    expect(new Judged(live, [set, pod(set, [crash()])], {}, { spec: { template } }).stuck).toHaveLength(1);
  });

  it('an Output in it is not looked into', () => {
    class Output {}
    const live = deployment();
    const set = replicaSet(live);
    expect(new Judged(live, [set, pod(set, [crash()])], {}, { spec: { template: { spec: { containers: [{ name: 'web', image: new Output() }] } } } }).stuck).toHaveLength(1);
  });

  it('what was so before counts once the cluster has tried again, or long enough', () => {
    const live = deployment();
    const set = replicaSet(live, '2', {}, true);
    const stale = pod(set, [crash(9)], { old: true });
    expect(new Judged(live, [set, stale]).after(299).stuck).toEqual([]);
    expect(new Judged(live, [set, stale]).after(300).stuck).toHaveLength(1);
    expect(new Judged(live, [set, stale]).change({ ...stale, status: { containerStatuses: [crash(10)] } }).stuck).toHaveLength(1);
  });
});

describe('what a controller calls failed', () => {
  const failed = condition('Failed', 'True', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit');
  const job = (status: object, old = false, restartPolicy = 'Never') => api('Job', 'migrate-1', { old, spec: { template: { spec: { restartPolicy } } }, status: { ...status } });

  it('a failed Job, with how its last container ended', () => {
    const live = job({ conditions: [failed], failed: 1 });
    const dead = pod(live, [container({ terminated: { exitCode: 3, reason: 'Error', message: 'column exists' } }, { name: 'migrate' })], { name: 'migrate-1-x' });
    expect(new Judged(live, [dead]).stuck).toEqual(['failed: BackoffLimitExceeded: Job has reached the specified backoff limit; pod migrate-1-x, container migrate: exit code 3 (Error): column exists\n  next: kubectl --namespace shop logs job/migrate-1 --all-containers']);
  });

  it('one whose containers are restarted has its log in the run before', () => {
    expect(new Judged(job({ conditions: [failed] }, false, 'OnFailure'), []).stuck).toEqual([expect.stringMatching(/logs job\/migrate-1 --all-containers --previous$/)]);
  });

  it('not a Job of the release before, which the engine makes again', () => {
    const old = job({ conditions: [failed] }, true);
    const judged = new Judged(old, []).after(60);
    expect(judged.stuck).toEqual([]);
    judged.view.delete(old);
    expect(judged.change(job({ conditions: [failed] })).stuck).toHaveLength(1);
  });

  it('not a Job that may try again, however often its pods fail', () => {
    const live = job({ active: 1, failed: 4 });
    expect(new Judged(live, [pod(live, [crash()])]).after(DAY).stuck).toEqual([]);
  });

  it('but a Job whose image does not exist never fails by itself', () => {
    const live = job({ active: 1 });
    expect(new Judged(live, [pod(live, [waiting('ErrImagePull', 'not found')])]).stuck).toEqual([expect.stringMatching(/does not exist/)]);
  });

  it('a Deployment past its deadline', () => {
    const live = deployment({ conditions: [condition('Progressing', 'False', 'ProgressDeadlineExceeded', 'x')] }, {}, { old: false });
    expect(new Judged(live, [replicaSet(live)]).stuck).toEqual([expect.stringMatching(/^no progress within its progressDeadlineSeconds\n {2}next: kubectl --namespace shop describe deployment web$/)]);
    const on = deployment({ conditions: [condition('Progressing', 'True', 'ReplicaSetUpdated')] }, {}, { old: false });
    expect(new Judged(on, [replicaSet(on)]).after(DAY).stuck).toEqual([]);
  });
});

describe('progress', () => {
  const ready = [condition('Ready', 'True')];

  it('tells what is waited for, at changes only and not too often', () => {
    const live = deployment();
    const set = replicaSet(live);
    const pulled = pod(set, [waiting('ContainerCreating')], { name: 'web-2-b' });
    const judged = new Judged(live, [set, pod(set, [], { name: 'web-2-a', conditions: ready }), pulled, event(pulled, 'Pulling', 'Pulling image "x"'), pod(set, [], { name: 'web-2-c', conditions: [condition('PodScheduled', 'False', 'Unschedulable')] })]);
    expect(judged.after(10).lines).toEqual(['1 of 3 new pods ready; web-2-b: pulling image; web-2-c: waits for a node']);
    const runs = { ...pulled, status: { conditions: [], containerStatuses: [container({ running: {} }, { restartCount: 1 })] } };
    judged.change(runs).change({ ...runs, status: { conditions: ready } });
    expect(judged.lines.slice(1)).toEqual(['1 of 3 new pods ready; web-2-b: not ready yet, 1 restarts; web-2-c: waits for a node']);
    expect(judged.after(2).lines.at(-1)).toBe('2 of 3 new pods ready; web-2-c: waits for a node');
  });

  it('tells of Jobs how often they failed, and of many pods only the first', () => {
    const job = api('Job', 'migrate', { spec: {}, status: { failed: 2 } });
    const names = ['a', 'b', 'c', 'd'];
    expect(new Judged(job, names.map((name) => pod(job, [waiting('ContainerCreating')], { name }))).lines).toEqual(['0 of 1 completed, 2 failed; a: starting; b: starting; 2 more']);
  });
});
