import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, ENVIRONMENTS, findObject, NAMES, objectsOf, rendered, ROOT } from './rendered';

const kinds = (environment: string, kind: string) => objectsOf(environment).filter((object) => object.kind === kind);
const minimum = (environment: string, name: string) => at<number>(findObject(environment, 'HorizontalPodAutoscaler', name), 'spec', 'minReplicas') ?? at<number>(findObject(environment, 'Deployment', name), 'spec', 'replicas');

it('there are four environments', () => expect(NAMES).toEqual(['local', 'preview', 'production', 'staging']));

describe.each(NAMES)('%s', (name) => {
  it('routes one host of its own to the frontend, with TLS', () => {
    const ingresses = kinds(name, 'Ingress');
    expect(ingresses).toHaveLength(1);
    const { host } = rendered(name).environment.config;
    expect(ingresses[0]).toMatchObject({ metadata: { name: 'frontend' }, spec: { tls: [{ hosts: [host], secretName: 'frontend-tls' }], rules: [{ host }] } });
    expect(ENVIRONMENTS.filter(({ environment }) => environment.config.host === host)).toHaveLength(1);
  });

  it('has namespaces of its own that enforce the restricted level, but for what watches the nodes', () => {
    const { namespace } = rendered(name).environment.config;
    const levels = Object.fromEntries(kinds(name, 'Namespace').map((object) => [at<string>(object, 'metadata', 'name'), at<string>(object, 'metadata', 'labels', 'pod-security.kubernetes.io/enforce')]));
    expect(levels).toEqual({ [namespace]: 'restricted', [`${namespace}-monitoring`]: 'restricted', [`${namespace}-monitoring-nodes`]: 'privileged' });
    expect(ENVIRONMENTS.filter(({ environment }) => environment.config.namespace === namespace)).toHaveLength(1);
    const used = new Set(objectsOf(name).filter(({ kind }) => !['Namespace', 'ClusterRole', 'ClusterRoleBinding'].includes(String(kind))).map((object) => at<string>(object, 'metadata', 'namespace')));
    // In 'default' stands what leads to the API servers, and the right to look at it.
    expect([...used].filter((one) => one !== 'default').sort()).toEqual(Object.keys(levels).sort());
    expect(objectsOf(name).filter((object) => at(object, 'metadata', 'namespace') === 'default').map(({ kind }) => kind)).toEqual(['Role', 'RoleBinding']);
  });

  it('runs nothing with the rights of a node but what watches the nodes', () => {
    const { namespace } = rendered(name).environment.config;
    expect(objectsOf(name).filter(({ kind, metadata }) => at({ metadata }, 'metadata', 'namespace') === `${namespace}-monitoring-nodes` && ['DaemonSet', 'Deployment', 'StatefulSet', 'Job', 'CronJob'].includes(String(kind))).map((object) => at(object, 'metadata', 'name'))).toEqual(['node-exporter']);
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
    for (const image of images) expect(image).toMatch(/(:v?\d+\.\d+\.\d+[-a-z]*|@sha256:[0-9a-f]{64})"$/);
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
    expect(rendered(name).rendering.requiredSecrets).toEqual([{ namespace, name: 'boutique-secrets', keys: ['heartbeatUrl'], neededBy: ['boutique/cart-expiry'] }]);
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

it('renders staging as reviewed', () => {
  expect([...rendered('staging').files].map(([name, content]) => `# ${name}\n${content}`).join('\n')).toMatchSnapshot();
});
