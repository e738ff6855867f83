/** What prometheus-operator and Google's managed Prometheus make of what we render, by their own code, read by Prometheus' tools. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { fileFromSecret, type JsonObject } from '../../lib';
import type { ScrapeConfig } from '../../lib/monitoring';
import type { AlertingProps } from '../../lib/monitoring/alertmanager';
import { SEVERITIES } from '../../lib/monitoring/rules';
import { ALERTING, EVERY_KIND, EXPECTED } from '../monitoring/alertmanager/samples';
import { relabel, targetsOf } from '../monitoring/discovery';
import { jobOfMonitoring } from '../monitoring/modes/google-model';
import { jobOfPodMonitor, jobOfProbe, relabelingsOfServiceMonitor, workloadOf } from '../monitoring/modes/operator-model';
import { MODES, ofKind, stackOf, type KubeObject } from '../monitoring/modes/stacks';
import { buildOperators, googleOutput, operatorOutput } from '../monitoring/operators';
import { monitoringTool } from '../monitoring/tools';

const run = promisify(execFile);
const { jira: _, mattermost: __, incidentio: ___, ...KNOWN } = EVERY_KIND;
/** All that an AlertmanagerConfig can say. */
const RESOURCE: AlertingProps = {
  ...ALERTING,
  receivers: { ...ALERTING.receivers, everybody: { ...KNOWN, slack: { webhook: fileFromSecret('alerting', 'slack') }, webhook: { url: 'http://hooks.tools.svc:8080/alerts', token: fileFromSecret('alerting', 'hook-token') } } },
  times: { ...ALERTING.times, night: { from: '22:00', to: '24:00' } },
};
/** A Prometheus that stands already, as far as it matters. */
const STANDING: JsonObject = { kind: 'Prometheus', apiVersion: 'monitoring.coreos.com/v1', metadata: { name: 'main', namespace: 'observability' }, spec: { version: 'v3.14.0', serviceDiscoveryRole: 'EndpointSlice', scrapeInterval: '30s', evaluationInterval: '30s' } };

let folder: string;
let promtool: string;
let amtool: string;

beforeAll(async () => {
  await buildOperators();
  promtool = await monitoringTool('promtool');
  amtool = await monitoringTool('amtool');
  folder = await mkdtemp(path.join(tmpdir(), 'fairlead-modes-'));
}, 3_600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  await writeFile(path.join(folder, name), text);
  return path.join(folder, name);
}

const visible = (labels: Readonly<Record<string, string>> | undefined) => Object.fromEntries(Object.entries(labels ?? {}).filter(([label]) => !label.startsWith('__')));
const jobOf = (jobs: readonly ScrapeConfig[], name: string) => jobs.find(({ job_name: job }) => job === name)!;
const keyOf = ({ metadata: { namespace, name } }: KubeObject) => `${namespace}/${name}`;

describe.each([['operator', []], ['operator that stands already', [STANDING]]] as const)('prometheus-operator: %s', (name, more) => {
  const { manifests } = stackOf(MODES[name]);
  const written = () => operatorOutput([...manifests.filter(({ kind }) => kind !== 'AlertmanagerConfig'), ...more]);
  const pods = [...manifests, ...[...ofKind(manifests, 'Prometheus'), ...ofKind(manifests, 'Alertmanager')].map(workloadOf)];

  it('writes a configuration that promtool takes, and has nothing to warn of', async () => {
    const { text, warnings } = await written();
    expect(warnings).toBe('');
    await expect(run(promtool, ['check', 'config', '--syntax-only', await file('prometheus.yml', text)])).resolves.toMatchObject({ stdout: expect.stringContaining('SUCCESS') });
  });

  it('finds the pods and gives them the labels that the tests of rules and panels go by', async () => {
    const { scrape_configs: jobs } = (await written()).prometheus;
    const monitors = ofKind(manifests, 'PodMonitor');
    expect(monitors.length).toBeGreaterThan(5);
    for (const monitor of monitors) {
      const found = targetsOf(jobOf(jobs, `podMonitor/${keyOf(monitor)}/0`), pods);
      expect(found).toHaveLength(1);
      expect(found).toEqual(targetsOf(jobOfPodMonitor(monitor), pods));
    }
    for (const monitor of ofKind(manifests, 'ServiceMonitor')) {
      const { target, steps } = relabelingsOfServiceMonitor(monitor);
      const { selector } = monitor.spec as { selector: { matchLabels: Record<string, string> } };
      const behind = Object.fromEntries(Object.entries(selector.matchLabels).flatMap(([key, value]) => [[`__meta_kubernetes_service_label_${key.replace(/\W/g, '_')}`, value], [`__meta_kubernetes_service_labelpresent_${key.replace(/\W/g, '_')}`, 'true']]));
      const real = relabel({ ...target, ...behind }, jobOf(jobs, `serviceMonitor/${keyOf(monitor)}/0`).relabel_configs);
      expect(visible(real)).toEqual(visible(relabel(target, steps)));
      expect(visible(real)).toHaveProperty('job');
    }
    for (const probe of ofKind(manifests, 'Probe')) {
      const module = (labels: Record<string, string>) => Object.fromEntries(Object.entries(labels).filter(([label]) => label !== '__param_module'));
      expect(targetsOf(jobOf(jobs, `probe/${keyOf(probe)}`), []).map(module)).toEqual(targetsOf(jobOfProbe(probe), []).map(module));
    }
  });
});

