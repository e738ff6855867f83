import { ApiObject, App as PlainApp, Chart } from 'cdk8s';
import { App, NightSchedule, Volume, type NightScheduleProps } from '../../lib';
import { awakeHours, scheduleOf } from '../../lib/platform/working-hours';
import { all, cron, stateful, web, worker } from '../builders';
import { problemsOf, render } from '../support';

const night = (props: object = {}, id = 'night') => (chart: Chart) => new NightSchedule(chart, id, props as NightScheduleProps);
const SHOP = all(web({ replicas: { min: 2, max: 9, cpu: 70 }, resources: { requests: { cpu: '100m', memory: '64Mi' } } }), worker({ replicas: 3 }), stateful());

type Container = { image: string; command: string[] };
type Task = { spec: { schedule: string; timeZone: string; startingDeadlineSeconds: number; jobTemplate: { spec: { template: { spec: { initContainers?: Container[]; containers: Container[]; automountServiceAccountToken: boolean } } } } } };

function tasks(props: object = {}, build: (chart: Chart) => unknown = SHOP) {
  const manifests = render((chart) => all(build as never, night(props) as never)(chart));
  const task = (name: string) => {
    const { spec } = manifests[`CronJob/night-${name}`] as unknown as Task;
    const { initContainers = [], containers } = spec.jobTemplate.spec.template.spec;
    return { spec, pod: spec.jobTemplate.spec.template.spec, commands: [...initContainers, ...containers].map(({ command }) => command.join(' ')), image: containers[0]!.image };
  };
  return { manifests, sleep: task('sleep'), wake: task('wake') };
}

