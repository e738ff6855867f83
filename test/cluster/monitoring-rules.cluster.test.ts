import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { ALERTS } from '../../lib/monitoring/rules';
import { fixtureApplications, LINKS, PLATFORM } from '../monitoring/fixture';
import { testedApplication, testedPlatform } from '../monitoring/rules/unit-tests';
import { monitoringTool } from '../monitoring/tools';

const run = promisify(execFile);
const options = { links: LINKS };
const files = [...fixtureApplications().map((app) => testedApplication(app, options)), testedPlatform(PLATFORM, options)];

let promtool: string;
let folder: string;

beforeAll(async () => {
  promtool = await monitoringTool('promtool');
  folder = await mkdtemp(path.join(tmpdir(), 'fairlead-rules-'));
  for (const { name, rules, tests } of files) {
    await writeFile(path.join(folder, `${name}.rules.yaml`), rules);
    await writeFile(path.join(folder, `${name}.tests.yaml`), tests);
  }
}, 3_600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('every alert that there is is tried', () => {
  expect([...new Set(files.flatMap(({ alerts }) => alerts))].sort()).toEqual(Object.keys(ALERTS).sort());
});

test('promtool finds nothing wrong with the rules', async () => {
  const { stdout } = await run(promtool, ['check', 'rules', '--lint=all', '--lint-fatal', ...files.map(({ name }) => `${name}.rules.yaml`)], { cwd: folder });
  expect(stdout.match(/SUCCESS/g)).toHaveLength(files.length);
});

test.each(files.map(({ name, alerts }) => [name, alerts.length]))('%s: each of its %i alerts fires on its failure, and none while all is well', async (name) => {
  const { stdout } = await run(promtool, ['test', 'rules', `${name}.tests.yaml`], { cwd: folder });
  expect(stdout).toContain('SUCCESS');
});

test('the alert on a failed job ends by itself', async () => {
  const migrate = files.find(({ name }) => name === 'shop-migrate')!;
  const test = (hours: number, fires: boolean) => ({
    interval: '1m',
    input_series: [{ series: 'kube_job_failed{job="kube-state-metrics",namespace="shop",job_name="migrate-0123456789",condition="true"}', values: '1x900' }, { series: 'kube_job_status_start_time{job="kube-state-metrics",namespace="shop",job_name="migrate-0123456789"}', values: '0x900' }],
    promql_expr_test: [{ expr: 'group by (alertname) (ALERTS{alertstate="firing"})', eval_time: `${hours}h`, exp_samples: fires ? [{ labels: '{alertname="JobFailed"}', value: 1 }] : [] }],
  });
  const content = { rule_files: [`${migrate.name}.rules.yaml`], evaluation_interval: '1m', tests: [test(1, true), test(13, false)] };
  await writeFile(path.join(folder, 'ends.tests.yaml'), JSON.stringify(content));
  await expect(run(promtool, ['test', 'rules', 'ends.tests.yaml'], { cwd: folder })).resolves.toMatchObject({ stdout: expect.stringContaining('SUCCESS') });
});

test('a failure that no rule sees makes promtool fail: its tests are able to', async () => {
  const [web] = files;
  await writeFile(path.join(folder, 'blind.tests.yaml'), web!.tests.replaceAll('waiting_reason', 'waiting_raisin'));
  await expect(run(promtool, ['test', 'rules', 'blind.tests.yaml'], { cwd: folder })).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('PodCrashLooping') });
});
