import { only, problemsOf, render } from '../support';
import { web } from '../builders';

const routed = (tls: unknown, more: object = {}) => web({ route: { hosts: ['a.example.com', 'b.example.com'], tls, ...more } });
const ingress = (tls: unknown, options: Parameters<typeof render>[1] = {}) => only(render(routed(tls), options), 'Ingress');
const hosts = ['a.example.com', 'b.example.com'];
const gateway = { name: 'public' };

describe('TLS of a route', () => {
  it('comes from an issuer of the cluster by default, into a Secret named after the workload', () => {
    expect(ingress({ issuer: 'letsencrypt' })).toMatchObject({ metadata: { annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } }, spec: { tls: [{ hosts, secretName: 'web-tls' }] } });
  });

  it('comes from an issuer of the namespace where that is said', () => {
    expect(ingress({ issuer: 'letsencrypt', issuerKind: 'Issuer', secretName: 'cert' })).toMatchObject({ metadata: { annotations: { 'cert-manager.io/issuer': 'letsencrypt' } }, spec: { tls: [{ hosts, secretName: 'cert' }] } });
  });

  it('comes from a Secret that exists', () => {
    const made = ingress({ secretName: 'cert' });
    expect(made.spec).toMatchObject({ tls: [{ hosts, secretName: 'cert' }] });
    expect(made.metadata).not.toHaveProperty('annotations');
  });

  it('may be left out, in so many words', () => expect(ingress(false).spec).not.toHaveProperty('tls'));

  it('may come from a default, and its own wins', () => {
    expect(ingress(undefined, { defaults: { tls: { issuer: 'letsencrypt' } } }).spec).toMatchObject({ tls: [{ secretName: 'web-tls' }] });
    expect(ingress(false, { defaults: { tls: { issuer: 'letsencrypt' } } }).spec).not.toHaveProperty('tls');
    expect(ingress(undefined, { defaults: { tls: false } }).spec).not.toHaveProperty('tls');
  });

  it('of a Gateway is its own: a default for Ingresses does not apply', () => {
    const manifests = render(web({ route: { hosts, gateway } }), { defaults: { tls: { issuer: 'letsencrypt' } } });
    expect(Object.keys(manifests).some((key) => key.startsWith('Certificate/'))).toBe(false);
  });

  it.each<[string, unknown, object, string]>([
    ['nothing said', undefined, {}, "route.tls: got nothing; TLS is required: { issuer: 'name' } for a cert-manager issuer, { secretName: 'name' } for a certificate that exists, 'loadBalancer' where that has one, or false to serve plain HTTP"],
    ['nothing in it', {}, {}, "route.tls: got {}; 'issuer' or 'secretName' is required"],
    ['true', true, {}, 'route.tls: got true; an object is allowed'],
    ['an unknown key', { issuer: 'a', secret: 'b' }, {}, 'route.tls.secret: got "b"; no such prop here'],
    ['a kind without an issuer', { secretName: 'a', issuerKind: 'Issuer' }, {}, "route.tls.issuerKind: got \"Issuer\"; it needs an 'issuer'"],
    ['an unknown kind', { issuer: 'a', issuerKind: 'Vault' }, {}, "route.tls.issuerKind: got \"Vault\"; 'ClusterIssuer' and 'Issuer' are allowed"],
    ['a bad issuer', { issuer: 'A B' }, {}, 'route.tls.issuer: got "A B"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    ['a bad Secret', { secretName: 'A_B' }, {}, 'route.tls.secretName: got "A_B"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    ['an issuer that is no text', { issuer: 5 }, {}, 'route.tls.issuer: got 5; text is allowed; put it in quotes'],
    ['false behind a Gateway', false, { gateway }, 'route.tls: got false; TLS ends at the listeners of the Gateway, not here; remove it'],
    ['a Secret behind a Gateway', { secretName: 'a' }, { gateway }, "route.tls: got {\"secretName\":\"a\"}; the listeners of the Gateway name their certificates; with a Gateway only 'issuer' is allowed, which makes a Certificate for them"],
  ])('is refused with %s', (_, tls, more, message) => {
    expect(problemsOf(routed(tls, more))).toContain(`[chart/web] ${message}`);
  });
});
