import { Chart } from 'cdk8s';
import { App, ReleaseTask, StatefulService, WebApp } from '../../lib';
import { ChartResources } from '../../lib/pulumi';
import { runProgram } from '../../lib/pulumi/testing';
import { Cluster, deploy, deployment, object, waitsFor } from './deploy';

const plain = (build: (chart: Chart) => void) => deploy(build, {}, { plain: true });
const image = 'ghcr.io/acme/web:1.0.0';

it('namespaces come before what they hold', async () => {
  const run = await plain((chart) => [object(chart, 'ConfigMap', 'a'), object(chart, 'Namespace', 'shop'), object(chart, 'ClusterRole', 'r', { apiVersion: 'rbac.authorization.k8s.io/v1' })]);
  expect(waitsFor(run, 'ConfigMap/shop/a')).toEqual(['Namespace/shop']);
  expect(waitsFor(run, 'Namespace/shop')).toEqual([]);
  expect(waitsFor(run, 'ClusterRole/r')).toEqual([]);
});

it('definitions come before custom resources', async () => {
  const run = await plain((chart) => {
    object(chart, 'Thing', 'a', { apiVersion: 'example.com/v1' });
    object(chart, 'CustomResourceDefinition', 'things.example.com', { apiVersion: 'apiextensions.k8s.io/v1', spec: { group: 'example.com', names: { kind: 'Thing' } } });
  });
  expect(waitsFor(run, 'Thing.example.com/shop/a')).toEqual(['CustomResourceDefinition/things.example.com']);
});

it('pods wait for everything that they name, and for what limits and protects them', async () => {
  const env = [{ name: 'A', valueFrom: { secretKeyRef: { name: 'made', key: 'a' } } }];
  const volumes = [{ name: 'a', configMap: { name: 'mounted' } }, { name: 'b', secret: { secretName: 'tls' } }, { name: 'c', persistentVolumeClaim: { claimName: 'claim' } }, { name: 'd', projected: { sources: [{ secret: { name: 'projected' } }] } }];
  const run = await plain((chart) => {
    deployment(chart, 'a', { serviceAccountName: 'me', priorityClassName: 'high', imagePullSecrets: [{ name: 'pull' }], containers: [{ name: 'a', image: 'x:1', env, envFrom: [{ configMapRef: { name: 'all' } }] }], volumes });
    for (const name of ['mounted', 'all', 'other']) object(chart, 'ConfigMap', name);
    for (const name of ['pull', 'tls', 'projected']) object(chart, 'Secret', name);
    object(chart, 'ServiceAccount', 'me');
    object(chart, 'Role', 'r', { apiVersion: 'rbac.authorization.k8s.io/v1' });
    object(chart, 'RoleBinding', 'rb', { apiVersion: 'rbac.authorization.k8s.io/v1', roleRef: { kind: 'Role', name: 'r' }, subjects: [{ kind: 'ServiceAccount', name: 'me', namespace: 'shop' }] });
    object(chart, 'ExternalSecret', 'made', { apiVersion: 'external-secrets.io/v1' });
    object(chart, 'PersistentVolumeClaim', 'claim');
    object(chart, 'PriorityClass', 'high', { apiVersion: 'scheduling.k8s.io/v1' });
    object(chart, 'LimitRange', 'limits');
    object(chart, 'NetworkPolicy', 'deny', { apiVersion: 'networking.k8s.io/v1', spec: { podSelector: {} } });
    object(chart, 'NetworkPolicy', 'b', { apiVersion: 'networking.k8s.io/v1', spec: { podSelector: { matchLabels: { app: 'b' } } } });
  });
  expect(waitsFor(run, 'Deployment/shop/a')).toEqual([
    'ConfigMap/shop/all', 'ConfigMap/shop/mounted', 'ExternalSecret.external-secrets.io/shop/made', 'LimitRange/shop/limits', 'NetworkPolicy/shop/deny',
    'PersistentVolumeClaim/shop/claim', 'PriorityClass/high', 'RoleBinding/shop/rb', 'Secret/shop/projected', 'Secret/shop/pull', 'Secret/shop/tls', 'ServiceAccount/shop/me',
  ]);
  expect(waitsFor(run, 'RoleBinding/shop/rb')).toEqual(['Role/shop/r', 'ServiceAccount/shop/me']);
});