describe('a NightSchedule', () => {
  it('puts every workload to sleep in the evening and wakes each with its own number of pods', () => {
    const { sleep, wake } = tasks();
    expect(sleep.spec.schedule).toBe('0 20 * * 1,2,3,4,5');
    expect(sleep.commands).toEqual(['kubectl scale --replicas=0 deployment/web deployment/worker statefulset/db']);
    expect(wake.spec.schedule).toBe('0 7 * * 1,2,3,4,5');
    expect(wake.commands).toEqual(['kubectl scale --replicas=1 statefulset/db', 'kubectl scale --replicas=2 deployment/web', 'kubectl scale --replicas=3 deployment/worker']);
  });

  it('may look at those workloads and set the number of their pods, and nothing else', () => {
    const rules = [
      { apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['web', 'worker'], verbs: ['get'] },
      { apiGroups: ['apps'], resources: ['deployments/scale'], resourceNames: ['web', 'worker'], verbs: ['patch'] },
      { apiGroups: ['apps'], resources: ['statefulsets'], resourceNames: ['db'], verbs: ['get'] },
      { apiGroups: ['apps'], resources: ['statefulsets/scale'], resourceNames: ['db'], verbs: ['patch'] },
    ];
    const { manifests, sleep } = tasks();
    for (const name of ['sleep', 'wake']) expect(manifests[`Role/night-${name}`]).toMatchObject({ rules });
    expect(sleep.pod.automountServiceAccountToken).toBe(true);
  });

  it('takes days, hours, a time zone, an image and those that stay awake', () => {
    const { sleep, wake } = tasks({ days: ['sunday', 'saturday'], start: '06:30', end: '23:05', timeZone: 'Europe/Zurich', image: 'registry.example/kubectl:1.34.2', keep: ['db', 'worker'] });
    expect([wake.spec, sleep.spec]).toMatchObject([{ schedule: '30 6 * * 0,6', timeZone: 'Europe/Zurich' }, { schedule: '5 23 * * 0,6', timeZone: 'Europe/Zurich' }]);
    expect(sleep.commands).toEqual(['kubectl scale --replicas=0 deployment/web']);
    expect(wake.image).toBe('registry.example/kubectl:1.34.2');
  });

  it("has kubectl of the app's version, and time to be late", () => {
    const { wake } = tasks();
    expect(wake.image).toBe('registry.k8s.io/kubectl:v1.34.0');
    expect(wake.spec.startingDeadlineSeconds).toBe(3600);
  });

  it('leaves alone what has no pods, what KEDA scales, scheduled tasks, and what stands in another namespace', () => {
    const { sleep } = tasks({}, (chart) => {
      all(web(), web({ replicas: 0 }, 'off'), worker({ replicas: { min: 0, max: 5, triggers: [{ type: 'cron', metadata: { a: 'b' } }] } }), cron())(chart);
      web({}, 'elsewhere')(new Chart(chart.node.root, 'other', { namespace: 'other' }));
    });
    expect(sleep.commands).toEqual(['kubectl scale --replicas=0 deployment/web']);
  });

  it('knows workloads of other constructs, in a plain cdk8s app too', () => {
    const chart = new Chart(new PlainApp(), 'chart', { namespace: 'shop' });
    new ApiObject(chart, 'plain', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'plain' }, spec: { replicas: 2 } });
    expect(new NightSchedule(chart, 'night').workloads).toEqual(['plain']);
  });

  it('says what was made after it', () => {
    expect(problemsOf(all(web(), night() as never, worker()))).toEqual(["[chart/night] 'worker' was made after the NightSchedule, which does not know it; make the NightSchedule last"]);
  });

  it('leaves what can not be rendered to whoever reports that', () => {
    const problems = problemsOf(all(web(), worker({ patches: { deployment: [{ op: 'remove', path: '/no/such' }] } }), night() as never));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('[chart/worker');
  });

  it('puts nothing to sleep that would lose its volumes', () => {
    const store = stateful({ claimRetention: { whenScaled: 'Delete' }, mounts: { '/data': Volume.claim('data', { size: '1Gi' }) } });
    expect(problemsOf(all(web(), store, night() as never))).toEqual(["[chart/night] keep: 'db' deletes its volumes when it is scaled down (claimRetention.whenScaled), and would lose its data every night; add it here, or retain them"]);
    expect(problemsOf(all(web(), store, night({ keep: ['db'] }) as never))).toEqual([]);
  });

  it.each<[object, string]>([
    [{ days: [] }, 'days: got []; at least one day is required; to leave it asleep, destroy it'],
    [{ days: ['mondy'] }, 'days[0]: got "mondy"; monday, tuesday, wednesday, thursday, friday, saturday and sunday are allowed; did you mean "monday"?'],
    [{ days: 'monday' }, 'days: got "monday"; a list is allowed'],
    [{ start: '7:00' }, 'start: got "7:00"; a time of day is allowed, such as "07:00"'],
    [{ start: 7 }, 'start: got 7; text is allowed; put it in quotes'],
    [{ end: '24:00' }, 'end: got "24:00"; a time of day is allowed, such as "07:00"'],
    [{ start: '22:00', end: '06:00' }, 'end: got "06:00"; a time after the start (22:00) is required: it wakes and sleeps on the same day'],
    [{ keep: ['wed'] }, 'keep[0]: got "wed"; no workload that could sleep has that name; did you mean "web"?; those are web'],
    [{ hours: '9-5' }, 'hours: got "9-5"; no such prop here'],
  ])('is refused with %j', (props, message) => {
    expect(problemsOf(all(web(), night(props) as never))).toContain(`[chart/night] ${message}`);
  });

  it('is refused with a time zone that does not exist', () => {
    expect(problemsOf(all(web(), night({ timeZone: 'Europe/Zürich' }) as never))[0]).toContain('timeZone: got "Europe/Zürich"');
  });

  it('is refused where there is nothing to put to sleep', () => {
    const app = new App();
    new NightSchedule(new Chart(app, 'chart', { namespace: 'shop' }), 'night');
    expect(() => app.render()).toThrow('[chart/night] workloads: there are none to put to sleep; make it after the workloads, in a chart of their namespace');
  });
});

describe('working hours', () => {
  it.each([
    [{}, 65],
    [{ start: '08:30', end: '17:00' }, 42.5],
    [{ days: ['monday', 'monday', 'sunday'] as const }, 26],
  ])('%j are %d a week', (hours, expected) => expect(awakeHours(hours)).toBe(expected));

  it('every day is every day', () => expect(scheduleOf('00:05', ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])).toBe('5 0 * * *'));
});
