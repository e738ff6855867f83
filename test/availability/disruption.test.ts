import { only, problemsOf, render } from '../support';
import { stateful, web, worker } from '../builders';

const resources = { requests: { cpu: '100m' } };
const queue = { type: 'rabbitmq', metadata: { queueName: 'orders' } };
const budget = (props: object, options: Parameters<typeof render>[1] = {}) => {
  const found = Object.values(render(web({ resources, ...props }), options)).find(({ kind }) => kind === 'PodDisruptionBudget');
  if (!found) return undefined;
  const { minAvailable, maxUnavailable } = found.spec as { minAvailable?: unknown; maxUnavailable?: unknown };
  return { ...(minAvailable === undefined ? {} : { minAvailable }), ...(maxUnavailable === undefined ? {} : { maxUnavailable }) };
};

describe('the disruption budget', () => {
  it.each([[2, 1], [19, 1], [20, '10%']])('of %i pods lets %s go by default', (replicas, maxUnavailable) => {
    expect(budget({ replicas })).toEqual({ maxUnavailable });
  });

  it.each([[0], [1]])('is not made for %i pods', (replicas) => expect(budget({ replicas })).toBeUndefined());

  it('is made where an autoscaler may make more than one pod of none or one', () => {
    expect(budget({ replicas: { min: 1, max: 5 } })).toEqual({ maxUnavailable: 1 });
    expect(Object.keys(render(worker({ replicas: { min: 0, max: 5, triggers: [queue] } })))).toContain('PodDisruptionBudget/worker');
    expect(budget({ replicas: { min: 1, max: 1 } })).toBeUndefined();
    expect(budget({ replicas: { min: 2, max: 40 } })).toEqual({ maxUnavailable: '10%' });
  });

  it('lets sick pods go, and selects the pods of the workload alone', () => {
    expect(only(render(stateful({ replicas: 3 })), 'PodDisruptionBudget').spec).toEqual({ maxUnavailable: 1, selector: { matchLabels: { 'app.kubernetes.io/component': 'stateful', 'app.kubernetes.io/name': 'db' } }, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
  });

  it.each([[{ maxUnavailable: 2 }], [{ maxUnavailable: '50%' }], [{ minAvailable: 3 }], [{ minAvailable: '75%' }]])('may be %j', (disruption) => {
    expect(budget({ replicas: 4, disruption })).toEqual(disruption);
  });

  it('may be left out', () => expect(budget({ disruption: false })).toBeUndefined());

  it('may come from a default, and the own wins', () => {
    expect(budget({ replicas: 4 }, { defaults: { disruption: { minAvailable: 2 } } })).toEqual({ minAvailable: 2 });
    expect(budget({}, { defaults: { disruption: false } })).toBeUndefined();
    expect(budget({ disruption: { maxUnavailable: 1 } }, { defaults: { disruption: false } })).toEqual({ maxUnavailable: 1 });
  });

  it('of a default is left out for one pod without a word', () => expect(problemsOf(web({ replicas: 1 }), { defaults: { disruption: { maxUnavailable: 1 } } })).toEqual([]));

  const blocks = (pods: string) => `with ${pods} it blocks every drain; leave at least one pod free to go`;
  const amount = 'a whole number or a percentage such as "25%" is allowed';
  it.each<[unknown, unknown, string]>([
    [3, { minAvailable: 3 }, `disruption.minAvailable: got 3; ${blocks('3 pods')}`],
    [3, { minAvailable: '70%' }, `disruption.minAvailable: got "70%"; ${blocks('3 pods')}`],
    [3, { minAvailable: '100%' }, `disruption.minAvailable: got "100%"; ${blocks('3 pods')}`],
    [3, { maxUnavailable: 0 }, `disruption.maxUnavailable: got 0; ${blocks('3 pods')}`],
    [3, { maxUnavailable: '0%' }, `disruption.maxUnavailable: got "0%"; ${blocks('3 pods')}`],
    [{ min: 2, max: 9 }, { minAvailable: 2 }, `disruption.minAvailable: got 2; ${blocks('2 pods')}`],
    [{ min: 1, max: 9 }, { minAvailable: 1 }, `disruption.minAvailable: got 1; ${blocks('1 pod')}`],
    [3, {}, "disruption: got {}; exactly one of 'maxUnavailable' and 'minAvailable' is allowed"],
    [3, { minAvailable: 1, maxUnavailable: 1 }, "disruption: got {\"minAvailable\":1,\"maxUnavailable\":1}; exactly one of 'maxUnavailable' and 'minAvailable' is allowed"],
    [3, { maxUnavailable: '101%' }, `disruption.maxUnavailable: got "101%"; ${amount}`],
    [3, { maxUnavailable: '1' }, `disruption.maxUnavailable: got "1"; ${amount}`],
    [3, { maxUnavailable: -1 }, `disruption.maxUnavailable: got -1; ${amount}`],
    [3, { minAvailable: 0.5 }, `disruption.minAvailable: got 0.5; ${amount}`],
    [3, { maxUnavailable: 1, max: 2 }, 'disruption.max: got 2; no such prop here'],
    [3, true, 'disruption: got true; an object is allowed'],
    [3, 'none', 'disruption: got "none"; an object is allowed'],
    [3, null, 'disruption: got null; an object is allowed'],
    [1, { maxUnavailable: 1 }, 'disruption: got {"maxUnavailable":1}; a budget over one pod would block every drain or do nothing; run at least 2 pods, or remove it'],
    [0, { maxUnavailable: 1 }, 'disruption: got {"maxUnavailable":1}; a budget over no pod would block every drain or do nothing; run at least 2 pods, or remove it'],
  ])('over %j pods is refused as %j', (replicas, disruption, message) => {
    expect(problemsOf(web({ replicas, disruption, resources }))).toContain(`[chart/web] ${message}`);
  });
});
