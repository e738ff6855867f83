/** How requests get to an environment, by what its file says of its cluster, and what the monitoring takes from there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvironment } from '../../lib/environment';
import { boutiqueApp } from '../../stacks/boutique/app';
import { environmentSchema, type ShopEnvironment } from '../../stacks/environment';
import { describe as describeEnvironment } from '../../stacks/synthesize';
import { ontoCluster } from '../clouds/onto-cluster';
import { sectionOf, type CloudName } from '../clouds/production';
import { failure } from '../failure';
import { at, ROOT } from './rendered';

const GKE = 'fairlead:cluster:\n    provider: gke\n    project: acme-production\n    region: europe-west6\n';
const PRODUCTION = readFileSync(join(ROOT, 'Pulumi.production.yaml'), 'utf8').replace(/ {2}fairlead:secrets:[^]*/, '').replaceAll('{ key: ', '{ secret: alerting, key: ');
const CONTROLLER = 'config:\n  fairlead:tlsIssuer: letsencrypt\n  fairlead:ingressClass: nginx\n';

const parse = (text: string): ShopEnvironment => parseEnvironment(text, { file: 'Pulumi.production.yaml', project: 'fairlead', name: 'production' }, environmentSchema);
const on = (cloud: CloudName, change: (text: string) => string = (text) => text): ShopEnvironment => parse(change(ontoCluster(PRODUCTION, sectionOf(cloud))));
const objects = (environment: ShopEnvironment) => boutiqueApp(environment, 'out').render().files.flatMap((file) => file.objects.map(({ manifest }) => manifest));
const kinds = (environment: ShopEnvironment, ...wanted: string[]) => objects(environment).filter(({ kind }) => wanted.includes(String(kind))).map((object) => `${String(object.kind)}/${at(object, 'metadata', 'namespace')}/${at(object, 'metadata', 'name')}`).sort();
const find = (environment: ShopEnvironment, kind: string, name: string) => objects(environment).find((object) => object.kind === kind && at(object, 'metadata', 'name') === name);
describe('the load balancer of the cluster', () => {
  const ROUTES = ['Ingress', 'Gateway', 'HTTPRoute', 'HealthCheckPolicy', 'GCPBackendPolicy'];

  it('is a Gateway on GKE, for the shop and for Grafana', () => {
    expect(kinds(on('gke'), ...ROUTES)).toEqual([
      'GCPBackendPolicy/boutique-monitoring/grafana', 'GCPBackendPolicy/boutique/frontend', 'Gateway/boutique/entrance', 'HTTPRoute/boutique-monitoring/grafana', 'HTTPRoute/boutique/entrance-redirect',
      'HTTPRoute/boutique/frontend', 'HealthCheckPolicy/boutique-monitoring/grafana', 'HealthCheckPolicy/boutique/frontend',
    ]);
    expect(find(on('gke'), 'Gateway', 'entrance')).toMatchObject({ metadata: { annotations: { 'networking.gke.io/certmap': 'boutique-production-certificates' } }, spec: { gatewayClassName: 'gke-l7-global-external-managed', addresses: [{ type: 'NamedAddress', value: 'boutique-production-address' }] } });
    expect(find(on('gke'), 'HTTPRoute', 'grafana')).toMatchObject({ spec: { parentRefs: [{ name: 'entrance', namespace: 'boutique', sectionName: 'https' }] } });
  });

  it('takes no routes of the monitoring where Grafana has none', () => {
    const listeners = (environment: ShopEnvironment) => at<object[]>(find(environment, 'Gateway', 'entrance'), 'spec', 'listeners');
    expect(listeners(on('gke'))[1]).toMatchObject({ allowedRoutes: { namespaces: { selector: { matchExpressions: [{ values: ['boutique', 'boutique-monitoring'] }] } } } });
    expect(listeners(on('gke', (text) => text.replace(/ {4}grafana:\n.*\n/, '')))[1]).toMatchObject({ allowedRoutes: { namespaces: { from: 'Same' } } });
  });

  it('is one for Ingresses on EKS Auto Mode', () => {
    expect(kinds(on('eks'), ...ROUTES)).toEqual(['Ingress/boutique-monitoring/grafana', 'Ingress/boutique/frontend']);
    expect(find(on('eks'), 'Ingress', 'grafana')).toMatchObject({ spec: { ingressClassName: 'alb', tls: [{ hosts: ['grafana.boutique.example.com'] }] } });
  });

  it.each([['gke', ['130.211.0.0/22', '35.191.0.0/16']], ['eks', ['10.0.192.0/26', '10.0.192.64/26', '10.0.192.128/26']]] as const)('is let in on %s, and nobody else from outside', (cloud, ranges) => {
    for (const name of ['frontend', 'grafana']) {
      const sources = at<{ from: object[] }[]>(find(on(cloud), 'NetworkPolicy', name), 'spec', 'ingress').flatMap(({ from }) => from);
      expect(sources).toEqual(expect.arrayContaining(ranges.map((cidr) => ({ ipBlock: { cidr } }))));
      expect(JSON.stringify(sources)).not.toContain('ingress-nginx');
    }
  });

  it('has certificates for the hosts of the environment, unless the file names others', () => {
    const names = (environment: ShopEnvironment) => at<string[]>(environment.config.cluster, 'hosts', 'names');
    expect(names(on('gke'))).toEqual(['boutique.example.com', 'grafana.boutique.example.com']);
    expect(names(on('gke', (text) => text.replace('hosts: { domain: boutique.example.com }', 'hosts: { domain: boutique.example.com, names: [boutique.example.com, "*.boutique.example.com"] }')))).toEqual(['boutique.example.com', '*.boutique.example.com']);
  });

  it.each(['gke', 'eks'] as const)('gives way to an ingress controller that the file names, on %s', (cloud) => {
    const environment = on(cloud, (text) => text.replace('config:\n', CONTROLLER));
    expect(kinds(environment, ...ROUTES)).toEqual(['Ingress/boutique-monitoring/grafana', 'Ingress/boutique/frontend']);
    expect(find(environment, 'Ingress', 'frontend')).toMatchObject({ metadata: { annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } }, spec: { ingressClassName: 'nginx', tls: [{ secretName: 'frontend-tls' }] } });
    expect(JSON.stringify(find(environment, 'NetworkPolicy', 'frontend'))).toContain('ingress-nginx');
  });
});

