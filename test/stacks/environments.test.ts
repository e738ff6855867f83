import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, ENVIRONMENTS, findObject, NAMES, objectsOf, rendered, ROOT } from './rendered';

const kinds = (environment: string, kind: string) => objectsOf(environment).filter((object) => object.kind === kind);
const minimum = (environment: string, name: string) => at<number>(findObject(environment, 'HorizontalPodAutoscaler', name), 'spec', 'minReplicas') ?? at<number>(findObject(environment, 'Deployment', name), 'spec', 'replicas');

it('there are four environments', () => expect(NAMES).toEqual(['local', 'preview', 'production', 'staging']));

describe.each(NAMES)('%s', (name) => {
  it('routes a host of its own to the frontend and another to Grafana, with TLS', () => {
    const { host, monitoring } = rendered(name).environment.config;
    const hosts = { frontend: host, grafana: monitoring!.grafana.host! };
    expect(kinds(name, 'Ingress').map((ingress) => at(ingress, 'metadata', 'name')).sort()).toEqual(Object.keys(hosts));
    for (const [app, own] of Object.entries(hosts)) {
      expect(findObject(name, 'Ingress', app)).toMatchObject({ spec: { tls: [{ hosts: [own], secretName: `${app}-tls` }], rules: [{ host: own }] } });
      expect(ENVIRONMENTS.filter(({ environment: { config } }) => [config.host, config.monitoring?.grafana.host].includes(own))).toHaveLength(1);
    }
  });

  it('has namespaces of its own that enforce the restricted level, but for that of the agents of the nodes', () => {
    const { namespace } = rendered(name).environment.config;
    const level = (of: string) => at(findObject(name, 'Namespace', of), 'metadata', 'labels', 'pod-security.kubernetes.io/enforce');
    expect([namespace, `${namespace}-monitoring`, `${namespace}-monitoring-nodes`].map(level)).toEqual(['restricted', 'restricted', 'privileged']);
    expect(kinds(name, 'Namespace')).toHaveLength(3);
    expect(ENVIRONMENTS.filter(({ environment }) => environment.config.namespace === namespace)).toHaveLength(1);
  });

  it('has nothing elsewhere but rights, under names that no other environment has', () => {
    const own = new Set(kinds(name, 'Namespace').map((namespace) => at(namespace, 'metadata', 'name')));
    const elsewhere = objectsOf(name).filter((object) => object.kind !== 'Namespace' && !own.has(at(object, 'metadata', 'namespace')));
    expect([...new Set(elsewhere.map(({ kind }) => kind))].sort()).toEqual(['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding']);
    for (const object of elsewhere) expect(at<string>(object, 'metadata', 'name').startsWith(`${rendered(name).environment.config.namespace}-monitoring-`)).toBe(true);
  });

  it('runs nothing as privileged beside the agents of the nodes', () => {
    const inside = objectsOf(name).filter((object) => at<string | undefined>(object, 'metadata', 'namespace')?.endsWith('-monitoring-nodes') && at(object, 'spec', 'template') !== undefined);
    expect(inside.map((object) => `${String(object.kind)}/${at(object, 'metadata', 'name')}`).sort()).toEqual(name === 'preview' ? ['DaemonSet/fluentd'] : ['DaemonSet/fluentd', 'DaemonSet/node-exporter']);
  });

  it('checks the cart store before cartservice takes its new version, and cleans up at night', () => {
    const wave = (file: string) => rendered(name).rendering.files.find((candidate) => candidate.name.endsWith(`-${file}`))!.wave;
    expect(wave('redis-cart')).toBeLessThan(wave('cart-store-check'));
    expect(wave('cart-store-check')).toBeLessThan(wave('cartservice'));
    expect(findObject(name, 'CronJob', 'cart-expiry')).toMatchObject({ spec: { schedule: '15 3 * * *', timeZone: 'Europe/Zurich', concurrencyPolicy: 'Forbid' } });
  });

  it('needs no custom resource definition', () => {
    const groups = new Set(objectsOf(name).map(({ apiVersion }) => String(apiVersion).split('/').slice(0, -1).join('')));
    expect([...groups].sort()).toEqual(expect.arrayContaining(['', 'apps', 'batch', 'networking.k8s.io']));
    for (const group of groups) expect(['', 'apps', 'batch', 'autoscaling', 'policy', 'networking.k8s.io', 'rbac.authorization.k8s.io']).toContain(group);
  });

  it('pins every image', () => {
    const images = JSON.stringify(objectsOf(name)).match(/"image":"[^"]+"/g)!;
    for (const image of images) expect(image).toMatch(/(:v?\d+\.\d+\.\d+(-[-a-z\d.]+)?|@sha256:[0-9a-f]{64})"$/);
  });
});

it('local and preview hold no encrypted value and no salt', () => {
  for (const name of ['local', 'preview']) {
    expect(rendered(name).environment.secrets).toEqual([]);
    expect(readFileSync(join(ROOT, `Pulumi.${name}.yaml`), 'utf8')).not.toMatch(/secure|encryptionsalt/);
  }
});

it('staging and production refer to a Secret for what is encrypted, and synth lists it', () => {
  for (const name of ['staging', 'production']) {
    const { namespace } = rendered(name).environment.config;
    const keys = ['alertingHeartbeatUrl', 'grafanaPassword', ...(name === 'production' ? ['pagerdutyKey'] : []), 'slackWebhook'];
    expect(rendered(name).rendering.requiredSecrets).toEqual([
      { namespace, name: 'boutique-secrets', keys: ['heartbeatUrl'], neededBy: ['boutique/cart-expiry'] },
      { namespace: `${namespace}-monitoring`, name: 'monitoring-secrets', keys, neededBy: [expect.stringMatching(/grafana/), expect.stringMatching(/alertmanager/)] },
    ]);
    expect([...rendered(name).files.values()].join()).not.toMatch(/v1:|\[secret/);
  }
});

it('keeps the carts on a volume in staging and production, and on none elsewhere', () => {
  const claims = (name: string) => at(findObject(name, 'StatefulSet', 'redis-cart'), 'spec', 'volumeClaimTemplates');
  expect(claims('production')).toMatchObject([{ metadata: { name: 'redis-data' }, spec: { resources: { requests: { storage: '10Gi' } } } }]);
  expect(claims('staging')).toBeDefined();
  for (const name of ['local', 'preview']) {
    expect(claims(name)).toBeUndefined();
    expect(at(findObject(name, 'StatefulSet', 'redis-cart'), 'spec', 'template', 'spec', 'volumes')).toContainEqual({ name: 'redis-data', emptyDir: { sizeLimit: '1Gi' } });
  }
});

it('generates load everywhere but in production', () => {
  expect(NAMES.filter((name) => findObject(name, 'Deployment', 'loadgenerator'))).toEqual(['local', 'preview', 'staging']);
});

it('makes production larger than staging', () => {
  expect(minimum('production', 'frontend')).toBeGreaterThan(minimum('staging', 'frontend'));
  expect(at<number>(findObject('production', 'HorizontalPodAutoscaler', 'frontend'), 'spec', 'maxReplicas')).toBeGreaterThan(at<number>(findObject('staging', 'HorizontalPodAutoscaler', 'frontend'), 'spec', 'maxReplicas'));
});

it('makes production stricter than staging: pods must spread over zones, and tags must be fixed', () => {
  const spread = (name: string) => at(findObject(name, 'Deployment', 'frontend'), 'spec', 'template', 'spec', 'topologySpreadConstraints', 0, 'whenUnsatisfiable');
  expect([spread('staging'), spread('production')]).toEqual(['ScheduleAnyway', 'DoNotSchedule']);
  expect([rendered('staging').environment.config.images.policy, rendered('production').environment.config.images.policy]).toEqual(['tag', 'fixed']);
});

/** Dashboards are looked at as pictures, and checked panel by panel elsewhere. */
const withoutDashboards = (content: string) => content.replace(/^( {2}\S+\.json): \|[-+]?\n(?: {4}.*\n|\n)+/gm, '$1: …\n');

it('renders staging as reviewed', () => {
  expect([...rendered('staging').files].map(([name, content]) => `# ${name}\n${withoutDashboards(content)}`).join('\n')).toMatchSnapshot();
});
