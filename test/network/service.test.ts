import { only, problemsOf, render } from '../support';
import { IMAGE, stateful, web } from '../builders';

describe('the Service', () => {
  it('selects the pods of the workload alone, by component and name', () => {
    expect(only(render(web()), 'Service').spec).toMatchObject({ type: 'ClusterIP', selector: { 'app.kubernetes.io/component': 'web', 'app.kubernetes.io/name': 'web' } });
  });

  it('takes annotations', () => {
    expect(only(render(web({ serviceAnnotations: { 'example.com/a': 'b' } })), 'Service').metadata).toMatchObject({ annotations: { 'example.com/a': 'b' } });
    expect(render(stateful({ serviceAnnotations: { 'example.com/a': 'b' } }))['Service/db']!.metadata).toMatchObject({ annotations: { 'example.com/a': 'b' } });
  });

  it('has none by default', () => expect(only(render(web()), 'Service').metadata).not.toHaveProperty('annotations'));

  it('refuses annotations of the wrong form', () => {
    expect(problemsOf(web({ serviceAnnotations: 'x' }))).toContain('[chart/web] serviceAnnotations: got "x"; an object is allowed');
    expect(problemsOf(web({ serviceAnnotations: { 'a b': 'c' } }))[0]).toMatch(/^\[chart\/web\] serviceAnnotations\.a b: got "a b"; /);
  });

  it('lists the ports of sidecars too', () => {
    const spec = only(render(web({ sidecars: { proxy: { image: IMAGE, ports: { admin: 9901 } } } })), 'Service').spec as { ports: { name: string }[] };
    expect(spec.ports.map(({ name }) => name)).toEqual(['http', 'admin']);
  });

  it('of a StatefulService has a headless twin that lists pods before they are ready', () => {
    expect(render(stateful({ ports: { postgres: { port: 5432, servicePort: 15432 } } }))['Service/db-headless']!.spec).toEqual({
      clusterIP: 'None', publishNotReadyAddresses: true,
      selector: { 'app.kubernetes.io/component': 'stateful', 'app.kubernetes.io/name': 'db' },
      ports: [{ name: 'postgres', port: 5432, targetPort: 5432, protocol: 'TCP' }],
    });
  });
});
