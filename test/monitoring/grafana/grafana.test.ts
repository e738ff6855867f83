import { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Chart } from 'cdk8s';
import { parse } from 'yaml';
import { StatefulService, WebApp, Worker, type JsonObject } from '../../../lib';
import { observe } from '../../../lib/monitoring';
import { Grafana, type GrafanaProps } from '../../../lib/monitoring/grafana';
import { problemsOf, render, templateOf, type AnyProps, type Manifests } from '../../support';
import { IMAGE, shop } from './sample';

const PASSWORD = { secret: 'grafana', key: 'password' };
const LOGIN = {
  clientId: 'grafana', clientSecret: { secret: 'grafana-oidc', key: 'secret' },
  authUrl: 'https://login.example.com/authorize', tokenUrl: 'https://login.example.com/token', userInfoUrl: 'https://login.example.com/userinfo',
};
const ROUTE = { hosts: ['grafana.example.com'], tls: { issuer: 'letsencrypt' } };
const NAMESPACE = { namespace: 'monitoring' };

const grafana = (props: AnyProps = {}) => (chart: Chart): Grafana => {
  const prometheus = new StatefulService(chart, 'prometheus', { image: IMAGE, ports: { http: 9090 } });
  const alertmanager = new StatefulService(chart, 'alertmanager', { image: IMAGE, ports: { http: 9093 } });
  const loki = new StatefulService(chart, 'loki', { image: IMAGE, ports: { http: 3100 } });
  const applications = shop(chart).map((application) => observe(application));
  return new Grafana(chart, 'grafana', { applications, environment: 'production', adminPassword: PASSWORD, prometheus, alertmanager, loki, ...props } as unknown as GrafanaProps);
};
const rendered = (props?: AnyProps) => render((chart) => void grafana(props)(chart), NAMESPACE);
const mistakes = (props: AnyProps) => problemsOf((chart) => void grafana(props)(chart), NAMESPACE);

const server = (manifests: Manifests) => templateOf(manifests['Deployment/grafana']!).spec;
const configMaps = (manifests: Manifests) => Object.values(manifests).filter(({ kind }) => kind === 'ConfigMap') as (JsonObject & { metadata: { name: string }; data: Record<string, string>; immutable: boolean })[];
const settings = (manifests: Manifests) => configMaps(manifests).find(({ metadata }) => metadata.name.startsWith('grafana-config-'))!.data;
const provisioned = (manifests: Manifests, end: string) => parse(Object.entries(configMaps(manifests).find(({ metadata }) => metadata.name.startsWith('grafana-files-'))!.data).find(([key]) => key.endsWith(end))![1]) as JsonObject;

