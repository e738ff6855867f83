import { fileFromSecret } from '../../../lib';
import { MonitoringStack, type MonitoringStackProps } from '../../../lib/monitoring';
import { all, web } from '../../builders';
import { problemsOf } from '../../support';
import { EXISTING } from './stacks';

const app = web({ metrics: {}, route: { hosts: ['shop.example.com'], tls: { issuer: 'x' } } });
const refusals = (props: object) => problemsOf(all(app, (scope) => void new MonitoringStack(scope, 'monitoring', props as MonitoringStackProps))).join('\n');
const slack = { slack: { webhook: fileFromSecret('alerting', 'slack') } };
const alerting = { receivers: { team: slack }, receiver: 'team', runbooks: 'https://example.com/r', deadManSwitch: { declined: 'a test' } };
const existing = { mode: 'operator', operator: { existing: EXISTING, labels: { release: 'x' } } };
const google = { mode: 'google', google: { project: 'acme-production' } };

describe('the choice of a mode', () => {
  it.each<[string, object, RegExp]>([
    ['a mode that is none', { mode: 'oparator' }, /\[chart\/monitoring\] mode: got "oparator"; plain, operator and google are allowed; did you mean "operator"\?/],
    ['props of another mode', { operator: {} }, /operator: it is for mode 'operator', and this is 'plain'; set mode: 'operator', or remove it/],
    ['props of a third mode', { mode: 'operator', google: {} }, /google: it is for mode 'google', and this is 'operator'/],
    ['an unknown prop', { mode: 'operator', operator: { exsting: {} } }, /operator\.exsting: .*did you mean "existing"\?/],
    ['a form of configuration that is none', { mode: 'operator', operator: { configuration: 'yaml' } }, /operator\.configuration: got "yaml"; 'secret' and 'resource' are allowed/],
    ['a label that is none', { mode: 'operator', operator: { labels: { team: 'a b' } } }, /operator\.labels\.team: got "a b"/],
    ['a key that is none', { mode: 'operator', operator: { labels: { 'a b': 'x' } } }, /operator\.labels\.a b: got "a b"/],
    ['an Alertmanager that is none', { mode: 'google', google: { alertmanager: 'theirs' } }, /google\.alertmanager: got "theirs"; 'own' and 'managed' are allowed/],
    ['a project that is none', { mode: 'google', google: { project: 'Acme Production' } }, /google\.project: got "Acme Production"; the id of a Google Cloud project/],
  ])('%s is refused', (_, props, message) => expect(refusals(props)).toMatch(message));
});