it('is said by synth where an ingress controller has made hosts idle', () => {
  const said = (change: (text: string) => string) => {
    const environment = on('gke', change);
    const lines = describeEnvironment({ environment, rendering: boutiqueApp(environment, 'out').render(), files: new Map() }).split('\n');
    return lines.find((line) => line.includes('has no use for hosts'))?.trim();
  };
  expect(said((text) => text)).toBeUndefined();
  expect(said((text) => text.replace('config:\n', CONTROLLER))).toBe('has no use for hosts of fairlead:cluster, as ingressClass (nginx) and tlsIssuer name a controller of your own; take both out for the load balancer of the cluster');
});

describe('a file that nothing ends TLS for', () => {
  const without = (text: string, ...changes: readonly (readonly [string | RegExp, string])[]) => changes.reduce((before, [from, to]) => before.replace(from, to), text);
  const NO_HOSTS = [/ {4}hosts: .*\n/, ''] as const;

  it.each<[string, () => unknown, string]>([
    ['no cluster and no issuer', () => parse(PRODUCTION.replace(/ {2}fairlead:tlsIssuer: .*\n/, '')), 'fairlead:tlsIssuer: got nothing; allowed: the name of the ClusterIssuer of cert-manager that signs the certificates'],
    ['a cluster without hosts', () => on('gke', (text) => without(text, NO_HOSTS)), 'fairlead:tlsIssuer: got nothing; allowed: the name of the ClusterIssuer of cert-manager that signs the certificates; or hosts in fairlead:cluster, such as { domain: boutique.example.com }, for one of the cloud'],
    ['node groups of EKS, whose cluster has no controller', () => on('eks', (text) => text.replace('    hosts:', '    autoMode: false\n    hosts:')), 'fairlead:tlsIssuer: got nothing; allowed: the name of the ClusterIssuer'],
    ['the controller of EKS and an issuer, of which it takes nothing', () => on('eks', (text) => without(text, NO_HOSTS, ['config:\n', 'config:\n  fairlead:tlsIssuer: letsencrypt\n'])), "fairlead:ingressClass: got nothing; allowed: the class of an ingress controller of yours, as the cluster's own takes no certificates of cert-manager; or hosts in fairlead:cluster"],
    ['an issuer without a controller', () => on('gke', (text) => text.replace('config:\n', 'config:\n  fairlead:tlsIssuer: letsencrypt\n')), 'fairlead:ingressClass: got nothing; allowed: both tlsIssuer and ingressClass, for an ingress controller of yours; or no tlsIssuer, as the load balancer of the cluster has a certificate for boutique.example.com, grafana.boutique.example.com'],
    ['a controller without an issuer', () => on('gke', (text) => text.replace('config:\n', 'config:\n  fairlead:ingressClass: nginx\n')), 'fairlead:tlsIssuer: got nothing; allowed: both tlsIssuer and ingressClass, for an ingress controller of yours; or no ingressClass'],
    ['a host in another domain', () => on('gke', (text) => text.replace('host: boutique.example.com', 'host: shop.example.org')), 'fairlead:host: got "shop.example.org"; allowed: a host that the cluster has a certificate for: grafana.boutique.example.com; or add it to fairlead:cluster.hosts.names'],
    ['a host below a wildcard\'s', () => on('eks', (text) => without(text, ['domain: boutique.example.com }', 'domain: boutique.example.com, names: [boutique.example.com, "*.boutique.example.com"] }'], ['host: grafana.', 'host: grafana.watch.'])), 'fairlead:monitoring.grafana.host: got "grafana.watch.boutique.example.com"; allowed: a host that the cluster has a certificate for: boutique.example.com, *.boutique.example.com'],
  ])('is refused: %s', (_, work, message) => {
    expect(failure(work)).toContain(`Pulumi.production.yaml: ${message}`);
  });

  it('is refused with all its mistakes at once', () => {
    const message = failure(() => on('gke', (text) => without(text, ['host: boutique.example.com', 'host: shop.example.org'], ['host: grafana.boutique', 'host: grafana.shop'])));
    expect(message.match(/fairlead:\S+: got/g)).toEqual(['fairlead:host: got', 'fairlead:monitoring.grafana.host: got']);
  });
});

