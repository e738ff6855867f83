/** Prometheus' own tools read what a MonitoringStack renders for it, of every size. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Chart } from 'cdk8s';
import { App, fileFromSecret } from '../../lib';
import { MonitoringStack, type MonitoringSize } from '../../lib/monitoring';
import { addFixtureApplications } from '../monitoring/fixture';
import { configMapsOf, prometheusMaps } from '../monitoring/environments';
import { monitoringTool } from '../monitoring/tools';
import { layPrometheus } from '../monitoring/tools/lay-out';

const run = promisify(execFile);
const SIZES: readonly MonitoringSize[] = ['small', 'standard'];

let promtool: string;
let folder: string;
beforeAll(async () => { promtool = await monitoringTool('promtool'); }, 3_600_000);
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'fairlead-promtool-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const check = (file: string) => run(promtool, ['check', 'config', '--lint=all', '--lint-fatal', file], { env: { ...process.env, POD_NAME: 'prometheus-0' } });

/** What is rendered for the applications of the fixture. */
function rendered(size: MonitoringSize) {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  addFixtureApplications(chart);
  new MonitoringStack(chart, 'monitoring', { size, logs: {}, exporters: { certManager: true }, alerting: { receivers: { phone: { slack: { webhook: fileFromSecret('alerting', 'slack') } } }, receiver: 'phone', runbooks: 'https://example.com/runbooks', deadManSwitch: { declined: 'a test' } } });
  return app.render();
}

describe.each(SIZES)('%s', (size) => {
  const maps = prometheusMaps(configMapsOf(rendered(size).files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest))));

  it('has a configuration that promtool takes, with nothing to complain about', async () => {
    const { stdout } = await check(layPrometheus(folder, maps));
    expect(stdout).toContain('SUCCESS');
  });

  it('would not pass with a mistake in it', async () => {
    const broken = maps.map((map) => ({ ...map, data: Object.fromEntries(Object.entries(map.data).map(([name, text]) => [name, text.replace('action: keep', 'action: kept')])) }));
    await expect(check(layPrometheus(folder, broken))).rejects.toThrow(/unknown relabel action "kept"/);
  });
});
