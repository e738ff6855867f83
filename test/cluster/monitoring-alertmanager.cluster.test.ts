import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { toYaml } from '../../lib';
import { Mistakes } from '../../lib/core/problems';
import { alertmanagerConfig, readAlerting, TEMPLATES } from '../../lib/monitoring/alertmanager';
import { SEVERITIES } from '../../lib/monitoring/rules';
import { ALERTING, EXPECTED } from '../monitoring/alertmanager/samples';
import { fixtureApplications } from '../monitoring/fixture';
import { monitoringTool } from '../monitoring/tools';

const run = promisify(execFile);

let amtool: string;
let folder: string;
let file: string;

beforeAll(async () => {
  amtool = await monitoringTool('amtool');
  folder = await mkdtemp(path.join(tmpdir(), 'fairlead-alertmanager-'));
  file = path.join(folder, 'alertmanager.yml');
  const mistakes = new Mistakes();
  const alerting = readAlerting(mistakes, 'alerting', ALERTING, fixtureApplications(), 'platform');
  expect(mistakes.messages).toEqual([]);
  await writeFile(file, toYaml([alertmanagerConfig(alerting, path.join(folder, '*.tmpl'))]));
  await writeFile(path.join(folder, 'fairlead.tmpl'), TEMPLATES);
}, 3_600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('amtool finds nothing wrong with the configuration and its templates', async () => {
  const { stdout } = await run(amtool, ['check-config', file]);
  expect(stdout).toContain('SUCCESS');
});

describe('alerts reach their receivers', () => {
  const cases = EXPECTED.flatMap(({ owner, ...receivers }) => SEVERITIES.map((severity) => [severity, owner, receivers[severity]] as const));
  const labels = (given: Record<string, string | undefined>) => Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  const routed = (receivers: readonly string[], given: Record<string, string | undefined>) => run(amtool, ['config', 'routes', 'test', `--config.file=${file}`, `--verify.receivers=${receivers.join(',')}`, ...labels(given)]);

  test.each(cases)('%s of %s: %j', async (severity, owner, receivers) => {
    await expect(routed(receivers, { alertname: 'X', severity, owner, environment: 'production' })).resolves.toBeDefined();
  });

  test('by environment, and the sign of life', async () => {
    await expect(routed(['nobody'], { alertname: 'X', severity: 'critical', owner: 'shop', environment: 'preview' })).resolves.toBeDefined();
    await expect(routed(['heartbeat'], { alertname: 'Watchdog', severity: 'info', owner: 'platform', environment: 'preview' })).resolves.toBeDefined();
  });

  test('a wrong receiver is found out', async () => {
    await expect(routed(['data'], { alertname: 'X', severity: 'critical', owner: 'shop' })).rejects.toMatchObject({ code: 1 });
  });
});

describe('messages', () => {
  const alert = (status: string, summary: string, annotations = {}) => ({ status, labels: { severity: 'critical' }, annotations: { summary, description: 'None of its pods is available.', ...annotations } });
  const data = {
    receiver: 'shop', status: 'firing', externalURL: 'https://alerts.example.com', groupLabels: { alertname: 'NoReplicaAvailable' }, commonLabels: { severity: 'critical', environment: 'production' },
    commonAnnotations: { summary: 'shop/web is down', runbook_url: 'https://example.com/runbooks/NoReplicaAvailable.md' },
    alerts: [alert('firing', 'shop/web is down', { runbook_url: 'https://example.com/r', dashboard_url: 'https://example.com/d', logs_url: 'https://example.com/l?a=1&b=2' }), alert('resolved', 'shop/<db> is down')],
  };
  const rendered = async (name: string, changes: object = {}) => {
    const input = path.join(folder, 'data.json');
    await writeFile(input, JSON.stringify({ ...data, ...changes }));
    const type = name === 'html' || name === 'mail' ? 'html' : 'text';
    const { stdout } = await run(amtool, ['template', 'render', `--template.glob=${path.join(folder, '*.tmpl')}`, `--template.text={{ template "fairlead.${name}" . }}`, `--template.type=${type}`, `--template.data=${input}`]);
    return stdout.trim();
  };

  test('a title says how grave, where and what', async () => {
    expect(await rendered('title')).toBe('CRITICAL [production]: shop/web is down (2 alerts)');
    expect(await rendered('title', { status: 'resolved', alerts: [data.alerts[0]], commonLabels: {}, commonAnnotations: {} })).toBe('RESOLVED: NoReplicaAvailable');
  });

  test('a text has the description and every link that there is', async () => {
    expect(await rendered('text')).toBe('shop/web is down\nNone of its pods is available.\nWhat to do: https://example.com/r\nDashboard: https://example.com/d\nLogs: https://example.com/l?a=1&b=2\n\nOver: shop/<db> is down\nNone of its pods is available.');
  });

  test('in the markup of each service', async () => {
    expect(await rendered('slack')).toContain('*shop/web is down*\nNone of its pods is available.\n<https://example.com/r|What to do>');
    expect(await rendered('markdown')).toContain('**shop/web is down**\n\nNone of its pods is available.\n\n[What to do](https://example.com/r)');
    expect(await rendered('html')).toContain('<b>shop/web is down</b>\nNone of its pods is available.\n<a href="https://example.com/r">What to do</a>');
    expect(await rendered('html')).toContain('shop/&lt;db&gt; is down');
    expect(await rendered('mail')).toMatch(/^<div style="white-space: pre-line"><b>shop\/web is down/);
  });

  test('colour and priority follow the severity', async () => {
    expect([await rendered('color'), await rendered('priority'), await rendered('severity')]).toEqual(['#d92d20', 'P1', 'critical']);
    expect(await rendered('priority', { commonLabels: { severity: 'warning' } })).toBe('P3');
    expect(await rendered('color', { status: 'resolved' })).toBe('#12b76a');
  });

  test('a link leads to the runbook, or to Alertmanager', async () => {
    expect(await rendered('link')).toBe('https://example.com/runbooks/NoReplicaAvailable.md');
    expect(await rendered('link', { commonAnnotations: {} })).toBe('https://alerts.example.com');
  });
});
