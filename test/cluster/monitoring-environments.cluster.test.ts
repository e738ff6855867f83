import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { environments, loadEnvironment } from '../../lib/environment';
import { MonitoringStack } from '../../lib/monitoring';
import { boutiqueApp } from '../../stacks/boutique/app';
import { environmentSchema } from '../../stacks/environment';
import { LINKS } from '../monitoring/fixture';
import { testedApplication } from '../monitoring/rules/unit-tests';
import { monitoringTool } from '../monitoring/tools';

const run = promisify(execFile);
const ROOT = path.join(__dirname, '../..');

let promtool: string;
let folder: string;

beforeAll(async () => {
  promtool = await monitoringTool('promtool');
  folder = await mkdtemp(path.join(tmpdir(), 'fairlead-environments-'));
}, 3_600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(environments(ROOT))('%s: every alert of every application fires on its failure, and none while all is well', async (name) => {
  const app = boutiqueApp(loadEnvironment(ROOT, name, environmentSchema), name);
  const [stack] = app.node.findAll().filter((construct) => construct instanceof MonitoringStack);
  const files = stack!.applications.map((application) => testedApplication(application, { links: LINKS }, true));
  expect(files.length).toBeGreaterThan(10);
  for (const { name: file, rules, tests } of files) {
    await writeFile(path.join(folder, `${file}.rules.yaml`), rules);
    await writeFile(path.join(folder, `${file}.tests.yaml`), tests);
  }
  const { stdout } = await run(promtool, ['test', 'rules', ...files.map((file) => `${file.name}.tests.yaml`)], { cwd: folder });
  expect(stdout.match(/SUCCESS/g)).toHaveLength(files.length);
}, 600_000);