describe('with prometheus-operator', () => {
  it.each<[string, object, RegExp]>([
    ['a store that is written to with a Google identity', { mode: 'operator', prometheus: { remoteWrite: [{ name: 'a', url: 'https://a.example.com' , auth: { google: true } }] } }, /prometheus\.remoteWrite\[0\]\.auth\.google: got true; prometheus-operator has no way .* take mode: 'plain'/],
    ['a job with a token from a file', { mode: 'operator', prometheus: { scrapeConfigs: [{ job_name: 'a', authorization: { credentials_file: '/token' } }] } }, /prometheus\.scrapeConfigs\[0\]\.authorization\.credentials_file: got "\/token"; the operator's ScrapeConfig reads keys of Secrets and no files/],
    ['a job with an authority from a file', { mode: 'operator', prometheus: { scrapeConfigs: [{ job_name: 'a', tls_config: { ca_file: '/ca.crt' } }] } }, /prometheus\.scrapeConfigs\[0\]\.tls_config\.ca_file: got "\/ca\.crt"/],
    ['a job that is there already', { mode: 'operator', prometheus: { scrapeConfigs: [{ job_name: 'kubelet' }] } }, /prometheus\.scrapeConfigs: got "kubelet"; another job has this name/],
    ['a receiver that the resource lacks', { mode: 'operator', operator: { configuration: 'resource' }, alerting: { ...alerting, receivers: { team: { mattermost: { webhook: fileFromSecret('alerting', 'x') } } } } }, /alerting\.receivers\.team\.mattermost: the AlertmanagerConfig resource has no receivers of this kind; .*configuration: 'secret'/],
    ['a bot where the resource knows webhooks', { mode: 'operator', operator: { configuration: 'resource' }, alerting: { ...alerting, receivers: { team: { slack: { token: fileFromSecret('alerting', 'x'), channel: '#a' } } } } }, /alerting\.receivers\.team\.slack\.token: the AlertmanagerConfig resource lacks this/],
    ['a time zone', { mode: 'operator', operator: { configuration: 'resource' }, alerting: { ...alerting, times: { night: { from: '22:00', to: '24:00', timeZone: 'Europe/Zurich' } } } }, /alerting\.times\.night\.timeZone: got "Europe\/Zurich"; the AlertmanagerConfig resource knows UTC alone/],
  ])('%s is refused', (_, props, message) => expect(refusals(props)).toMatch(message));

  it('what it can say passes', () => expect(refusals({ mode: 'operator', operator: { configuration: 'resource', labels: { team: 'shop' } }, alerting })).toBe(''));
});

describe('with a Prometheus that stands already', () => {
  it.each<[string, object, RegExp]>([
    ['no labels', { mode: 'operator', operator: { existing: EXISTING } }, /operator\.labels: got nothing; a Prometheus selects monitors and rules by their labels/],
    ['an address that is none', { mode: 'operator', operator: { existing: { ...EXISTING, url: 'prometheus' }, labels: { a: 'b' } } }, /operator\.existing\.url: got "prometheus"/],
    ['an Alertmanager at an address that is none', { mode: 'operator', operator: { existing: { ...EXISTING, alertmanagerUrl: 'x' }, labels: { a: 'b' } } }, /operator\.existing\.alertmanagerUrl: got "x"/],
    ['a namespace that is none', { mode: 'operator', operator: { existing: { ...EXISTING, namespace: 'My Space' }, labels: { a: 'b' } } }, /operator\.existing\.namespace: got "My Space"/],
    ['all pods of its namespace', { mode: 'operator', operator: { existing: { ...EXISTING, selector: {} }, labels: { a: 'b' } } }, /operator\.existing\.selector: got \{\}; at least one label is required/],
    ['a volume for it', { ...existing, prometheus: { storage: { size: '10Gi' } } }, /prometheus\.storage: the Prometheus that stands already is set up elsewhere; say it there, or remove operator\.existing/],
    ['a store for it', { ...existing, prometheus: { remoteWrite: [] } }, /prometheus\.remoteWrite: the Prometheus that stands already/],
    ['replicas of its Alertmanager', { ...existing, alerting: { ...alerting, alertmanager: { replicas: 3 } } }, /alerting\.alertmanager\.replicas: got 3; the Alertmanager is not one of this stack/],
  ])('%s is refused', (_, props, message) => expect(refusals(props)).toMatch(message));

  it('what it can say passes', () => expect(refusals({ ...existing, alerting, prometheus: { scrapeInterval: '15s', scrapeConfigs: [{ job_name: 'a', static_configs: [{ targets: ['a:1'] }] }] } })).toBe(''));
});

describe("with Google's managed Prometheus", () => {
  const rules = (rule: object) => ({ ...google, alerting: { ...alerting, rules: { mine: [{ alert: 'A', expr: 'up == 0', summary: 's', ...rule }] } } });
  it.each<[string, object, RegExp]>([
    ['a store to write to', { ...google, prometheus: { remoteWrite: [{ name: 'a', url: 'https://a.example.com' }] } }, /prometheus\.remoteWrite: Google Cloud scrapes, keeps and evaluates by itself; remove it, or take mode: 'plain' or 'operator'/],
    ['a retention', { ...google, prometheus: { retention: { time: '30d' } } }, /prometheus\.retention: Google Cloud/],
    ['jobs of one\'s own', { ...google, prometheus: { scrapeConfigs: [{ job_name: 'a' }] } }, /prometheus\.scrapeConfigs: Google Cloud/],
    ['external labels', { ...google, prometheus: { externalLabels: { region: 'eu' } } }, /prometheus\.externalLabels: Google Cloud/],
    ['probes', { ...google, exporters: { blackbox: true } }, /exporters\.blackbox: got true; Google's collectors give every probe the labels of the exporter's pod.* make uptime checks in Cloud Monitoring/],
    ['the API server', { ...google, exporters: { apiServer: true } }, /exporters\.apiServer: got true; Google's collectors scrape pods alone/],
    ['cert-manager', { ...google, exporters: { certManager: true } }, /exporters\.certManager: got true; Google's collectors give the series of a pod its own namespace/],
    ['an alert that goes on', rules({ keepFiringFor: '10m' }), /alerting\.rules\.mine\[0\]\.keepFiringFor: got "10m"; Google's rules end an alert as soon as it no longer holds/],
    ['a label that Google sets', rules({ labels: { cluster: 'a' } }), /alerting\.rules\.mine\[0\]\.labels\.cluster: got "a"; Google sets this label/],
    ['Grafana without a project', { mode: 'google', grafana: { adminPassword: { secret: 'grafana', key: 'password' } } }, /google\.project: got nothing; Grafana reads the metrics of a project/],
    ['a credential for the managed Alertmanager', { mode: 'google', google: { alertmanager: 'managed' }, alerting }, /alerting\.receivers\.team\.slack\.webhook: Google's Alertmanager mounts no Secrets.*remove google\.alertmanager/],
    ['replicas of the managed Alertmanager', { mode: 'google', google: { alertmanager: 'managed' }, alerting: { ...alerting, receivers: { team: {} }, alertmanager: { replicas: 2 } } }, /alerting\.alertmanager\.replicas: got 2; the Alertmanager is not one of this stack/],
  ])('%s is refused', (_, props, message) => expect(refusals(props)).toMatch(message));

  it('what it can say passes', () => expect(refusals({ ...google, alerting, prometheus: { scrapeInterval: '1m' }, exporters: { node: true, kubelet: 'verified' } })).toBe(''));
});
