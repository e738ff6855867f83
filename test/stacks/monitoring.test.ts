/** What the environments say of their monitoring, and what is made of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvironment } from '../../lib/environment';
import { boutiqueApp } from '../../stacks/boutique/app';
import { environmentSchema, type ShopEnvironment } from '../../stacks/environment';
import { at, findObject, NAMES, rendered, ROOT } from './rendered';

/** The environment of a changed file. */
function changed(name: string, ...changes: readonly (readonly [from: string | RegExp, to: string])[]): ShopEnvironment {
  const file = `Pulumi.${name}.yaml`;
  const text = changes.reduce((before, [from, to]) => {
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    return after;
  }, readFileSync(join(ROOT, file), 'utf8'));
  return parseEnvironment(text, { file, project: 'fairlead', name }, environmentSchema);
}

const objects = (environment: ShopEnvironment) => boutiqueApp(environment, 'out').render().files.flatMap((file) => file.objects.map(({ manifest }) => manifest));
const names = (environment: ShopEnvironment) => objects(environment).map((object) => `${String(object.kind)}/${at(object, 'metadata', 'name')}`);
const MONITORING = /^ {2}fairlead:monitoring:\n(?: {4}.*\n)+/m;
const POLICY = 'NetworkPolicy';

describe('how large it is', () => {
  const claims = (name: string, workload: string) => at<{ spec: { resources: { requests: { storage: string } } } }[] | undefined>(findObject(name, 'StatefulSet', workload), 'spec', 'volumeClaimTemplates')?.map(({ spec }) => spec.resources.requests.storage) ?? [];
  const pods = (name: string, workload: string) => at(findObject(name, 'StatefulSet', workload), 'spec', 'replicas');

  it.each([
    ['local', 1, [], [], []],
    ['preview', 1, [], [], []],
    ['staging', 1, ['10Gi'], [], ['10Gi']],
    ['production', 2, ['100Gi'], ['1Gi'], ['50Gi']],
  ] as const)('%s runs %i of Prometheus and Alertmanager, with volumes %j, %j and %j', (name, count, prometheus, alertmanager, logs) => {
    expect([pods(name, 'prometheus'), pods(name, 'alertmanager'), pods(name, 'log-store')]).toEqual([count, count, 1]);
    expect([claims(name, 'prometheus'), claims(name, 'alertmanager'), claims(name, 'log-store')]).toEqual([prometheus, alertmanager, logs]);
  });

  it('keeps metrics for as long as the file says', () => {
    const config = (name: string) => at<string>(findObject(name, 'ConfigMap', 'prometheus-config'), 'data', 'prometheus.yml');
    expect(config('production')).toContain('time: 30d');
    expect(config('staging')).toContain('time: 7d');
    expect(config('preview')).toContain('time: 1d');
  });

  it('looks at the public address in production, whose certificates browsers take', () => {
    expect(NAMES.filter((name) => findObject(name, 'Deployment', 'blackbox-exporter'))).toEqual(['production']);
  });
});

describe('without it', () => {
  afterEach(() => jest.dontMock('../../stacks/monitoring/monitoring'));

  it('nothing of it is loaded', () => {
    jest.doMock('../../stacks/monitoring/monitoring', () => {
      throw new Error('it was loaded');
    });
    jest.isolateModules(() => {
      const { boutiqueApp: render } = jest.requireActual<typeof import('../../stacks/boutique/app')>('../../stacks/boutique/app');
      expect(render(changed('preview', [MONITORING, '']), 'out').render().files).toHaveLength(17);
      expect(() => render(rendered('preview').environment, 'out')).toThrow('it was loaded');
    });
  });

  it('the rest is the same', () => {
    const own = names(changed('staging', [MONITORING, '']));
    const withIt = names(rendered('staging').environment);
    expect(withIt).toEqual(expect.arrayContaining(own));
    expect(own).toHaveLength(92);
  });
});

