import { Volume } from '../../lib';
import { only, problemsOf, render, templateOf } from '../support';
import { stateful } from '../builders';

const mounts = { '/data': Volume.claim('data', { size: '10Gi', storageClass: 'fast' }) };
const spec = (props: object) => only(render(stateful(props)), 'StatefulSet').spec as Record<string, unknown>;

describe('a StatefulService', () => {
  it('makes a StatefulSet, a Service, a headless one, a policy and a service account', () => {
    expect(Object.keys(render(stateful())).sort()).toEqual(['NetworkPolicy/db', 'Service/db', 'Service/db-headless', 'ServiceAccount/db', 'StatefulSet/db']);
  });

  it('names the headless Service in its StatefulSet', () => expect(spec({}).serviceName).toBe('db-headless'));

  it('gives each pod a claim of its own, and keeps it by default', () => {
    expect(spec({ mounts, replicas: 3 })).toMatchObject({
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } } }],
    });
    const pod = templateOf(only(render(stateful({ mounts })), 'StatefulSet')).spec;
    expect(pod.containers[0]!.volumeMounts).toEqual([{ name: 'data', mountPath: '/data' }]);
    expect(pod.volumes).toBeUndefined();
  });

  it('gives up claims where that is said', () => {
    expect(spec({ mounts, claimRetention: { whenDeleted: 'Delete' } }).persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Delete', whenScaled: 'Retain' });
    expect(spec({ mounts, claimRetention: { whenScaled: 'Delete', whenDeleted: undefined } }).persistentVolumeClaimRetentionPolicy).toEqual({ whenDeleted: 'Retain', whenScaled: 'Delete' });
  });

  it('starts pods one after the other by default, or all at once', () => {
    expect(spec({}).podManagementPolicy).toBe('OrderedReady');
    expect(spec({ podManagement: 'Parallel' }).podManagementPolicy).toBe('Parallel');
  });

  it.each<[object, string]>([
    [{ podManagement: 'parallel' }, "podManagement: got \"parallel\"; 'OrderedReady' and 'Parallel' are allowed"],
    [{ claimRetention: {} }, 'claimRetention: got {}; there is no claim to keep; mount a Volume.claim, or remove it'],
    [{ mounts, claimRetention: { whenDeleted: 'Keep' } }, "claimRetention.whenDeleted: got \"Keep\"; 'Retain' and 'Delete' are allowed"],
    [{ mounts, claimRetention: { whenDelete: 'Retain' } }, 'claimRetention.whenDelete: got "Retain"; no such prop here; did you mean "whenDeleted"?'],
    [{ mounts, claimRetention: 'Retain' }, 'claimRetention: got "Retain"; an object is allowed'],
    [{ replicas: 2, mounts: { '/data': Volume.existingClaim('disk', 'disk') } }, "replicas: got 2; the volume 'disk' is one claim that one node alone can mount; use Volume.claim, which gives each pod its own"],
    [{ replicas: 2, mounts: { ...mounts, '/disk': Volume.existingClaim('disk', 'disk') } }, "replicas: got 2; the volume 'disk' is one claim that one node alone can mount; use Volume.claim, which gives each pod its own"],
    [{ route: { hosts: ['a.example.com'] } }, 'route: got {"hosts":["a.example.com"]}; no such prop here'],
    [{ name: 'a'.repeat(53) }, `name: got "${'a'.repeat(53)}"; at most 52 characters are allowed in the name of a StatefulService, this has 53; shorten it, or set a shorter 'name'`],
    [{ name: '1db' }, 'name: got "1db"; a letter must come first: the name is a Service and so a DNS name'],
  ])('is refused with %j', (props, message) => {
    expect(problemsOf(stateful(props))).toContain(`[chart/db] ${message}`);
  });

  it('may share a volume that many nodes can mount', () => {
    expect(problemsOf(stateful({ replicas: 2, mounts: { '/data': Volume.existingClaim('disk', 'disk', { accessMode: 'ReadWriteMany' }) } }))).toEqual([]);
  });

  it('takes the longest name that fits its pods and revisions', () => expect(problemsOf(stateful({ name: 'a'.repeat(52) }))).toEqual([]));
});
