/** The tools of Prometheus and Alertmanager read what every environment of `stacks/` renders, and try its rules and routes. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { environments } from '../../lib/environment';
import { SEVERITIES, type Severity } from '../../lib/monitoring/rules';
import { alertmanagerFile, MONITORED, prometheusMaps, ruleFilesOf } from '../monitoring/environments';
import { testedEnvironment } from '../monitoring/rules/rendered';
import { monitoringTool } from '../monitoring/tools';
import { layPrometheus } from '../monitoring/tools/lay-out';
import { ROOT } from '../stacks/rendered';

const run = promisify(execFile);

/** Who hears of alerts in each environment; and of the Watchdog, where there is one. */
const RECEIVERS: Readonly<Record<string, Readonly<Record<Severity, string>> & { readonly watchdog?: string }>> = {
  local: { critical: 'nobody', warning: 'nobody', info: 'nobody' },
  preview: { critical: 'nobody', warning: 'nobody', info: 'nobody' },
  staging: { critical: 'team', warning: 'team', info: 'team', watchdog: 'heartbeat' },
  production: { critical: 'onCall', warning: 'team', info: 'team', watchdog: 'heartbeat' },
};

let promtool: string;
let amtool: string;
let folder: string;

beforeAll(async () => {
  [promtool, amtool] = [await monitoringTool('promtool'), await monitoringTool('amtool')];
  folder = mkdtempSync(path.join(tmpdir(), 'fairlead-environments-'));
}, 3_600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('covers every environment that there is a file for', () => {
  expect(MONITORED.map(({ name }) => name)).toEqual(environments(ROOT));
  expect(Object.keys(RECEIVERS).sort()).toEqual(environments(ROOT));
});

describe.each(MONITORED.map((environment) => [environment.name, environment] as const))('%s', (name, environment) => {
  const own = () => path.join(folder, name);

  it('has a configuration of Prometheus that promtool takes, with nothing to complain about', async () => {
    const file = layPrometheus(own(), prometheusMaps(environment.configMaps));
    const { stdout } = await run(promtool, ['check', 'config', '--lint=all', '--lint-fatal', file], { env: { ...process.env, POD_NAME: 'prometheus-0' } });
    expect(stdout).toContain('SUCCESS');
  });

  it('has rules for every application and for the platform, in which promtool finds nothing wrong', async () => {
    const files = [...ruleFilesOf(environment).keys()];
    const { applications } = environment.stack;
    expect(applications.length).toBeGreaterThanOrEqual(13);
    expect(files.sort()).toEqual([...applications.map((app) => `${app.namespace}-${app.name}.yml`), 'platform.yml'].sort());
    const { stdout } = await run(promtool, ['check', 'rules', '--lint=all', '--lint-fatal', ...files], { cwd: path.join(own(), 'rules') });
    expect(stdout.match(/SUCCESS/g)).toHaveLength(files.length);
  });

  const tested = testedEnvironment(environment);

  it('has alerts that fit each kind of application', () => {
    const alerts = (app: string) => tested.find((file) => file.name === `${environment.namespace}-${app}`)!.alerts;
    expect(alerts('frontend')).toEqual(expect.arrayContaining(['NoReplicaAvailable', 'PodCrashLooping', 'MemoryNearLimit']));
    expect(alerts('frontend').includes('CertificateExpiring')).toBe(name === 'production');
    expect(alerts('cart-expiry')).toContain('CronJobFailing');
    expect(alerts('cart-expiry').includes('CronJobMissed')).toBe(name === 'local' || name === 'production'); // the others sleep at night, when it would run
    expect(alerts('cart-store-check')).toContain('JobFailed');
    expect(alerts('redis-cart').includes('VolumeFillingUp')).toBe(name === 'staging' || name === 'production');
  });

  it.each(tested.map((file) => [file.name, file.alerts.length, file] as const))('%s: each of its %i alerts fires on its failure, and none while all is well', async (_, count, file) => {
    expect(count).toBeGreaterThan(0);
    const at = path.join(own(), 'tests');
    mkdirSync(at, { recursive: true });
    writeFileSync(path.join(at, `${file.name}.rules.yaml`), file.rules);
    writeFileSync(path.join(at, `${file.name}.tests.yaml`), file.tests);
    const { stdout } = await run(promtool, ['test', 'rules', `${file.name}.tests.yaml`], { cwd: at });
    expect(stdout).toContain('SUCCESS');
  });

  const config = () => path.join(own(), 'alertmanager.yml');

  it('has a configuration of Alertmanager and templates that amtool takes', async () => {
    mkdirSync(own(), { recursive: true });
    writeFileSync(config(), alertmanagerFile(environment, 'alertmanager.yml').replaceAll('/etc/alertmanager/templates', own()));
    writeFileSync(path.join(own(), 'fairlead.tmpl'), alertmanagerFile(environment, 'fairlead.tmpl'));
    const { stdout } = await run(amtool, ['check-config', config()]);
    expect(stdout).toContain('SUCCESS');
    expect(stdout).toMatch(/1 templates/);
  });

  const routed = (receiver: string, labels: Readonly<Record<string, string | undefined>>) =>
    run(amtool, ['config', 'routes', 'test', `--config.file=${config()}`, `--verify.receivers=${receiver}`, ...Object.entries(labels).flatMap(([label, value]) => (value === undefined ? [] : [`${label}=${value}`]))]);
  const owners = [...new Set([...environment.stack.applications.map(({ owner }) => owner), 'platform', undefined])];
  const cases = SEVERITIES.flatMap((severity) => owners.map((owner) => [severity, owner, RECEIVERS[name]![severity]] as const));

  it.each(cases)('a %s alert of the team %s reaches %s', async (severity, owner, receiver) => {
    await expect(routed(receiver, { alertname: 'X', severity, owner, environment: name })).resolves.toBeDefined();
    await expect(routed('somebody-else', { alertname: 'X', severity, owner, environment: name })).rejects.toMatchObject({ code: 1 });
  });

  it(`tells ${RECEIVERS[name]!.watchdog ?? 'nobody'} that the alerting itself lives`, async () => {
    const { watchdog } = RECEIVERS[name]!;
    expect([...ruleFilesOf(environment).values()].some((text) => text.includes('alert: Watchdog'))).toBe(watchdog !== undefined);
    if (watchdog) await expect(routed(watchdog, { alertname: 'Watchdog', severity: 'info', owner: 'platform', environment: name })).resolves.toBeDefined();
  });
});
