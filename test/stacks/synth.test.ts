import { appendFileSync, existsSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Project } from './project';
import { ENVIRONMENTS } from './rendered';

const expected = Object.fromEntries(ENVIRONMENTS.flatMap(({ environment, files }) => [...files].map(([name, content]) => [`${environment.name}/${name}`, content])));

describe.each([
  ['npm run synth', (project: Project) => project.run('npm', 'run', '--silent', 'synth')],
  ['cdk8s synth', (project: Project) => project.run('node_modules/.bin/cdk8s', 'synth')],
])('%s', (_, synth) => {
  let project: Project;
  beforeEach(() => (project = new Project()));
  afterEach(() => project.remove());

  it('renders every environment into dist/<environment>/, the same bytes each time', () => {
    expect(synth(project)).toMatchObject({ status: 0 });
    expect(project.files('dist')).toEqual(expected);
    expect(synth(project)).toMatchObject({ status: 0 });
    expect(project.files('dist')).toEqual(expected);
  }, 60_000);

  it('leaves dist/ as it was after a mistake, and says where the mistakes are', () => {
    synth(project);
    const file = join(project.directory, 'Pulumi.production.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('max: 20', 'max: many').replace('policy: fixed', 'polcy: fixed'));
    const { status, stderr, stdout } = synth(project);
    expect(status).not.toBe(0);
    expect(stderr + stdout).toContain('Pulumi.production.yaml: fairlead:replicas.max: got "many"; allowed: an integer from 1 to 100');
    expect(stderr + stdout).toContain('did you mean "policy"?');
    expect(project.files('dist')).toEqual(expected);
    expect(readdirSync(project.directory).filter((name) => name.startsWith('.dist'))).toEqual([]);
  }, 60_000);

  it('adds an environment with one file, and drops one with its file', () => {
    const file = (name: string) => join(project.directory, `Pulumi.${name}.yaml`);
    writeFileSync(file('demo'), readFileSync(file('preview'), 'utf8').replaceAll('preview', 'demo'));
    synth(project);
    expect(Object.keys(project.files('dist')).filter((path) => path.startsWith('demo/'))).toHaveLength(25);
    renameSync(file('demo'), `${file('demo')}.off`);
    synth(project);
    expect(project.files('dist')).toEqual(expected);
  }, 60_000);
});

describe('npm run synth', () => {
  const project = new Project();
  afterAll(() => project.remove());

  it('renders one environment on request and leaves the others alone', () => {
    project.run('npm', 'run', '--silent', 'synth');
    appendFileSync(join(project.directory, 'dist', 'local', '1-frontend.yaml'), '# mine\n');
    const { stdout } = project.run('npm', 'run', '--silent', 'synth', '--', 'staging');
    expect(stdout.split('\n')).toEqual([
      'staging      26 files, 164 objects for Kubernetes 1.34',
      expect.stringMatching(/^ {2}asks for [\d.]+ to [\d.]+ vCPU and [\d.]+ to [\d.]+ GiB for pods, [\d.]+ GiB of volumes, \d load balancers?$/),
      '  needs Secret boutique-staging/boutique-secrets with heartbeatUrl for boutique/cart-expiry, from the encrypted values of Pulumi.staging.yaml',
      expect.stringMatching(/^ {2}needs Secret boutique-staging-monitoring\/monitoring-secrets with alertingHeartbeatUrl, grafanaPassword, slackWebhook for .*, from the encrypted values of Pulumi\.staging\.yaml; `up` makes grafanaPassword itself$/),
      '',
    ]);
    expect(project.files('dist')['local/1-frontend.yaml']).toMatch(/# mine\n$/);
  });

  it('names the environments that exist when asked for another', () => {
    const { status, stderr } = project.run('npm', 'run', '--silent', 'synth', '--', 'prod');
    expect(status).toBe(1);
    expect(stderr).toContain('Pulumi.prod.yaml: got no such file; allowed: local, preview, production, staging');
  });

  it('writes to the folder that the CLI was told, and not to dist/, when that is another one', () => {
    const other = new Project();
    expect(other.run('node_modules/.bin/cdk8s', 'synth', '-o', 'review')).toMatchObject({ status: 0 });
    expect(other.files('review')).toEqual(expected);
    expect(existsSync(join(other.directory, 'dist'))).toBe(false);
    other.remove();
  }, 60_000);
});

it('explains what was derived for a workload', () => {
  const project = new Project();
  const { stdout } = project.run('npm', 'run', '--silent', 'explain', '--', 'staging', 'frontend');
  project.remove();
  expect(stdout).toContain('boutique/frontend\n');
  expect(stdout).toContain('  rollout.maxUnavailable: 0 (no capacity is lost)\n');
});

it('explains what an environment costs', () => {
  const project = new Project();
  const { stdout } = project.run('npm', 'run', '--silent', 'explain', '--', 'staging', '--cost');
  const { stderr } = project.run('npm', 'run', '--silent', 'explain', '--', '--cost');
  project.remove();
  expect(stderr).toContain('name an environment first: npm run explain -- staging [workload | --cost]\n');
  expect(stdout).toBe('asks for 3.01 to 5.45 vCPU and 3.21 to 5.15 GiB for pods, 21 GiB of volumes, 1 load balancer\nno cluster is named: nobody can tell what it costs\n');
});
