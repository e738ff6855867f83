import { only, problemsOf, render } from '../support';
import { cron } from '../builders';

interface CronJobSpec { readonly jobTemplate: { readonly metadata: object; readonly spec: Record<string, unknown> }; readonly [key: string]: unknown }
const spec = (props: object = {}) => only(render(cron(props)), 'CronJob').spec as unknown as CronJobSpec;

describe('a CronTask', () => {
  it('makes a CronJob, a policy and a service account', () => expect(Object.keys(render(cron())).sort()).toEqual(['CronJob/cron', 'NetworkPolicy/cron', 'ServiceAccount/cron']));

  it('never runs beside itself, starts within 5 minutes or not, and keeps 3 runs of each kind by default', () => {
    expect(spec()).toMatchObject({ schedule: '15 3 * * *', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 300, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 3 });
    expect(spec()).not.toHaveProperty('suspend');
  });

  it('runs an hour at most by default', () => expect(spec().jobTemplate.spec.activeDeadlineSeconds).toBe(3600));

  it('takes every setting', () => {
    const made = spec({ timeZone: 'Europe/Zurich', concurrency: 'Replace', startingDeadline: '1h', deadline: '2h', history: { successful: 0, failed: 10 }, suspend: true });
    expect(made).toMatchObject({ timeZone: 'Europe/Zurich', concurrencyPolicy: 'Replace', startingDeadlineSeconds: 3600, successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 10, suspend: true });
    expect(made.jobTemplate.spec.activeDeadlineSeconds).toBe(7200);
  });

  it('keeps the default of a history that is half given', () => {
    expect(spec({ history: { failed: 1, successful: undefined } })).toMatchObject({ successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 });
  });

  it('puts each time where Kubernetes reads it', () => {
    const { jobTemplate, ...timing } = spec();
    expect(Object.keys(timing)).toEqual(['schedule', 'timeZone', 'concurrencyPolicy', 'startingDeadlineSeconds', 'successfulJobsHistoryLimit', 'failedJobsHistoryLimit']);
    expect(Object.keys(jobTemplate.spec)).toEqual(['backoffLimit', 'activeDeadlineSeconds', 'podFailurePolicy', 'template']);
  });

  it.each<[object, string]>([
    [{ concurrency: 'forbid' }, 'concurrency: got "forbid"; Forbid, Allow and Replace are allowed'],
    [{ startingDeadline: '5s' }, 'startingDeadline: got "5s"; at least 10 s is allowed'],
    [{ startingDeadline: 300 }, 'startingDeadline: got 300; a duration such as "90s", "5m", "1h30m" or Duration.minutes(5) is allowed, in whole seconds'],
    [{ deadline: '0s' }, 'deadline: got "0s"; at least 1 s is allowed'],
    [{ history: 3 }, 'history: got 3; an object is allowed'],
    [{ history: { failed: -1 } }, 'history.failed: got -1; a whole number is allowed'],
    [{ history: { sucessful: 1 } }, 'history.sucessful: got 1; no such prop here; did you mean "successful"?'],
    [{ suspend: 'false' }, 'suspend: got "false"; true and false are allowed'],
    [{ probes: { readiness: { exec: ['a'] } } }, 'probes: got {"readiness":{"exec":["a"]}}; no such prop here'],
    [{ ports: { http: 80 } }, 'ports: got {"http":80}; no such prop here'],
    [{ rollout: { maxSurge: 1 } }, 'rollout: got {"maxSurge":1}; no such prop here'],
    [{ spread: 'required' }, 'spread: got "required"; no such prop here'],
    [{ name: 'a'.repeat(53) }, `name: got "${'a'.repeat(53)}"; at most 52 characters are allowed in the name of a CronTask, this has 53; shorten it, or set a shorter 'name'`],
  ])('is refused with %j', (props, message) => {
    expect(problemsOf(cron(props))).toContain(`[chart/cron] ${message}`);
  });

  it('takes the longest name that fits its runs', () => expect(problemsOf(cron({ name: 'a'.repeat(52) }))).toEqual([]));
});