describe('Grafana', () => {
  it('runs as its user with a read-only root, without a token and without calling home', () => {
    const manifests = rendered();
    const { containers: [container], securityContext, automountServiceAccountToken } = server(manifests);
    expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 472, runAsGroup: 472, fsGroup: 472 });
    expect(container!.securityContext).toMatchObject({ readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    expect(automountServiceAccountToken).toBe(false);
    expect(Object.keys(manifests).filter((name) => /^(Cluster)?Role/.test(name))).toEqual([]);
    expect(container!.volumeMounts!.filter(({ readOnly }) => readOnly !== true).map(({ mountPath }) => mountPath)).toEqual(expect.arrayContaining(['/tmp', '/var/lib/grafana']));
    expect(settings(manifests)).toMatchObject({ GF_ANALYTICS_REPORTING_ENABLED: 'false', GF_ANALYTICS_CHECK_FOR_UPDATES: 'false', GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false', GF_PLUGINS_PREINSTALL_DISABLED: 'true', GF_AUTH_ANONYMOUS_ENABLED: 'false' });
  });

  it('has the password as a file, and nowhere else', () => {
    const manifests = rendered();
    expect(settings(manifests).GF_SECURITY_ADMIN_PASSWORD__FILE).toBe('/etc/grafana/secrets/admin-password');
    const { volumes, containers: [container] } = server(manifests);
    const mount = container!.volumeMounts!.find(({ mountPath }) => mountPath === '/etc/grafana/secrets/admin-password')!;
    expect(volumes!.find(({ name }) => name === mount.name)).toMatchObject({ secret: { secretName: 'grafana', items: [{ key: 'password', path: 'password' }] } });
    expect(container!.env).toBeUndefined();
  });

  it('is told of its sources, under the uids that the dashboards name', () => {
    expect(provisioned(rendered({ scrapeInterval: '15s' }), 'sources.yaml')).toMatchObject({
      apiVersion: 1,
      datasources: [
        { name: 'Prometheus', type: 'prometheus', uid: 'prometheus', url: 'http://prometheus.monitoring:9090', access: 'proxy', isDefault: true, jsonData: { timeInterval: '15s', alertmanagerUid: 'alertmanager' } },
        { name: 'Alertmanager', type: 'alertmanager', uid: 'alertmanager', url: 'http://alertmanager.monitoring:9093', jsonData: { implementation: 'prometheus' } },
        { name: 'Loki', type: 'loki', uid: 'loki', url: 'http://loki.monitoring:3100' },
      ],
    });
    expect(provisioned(rendered({ alertmanager: undefined, loki: undefined }), 'sources.yaml').datasources).toHaveLength(1);
  });

  it('may read a source at an address', () => {
    const manifests = rendered({ prometheus: { url: 'https://prometheus.example.com' }, egress: [{ cidrs: ['203.0.113.0/24'], ports: [443] }] });
    expect(provisioned(manifests, 'sources.yaml')).toMatchObject({ datasources: [{ url: 'https://prometheus.example.com' }, {}, {}] });
  });

  it('finds each folder as a mounted directory, and all that stands in it', () => {
    const manifests = rendered();
    expect(provisioned(manifests, 'folders.yaml')).toMatchObject({ providers: [{ type: 'file', allowUiUpdates: false, options: { path: '/etc/grafana/dashboards', foldersFromFilesStructure: true } }] });
    const { volumes, containers: [container] } = server(manifests);
    const folders = Object.fromEntries(container!.volumeMounts!.filter(({ mountPath }) => String(mountPath).startsWith('/etc/grafana/dashboards/')).map(({ mountPath, name, subPath }) => {
      const volume = volumes!.find((candidate) => candidate.name === name) as { configMap: { name: string } };
      expect(subPath).toBeUndefined();
      const { data, immutable } = manifests[`ConfigMap/${volume.configMap.name}`] as { data: object; immutable: boolean };
      expect(immutable).toBe(true);
      return [String(mountPath).replace('/etc/grafana/dashboards/', ''), Object.keys(data)];
    }));
    expect(folders).toEqual({ Environment: ['overview.json', 'platform.json'], checkout: ['shop_frontend.json', 'shop_report.json'].map((name) => name.replace('shop', 'monitoring')), monitoring: ['monitoring_mailer.json'], payments: ['monitoring_api.json'], storage: ['monitoring_db.json', 'monitoring_migrate.json'] });
    expect(settings(manifests).GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH).toBe('/etc/grafana/dashboards/Environment/overview.json');
  });

  it('rolls when a dashboard changes, and only then', () => {
    const pod = (props: AnyProps) => server(rendered(props));
    expect(pod({ environment: 'production' })).toEqual(pod({}));
    expect(pod({ environment: 'staging' })).not.toEqual(pod({}));
  });

  it('puts a folder that is too large for one ConfigMap into several, mounted as one', () => {
    const large = Array.from({ length: 3 }, (_, index) => new DashboardBuilder(`Large ${index}`).uid(`large-${index}`).description('x'.repeat(400_000)).withRow({ build: () => ({ type: 'row', id: 1, collapsed: false, panels: [] }) }));
    const manifests = rendered({ dashboards: { 'Large things': large } });
    const { volumes, containers: [container] } = server(manifests);
    const mount = container!.volumeMounts!.find(({ mountPath }) => mountPath === '/etc/grafana/dashboards/Large things')!;
    const { projected } = volumes!.find(({ name }) => name === mount.name) as { projected: { sources: { configMap: { name: string } }[] } };
    const files = projected.sources.map(({ configMap }) => Object.keys((manifests[`ConfigMap/${configMap.name}`] as { data: object }).data));
    expect(files).toEqual([['large-0.json', 'large-1.json'], ['large-2.json']]);
  });

  it('may talk to its sources and nothing else', () => {
    const policy = rendered()['NetworkPolicy/grafana'] as { spec: { egress: { ports: { port: number }[] }[] } };
    expect(policy.spec.egress.flatMap(({ ports }) => ports.map(({ port }) => port))).toEqual([53, 53, 9090, 9093, 3100]);
    const prometheus = rendered()['NetworkPolicy/prometheus'] as { spec: { ingress: { from: { podSelector: { matchLabels: Record<string, string> } }[] }[] } };
    expect(prometheus.spec.ingress[0]!.from[0]!.podSelector.matchLabels['app.kubernetes.io/name']).toBe('grafana');
  });

  it('keeps what people make on a volume where one is asked for', () => {
    const manifests = rendered({ storage: { size: '2Gi', storageClass: 'fast' } });
    expect(manifests['PersistentVolumeClaim/grafana-data']).toMatchObject({ spec: { storageClassName: 'fast', resources: { requests: { storage: '2Gi' } } } });
    expect(server(manifests).containers[0]!.volumeMounts).toContainEqual({ name: 'data', mountPath: '/var/lib/grafana' });
    expect(rendered()['PersistentVolumeClaim/grafana-data']).toBeUndefined();
  });

  it('has a route with TLS, and knows its own address', () => {
    const manifests = rendered({ route: ROUTE });
    expect(manifests['Ingress/grafana']).toMatchObject({ spec: { tls: [{ hosts: ['grafana.example.com'] }] } });
    expect(settings(manifests)).toMatchObject({ GF_SERVER_ROOT_URL: 'https://grafana.example.com/', GF_SECURITY_COOKIE_SECURE: 'true' });
    expect(settings(rendered({ route: { ...ROUTE, tls: false } }))).toMatchObject({ GF_SERVER_ROOT_URL: 'http://grafana.example.com/', GF_SECURITY_COOKIE_SECURE: 'false' });
    expect(settings(rendered()).GF_SERVER_ROOT_URL).toBeUndefined();
  });

  it('lets people in through an identity provider, its secret a file', () => {
    const manifests = rendered({ route: ROUTE, egress: 'any', login: { ...LOGIN, roles: { admins: ['platform'], editors: ['shop', 'pay'], others: false }, passwordForm: false } });
    expect(settings(manifests)).toMatchObject({
      GF_AUTH_GENERIC_OAUTH_ENABLED: 'true', GF_AUTH_GENERIC_OAUTH_CLIENT_ID: 'grafana', GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET__FILE: '/etc/grafana/secrets/client-secret', GF_AUTH_GENERIC_OAUTH_USE_PKCE: 'true',
      GF_AUTH_GENERIC_OAUTH_SCOPES: 'openid profile email groups', GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_STRICT: 'true', GF_AUTH_DISABLE_LOGIN_FORM: 'true',
      GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH: "contains(groups[*], 'platform') && 'Admin' || contains(groups[*], 'shop') && 'Editor' || contains(groups[*], 'pay') && 'Editor'",
    });
    expect(JSON.stringify(server(manifests).volumes)).toContain('grafana-oidc');
    const plain = settings(rendered({ route: ROUTE, connectsTo: ['prometheus'], login: LOGIN }));
    expect(plain).toMatchObject({ GF_AUTH_GENERIC_OAUTH_SCOPES: 'openid profile email', GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH: "'Viewer'", GF_AUTH_DISABLE_LOGIN_FORM: 'false' });
  });

  it('is an application that others may connect to', () => {
    const manifests = render((chart) => {
      const shown = grafana()(chart);
      new WebApp(chart, 'portal', { image: IMAGE, ports: { http: 8080 }, connectsTo: [shown] });
    }, NAMESPACE);
    expect(manifests['Deployment/portal']).toBeDefined();
  });
});

describe('mistakes', () => {
  const one = (message: string, at = 'chart/grafana') => [expect.stringContaining(`[${at}] ${message}`)];

  it('of what is required', () => {
    expect(mistakes({ adminPassword: undefined })).toEqual(one("adminPassword: got nothing; a key of a Secret is required, such as { secret: 'grafana', key: 'password' }; never the password itself"));
    expect(mistakes({ adminPassword: { secret: 'grafana' } })).toEqual(one('adminPassword.key: got ""'));
    expect(mistakes({ prometheus: undefined })).toEqual(one('prometheus: got nothing; a workload or { url } is required'));
    expect(mistakes({ passwords: 1 })).toEqual(one('passwords: got 1; no such prop here'));
  });

  it('of secrets, which are never shown', () => {
    for (const wrong of [{ adminPassword: 'hunter2' }, { adminPassword: { password: 'hunter2' } }, { secretKey: 'hunter2' }, { route: ROUTE, egress: 'any', login: { ...LOGIN, clientSecret: 'hunter2' } }]) {
      const found = mistakes(wrong);
      expect(found).toEqual([expect.stringContaining('got something else; a key of a Secret is required')]);
      expect(found.join()).not.toContain('hunter2');
    }
  });

  it('of sources', () => {
    expect(mistakes({ loki: { url: 'loki:3100' } })).toEqual(one('loki.url: got "loki:3100"; an http or https address is allowed'));
    expect(mistakes({ loki: { adress: 'http://loki' } })).toEqual(expect.arrayContaining(one('loki.adress')));
    const portless = problemsOf((chart) => void grafana({ loki: new Worker(chart, 'portless', { image: IMAGE }) })(chart), NAMESPACE);
    expect(portless).toEqual(one('loki: got "portless"; it has no port to read from'));
  });

  it('of a login', () => {
    expect(mistakes({ login: LOGIN, egress: 'any' })).toEqual(one("route: got nothing; a route is required with 'login'"));
    expect(mistakes({ route: ROUTE, login: LOGIN })).toEqual(one('egress: got nothing; Grafana must reach the identity provider'));
    expect(mistakes({ route: ROUTE, egress: 'any', login: { ...LOGIN, tokenUrl: 'http://login.example.com/token' } })).toEqual(one('login.tokenUrl: got "http://login.example.com/token"; an https address'));
    expect(mistakes({ route: ROUTE, egress: 'any', login: { ...LOGIN, clientSecret: undefined } })).toEqual(one('login.clientSecret: got nothing; a key of a Secret is required'));
    expect(mistakes({ route: ROUTE, egress: 'any', login: { ...LOGIN, clientId: '' } })).toEqual(one('login.clientId: got ""'));
    expect(mistakes({ route: ROUTE, egress: 'any', login: { ...LOGIN, clientSecrt: 'x' } })).toEqual(one('login.clientSecrt'));
    expect(mistakes({ route: ROUTE, egress: 'any', login: LOGIN, storage: { size: '1Gi' } })).toEqual(one("secretKey: got nothing; with 'storage' and 'login'"));
    expect(mistakes({ route: ROUTE, egress: 'any', login: LOGIN, storage: { size: '1Gi' }, secretKey: { secret: 'grafana', key: 'key' } })).toEqual([]);
  });

  it('of roles', () => {
    const roles = (given: object) => mistakes({ route: ROUTE, egress: 'any', login: { ...LOGIN, roles: given } });
    expect(roles({ others: 'Root' })).toEqual(one("login.roles.others: got \"Root\"; 'Admin', 'Editor', 'Viewer' and false are allowed"));
    expect(roles({ others: false })).toEqual(one("login.roles.others: got false; nobody could log in"));
    expect(roles({ admins: ["o'brien"] })).toEqual(one('login.roles.admins: got "o\'brien"; the name of a group without quotes'));
    expect(roles({ claim: 'a b' })).toEqual(one('login.roles.claim: got "a b"'));
  });

  it('of dashboards: twins, those too large, broken expressions', () => {
    const dashboard = (more: object) => ({ uid: 'sales', title: 'Sales', panels: [], ...more });
    expect(mistakes({ dashboards: { a: [dashboard({})], b: [dashboard({ title: 'Other' })] } })).toEqual(one('dashboards: got "sales"; two dashboards have this uid'));
    expect(mistakes({ dashboards: { a: [dashboard({ uid: 'overview' })] } })).toEqual(one('dashboards: got "overview"; two dashboards have this uid'));
    expect(mistakes({ dashboards: { a: [dashboard({ title: 'monitoring / frontend' })] } })).toEqual(one('dashboards: got "monitoring / frontend"; two dashboards have this title'));
    expect(mistakes({ dashboards: { a: [dashboard({ description: 'x'.repeat(1_000_001) })] } })).toEqual([expect.stringMatching(/dashboards: got "\d+ bytes"; the dashboard 'Sales' is above the 1000000 bytes/)]);
    expect(mistakes({ dashboards: { a: [dashboard({ panels: [{ targets: [{ expr: 'sum(' }] }] })] } })).toEqual(one('dashboards.a[0].panels[0].targets[0].expr: got "sum("'));
  });

  it('of the workload, told as a workload tells them', () => {
    expect(mistakes({ route: { hosts: ['grafana.example.com'] } })).toEqual([expect.stringContaining('route.tls: got nothing; TLS is required')]);
    expect(mistakes({ storage: { size: 'big' } })).toContainEqual(expect.stringContaining('got "big"; a Kubernetes quantity'));
  });
});
