import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { App, type RenderedFile } from '../../lib';
import { only, problemsOf, render, templateOf } from '../support';
import { all, cron, release, stateful, web, worker } from '../builders';

const nameOf = (props: object = {}) => (only(render(release(props)), 'Job').metadata as { name: string }).name;
const base = { command: ['migrate'], args: ['up'], env: { A: '1' }, config: { B: '2' }, files: { '/etc/c': '3' } };

describe('the name of a ReleaseTask', () => {
  it('ends in a hash of its content', () => expect(nameOf()).toMatch(/^migrate-[0-9a-f]{10}$/));
  it('is the same for the same content', () => expect(nameOf(base)).toBe(nameOf({ ...base })));

  it.each<[string, object]>([
    ['image', { image: 'ghcr.io/acme/shop:1.4.3' }],
    ['command', { command: ['migrate-all'] }],
    ['arguments', { args: ['down'] }],
    ['environment', { env: { A: '2' } }],
    ['configuration', { config: { B: '3' } }],
    ['files', { files: { '/etc/c': '4' } }],
    ['deadline', { deadline: '1h' }],
    ['resources', { resources: { requests: { cpu: '1' } } }],
    ['rerun', { rerun: 'build-7' }],
    ['patch', { patches: { job: { spec: { parallelism: 1 } } } }],
  ])('changes with its %s', (_, change) => expect(nameOf({ ...base, ...change })).not.toBe(nameOf(base)));

  it.each<[string, object]>([
    ['connections', { connectsTo: ['db'] }],
    ['egress', { egress: 'any' }],
    ['a patch of another object', { patches: { serviceAccount: { automountServiceAccountToken: true } } }],
  ])('stays with its %s: they are not what it runs', (_, change) => {
    const name = (props: object) => Object.keys(render(all(stateful(), release(props)))).find((key) => key.startsWith('Job/'));
    expect(name({ ...base, ...change })).toBe(name(base));
  });

  it('stays when other constructs come, go and change', () => {
    const jobs = (...others: Parameters<typeof all>) => Object.keys(render(all(...others, release(base)))).filter((key) => key.startsWith('Job/'));
    expect(jobs(web(), worker())).toEqual(jobs());
  });

  it('stays when it is moved in the tree', () => {
    const moved = render((chart) => release(base)(new Construct(new Construct(chart, 'outer'), 'inner')));
    expect(only(moved, 'Job')).toEqual(only(render(release(base)), 'Job'));
  });

  it('leaves room for the hash', () => {
    expect(problemsOf(release({ name: 'a'.repeat(52) }))).toEqual([]);
    expect(problemsOf(release({ name: 'a'.repeat(53) }))).toEqual([`[chart/migrate] name: got "${'a'.repeat(53)}"; at most 52 characters are allowed in the name of a ReleaseTask, this has 53; shorten it, or set a shorter 'name'`]);
  });
});

describe('a ReleaseTask', () => {
  it('takes 15 minutes at most by default', () => expect(only(render(release()), 'Job').spec).toMatchObject({ activeDeadlineSeconds: 900 }));
  it('takes a deadline', () => expect(only(render(release({ deadline: '1h' })), 'Job').spec).toMatchObject({ activeDeadlineSeconds: 3600 }));

  it('shows what made it run again, beside other annotations', () => {
    expect(templateOf(only(render(release({ rerun: 'build-7', podAnnotations: { 'example.com/a': 'b' } })), 'Job')).metadata.annotations).toEqual({ 'example.com/a': 'b', 'fairlead.dev/rerun': 'build-7' });
  });

  it.each<[object, string]>([
    [{ rerun: 7 }, 'rerun: got 7; text is allowed; put it in quotes'],
    [{ runOn: 'change' }, 'runOn: got "change"; no such prop here'],
    [{ after: [] }, 'after: got []; no such prop here'],
  ])('is refused with %j', (props, message) => {
    expect(problemsOf(release(props))).toContain(`[chart/migrate] ${message}`);
  });
});

describe('after', () => {
  const files = (build: (chart: Chart) => void): RenderedFile[] => {
    const app = new App();
    build(new Chart(app, 'chart', { namespace: 'shop' }));
    return [...app.render().files];
  };
  const waves = (build: (chart: Chart) => void) => Object.fromEntries(files(build).map(({ name, wave }) => [name.replace(/^\d+-/, ''), wave]));

  it('puts a workload after its tasks, and those after what they connect to', () => {
    const build = (chart: Chart) => {
      const migrate = release({ connectsTo: ['db'] })(chart);
      all(web({ after: [migrate] }), stateful(), cron({ after: [migrate] }), worker())(chart);
    };
    expect(waves(build)).toEqual({ db: 1, worker: 1, migrate: 2, cron: 3, web: 3 });
  });

  it('shows in the names of the files, whose order is the order of the release', () => {
    const names = files((chart) => web({ after: [release()(chart)] })(chart)).map(({ name }) => name);
    expect(names).toEqual(['1-migrate', '2-web']);
  });

  it.each([['WebApp', web], ['Worker', worker], ['StatefulService', stateful], ['CronTask', cron]] as const)('is taken by a %s', (_, build) => {
    expect(Object.values(waves((chart) => build({ after: [release()(chart)] })(chart)))).toEqual([1, 2]);
  });

  it('may name a task of another chart', () => {
    const app = new App();
    const migrate = release()(new Chart(app, 'a', { namespace: 'a' }));
    web({ after: [migrate] })(new Chart(app, 'b', { namespace: 'b' }));
    expect(app.render().files.map(({ name, wave }) => [name, wave])).toEqual([['1-migrate', 1], ['2-web', 2]]);
  });

  it('is refused in a circle', () => {
    const build = (chart: Chart) => void web({ after: [release({ connectsTo: ['web'] })(chart)] })(chart);
    expect(problemsOf(build).join('\n')).toMatch(/nothing could ever start: .*(migrate waits for web|web waits for migrate)/);
  });

  it.each<[string, (chart: Chart) => unknown, string]>([
    ['a task in place of a list', (chart) => release()(chart), 'after: got a ReleaseTask; a list is allowed'],
    ['another workload', (chart) => [worker()(chart)], 'after[0]: got "worker"; a ReleaseTask is allowed, and this is a Worker'],
    ['a name', () => ['migrate'], 'after[0]: got "migrate"; a ReleaseTask is allowed'],
    ['nothing', () => [undefined], 'after[0]: got nothing; a ReleaseTask is allowed'],
    ['a task of another app', () => [release()(new Chart(new App(), 'other'))], 'after[0]: got "migrate"; it belongs to another app; build both in one app'],
  ])('is refused with %s', (_, after, message) => {
    expect(problemsOf((chart) => web({ after: after(chart) })(chart))).toContain(`[chart/web] ${message}`);
  });
});
