/** `npm run local` on a machine with nothing, in a cache folder of its own: a control plane that outlives the command. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../../stacks/commands/cache-folder';
import { Project } from '../../stacks/project';
import { buildEngines } from '../harness/build';
import { Kubectl } from '../harness/kubectl';
import { findControlPlane } from '../harness/standing';

const cache = mkdtempSync(join(tmpdir(), 'fairlead-local-'));
const plane = join(cache, 'local/control-plane');
const project = new Project();

/** Runs a command of npm, as a newcomer would: nothing names a cluster. */
const run = (script: string, ...args: string[]) => {
  const { status, stdout, stderr } = project.run('env', `FAIRLEAD_CACHE=${cache}`, 'npm', 'run', '--silent', script, '--', ...args);
  return { status, output: stdout + stderr };
};
const image = async () => new Kubectl((await findControlPlane(plane))!).mustRun(['get', 'deployment/frontend', '--namespace=boutique-local', '--output=jsonpath={.spec.template.spec.containers[0].image}']);
const pids = () => readFileSync(join(plane, 'pids'), 'utf8').trim().split('\n').map(Number);
/** One that has ended but that nobody has asked about is still listed, without its arguments. */
const isAlive = (pid: number) => existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
const setTag = (tag: string) => project.write('Pulumi.local.yaml', readFileSync(join(project.directory, 'Pulumi.local.yaml'), 'utf8').replace(/tag: \S+/, `tag: ${tag}`));

beforeAll(async () => {
  await buildEngines();
  // What is built stays where it is; all else is this test's own.
  mkdirSync(cache, { recursive: true });
  symlinkSync(join(cacheFolder(), 'engines'), join(cache, 'engines'));
}, 1_800_000);

afterAll(() => {
  run('local', 'down');
  project.remove();
  rmSync(cache, { recursive: true, force: true });
}, 600_000);

it('deploys the shop, says what runs where, and is honest about simulated nodes', async () => {
  const { status, output } = run('local');
  expect({ status, output }).toMatchObject({ status: 0 });
  expect(output).toMatch(/Version v0\.10\.6 runs in the namespace boutique-local of its own control plane:/);
  expect(output).toMatch(/Deployment +frontend +1 of 1 ready +node-zone-[abc]\n/);
  expect(output).toMatch(/StatefulSet +redis-cart +1 of 1 ready/);
  expect(output).toMatch(/Job +cart-store-check-[0-9a-f]{10} +complete/);
  expect(output).toContain('Its monitoring, in boutique-local-monitoring and boutique-local-monitoring-nodes:');
  expect(output).toMatch(/StatefulSet +prometheus[^ ]* +1 of 1 ready/);
  expect(output).toMatch(/DaemonSet +node-exporter +3 of 3 ready/);
  expect(output).toContain('The nodes are simulated: no container runs');
  expect(output).toContain('npm run local -- down');
  expect(await image()).toMatch(/:v0\.10\.6$/);
}, 900_000);

it('runs again on the same control plane with what has changed, and goes back', async () => {
  const before = pids();
  setTag('v0.10.7');
  expect(run('local')).toMatchObject({ status: 0, output: expect.stringContaining('Version v0.10.7 runs in') });
  expect(await image()).toMatch(/:v0\.10\.7$/);
  expect(run('rollback', 'local', '--yes')).toMatchObject({ status: 0 });
  expect(await image()).toMatch(/:v0\.10\.6$/);
  expect(run('history', 'local').output).toMatch(/rollback[^]*v0\.10\.7[^]*v0\.10\.6/);
  expect(pids()).toEqual(before);
}, 1_200_000);

it('starts anew when its control plane has ended with the machine', async () => {
  const before = pids();
  for (const pid of before) process.kill(pid, 'SIGKILL');
  expect(run('local')).toMatchObject({ status: 0, output: expect.stringContaining('Version v0.10.7 runs in') });
  expect(pids().filter((pid) => before.includes(pid))).toEqual([]);
}, 900_000);

it('is removed with everything that it made, and touches no file of the project', () => {
  const processes = pids();
  expect(run('local', 'down')).toMatchObject({ status: 0, output: expect.stringContaining('local is gone from its own control plane, and so is that.') });
  expect(processes.filter(isAlive)).toEqual([]);
  expect(readdirSync(cache)).toEqual(['engines']);
  expect(readFileSync(join(project.directory, 'Pulumi.local.yaml'), 'utf8')).not.toContain('encryptionsalt');
  expect(run('local', 'down')).toMatchObject({ status: 0, output: 'local runs nowhere; nothing is left of it.\n' });
}, 600_000);
