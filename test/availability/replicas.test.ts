import { only, problemsOf, render } from '../support';
import { cron, stateful, web, worker } from '../builders';

const replicasOf = (build: Parameters<typeof render>[0], options: Parameters<typeof render>[1] = {}) => {
  const manifests = render(build, options);
  return (Object.values(manifests).find(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')!.spec as { replicas?: number }).replicas;
};
const resources = { requests: { cpu: '100m', memory: '100Mi' } };
const queue = { type: 'rabbitmq', metadata: { queueName: 'orders' } };

describe('replicas', () => {
  it('are 2 by default, and 1 for a StatefulService', () => {
    expect([web(), worker(), stateful()].map((build) => replicasOf(build))).toEqual([2, 2, 1]);
  });

  it('may come from a default, which a StatefulService leaves aside', () => {
    const options = { defaults: { replicas: 3 } };
    expect([web(), worker(), stateful()].map((build) => replicasOf(build, options))).toEqual([3, 3, 1]);
    expect(replicasOf(web({ replicas: 4 }), options)).toBe(4);
  });

  it.each([[0], [1], [7]])('may be any whole number: %i', (replicas) => {
    expect([web({ replicas }), worker({ replicas }), stateful({ replicas })].map((build) => replicasOf(build))).toEqual([replicas, replicas, replicas]);
  });

  it('are left to the autoscaler where there is one', () => {
    expect(replicasOf(web({ replicas: { max: 5 }, resources }))).toBeUndefined();
    expect(replicasOf(worker({ replicas: { max: 5, triggers: [queue] } }))).toBeUndefined();
  });

  const form = 'a whole number, or { min, max } for autoscaling, is allowed';
  it.each<[unknown, string]>([
    [-1, `replicas: got -1; ${form}`],
    [1.5, `replicas: got 1.5; ${form}`],
    ['3', `replicas: got "3"; ${form}`],
    [NaN, `replicas: got NaN; ${form}`],
    [null, `replicas: got null; ${form}`],
    [[2, 5], `replicas: got [2,5]; ${form}`],
    [true, `replicas: got true; ${form}`],
    [{ min: 2 }, 'replicas.max: got nothing; a whole number of at least 1 is required'],
    [{ max: 0 }, 'replicas.max: got 0; a whole number of at least 1 is required'],
    [{ max: '5' }, 'replicas.max: got "5"; a whole number of at least 1 is required'],
    [{ min: 6, max: 5 }, 'replicas.min: got 6; at most max (5) is allowed; lower min or raise max'],
    [{ max: 1 }, 'replicas.min: got 2; at most max (1) is allowed; lower min or raise max'],
    [{ min: -1, max: 5 }, 'replicas.min: got -1; a whole number of at least 1 is allowed'],
    [{ min: 0, max: 5 }, 'replicas.min: got 0; at least 1 is allowed: the first request after zero pods would be lost'],
    [{ min: 0, max: 5, triggers: [queue] }, 'replicas.min: got 0; at least 1 is allowed: the first request after zero pods would be lost'],
    [{ max: 5, cpu: 0 }, 'replicas.cpu: got 0; a percentage of the request from 1 to 100 is allowed'],
    [{ max: 5, cpu: '70%' }, 'replicas.cpu: got "70%"; a percentage of the request from 1 to 100 is allowed'],
    [{ max: 5, memory: 101 }, 'replicas.memory: got 101; a percentage of the request from 1 to 100 is allowed'],
    [{ max: 5, metrics: {} }, 'replicas.metrics: got {}; a list is allowed'],
    [{ max: 5, metrics: [{ type: 'Resource' }] }, "replicas.metrics[0].type: got \"Resource\"; Pods, Object, External and ContainerResource are allowed; 'cpu' and 'memory' have props of their own"],
    [{ max: 5, metrics: [null] }, "replicas.metrics[0].type: got nothing; Pods, Object, External and ContainerResource are allowed; 'cpu' and 'memory' have props of their own"],
    [{ max: 5, replicas: 3 }, 'replicas.replicas: got 3; no such prop here'],
    [{ max: 5, cpuu: 3 }, 'replicas.cpuu: got 3; no such prop here; did you mean "cpu"?'],
    [{ max: 5, triggers: [] }, 'replicas.triggers: got []; at least one trigger is required'],
    [{ max: 5, triggers: queue }, 'replicas.triggers: got {"type":"rabbitmq","metadata":{"queueName":"orders"}}; a list is allowed'],
    [{ max: 5, triggers: ['rabbitmq'] }, 'replicas.triggers[0]: got "rabbitmq"; an object is allowed'],
    [{ max: 5, triggers: [{ metadata: {} }] }, 'replicas.triggers[0].type: got nothing; the name of a scaler is required, such as "rabbitmq"'],
    [{ max: 5, triggers: [{ ...queue, meta: {} }] }, 'replicas.triggers[0].meta: got {}; no such prop here'],
    [{ max: 5, triggers: [{ type: 'rabbitmq', metadata: { value: 5 } }] }, 'replicas.triggers[0].metadata.value: got 5; text is allowed; put it in quotes'],
    [{ max: 5, triggers: [queue], cpu: 70 }, 'replicas.cpu: got 70; no such prop here'],
    [{ max: 5, triggers: [queue], pollingInterval: 0 }, 'replicas.pollingInterval: got 0; a whole number of seconds is allowed, at least 1'],
    [{ max: 5, triggers: [queue], cooldownPeriod: '5m' }, 'replicas.cooldownPeriod: got "5m"; a whole number of seconds is allowed, at least 1'],
    [{ max: 5, triggers: [queue], cooldownPeriod: 60 }, 'replicas.cooldownPeriod: got 60; it is the wait before zero pods, and min is above zero; remove it or set min to 0'],
  ])('of a WebApp are refused as %j', (replicas, message) => {
    expect(problemsOf(web({ replicas, resources }))).toContain(`[chart/web] ${message}`);
  });

  it('of a Worker may go down to zero for events, and for nothing else', () => {
    expect(problemsOf(worker({ replicas: { min: 0, max: 5, triggers: [queue] } }))).toEqual([]);
    expect(problemsOf(worker({ replicas: { min: 0, max: 5 }, resources }))).toEqual(["[chart/worker] replicas.min: got 0; at least 1 is allowed: only 'triggers' can wake a workload from zero"]);
    expect(problemsOf(worker({ replicas: { min: -1, max: 5, triggers: [queue] } }))).toContain('[chart/worker] replicas.min: got -1; a whole number of at least 0 is allowed');
  });

  it('of a StatefulService do not go down to zero', () => {
    expect(problemsOf(stateful({ replicas: { min: 0, max: 5, triggers: [queue] } }))).toContain('[chart/db] replicas.min: got 0; at least 1 is allowed: the first request after zero pods would be lost');
  });

  it('do not go down to zero for a trigger that sees pods alone', () => {
    const replicas = (...triggers: object[]) => ({ min: 0, max: 5, triggers });
    const cpu = { type: 'cpu', metadata: { value: '70' } };
    expect(problemsOf(worker({ replicas: replicas(cpu), resources }))).toContain('[chart/worker] replicas.min: got 0; cpu and memory cannot be seen at zero pods; add a trigger that can, or set min to 1');
    expect(problemsOf(worker({ replicas: replicas(cpu, queue), resources }))).toEqual([]);
  });

  it('and autoscaling are one prop, so never both; a job takes neither', () => {
    expect(problemsOf(web({ replicas: 3, autoscaling: { max: 5 } }))).toEqual(['[chart/web] autoscaling: got {"max":5}; no such prop here']);
    expect(problemsOf(cron({ replicas: 3 }))).toEqual(['[chart/cron] replicas: got 3; no such prop here']);
  });

  it('that are wrong in a default are shown as they stand there', () => {
    expect(problemsOf(web(), { defaults: { replicas: -1 } })).toContain(`[chart/web] replicas: got -1; ${form}`);
  });

  it('do not count `triggers: undefined` as events', () => {
    expect(Object.keys(render(web({ replicas: { max: 5, triggers: undefined }, resources })))).toContain('HorizontalPodAutoscaler/web');
    expect(only(render(web({ replicas: { max: 5, triggers: undefined }, resources })), 'HorizontalPodAutoscaler').kind).toBe('HorizontalPodAutoscaler');
  });
});