it('prometheus-operator writes remote writes with their credentials', async () => {
  const { manifests } = stackOf({ ...MODES.operator, prometheus: { remoteWrite: [
    { name: 'aws', url: 'https://aps.example.com/write', auth: { sigv4: { region: 'eu-central-1' } } },
    { name: 'basic', url: 'https://b.example.com/', auth: { basic: { username: 'shop', password: fileFromSecret('central', 'password') } } },
    { name: 'token', url: 'https://c.example.com/', auth: { bearer: fileFromSecret('central', 'token') } },
  ] } });
  const central = { kind: 'Secret', apiVersion: 'v1', metadata: { name: 'central', namespace: 'monitoring' }, stringData: { password: 'p', token: 't' } };
  const { text, warnings, prometheus } = await operatorOutput([...manifests, central]);
  expect(warnings).toBe('');
  expect(prometheus.remote_write).toMatchObject([{ sigv4: { region: 'eu-central-1' } }, { basic_auth: { username: 'shop', password: 'p' } }, { authorization: { credentials: 't' } }]);
  await run(promtool, ['check', 'config', '--syntax-only', await file('remote.yml', text)]);
});

describe('an AlertmanagerConfig', () => {
  const { manifests } = stackOf({ ...MODES['operator with resources'], alerting: RESOURCE });
  const [config] = ofKind(manifests, 'AlertmanagerConfig');
  /** Values that are addresses where addresses are wanted. */
  const secrets = [...new Set(JSON.stringify(config).match(/"name":"[^"]+","key":"[^"]+"/g))].map((text) => JSON.parse(`{${text}}`) as { name: string; key: string }).map(({ name, key }) => [name, key, /hook$|slack|teams|discord|url/.test(key) ? 'https://hooks.example.com/x' : 'value'] as const);
  const stored = [...new Set(secrets.map(([name]) => name))].map((name) => ({ kind: 'Secret', apiVersion: 'v1', metadata: { name, namespace: 'monitoring' }, stringData: Object.fromEntries(secrets.filter(([of]) => of === name).map(([, key, value]) => [key, value])) }));
  const amFile = async () => {
    const { alertmanager, warnings } = await operatorOutput([STANDING, config as unknown as JsonObject, ...stored]);
    return { path: await file('alertmanager.yml', alertmanager), warnings };
  };

  it('becomes a configuration that amtool takes, with nothing left out', async () => {
    const { path: written, warnings } = await amFile();
    expect(warnings).toBe('');
    await expect(run(amtool, ['check-config', written])).resolves.toMatchObject({ stdout: expect.stringContaining(`${Object.keys(RESOURCE.receivers).length + 1} receivers`) });
  });

  it.each(EXPECTED.flatMap(({ owner, ...receivers }) => SEVERITIES.map((severity) => [severity, owner, receivers[severity]] as const)))('tells of %s of %s: %j', async (severity, owner, receivers) => {
    const labels = Object.entries({ alertname: 'X', severity, owner, environment: 'production' }).flatMap(([label, value]) => (value === undefined ? [] : [`${label}=${value}`]));
    await run(amtool, ['config', 'routes', 'test', `--config.file=${(await amFile()).path}`, `--verify.receivers=${receivers.map((name) => `monitoring/alertmanager/${name}`).join(',')}`, ...labels]);
  });
});

describe("Google's managed Prometheus", () => {
  const { manifests } = stackOf(MODES.google);

  it('finds the pods and gives them the labels that the tests of rules and panels go by', async () => {
    const { jobs } = await googleOutput(manifests);
    const namespaces = [...ofKind(manifests, 'Namespace').map(({ metadata }) => metadata.name), 'shop'];
    for (const object of [...ofKind(manifests, 'PodMonitoring'), ...ofKind(manifests, 'ClusterPodMonitoring')]) {
      const { kind, metadata: { namespace, name }, spec } = object;
      const [{ port }] = (spec as { endpoints: [{ port: number }] }).endpoints;
      const real = jobOf(jobs, [kind, namespace, name, port].filter((part) => part !== undefined).join('/'));
      const model = jobOfMonitoring(object, namespaces);
      expect(targetsOf(real, manifests)).toHaveLength(1);
      expect(targetsOf(real, manifests)).toEqual(targetsOf(model, manifests));
      expect(relabel({}, real.metric_relabel_configs)).toEqual(relabel({}, model.metric_relabel_configs));
    }
    expect(jobs.filter(({ job_name: job }) => job.startsWith('kubelet/')).map(({ relabel_configs: steps = [] }) => visible(relabel({ __meta_kubernetes_node_name: 'node-0' }, steps)))).toEqual(['metrics', 'cadvisor'].map((what) => ({ job: 'kubelet', node: 'node-0', instance: `node-0:${what}` })));
  });

  it('takes every rule, limited to where it may look, and promtool takes what comes of it', async () => {
    const { groups } = await googleOutput(manifests);
    expect(Object.keys(groups)).toHaveLength(ofKind(manifests, 'Rules').length + ofKind(manifests, 'ClusterRules').length);
    const files = await Promise.all(Object.entries(groups).map(([name, text]) => file(`${name.replaceAll('/', '-')}.yml`, text)));
    await expect(run(promtool, ['check', 'rules', ...files])).resolves.toMatchObject({ stdout: expect.stringContaining('SUCCESS') });
    expect(groups['Rules/shop/web']).toContain('namespace: shop');
  });

  it('would refuse rules that set the namespace themselves', async () => {
    const [rules] = ofKind(manifests, 'Rules');
    const { groups } = rules!.spec as { groups: { rules: JsonObject[] }[] };
    const wrong = { ...rules, spec: { groups: groups.map((group) => ({ ...group, rules: group.rules.map((rule) => ({ ...rule, labels: { namespace: 'other' } })) })) } };
    await expect(googleOutput([wrong as unknown as JsonObject])).rejects.toThrow(/label "namespace" already set/);
  });
});
