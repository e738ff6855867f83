import { Volume } from '../../lib';
import { only, problemsOf, render, templateOf } from '../support';
import { cron, release } from '../builders';

const jobSpec = (props: object) => only(render(release(props)), 'Job').spec as Record<string, unknown>;

describe('a job', () => {
  it('is tried again 3 times by default, and never counts the loss of a node as a failure', () => {
    expect(jobSpec({})).toMatchObject({ backoffLimit: 3, podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] } });
  });

  it('may be tried more or less often', () => expect(jobSpec({ backoffLimit: 0 }).backoffLimit).toBe(0));
  it('starts a new pod for each try, so that the logs of the last one stay', () => expect(templateOf(only(render(release()), 'Job')).spec.restartPolicy).toBe('Never'));

  it('has 20 s to finish when it must go early, or what is said', () => {
    const grace = (props: object) => templateOf(only(render(cron(props)), 'CronJob')).spec.terminationGracePeriodSeconds;
    expect([grace({}), grace({ shutdown: { drain: '60s' } }), grace({ shutdown: { grace: '2m' } })]).toEqual([25, 65, 120]);
  });

  it('may mount a claim of its own', () => {
    const manifests = render(release({ mounts: { '/dump': Volume.claim('dump', { size: '1Gi' }) } }));
    expect(Object.keys(manifests)).toContain('PersistentVolumeClaim/migrate-dump');
    expect(templateOf(only(manifests, 'Job')).spec.volumes).toEqual([{ name: 'dump', persistentVolumeClaim: { claimName: 'migrate-dump' } }]);
  });

  it('never gets a time-to-live: gone from the cluster, it would run again', () => {
    expect(jobSpec({})).not.toHaveProperty('ttlSecondsAfterFinished');
    expect((only(render(cron()), 'CronJob').spec as { jobTemplate: { spec: object } }).jobTemplate.spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });

  it.each<[object, string]>([
    [{ backoffLimit: -1 }, 'backoffLimit: got -1; a whole number is allowed'],
    [{ backoffLimit: '3' }, 'backoffLimit: got "3"; a whole number is allowed'],
    [{ deadline: 'soon' }, 'deadline: got "soon"; a duration such as "90s", "5m", "1h30m" or Duration.minutes(5) is allowed, in whole seconds'],
    [{ probes: {} }, 'probes: got {}; no such prop here'],
  ])('is refused with %j', (props, message) => {
    expect(problemsOf(release(props))).toContain(`[chart/migrate] ${message}`);
  });
});
