import type { JsonObject } from '../../lib';
import { demandOf, requestsOf } from '../../lib/cost';
import { autoscaler, claim, container, workload } from './objects';

const pods = (...manifests: JsonObject[]) => demandOf(manifests).pods;

describe('what charts ask for', () => {
  it.each<[string, JsonObject[], { low: number; high: number }]>([
    ['the replicas of a Deployment', [workload('Deployment', 'web', ['1', '1Gi'], { replicas: 3 })], { low: 3, high: 3 }],
    ['one, where nothing is said', [workload('StatefulSet', 'db', ['1', '1Gi'])], { low: 1, high: 1 }],
    ['none of a Deployment that is switched off', [workload('Deployment', 'web', ['1', '1Gi'], { replicas: 0 })], { low: 0, high: 0 }],
    ["the limits of an autoscaler instead of the Deployment's number", [workload('Deployment', 'web', ['1', '1Gi'], { replicas: 3 }), autoscaler('web', 2, 20)], { low: 2, high: 20 }],
    ['nothing of an autoscaler of another', [workload('Deployment', 'web', ['1', '1Gi']), autoscaler('api', 2, 20)], { low: 1, high: 1 }],
    ['a Job at times', [workload('Job', 'check', ['1', '1Gi'], { parallelism: 2 })], { low: 0, high: 2 }],
    ['none on a node more, of a DaemonSet', [workload('DaemonSet', 'agent', ['1', '1Gi'])], { low: 0, high: 0 }],
  ])('counts %s', (_, manifests, count) => {
    expect(pods(...manifests)[0]).toMatchObject({ count });
  });

  it('counts what KEDA scales, from zero to a hundred where nothing is said, and leaves its sleep to it', () => {
    const scaled = { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name: 'worker', namespace: 'shop' }, spec: { scaleTargetRef: { name: 'worker' } } };
    expect(pods(workload('Deployment', 'worker', ['1', '1Gi']), scaled)[0]).toMatchObject({ count: { low: 0, high: 100 }, sleeps: false });
    expect(pods(workload('Deployment', 'worker', ['1', '1Gi']))[0]).toMatchObject({ sleeps: true });
  });

  it('counts the runs of a CronJob one at a time, and none of one that rests', () => {
    const cron = (suspend: boolean) => ({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: { suspend, jobTemplate: { spec: { template: { spec: { containers: [container('1')] } } } } } });
    expect(pods(cron(false))[0]).toMatchObject({ cpu: 1, count: { low: 0, high: 1 }, sleeps: false });
    expect(pods(cron(true))[0]).toMatchObject({ count: { low: 0, high: 0 } });
  });

  it.each<[string, JsonObject, { cpu: number; memory: number }]>([
    ['its containers together', { containers: [container('250m', '512Mi'), container('1', '1.5Gi')] }, { cpu: 1.25, memory: 2 }],
    ['a limit where there is no request', { containers: [{ resources: { limits: { cpu: '2', memory: '1Gi' } } }] }, { cpu: 2, memory: 1 }],
    ['an init container, where that is more', { initContainers: [container('3', '256Mi')], containers: [container('1', '1Gi')] }, { cpu: 3, memory: 1 }],
    ['sidecars beside all others', { initContainers: [container('1', '1Gi', { restartPolicy: 'Always' }), container('3', '1Gi')], containers: [container('1', '2Gi')] }, { cpu: 4, memory: 3 }],
    ['the overhead of its runtime', { overhead: { cpu: '500m', memory: '1Gi' }, containers: [container('1', '1Gi')] }, { cpu: 1.5, memory: 2 }],
    ['nothing, where nothing is requested', { containers: [{ name: 'main' }] }, { cpu: 0, memory: 0 }],
  ])('a pod requests %s', (_, spec, requests) => {
    expect(pods(workload('Deployment', 'web', ['1', '1Gi'], {}, spec))[0]).toMatchObject(requests);
  });

  it('adds the requests of all pods', () => {
    const demand = demandOf([workload('Deployment', 'web', ['500m', '1Gi']), autoscaler('web', 2, 4), workload('StatefulSet', 'db', ['2', '4Gi'], { replicas: 1 })]);
    expect(requestsOf(demand)).toEqual({ cpu: { low: 3, high: 4 }, memory: { low: 6, high: 8 } });
  });

  it('finds volumes: claims, templates once a pod, and those that go with a pod', () => {
    const templates = { replicas: 3, volumeClaimTemplates: [claim('data', '10Gi', 'premium-rwo')] };
    const scratch = { volumes: [{ name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: '5Gi' } } } } } }, { name: 'tmp', emptyDir: {} }] };
    expect(demandOf([claim('uploads', '1Ti'), workload('StatefulSet', 'db', ['1', '1Gi'], templates), workload('Deployment', 'web', ['1', '1Gi'], {}, scratch)]).volumes).toEqual([
      { claim: 'PersistentVolumeClaim/shop/uploads', size: 1024, count: { low: 1, high: 1 } },
      { claim: 'PersistentVolumeClaim/shop/data', size: 10, storageClass: 'premium-rwo', count: { low: 3, high: 3 } },
      { claim: 'PersistentVolumeClaim/shop/scratch', size: 5, count: { low: 1, high: 1 } },
    ]);
  });

  it('finds what leads in: Services, Gateways once each, and Ingresses by class', () => {
    const ingress = (name: string, spec: JsonObject, annotations: JsonObject = {}) => ({ kind: 'Ingress', metadata: { name, annotations }, spec });
    const route = (name: string, namespace?: string) => ({ kind: 'HTTPRoute', metadata: { name: 'r', namespace: 'shop' }, spec: { parentRefs: [{ name, ...(namespace === undefined ? {} : { namespace }) }] } });
    expect(demandOf([
      { kind: 'Service', metadata: { name: 'a' }, spec: { type: 'LoadBalancer' } },
      { kind: 'Service', metadata: { name: 'b' }, spec: { type: 'ClusterIP' } },
      { kind: 'Gateway', metadata: { name: 'public', namespace: 'shop' }, spec: {} },
      route('public'), route('public', 'gateways'),
      ingress('a', { ingressClassName: 'nginx' }), ingress('b', { ingressClassName: 'nginx' }), ingress('c', {}), ingress('d', {}, { 'kubernetes.io/ingress.class': 'gce' }),
    ]).entries).toEqual([
      { kind: 'Service', count: 1 },
      { kind: 'Gateway', count: 2 },
      { kind: 'Ingress', className: 'nginx', count: 2 },
      { kind: 'Ingress', count: 1 },
      { kind: 'Ingress', className: 'gce', count: 1 },
    ]);
  });
});