it('routes come last: when the Services behind them have ready pods', async () => {
  const run = await plain((chart) => {
    object(chart, 'Ingress', 'web', { apiVersion: 'networking.k8s.io/v1', spec: { tls: [{ secretName: 'tls' }], rules: [{ http: { paths: [{ backend: { service: { name: 'web' } } }] } }] } });
    object(chart, 'HTTPRoute', 'web', { apiVersion: 'gateway.networking.k8s.io/v1', spec: { parentRefs: [{ name: 'gate' }], rules: [{ backendRefs: [{ name: 'web' }] }] } });
    object(chart, 'Gateway', 'gate', { apiVersion: 'gateway.networking.k8s.io/v1' });
    object(chart, 'Service', 'web', { spec: { selector: { app: 'web' } } });
    object(chart, 'Certificate', 'web', { apiVersion: 'cert-manager.io/v1', spec: { secretName: 'tls' } });
    object(chart, 'ValidatingWebhookConfiguration', 'hook', { apiVersion: 'admissionregistration.k8s.io/v1', webhooks: [{ clientConfig: { service: { name: 'web', namespace: 'shop' } } }] });
    deployment(chart, 'web');
    deployment(chart, 'other');
  });
  expect(waitsFor(run, 'Ingress/shop/web')).toEqual(['Certificate.cert-manager.io/shop/web', 'Deployment/shop/web', 'Service/shop/web']);
  expect(waitsFor(run, 'HTTPRoute/shop/web')).toEqual(['Deployment/shop/web', 'Gateway/shop/gate', 'Service/shop/web']);
  expect(waitsFor(run, 'ValidatingWebhookConfiguration/hook')).toEqual(['Deployment/shop/web', 'Service/shop/web']);
});

it('a workload and its Service do not wait for each other, but pods of a StatefulSet find each other through a headless one', async () => {
  const set = (name: string, clusterIP?: string) => (chart: Chart) => {
    object(chart, 'StatefulSet', name, { apiVersion: 'apps/v1', spec: { serviceName: name, template: { metadata: { labels: { app: name } }, spec: {} } } });
    object(chart, 'Service', name, { spec: { selector: { app: name }, clusterIP } });
  };
  const run = await plain((chart) => [set('a', 'None'), set('b')].forEach((add) => add(chart)));
  expect(waitsFor(run, 'StatefulSet/shop/a')).toEqual(['Service/shop/a']);
  expect([waitsFor(run, 'StatefulSet/shop/b'), waitsFor(run, 'Service/shop/a'), waitsFor(run, 'Service/shop/b')]).toEqual([[], [], []]);
});

it('an autoscaler waits for what it scales', async () => {
  const run = await plain((chart) => {
    object(chart, 'HorizontalPodAutoscaler', 'a', { apiVersion: 'autoscaling/v2', spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' } } });
    deployment(chart, 'a');
  });
  expect(waitsFor(run, 'HorizontalPodAutoscaler/shop/a')).toEqual(['Deployment/shop/a']);
});

it('a release task waits for what it connects to, and the workload for the task; the rest goes in parallel', async () => {
  const run = await deploy((chart) => {
    new StatefulService(chart, 'db', { image, replicas: 1, ports: { sql: 5432 } });
    const migrate = new ReleaseTask(chart, 'migrate', { image, connectsTo: ['db'] });
    new WebApp(chart, 'web', { image, ports: { http: 80 }, connectsTo: ['db'], after: [migrate] });
    new WebApp(chart, 'other', { image, ports: { http: 80 } });
  });
  const job = [...run.objects.keys()].find((name) => name.startsWith('Job/'))!;
  expect(waitsFor(run, job)).toContain('StatefulSet/shop/db');
  expect(waitsFor(run, 'Deployment/shop/web')).toContain(job);
  expect(waitsFor(run, 'Deployment/shop/other')).not.toContain(job);
  for (const parallel of ['Service/shop/web', 'ServiceAccount/shop/web', 'NetworkPolicy/shop/web']) expect(waitsFor(run, parallel)).toEqual([]);
});

describe('dependencies of cdk8s', () => {
  it('hold between objects', async () => {
    const run = await plain((chart) => object(chart, 'ConfigMap', 'a').addDependency(object(chart, 'ConfigMap', 'b')));
    expect(waitsFor(run, 'ConfigMap/shop/a')).toEqual(['ConfigMap/shop/b']);
  });

  it('hold between charts, through the edges that are needed and no more', async () => {
    const run = await runProgram(() => {
      const app = new App();
      const [first, second] = ['first', 'second'].map((id) => new Chart(app, id, { namespace: id })) as [Chart, Chart];
      for (const chart of [first, second]) {
        object(chart, 'Namespace', chart.namespace!);
        object(chart, 'ConfigMap', 'a');
        deployment(chart, 'd', { volumes: [{ name: 'a', configMap: { name: 'a' } }], containers: [{ name: 'd', image: 'x:1' }] });
      }
      second.addDependency(first);
      new ChartResources('x', { charts: app }, { provider: new Cluster() });
    });
    expect(waitsFor(run, 'Namespace/second')).toEqual(['Deployment/first/d']);
    expect(waitsFor(run, 'Deployment/second/d')).toEqual(['ConfigMap/second/a', 'Namespace/second']);
  });

  it('that go round in a circle are refused, with the circle', async () => {
    const failing = plain((chart) => {
      object(chart, 'Namespace', 'shop').addDependency(object(chart, 'ConfigMap', 'a'));
    });
    await expect(failing).rejects.toThrow("ChartResources 'shop': charts: nothing could ever start: Namespace/shop (shop/Namespace-shop) waits for ConfigMap/shop/a (shop/ConfigMap-a) waits for Namespace/shop (shop/Namespace-shop); remove one of these dependencies");
  });
});
