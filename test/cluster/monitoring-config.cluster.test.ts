/** Prometheus' own tools read what a MonitoringStack renders for it, of every size. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Chart } from 'cdk8s';
import { App, fileFromSecret } from '../../lib';
import { MonitoringStack, type MonitoringSize } from '../../lib/monitoring';
import { SERVICE_ACCOUNT } from '../../lib/monitoring/prometheus/platform-scrapes';
import { addFixtureApplications } from '../monitoring/fixture';
import { monitoringTool } from '../monitoring/tools';

const run = promisify(execFile);
const PREFIX = '/etc/prometheus';
const SIZES: readonly MonitoringSize[] = ['small', 'standard'];

type ConfigMap = { readonly kind: string; readonly metadata: { readonly name: string }; readonly data: Readonly<Record<string, string>> };

/** The files of a Prometheus pod below a folder, with the paths in them changed to that folder. */
function lay(folder: string, maps: readonly ConfigMap[]): string {
  for (const { metadata, data } of maps) {
    const directory = join(folder, metadata.name === 'prometheus-config' ? 'config' : 'rules');
    mkdirSync(directory, { recursive: true });
    for (const [name, text] of Object.entries(data)) writeFileSync(join(directory, name), text.replaceAll(PREFIX, folder).replaceAll(SERVICE_ACCOUNT, folder));
  }
  for (const file of ['token', 'ca.crt']) writeFileSync(join(folder, file), 'for the check');
  return join(folder, 'config', 'prometheus.yml');
}

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
  const maps = rendered(size).files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest as unknown as ConfigMap)).filter(({ kind, metadata }) => kind === 'ConfigMap' && /^prometheus-(config|rules-\d+)$/.test(metadata.name));

  it('has a configuration that promtool takes, with nothing to complain about', async () => {
    const { stdout } = await check(lay(folder, maps));
    expect(stdout).toContain('SUCCESS');
  });

  it('would not pass with a mistake in it', async () => {
    const broken = maps.map((map) => ({ ...map, data: Object.fromEntries(Object.entries(map.data).map(([name, text]) => [name, text.replace('action: keep', 'action: kept')])) }));
    await expect(check(lay(folder, broken))).rejects.toThrow(/unknown relabel action "kept"/);
  });
});