describe('the monitoring', () => {
  const policy = (environment: ShopEnvironment, name: string) => JSON.stringify(find(environment, 'NetworkPolicy', name));

  it.each([
    ['gke', ['10.2.16.0/28', '10.2.0.1/32'], ['10.3.255.192/26']],
    ['eks', ['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18', '10.1.0.1/32'], ['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18']],
  ] as const)('on %s asks the API server and the nodes where they are, and nowhere else', (cloud, apiServer, nodes) => {
    const environment = on(cloud);
    const outgoing = at<{ to: { ipBlock?: { cidr: string } }[]; ports: { port: number }[] }[]>(find(environment, 'NetworkPolicy', 'prometheus'), 'spec', 'egress');
    const rangesAt = (wanted: number) => outgoing.filter(({ ports }) => ports.some(({ port }) => port === wanted)).flatMap(({ to }) => to.flatMap(({ ipBlock }) => ipBlock?.cidr ?? []));
    expect(rangesAt(443)).toEqual(apiServer);
    expect(rangesAt(10250)).toEqual(nodes);
    expect(policy(environment, 'kube-state-metrics')).not.toContain('0.0.0.0/0');
  });

  it('goes by the file where that says more', () => {
    const environment = on('gke', (text) => text.replace('    size: standard', '    size: standard\n    network: { apiServer: [10.9.9.9/32], nodes: [10.8.0.0/20] }'));
    expect(policy(environment, 'prometheus')).toMatch(/10\.9\.9\.9\/32.*10\.8\.0\.0\/20|10\.8\.0\.0\/20.*10\.9\.9\.9\/32/);
    expect(policy(environment, 'prometheus')).not.toContain('10.2.16.0/28');
  });

  it('goes by what is said of a cluster that is there', () => {
    const environment = parse(PRODUCTION.replace('config:\n', 'config:\n  fairlead:cluster: { context: aks, network: { nodes: [10.5.0.0/16], services: [10.6.0.0/16], controlPlane: [10.7.0.4/32] } }\n'));
    expect(policy(environment, 'prometheus')).toMatch(/10\.7\.0\.4\/32.*10\.6\.0\.1\/32/);
    const silent = parse(PRODUCTION.replace('config:\n', 'config:\n  fairlead:cluster: { context: aks, network: { pods: [10.5.0.0/16] } }\n'));
    expect(policy(silent, 'prometheus')).toMatch(/0\.0\.0\.0\/0.*192\.168\.0\.0\/16|192\.168\.0\.0\/16.*0\.0\.0\.0\/0/);
  });

  describe('on Autopilot', () => {
    const AUTOPILOT = PRODUCTION.replace(/ {2}fairlead:(tlsIssuer|ingressClass): .*\n/g, '').replace('config:\n', `config:\n  ${GKE}    autopilot: true\n    hosts: { domain: boutique.example.com }\n`);
    const LOGS = / {4}logs:\n(?: {6}.*\n)+/;

    it('needs nothing of the nodes, and leads to the logs that the cloud collects', () => {
      const environment = parse(AUTOPILOT.replace(LOGS, ''));
      expect(objects(environment).filter(({ kind }) => kind === 'DaemonSet')).toEqual([]);
      expect(objects(environment).some((object) => at(object, 'metadata', 'namespace') === 'boutique-monitoring-nodes')).toBe(false);
      const links = JSON.stringify(objects(environment));
      expect(links).toContain('console.cloud.google.com/logs/query');
      expect(links).toContain(encodeURIComponent('cluster_name="boutique-production"'));
      expect(links).toContain(encodeURIComponent('location="europe-west6"'));
    });

    it('leaves logs out where the file says so', () => {
      expect(JSON.stringify(objects(parse(AUTOPILOT.replace(LOGS, '    logs: false\n'))))).not.toContain('console.cloud.google.com/logs');
    });

    it.each<[string, string, string]>([
      ['a store of logs', AUTOPILOT, 'fairlead:monitoring.logs: got a section with the keys storage, retention, sinks; allowed: nothing with autopilot: true, which keeps the nodes from pods, and so the logs on them: Cloud Logging has them'],
      ['access to the nodes', AUTOPILOT.replace(LOGS, '    hostAccess: true\n'), 'fairlead:monitoring.hostAccess: got true; allowed: nothing with autopilot: true, which keeps the nodes from pods'],
    ])('is refused with %s', (_, text, message) => {
      expect(failure(() => parse(text))).toContain(`Pulumi.production.yaml: ${message}`);
    });
  });
});
