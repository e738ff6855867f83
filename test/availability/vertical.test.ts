import { only, problemsOf, render } from '../support';
import { stateful, web } from '../builders';

describe('recommendResources', () => {
  it('is off by default', () => expect(Object.keys(render(web({ recommendResources: false })))).toEqual(Object.keys(render(web()))));

  it('makes an autoscaler that recommends and changes no pod', () => {
    expect(only(render(web({ recommendResources: true })), 'VerticalPodAutoscaler').spec).toEqual({ targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, updatePolicy: { updateMode: 'Off' } });
    expect(only(render(stateful({ recommendResources: true })), 'VerticalPodAutoscaler').spec).toMatchObject({ targetRef: { kind: 'StatefulSet', name: 'db' } });
  });

  it('is given as a property', () => {
    let name: unknown;
    render((chart) => (name = web({ recommendResources: true })(chart).verticalPodAutoscaler?.name));
    expect(name).toBe('web');
  });

  it('is refused as text', () => expect(problemsOf(web({ recommendResources: 'yes' }))).toEqual(['[chart/web] recommendResources: got "yes"; true and false are allowed']));
});
