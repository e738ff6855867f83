import { condition, container, event, pod, rollout, waiting } from './objects';
import type { ApiObject } from '../../../lib/pulumi/watch/api-objects';

const NOT_FOUND = 'failed to pull and unpack image "ghcr.io/acme/web:2": failed to resolve reference "ghcr.io/acme/web:2": ghcr.io/acme/web:2: not found';
const BACK_OFF = 'Back-off pulling image "ghcr.io/acme/web:2"';
const ended = (message?: string) => ({ terminated: { exitCode: 1, reason: 'Error', message } });
const unschedulable = (message: string) => condition('PodScheduled', 'False', 'Unschedulable', message);
const running = (more = {}) => container({ running: {} }, { started: true, ...more });
/** A pod and what happened to it. */
const withEvents = (made: ApiObject, ...events: readonly [reason: string, message: string][]) => [made, ...events.map(([reason, message]) => event(made, reason, message))];

type Pods = (set: ApiObject) => readonly ApiObject[];

describe('ends the up at once', () => {
  it.each<[string, Pods, RegExp]>([
    ['an image that the registry does not know', (set) => [pod(set, [waiting('ErrImagePull', NOT_FOUND)])], /^pod web-2-x, container web: image ghcr\.io\/acme\/web:2 does not exist: .*: not found\n {2}next: push the image, or mend its tag/],
    ['the same while the kubelet pauses', (set) => [pod(set, [waiting('ImagePullBackOff', `${BACK_OFF}: ErrImagePull: ${NOT_FOUND}`)])], /does not exist/],
    ['the same of an older kubelet, which tells it in an event', (set) => withEvents(pod(set, [waiting('ImagePullBackOff', BACK_OFF)]), ['Failed', `Failed to pull image "ghcr.io/acme/web:2": ${NOT_FOUND}`]), /does not exist: Failed to pull image/],
    ['an unknown manifest', (set) => [pod(set, [waiting('ErrImagePull', 'manifest unknown: manifest unknown')])], /does not exist/],
    ['an image of an init container', (set) => [pod(set, [waiting('PodInitializing')], { init: [waiting('ErrImagePull', NOT_FOUND, { name: 'init' })] })], /container init: image .* does not exist/],
    ['a name that is none', (set) => [pod(set, [waiting('InvalidImageName', "couldn't parse image name")])], /is no image name: couldn't parse/],
    ['an image that must be on the node', (set) => [pod(set, [waiting('ErrImageNeverPull')])], /its pull policy is Never/],
    ['a refused signature', (set) => [pod(set, [waiting('SignatureValidationFailed', 'no key')])], /the signature of image .* is refused: no key/],
    ['an image that runs as root where that is forbidden', (set) => [pod(set, [waiting('CreateContainerConfigError', 'container has runAsNonRoot and image will run as root')])], /its config can't be read: container has runAsNonRoot/],
    ['a crash loop', (set) => [pod(set, [waiting('CrashLoopBackOff', 'back-off 40s', { restartCount: 3, lastState: ended('no database') })])], /crash loop, 3 restarts; last exit code 1 \(Error\): no database\n {2}next: kubectl --namespace shop logs web-2-x --container web --previous/],
    ['a crash loop that a probe makes', (set) => withEvents(pod(set, [waiting('CrashLoopBackOff', 'back-off 40s', { restartCount: 4 })]), ['Unhealthy', 'Liveness probe failed: HTTP probe failed with statuscode: 500']), /4 restarts; Liveness probe failed: .* 500/],
  ])('%s', (_, pods, said) => {
    expect(rollout(pods).stuck).toEqual([expect.stringMatching(said)]);
  });
});

describe('ends the up once it lasts', () => {
  it.each<[string, number, Pods, RegExp]>([
    ['credentials that the registry refuses', 60, (set) => [pod(set, [waiting('ErrImagePull', 'pull access denied, repository does not exist or may require authorization')])], /can't be pulled: pull access denied/],
    ['a registry whose name is not found', 60, (set) => [pod(set, [waiting('ErrImagePull', 'dial tcp: lookup ghcr.io: host not found')])], /can't be pulled: dial tcp/],
    ['a pull that fails without a reason', 60, (set) => [pod(set, [waiting('ImagePullBackOff', BACK_OFF)])], /can't be pulled: Back-off/],
    ['a missing Secret', 60, (set) => [pod(set, [waiting('CreateContainerConfigError', 'secret "db" not found')])], /its config can't be read: secret "db" not found\n {2}next: kubectl --namespace shop get configmaps,secrets/],
    ['a ConfigMap that can not be mounted', 60, (set) => withEvents(pod(set, [waiting('ContainerCreating')]), ['FailedMount', 'MountVolume.SetUp failed for volume "c" : configmap "web-config" not found']), /config is missing: .*configmap "web-config" not found/],
    ['a container that can not be made', 60, (set) => [pod(set, [waiting('CreateContainerError', 'context deadline exceeded')])], /can't be started: context deadline exceeded/],
    ['a volume that can not be attached', 180, (set) => withEvents(pod(set, [waiting('ContainerCreating')]), ['FailedAttachVolume', 'Multi-Attach error for volume "pvc-1"']), /a volume can't be mounted: Multi-Attach error/],
    ['a sandbox that can not be made', 60, (set) => withEvents(pod(set, [waiting('ContainerCreating')]), ['FailedCreatePodSandBox', 'no IP addresses available']), /can't be set up: no IP addresses available/],
    ['no room on any node', 120, (set) => [pod(set, [], { conditions: [unschedulable('0/3 nodes are available: 3 Insufficient cpu.')] })], /web-2-x fits on no node: 0\/3 nodes/],
    ['an autoscaler whose node does not come', 900, (set) => withEvents(pod(set, [], { conditions: [unschedulable('0/3 nodes are available')] }), ['TriggeredScaleUp', 'pod triggered scale-up: [{pool 3->4 (max: 9)}]']), /waits for a new node: pod triggered scale-up/],
    ['a claim that nobody binds', 180, (set) => [pod(set, [], { conditions: [unschedulable('pod has unbound immediate PersistentVolumeClaims')] })], /a volume is not bound/],
    ['a claim that does not exist', 60, (set) => [pod(set, [], { conditions: [unschedulable('persistentvolumeclaim "files" not found')] })], /its volume claim files does not exist/],
    ['a readiness probe that fails', 180, (set) => withEvents(pod(set, [running()]), ['Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503']), /runs and is not ready: Readiness probe failed: .* 503\n {2}next: kubectl --namespace shop logs web-2-x --container web$/],
  ])('%s', (_, seconds, pods, said) => {
    const judged = rollout(pods).after(seconds - 1);
    expect(judged.stuck).toEqual([]);
    expect(judged.after(1).stuck).toEqual([expect.stringMatching(said)]);
  });
});

describe('is waited for', () => {
  const DAY = 24 * 3600;

  it.each<[string, Pods]>([
    ['a container that was restarted less often', (set) => [pod(set, [waiting('CrashLoopBackOff', 'back-off', { restartCount: 2 })])]],
    ['a pod that is being made', (set) => [pod(set, [waiting('ContainerCreating')])]],
    ['a pod that a gate holds back', (set) => [pod(set, [], { conditions: [condition('PodScheduled', 'False', 'SchedulingGated')] })]],
    ['a container that is not ready and whose probe did not fail', (set) => [pod(set, [running()])]],
    ['a container whose startup probe still tries', (set) => withEvents(pod(set, [running({ started: false })]), ['Unhealthy', 'Readiness probe failed: x'])],
    ['a container that became ready after all', (set) => withEvents(pod(set, [running({ ready: true })]), ['Unhealthy', 'Readiness probe failed: x'])],
    ['a pod that runs after a mount failed', (set) => withEvents(pod(set, [waiting('PodInitializing')], { init: [running({ name: 'init' })] }), ['FailedMount', 'secret "x" not found'])],
    ['a pod on its way out', (set) => {
      const gone = pod(set, [waiting('InvalidImageName')]);
      return [{ ...gone, metadata: { ...gone.metadata, deletionTimestamp: '2026-01-01T10:00:31Z' } }];
    }],
  ])('%s', (_, pods) => {
    expect(rollout(pods).after(DAY).stuck).toEqual([]);
  });

  it('what passed in time, also where it comes back', () => {
    const judged = rollout((set) => [pod(set, [waiting('CreateContainerConfigError', 'secret "db" not found')])]).after(59);
    const [stands] = judged.view.owned('Pod', judged.view.get('ReplicaSet', 'shop', 'web-2')!);
    judged.change({ ...stands!, status: { containerStatuses: [running()] } }).after(10).change(stands!).after(59);
    expect(judged.stuck).toEqual([]);
    expect(judged.after(1).stuck).toHaveLength(1);
  });
});

it('the limits are the user\'s', () => {
  const crashing = (set: ApiObject) => [pod(set, [waiting('CrashLoopBackOff', '', { restartCount: 5 })])];
  expect(rollout(crashing, { restarts: 6 }).after(9999).stuck).toEqual([]);
  expect(rollout(crashing, { restarts: 5 }).stuck).toHaveLength(1);
  expect(rollout((set) => [pod(set, [], { conditions: [unschedulable('full')] })], { unschedulable: 5 }).after(5).stuck).toHaveLength(1);
});

it('says it once, counts the pods that say the same, and cuts what is too long', () => {
  const judged = rollout((set) => ['a', 'b', 'c'].map((name) => pod(set, [waiting('InvalidImageName', `x\n${'y'.repeat(999)}`)], { name })));
  judged.after(1).after(1);
  expect(judged.stuck).toHaveLength(1);
  expect(judged.stuck[0]).toMatch(/^pod a, .*: x y{298}… \(and 2 more like it\)\n/);
});

it('names the claim, and what its provisioner says', () => {
  const claim = { kind: 'PersistentVolumeClaim', metadata: { name: 'files', namespace: 'shop', uid: 'claim' }, status: { phase: 'Pending' } };
  const judged = rollout((set) => [
    pod(set, [], { conditions: [unschedulable('pod has unbound immediate PersistentVolumeClaims')], spec: { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'files' } }] } }),
    claim,
    event(claim, 'ProvisioningFailed', 'storageclass.storage.k8s.io "fast" not found'),
  ]);
  expect(judged.after(180).stuck[0]).toMatch(/a volume is not bound: claim files: storageclass.storage.k8s.io "fast" not found/);
});
