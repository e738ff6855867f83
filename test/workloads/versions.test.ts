import { Chart } from 'cdk8s';
import { App, KUBERNETES_VERSIONS, PlatformNamespace } from '../../lib';
import { SchemaValidator } from '../../lib/schema';
import { cron, release, stateful, web, worker } from '../builders';
import { CRON, RELEASE, STATEFUL, together, WEB, WORKER } from './samples';

/** Twenty workloads of all kinds: with every prop, with the fewest, and between. */
function manifests() {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  new PlatformNamespace(chart, 'namespace', { containerLimits: { max: { memory: '4Gi' } }, quota: { 'requests.cpu': '8' } });
  stateful({}, 'target')(chart);
  const tasks = [release({ ...together(RELEASE), name: 'release-1' }, 'r1')(chart), release({}, 'release-2')(chart), release({ ...together(RELEASE), name: 'release-3', permissions: undefined, mountServiceAccountToken: undefined }, 'r3')(chart)];
  const own = { after: tasks };
  const gateway = { name: 'public', namespace: 'gateways', sectionName: 'https' };
  web({ ...together(WEB), name: 'web-1' }, 'w1')(chart);
  web({ ...together(WEB), ...own, name: 'web-2', route: { hosts: ['b.example.com'], gateway, tls: { issuer: 'a', issuerKind: 'Issuer' } } }, 'w2')(chart);
  web({ ...together(WEB), ...own, name: 'web-3', ports: { grpc: 9000 }, metrics: undefined, slo: undefined, route: { hosts: ['c.example.com'], gateway } }, 'w3')(chart);
  web({ ...together(WEB), ...own, name: 'web-4', route: undefined, replicas: 4, disruption: { maxUnavailable: '25%' }, permissions: undefined, mountServiceAccountToken: undefined }, 'w4')(chart);
  web({}, 'web-5')(chart);
  web({ replicas: 1 }, 'web-6')(chart);
  worker({ ...together(WORKER), name: 'worker-1' }, 'k1')(chart);
  worker({ ...together(WORKER), ...own, name: 'worker-2', replicas: 2 }, 'k2')(chart);
  worker({}, 'worker-3')(chart);
  stateful({ ...together(STATEFUL), name: 'store-1' }, 's1')(chart);
  stateful({ ...together(STATEFUL), ...own, name: 'store-2', replicas: { max: 3 } }, 's2')(chart);
  stateful({ replicas: 0 }, 'store-3')(chart);
  cron({ ...together(CRON), name: 'cron-1' }, 'c1')(chart);
  cron({ ...together(CRON), ...own, name: 'cron-2', suspend: false }, 'c2')(chart);
  cron({}, 'cron-3')(chart);
  cron({ schedule: '@every 1h30m' }, 'cron-4')(chart);
  return app.render().files.flatMap((file) => file.objects.map(({ manifest }) => manifest));
}

describe('twenty workloads of all kinds with all props', () => {
  const objects = manifests();

  it('make objects of every kind that we know', () => {
    expect([...new Set(objects.map(({ kind }) => kind))].sort()).toEqual([
      'Certificate', 'ConfigMap', 'CronJob', 'Deployment', 'GRPCRoute', 'HTTPRoute', 'HorizontalPodAutoscaler', 'Ingress', 'Job', 'LimitRange', 'Namespace', 'NetworkPolicy',
      'PodDisruptionBudget', 'ResourceQuota', 'Role', 'RoleBinding', 'ScaledObject', 'Service', 'ServiceAccount', 'StatefulSet', 'VerticalPodAutoscaler',
    ]);
  });

  it.each(KUBERNETES_VERSIONS)('fit the schemas of Kubernetes %s', (version) => {
    const validator = new SchemaValidator(version);
    for (const object of objects) expect({ kind: object.kind, problems: validator.validate(object) }).toEqual({ kind: object.kind, problems: [] });
  });
});
