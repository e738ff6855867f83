import { Volume } from '../../lib';
import { only, problemsOf, render } from '../support';
import { stateful, web } from '../builders';

const spec = (rollout: unknown, options: Parameters<typeof render>[1] = {}) => only(render(web({ rollout }), options), 'Deployment').spec as Record<string, unknown>;
const rolling = (maxSurge: unknown, maxUnavailable: unknown) => ({ type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } });
const claim = Volume.claim('data', { size: '1Gi' });

describe('a rollout', () => {
  it('loses no capacity, waits 5 s for each pod, fails after 10 minutes and keeps 5 revisions by default', () => {
    expect(spec(undefined)).toMatchObject({ strategy: rolling('25%', 0), minReadySeconds: 5, progressDeadlineSeconds: 600, revisionHistoryLimit: 5 });
  });

  it('takes every setting', () => {
    expect(spec({ maxSurge: 1, maxUnavailable: '10%', minReady: '30s', progressDeadline: '20m', revisionHistory: 2 })).toMatchObject({ strategy: rolling(1, '10%'), minReadySeconds: 30, progressDeadlineSeconds: 1200, revisionHistoryLimit: 2 });
  });

  it('may come from a default, and the own takes its place', () => {
    const options = { defaults: { rollout: { maxSurge: 2, minReady: '9s' } } };
    expect(spec(undefined, options)).toMatchObject({ strategy: rolling(2, 0), minReadySeconds: 9 });
    expect(spec({ maxSurge: 1 }, options)).toMatchObject({ strategy: rolling(1, 0), minReadySeconds: 5 });
  });

  it.each<[unknown, string]>([
    [{ maxSurge: 0 }, 'rollout.maxSurge: got 0; with maxUnavailable 0 no pod could ever be replaced; allow at least 1 of either'],
    [{ maxSurge: '0%', maxUnavailable: '00%' }, 'rollout.maxSurge: got "0%"; with maxUnavailable 0 no pod could ever be replaced; allow at least 1 of either'],
    [{ maxSurge: '1' }, 'rollout.maxSurge: got "1"; a whole number or a percentage such as "25%" is allowed'],
    [{ maxSurge: -1 }, 'rollout.maxSurge: got -1; a whole number or a percentage such as "25%" is allowed'],
    [{ maxUnavailable: '101%' }, 'rollout.maxUnavailable: got "101%"; a whole number or a percentage such as "25%" is allowed'],
    [{ maxUnavailable: 1.5 }, 'rollout.maxUnavailable: got 1.5; a whole number or a percentage such as "25%" is allowed'],
    [{ minReady: '700s' }, 'rollout.progressDeadline: got "600s"; more than minReady (700 s) is allowed, or no rollout ever succeeds'],
    [{ minReady: '60s', progressDeadline: '60s' }, 'rollout.progressDeadline: got "60s"; more than minReady (60 s) is allowed, or no rollout ever succeeds'],
    [{ revisionHistory: -1 }, 'rollout.revisionHistory: got -1; a whole number is allowed'],
    [{ revisionHistory: '5' }, 'rollout.revisionHistory: got "5"; a whole number is allowed'],
    [{ surge: 1 }, 'rollout.surge: got 1; no such prop here'],
    ['fast', 'rollout: got "fast"; an object is allowed'],
  ])('is refused as %j', (rollout, message) => {
    expect(problemsOf(web({ rollout }))).toContain(`[chart/web] ${message}`);
  });

  it('takes a surge beyond 100%', () => expect(spec({ maxSurge: '200%' }).strategy).toEqual(rolling('200%', 0)));
});

describe('the old pod goes first', () => {
  const strategy = (props: object) => (only(render(web({ replicas: 1, ...props })), 'Deployment').spec as { strategy: object }).strategy;

  it.each<[string, Volume]>([
    ['a new claim', claim],
    ['a claim of one pod', Volume.claim('data', { size: '1Gi', accessMode: 'ReadWriteOncePod' })],
    ['a claim made elsewhere', Volume.existingClaim('data', 'disk')],
  ])('where one node alone can mount %s', (_, volume) => expect(strategy({ mounts: { '/data': volume } })).toEqual({ type: 'Recreate' }));

  it.each<[string, Volume]>([
    ['shared', Volume.claim('data', { size: '1Gi', accessMode: 'ReadWriteMany' })],
    ['only read', Volume.claim('data', { size: '1Gi', accessMode: 'ReadOnlyMany' })],
    ['no claim', Volume.emptyDir('data')],
  ])('and not where the volume is %s', (_, volume) => expect(strategy({ mounts: { '/data': volume } })).toEqual(rolling('25%', 0)));

  it('where a sidecar mounts it', () => {
    expect(strategy({ sidecars: { backup: { image: 'acme/backup:1.0.0', mounts: { '/data': claim } } } })).toEqual({ type: 'Recreate' });
  });

  it('so a surge of its own is refused, and one of a default yields', () => {
    const message = "'data' can be mounted by one node alone, so the old pod must go first; remove maxSurge and maxUnavailable";
    expect(problemsOf(web({ replicas: 1, mounts: { '/data': claim }, rollout: { maxSurge: 1 } }))).toEqual([`[chart/web] rollout: got {"maxSurge":1}; ${message}`]);
    expect(problemsOf(web({ replicas: 1, mounts: { '/data': claim } }), { defaults: { rollout: { maxSurge: 1 } } })).toEqual([]);
  });

  it('so only one pod can run', () => {
    const message = (max: number) => `[chart/web] replicas: got ${max}; the volume 'data' can be mounted by one node alone (ReadWriteOnce); run one pod, claim it ReadWriteMany, or use a StatefulService, which gives each pod a volume of its own`;
    expect(problemsOf(web({ mounts: { '/data': claim } }))).toEqual([message(2)]);
    expect(problemsOf(web({ mounts: { '/data': claim }, replicas: { min: 1, max: 3 }, resources: { requests: { cpu: '1' } } }))).toEqual([message(3)]);
  });
});

describe('a rollout of a StatefulService', () => {
  it('takes the time that a pod must be ready and the revisions kept', () => {
    expect(only(render(stateful({ rollout: { minReady: '30s', revisionHistory: 2 } })), 'StatefulSet').spec).toMatchObject({ minReadySeconds: 30, revisionHistoryLimit: 2, updateStrategy: { type: 'RollingUpdate' } });
  });

  it('may wait longer than a Deployment could', () => expect(problemsOf(stateful({ rollout: { minReady: '20m' } }))).toEqual([]));

  it.each(['maxSurge', 'maxUnavailable', 'progressDeadline'])('knows no %s', (key) => {
    expect(problemsOf(stateful({ rollout: { [key]: 1 } }))).toEqual([`[chart/db] rollout.${key}: got 1; no such prop here`]);
  });

  it('leaves the rest of a default aside', () => {
    expect(problemsOf(stateful(), { defaults: { rollout: { maxSurge: 1, minReady: '7s' } } })).toEqual([]);
    expect(only(render(stateful(), { defaults: { rollout: { maxSurge: 1, minReady: '7s' } } }), 'StatefulSet').spec).toMatchObject({ minReadySeconds: 7 });
  });
});
