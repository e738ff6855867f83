import { Chart } from 'cdk8s';
import { App, Gateway, type GatewayProps } from '../../lib';
import { problemsOf, render } from '../support';

const gateway = (props: object = {}) => (chart: Chart): Gateway => new Gateway(chart, 'public', { className: 'istio', tls: { secretName: 'cert' }, ...props } as GatewayProps);

describe('a Gateway', () => {
  it('takes routes of its namespace over TLS, and sends plain requests on to it', () => {
    expect(render(gateway())).toEqual({
      'Gateway/public': {
        apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'public', namespace: 'shop', labels: { 'app.kubernetes.io/managed-by': 'fairlead' } },
        spec: {
          gatewayClassName: 'istio',
          listeners: [
            { name: 'http', protocol: 'HTTP', port: 80, allowedRoutes: { namespaces: { from: 'Same' } } },
            { name: 'https', protocol: 'HTTPS', port: 443, tls: { mode: 'Terminate', certificateRefs: [{ name: 'cert' }] }, allowedRoutes: { namespaces: { from: 'Same' } } },
          ],
        },
      },
      'HTTPRoute/public-redirect': {
        apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'public-redirect', namespace: 'shop', labels: { 'app.kubernetes.io/managed-by': 'fairlead' } },
        spec: { parentRefs: [{ name: 'public', sectionName: 'http' }], rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }] },
      },
    });
  });

  it('uses the certificates and the address of its load balancer, for the hosts and namespaces that are named', () => {
    const annotations = { 'networking.gke.io/certmap': 'shop-certificates' };
    const made = render(gateway({ name: 'way-in', className: 'gke-l7-global-external-managed', tls: 'loadBalancer', address: 'shop-address', annotations, hosts: ['a.example.com', '*.a.example.com'], routesFrom: ['watch', 'shop'] }));
    expect(made['Gateway/way-in']).toMatchObject({ metadata: { annotations }, spec: { addresses: [{ type: 'NamedAddress', value: 'shop-address' }] } });
    expect((made['Gateway/way-in']!.spec as { listeners: object[] }).listeners[1]).toEqual({
      name: 'https', protocol: 'HTTPS', port: 443,
      allowedRoutes: { namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop', 'watch'] }] } } },
    });
    expect(made['HTTPRoute/way-in-redirect']).toMatchObject({ spec: { hostnames: ['a.example.com', '*.a.example.com'] } });
  });

  it('tells routes how to attach to it: where TLS is, never where plain requests come in', () => {
    const references: unknown[] = [];
    render((chart) => void references.push(gateway()(chart).reference));
    expect(references).toEqual([{ name: 'public', namespace: 'shop', sectionName: 'https', className: 'istio' }]);
    expect(gateway()(new Chart(new App(), 'chart')).reference).toEqual({ name: 'public', sectionName: 'https', className: 'istio' });
  });

  it('takes a patch', () => {
    expect(render(gateway({ patch: { spec: { infrastructure: { labels: { team: 'web' } } } } }))['Gateway/public']).toMatchObject({ spec: { infrastructure: { labels: { team: 'web' } } } });
  });

  it.each<[string, object, string]>([
    ['no class', { className: undefined }, 'className: got nothing; text is allowed'],
    ['a bad class', { className: 'A B' }, 'className: got "A B"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    ['no word on TLS', { tls: undefined }, "tls: got nothing; TLS is required: 'loadBalancer' where that has certificates of its own, or { secretName: 'name' }"],
    ['no TLS', { tls: false }, "tls: got false; TLS is required: 'loadBalancer' where that has certificates of its own, or { secretName: 'name' }"],
    ['an issuer', { tls: { issuer: 'letsencrypt' } }, 'tls.issuer: got "letsencrypt"; no such prop here'],
    ['a Secret without a name', { tls: {} }, 'tls.secretName: got nothing; text is allowed'],
    ['a bad host', { hosts: ['https://a.example.com'] }, 'hosts: got "https://a.example.com"; a bare host name is allowed, without scheme, port or path'],
    ['a bad namespace', { routesFrom: ['Watch'] }, 'routesFrom: got "Watch"; lower-case letters, digits and "-" are allowed, a letter or digit first and last'],
    ['an address that is no name', { address: '203.0.113.7/32' }, 'address: got "203.0.113.7/32"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    ['an unknown prop', { clasName: 'istio' }, 'clasName: got "istio"; no such prop here; did you mean "className"?'],
    ['a patch that is none', { patch: 'yes' }, 'patch: got "yes"; an object to merge in, or a list of JsonPatch operations, is allowed'],
  ])('is refused with %s', (_, props, message) => {
    expect(problemsOf(gateway(props))).toContain(`[chart/public] ${message}`);
  });

  it('is refused routes of other namespaces where nobody knows its own', () => {
    const app = new App();
    gateway({ routesFrom: ['watch'] })(new Chart(app, 'chart'));
    expect(() => app.render()).toThrow("[chart/public] routesFrom: got [\"watch\"]; the Gateway's own namespace must be known too; give the chart a namespace");
  });
});