describe('settings', () => {
  it('logs: false and hostAccess: false leave out what needs the nodes', () => {
    const own = names(changed('local', ['    probes: false', '    probes: false\n    hostAccess: false\n    logs: false']));
    expect(own.filter((name) => /^DaemonSet|log-store|monitoring-nodes$/.test(name))).toEqual([]);
    expect(own).toContain('StatefulSet/prometheus');
  });

  it('sinks take the place of the store, with their credentials by reference', () => {
    const environment = changed('staging', [/ {4}logs:\n {6}storage:\n {8}size: 10Gi\n {6}retention: 7d\n/, '    logs:\n      sinks:\n        - type: elasticsearch\n          urls: [https://logs.example.com:9200]\n          user: fluentd\n          password: { secret: log-sinks, key: password }\n']);
    expect(names(environment)).not.toContain('StatefulSet/log-store');
    expect(boutiqueApp(environment, 'out').render().requiredSecrets).toContainEqual(expect.objectContaining({ namespace: 'boutique-staging-monitoring-nodes', name: 'log-sinks', keys: ['password'] }));
  });

  it('ranges of addresses narrow the network policies', () => {
    const environment = changed('staging', [/ {4}# network:\n {4}# {3}apiServer: \[10\.0\.0\.2\/32\]\n {4}# {3}nodes: \[10\.0\.0\.0\/20\]\n/, '    network:\n      apiServer: [10.9.9.9/32]\n      nodes: [10.8.0.0/20]\n']);
    const policy = (of: ShopEnvironment) => JSON.stringify(objects(of).find((object) => object.kind === POLICY && at(object, 'metadata', 'name') === 'prometheus'));
    expect(policy(environment)).toMatch(/"cidr":"10\.9\.9\.9\/32"/);
    expect(policy(environment)).toMatch(/"cidr":"10\.8\.0\.0\/20"/);
    expect(policy(environment)).not.toContain('192.168.0.0/16');
    expect(policy(rendered('staging').environment)).toContain('192.168.0.0/16');
  });

  it('an alert is changed or switched off by its name', () => {
    const rules = (of: ShopEnvironment) => objects(of).filter((object) => /^prometheus-rules/.test(at(object, 'metadata', 'name'))).map((object) => Object.values(at<Record<string, string>>(object, 'data')).join('\n')).join('\n');
    const environment = changed('staging', ['      receiver: team\n', '      receiver: team\n      alerts:\n        CpuThrottled: false\n        NoReplicaAvailable: { for: 2m }\n']);
    expect(rules(rendered('staging').environment)).toContain('alert: CpuThrottled');
    expect(rules(environment)).not.toContain('alert: CpuThrottled');
    expect(rules(environment)).toMatch(/alert: NoReplicaAvailable\n[^]*?for: 2m/);
  });

  it('Grafana gets a volume and no route, if that is wanted', () => {
    const own = objects(changed('staging', ['      host: grafana.staging.boutique.example.com', '      storage: { size: 2Gi }']));
    expect(own.filter(({ kind }) => kind === 'Ingress')).toHaveLength(1);
    expect(own).toContainEqual(expect.objectContaining({ kind: 'PersistentVolumeClaim', spec: expect.objectContaining({ resources: { requests: { storage: '2Gi' } } }) }));
  });
});

describe('refuses', () => {
  const SLACK = 'webhook: { key: slackWebhook }';

  it.each([
    ['a credential that nobody has encrypted', [SLACK, 'webhook: { key: slackHook }'], /Pulumi\.staging\.yaml: fairlead:monitoring\.alerting\.receivers\.team\.slack\.webhook\.key: got "slackHook"; allowed: alertingHeartbeatUrl, slackWebhook, or a key of another Secret with its name: \{ secret: my-secret, key: slackHook \}/],
    ['an encrypted value in a receiver', [SLACK, 'webhook: { secure: v1:x }'], /fairlead:monitoring\.alerting\.receivers\.team\.slack\.webhook: got an encrypted value; allowed: a value that is not encrypted/],
    ['credentials in clear among the encrypted ones', [/slackWebhook:\n\s+secure: .*/, 'slackWebhook: https://hooks.slack.com/canary'], /fairlead:secrets\.monitoring\.slackWebhook: got a value that is not encrypted \(not shown\)/],
    ['no word on a dead man\'s switch', [/ {6}deadManSwitch:\n.*\n/, ''], /fairlead:monitoring\.alerting\.deadManSwitch: got nothing/],
    ['an unknown key', ['    probes: false', '    probs: false'], /fairlead:monitoring\.probs: got an unknown key; allowed: .*did you mean "probes"\?/],
    ['another size', ['    prometheus:\n', '    size: huge\n    prometheus:\n'], /fairlead:monitoring\.size: got "huge"; allowed: "small" or "standard"/],
  ] as const)('%s, with the place in the file', (_, change, expected) => {
    expect(() => changed('staging', change)).toThrow(expected);
  });

  it.each([
    ['credentials in clear', [SLACK, 'webhook: https://hooks.slack.com/canary'], /\[monitoring\] alerting\.receivers\.team\.slack\.webhook: a reference to a key of a Secret is required/],
    ['a receiver that there is not', ['      receiver: team\n', '      receiver: teem\n'], /\[monitoring\] alerting\.receiver: got "teem"; there is no receiver of this name; .*did you mean "team"\?/],
    ['a kind of receiver that there is not', ['          slack:', '          slak:'], /\[monitoring\] alerting\.receivers\.team\.slak: there is no such kind of receiver; .*did you mean "slack"\?/],
    ['a retention that the volume can\'t hold', ['        time: 7d', '        size: 20Gi'], /\[monitoring\] prometheus\.retention\.size: got "20Gi"; the volume has 10Gi/],
    ['an alert that there is not', ['      receiver: team\n', '      receiver: team\n      alerts: { CpuThrotled: false }\n'], /\[monitoring\] alerting\.alerts\.CpuThrotled: .*did you mean "CpuThrottled"\?/],
    ['logs where the nodes can\'t be reached', ['    probes: false', '    probes: false\n    hostAccess: false'], /\[monitoring\] logs: the cluster gives pods no access to the files of its nodes/],
  ] as const)('%s, with the prop', (_, change, expected) => {
    const render = () => objects(changed('staging', change));
    expect(render).toThrow(expected);
    expect(render).not.toThrow(/canary/);
  });
});
