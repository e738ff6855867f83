import { only, problemsOf, render, templateOf } from '../support';
import { stateful, web } from '../builders';

const constraints = (props: object, options: Parameters<typeof render>[1] = {}) => templateOf(only(render(web(props), options), 'Deployment')).spec.topologySpreadConstraints as object[] | undefined;
const matchLabels = { 'app.kubernetes.io/component': 'web', 'app.kubernetes.io/name': 'web' };
const constraint = (topologyKey: string, whenUnsatisfiable: string) => ({ maxSkew: 1, topologyKey, whenUnsatisfiable, nodeTaintsPolicy: 'Honor', labelSelector: { matchLabels }, matchLabelKeys: ['pod-template-hash'] });
const preferred = [constraint('topology.kubernetes.io/zone', 'ScheduleAnyway'), constraint('kubernetes.io/hostname', 'ScheduleAnyway')];
const required = [constraint('topology.kubernetes.io/zone', 'DoNotSchedule'), constraint('kubernetes.io/hostname', 'ScheduleAnyway')];

describe('spread', () => {
  it('is preferred over zones and nodes by default, each revision on its own', () => expect(constraints({})).toEqual(preferred));
  it('may be required over zones; nodes stay a wish, so that one node will do', () => expect(constraints({ spread: 'required' })).toEqual(required));
  it('may be left out', () => expect(constraints({ spread: false })).toBeUndefined());
  it('stands for one pod too, so that a second does not change the template of the first', () => expect(constraints({ replicas: 1 })).toEqual(preferred));
  it('counts the most pods that there may be', () => expect(constraints({ replicas: { min: 1, max: 3 }, resources: { requests: { cpu: '1' } } })).toEqual(preferred));

  it('may come from a default, and the own wins', () => {
    expect(constraints({}, { defaults: { spread: 'required' } })).toEqual(required);
    expect(constraints({}, { defaults: { spread: false } })).toBeUndefined();
    expect(constraints({ spread: 'preferred' }, { defaults: { spread: false } })).toEqual(preferred);
    expect(constraints({ replicas: 1 }, { defaults: { spread: 'required' } })).toEqual(required);
  });

  it('of a StatefulService knows no revisions: its pods keep their places', () => {
    const spec = templateOf(only(render(stateful({ replicas: 3 })), 'StatefulSet')).spec;
    expect((spec.topologySpreadConstraints as object[]).map((item) => Object.keys(item))).toEqual([1, 2].map(() => ['maxSkew', 'topologyKey', 'whenUnsatisfiable', 'nodeTaintsPolicy', 'labelSelector']));
  });

  it.each([['zones'], [true], [null]])('is refused as %p', (spread) => {
    expect(problemsOf(web({ spread }))).toEqual([`[chart/web] spread: got ${JSON.stringify(spread)}; 'preferred', 'required' and false are allowed`]);
  });
});
