import { only, problemsOf, render } from '../support';
import { stateful, web, worker } from '../builders';

const resources = { requests: { cpu: '100m', memory: '100Mi' } };
const hpa = (replicas: object) => only(render(web({ replicas, resources })), 'HorizontalPodAutoscaler').spec as { metrics: object[]; behavior: object; minReplicas: number; maxReplicas: number; scaleTargetRef: object };
const scaled = (replicas: object, props: object = {}) => only(render(worker({ replicas, ...props })), 'ScaledObject').spec as Record<string, unknown>;
const usage = (name: string, averageUtilization: number) => ({ type: 'Resource', resource: { name, target: { type: 'Utilization', averageUtilization } } });
const queue = { type: 'rabbitmq', metadata: { queueName: 'orders' } };
const calm = { scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }, { type: 'Pods', value: 1, periodSeconds: 60 }], selectPolicy: 'Max' } };

describe('scaling by load', () => {
  it('keeps 2 pods at least and 70% of the requested CPU by default; up at once, down slowly', () => {
    expect(hpa({ max: 5 })).toEqual({ scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 5, metrics: [usage('cpu', 70)], behavior: calm });
  });

  it('follows the limits given', () => expect(hpa({ min: 3, max: 9 })).toMatchObject({ minReplicas: 3, maxReplicas: 9 }));
  it('looks at memory alone where that is said', () => expect(hpa({ max: 5, memory: 80 }).metrics).toEqual([usage('memory', 80)]));
  it('looks at both', () => expect(hpa({ max: 5, cpu: 60, memory: 80 }).metrics).toEqual([usage('cpu', 60), usage('memory', 80)]));

  it('looks at custom and external metrics, alone or beside', () => {
    const perPod = { type: 'Pods', pods: { metric: { name: 'requests' }, target: { type: 'AverageValue', averageValue: '100' } } };
    const external = { type: 'External', external: { metric: { name: 'queue' }, target: { type: 'Value', value: '30' } } };
    expect(hpa({ max: 5, metrics: [perPod, external] }).metrics).toEqual([perPod, external]);
    expect(hpa({ max: 5, cpu: 60, metrics: [external] }).metrics).toEqual([usage('cpu', 60), external]);
  });

  it('takes a behaviour of its own', () => {
    const behavior = { scaleUp: { stabilizationWindowSeconds: 30 } };
    expect(hpa({ max: 5, behavior }).behavior).toEqual(behavior);
    expect(scaled({ max: 5, triggers: [queue], behavior }).advanced).toEqual({ horizontalPodAutoscalerConfig: { behavior } });
  });

  it('scales a StatefulSet as a StatefulSet', () => {
    expect(only(render(stateful({ replicas: { max: 3 }, resources })), 'HorizontalPodAutoscaler').spec).toMatchObject({ scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' } });
  });

  const missing = (prop: string, got: string, name: string) => `${prop}: got ${got}; it is a percentage of the ${name} that the container requests, and it requests none of its own; set resources.requests.${name}`;
  it.each<[string, object, object, string[]]>([
    ['no resources at all', { max: 5 }, {}, [missing('replicas.cpu', '70', 'cpu')]],
    ['no CPU request', { max: 5, cpu: 50 }, { resources: { requests: { memory: '1Gi' } } }, [missing('replicas.cpu', '50', 'cpu')]],
    ['no memory request', { max: 5, memory: 80 }, { resources: { requests: { cpu: '1' } } }, [missing('replicas.memory', '80', 'memory')]],
    ['a KEDA trigger without a request', { max: 5, triggers: [{ type: 'cpu', metadata: { value: '70' } }] }, {}, [missing('replicas.triggers[0]', '"cpu"', 'cpu')]],
  ])('is refused with %s', (_, replicas, props, messages) => {
    expect(problemsOf(web({ replicas, ...props }))).toEqual(messages.map((message) => `[chart/web] ${message}`));
  });

  it('takes a limit for the request that follows from it, and a request from a default', () => {
    expect(problemsOf(web({ replicas: { max: 5 }, resources: { limits: { cpu: '1' } } }))).toEqual([]);
    expect(problemsOf(web({ replicas: { max: 5 } }), { defaults: { resources } })).toEqual([]);
  });

  it('needs no request where an average value is looked at', () => {
    expect(problemsOf(worker({ replicas: { max: 5, triggers: [{ type: 'memory', metricType: 'AverageValue', metadata: { value: '100Mi' } }] } }))).toEqual([]);
  });
});

describe('scaling by events', () => {
  it('leaves the times to KEDA by default', () => {
    expect(scaled({ max: 5, triggers: [queue] })).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'worker' },
      minReplicaCount: 2, maxReplicaCount: 5,
      advanced: { horizontalPodAutoscalerConfig: { behavior: calm } },
      triggers: [queue],
    });
  });

  it('takes every setting', () => {
    const trigger = { ...queue, name: 'orders', metricType: 'Value', authenticationRef: { name: 'rabbit', kind: 'ClusterTriggerAuthentication' } };
    expect(scaled({ min: 0, max: 5, pollingInterval: 10, cooldownPeriod: 60, triggers: [trigger] })).toMatchObject({ minReplicaCount: 0, pollingInterval: 10, cooldownPeriod: 60, triggers: [trigger] });
  });
});

it('an autoscaler is given as a property', () => {
  let kinds: unknown;
  render((chart) => {
    const byLoad = web({ replicas: { max: 5 }, resources })(chart);
    const byEvents = worker({ replicas: { max: 5, triggers: [queue] } })(chart);
    kinds = [byLoad.horizontalPodAutoscaler?.kind, byLoad.scaledObject, byEvents.scaledObject?.kind, byEvents.horizontalPodAutoscaler];
  });
  expect(kinds).toEqual(['HorizontalPodAutoscaler', undefined, 'ScaledObject', undefined]);
});
