import { only, problemsOf, render } from '../support';
import { web } from '../builders';

const hosts = ['a.example.com'];
const through = (route: object = {}, props: object = {}) => web({ route: { hosts, gateway: { name: 'public' }, ...route }, ...props });

describe('a route through a Gateway', () => {
  it('is an HTTPRoute that attaches to it', () => {
    expect(only(render(through({ paths: ['/api', '/v2'] }, { ports: { http: { port: 8080, servicePort: 80 } } })), 'HTTPRoute').spec).toEqual({
      parentRefs: [{ name: 'public' }],
      hostnames: hosts,
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/api' } }, { path: { type: 'PathPrefix', value: '/v2' } }], backendRefs: [{ name: 'web', port: 80 }] }],
    });
  });

  it('matches every path by default', () => {
    expect(only(render(through()), 'HTTPRoute').spec).toMatchObject({ rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }] }] });
  });

  it('names the namespace and listener of the Gateway where they are given', () => {
    expect(only(render(through({ gateway: { name: 'public', namespace: 'gateways', sectionName: 'https' } })), 'HTTPRoute').spec).toMatchObject({ parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }] });
  });

  it('may follow from a default', () => {
    expect(only(render(web({ route: { hosts } }), { defaults: { gateway: { name: 'public' } } }), 'HTTPRoute').spec).toMatchObject({ parentRefs: [{ name: 'public' }] });
  });

  it('carries annotations', () => {
    expect(only(render(through({ annotations: { 'example.com/a': 'b' } })), 'HTTPRoute').metadata).toMatchObject({ annotations: { 'example.com/a': 'b' } });
  });

  it('to a port that speaks gRPC is a GRPCRoute, matched by host', () => {
    expect(only(render(through({}, { ports: { grpc: 9000 } })), 'GRPCRoute').spec).toEqual({ parentRefs: [{ name: 'public' }], hostnames: hosts, rules: [{ backendRefs: [{ name: 'web', port: 9000 }] }] });
  });

  it('refuses paths for gRPC', () => {
    expect(problemsOf(through({ paths: ['/api'] }, { ports: { grpc: 9000 } }))).toEqual(['[chart/web] route.paths: got ["/api"]; a gRPC route is matched by host; remove the paths']);
  });

  it('makes a Certificate where an issuer is named', () => {
    expect(only(render(through({ tls: { issuer: 'letsencrypt' } })), 'Certificate').spec).toEqual({ secretName: 'web-tls', dnsNames: hosts, issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt' } });
    expect(only(render(through({ tls: { issuer: 'own', issuerKind: 'Issuer', secretName: 'cert' } })), 'Certificate').spec).toEqual({ secretName: 'cert', dnsNames: hosts, issuerRef: { group: 'cert-manager.io', kind: 'Issuer', name: 'own' } });
  });

  it('gives its objects as properties', () => {
    const kinds: unknown[] = [];
    render((chart) => {
      const http = through({ tls: { issuer: 'a' } })(chart);
      const plain = web({ route: { hosts: ['b.example.com'], tls: false } }, 'plain')(chart);
      kinds.push(http.httpRoute?.kind, http.certificate?.kind, http.ingress, http.grpcRoute, plain.ingress?.kind, plain.httpRoute);
    });
    expect(kinds).toEqual(['HTTPRoute', 'Certificate', undefined, undefined, 'Ingress', undefined]);
  });
});
