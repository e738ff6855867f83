import { Chart } from 'cdk8s';
import { App, SynthesisError } from '../../lib';
import { only, problemsOf, render } from '../support';
import { all, web } from '../builders';

const tls = { issuer: 'letsencrypt' };
const routed = (route: object, props: object = {}) => web({ route: { hosts: ['shop.example.com'], tls, ...route }, ...props });
const rules = (route: object, props: object = {}) => (only(render(routed(route, props)), 'Ingress').spec as { rules: { host: string; http: { paths: { path: string; backend: object }[] } }[] }).rules;
const routeSources = (build: Parameters<typeof render>[0], options: Parameters<typeof render>[1] = {}) => (only(render(build, options), 'NetworkPolicy').spec as { ingress: { from: object[] }[] }).ingress[0]!.from;
const namespaceSource = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

describe('a route', () => {
  it('is not made unless asked for', () => expect(Object.keys(render(web())).some((key) => /^(Ingress|HTTPRoute)\//.test(key))).toBe(false));

  it('leads every path of every host to the primary port by default', () => {
    expect(rules({ hosts: ['a.example.com', '*.example.org'] }, { ports: { http: { port: 8080, servicePort: 80 }, admin: 9000 } })).toEqual(
      ['a.example.com', '*.example.org'].map((host) => ({ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }] } })),
    );
  });

  it('takes path prefixes', () => expect(rules({ paths: ['/api', '/v2'] })[0]!.http.paths.map(({ path }) => path)).toEqual(['/api', '/v2']));

  it.each([['admin'], [9000]])('takes another port, by name or number: %s', (port) => {
    expect(rules({ port }, { ports: { http: 8080, admin: 9000 } })[0]!.http.paths[0]!.backend).toEqual({ service: { name: 'web', port: { number: 9000 } } });
  });

  it('uses the ingress class of the cluster by default, a default one, or its own', () => {
    expect(only(render(routed({})), 'Ingress').spec).not.toHaveProperty('ingressClassName');
    expect(only(render(routed({}), { defaults: { ingressClass: 'traefik' } }), 'Ingress').spec).toMatchObject({ ingressClassName: 'traefik' });
    expect(only(render(routed({ ingressClass: 'nginx' }), { defaults: { ingressClass: 'traefik' } }), 'Ingress').spec).toMatchObject({ ingressClassName: 'nginx' });
  });

  it('with its own ingress class leaves the default Gateway aside', () => {
    const manifests = render(routed({ ingressClass: 'nginx' }), { defaults: { gateway: { name: 'public' } } });
    expect(only(manifests, 'Ingress').spec).toMatchObject({ ingressClassName: 'nginx' });
    expect(routeSources(routed({ ingressClass: 'nginx' }), { defaults: { gateway: { name: 'public', namespace: 'gateways' } } })).toEqual([namespaceSource('ingress-nginx')]);
  });

  it('with its own Gateway leaves the default ingress class aside', () => {
    expect(Object.keys(render(web({ route: { hosts: ['a.example.com'], gateway: { name: 'public' } } }), { defaults: { ingressClass: 'nginx' } }))).toContain('HTTPRoute/web');
  });

  it('carries annotations', () => {
    expect(only(render(routed({ annotations: { 'example.com/a': 'b' } })), 'Ingress').metadata).toMatchObject({ annotations: { 'example.com/a': 'b', 'cert-manager.io/cluster-issuer': 'letsencrypt' } });
  });

  it('opens the policy to the ingress controller by default, to the Gateway, or to what is said', () => {
    expect(routeSources(routed({}))).toEqual([namespaceSource('ingress-nginx')]);
    expect(routeSources(web({ route: { hosts: ['a.example.com'], gateway: { name: 'public', namespace: 'gateways' } } }))).toEqual([namespaceSource('gateways')]);
    expect(routeSources(web({ route: { hosts: ['a.example.com'], gateway: { name: 'public' } } }))).toEqual([namespaceSource('shop')]);
    expect(routeSources(routed({}), { defaults: { ingressTraffic: { cidrs: ['10.0.0.0/8'] } } })).toEqual([{ ipBlock: { cidr: '10.0.0.0/8' } }]);
    expect(routeSources(routed({ traffic: { namespaces: ['edge'], cidrs: ['10.0.0.0/8'] } }))).toEqual([namespaceSource('edge'), { ipBlock: { cidr: '10.0.0.0/8' } }]);
  });

  it.each<[string, object, string]>([
    ['no host', { hosts: [] }, 'route.hosts: got []; at least one host name is required'],
    ['hosts that are no list', { hosts: 'a.example.com' }, 'route.hosts: got "a.example.com"; a list is allowed'],
    ['a host that is no text', { hosts: [5] }, 'route.hosts: got 5; text is allowed; put it in quotes'],
    ['a scheme', { hosts: ['https://a.example.com'] }, 'route.hosts: got "https://a.example.com"; a bare host name is allowed, without scheme, port or path'],
    ['an address', { hosts: ['10.0.0.1'] }, 'route.hosts: got "10.0.0.1"; a host name is allowed, not an address'],
    ['a host in capitals', { hosts: ['Shop.example.com'] }, 'route.hosts: got "Shop.example.com"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    ['a host twice', { hosts: ['a.example.com', 'a.example.com'] }, 'route.hosts: got "a.example.com"; it stands in the list twice; remove one'],
    ['no path', { paths: [] }, 'route.paths: got []; at least one path is required; leave it out for all'],
    ['paths that are no list', { paths: '/api' }, 'route.paths: got "/api"; a list is allowed'],
    ['a relative path', { paths: ['api'] }, 'route.paths: got "api"; a path that starts with "/" is allowed'],
    ['a path with a hole', { paths: ['/a//b'] }, 'route.paths: got "/a//b"; a plain path is allowed, without "//", "/./", "/../" and "%2F"'],
    ['a path that climbs', { paths: ['/a/..'] }, 'route.paths: got "/a/.."; a plain path is allowed, without "//", "/./", "/../" and "%2F"'],
    ['a path twice', { paths: ['/a', '/a'] }, 'route.paths: got "/a"; it stands in the list twice; remove one'],
    ['an unknown port', { port: 'admin' }, 'route.port: got "admin"; no such port; the workload\'s ports are: http (8080)'],
    ['a bad class', { ingressClass: 'My Class' }, 'route.ingressClass: got "My Class"; lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    ['both ways', { ingressClass: 'nginx', gateway: { name: 'public' }, tls: undefined }, "route.ingressClass: got \"nginx\"; a route goes through an Ingress or a Gateway; remove 'ingressClass' or 'gateway'"],
    ['a Gateway without a name', { gateway: {}, tls: undefined }, 'route.gateway.name: got nothing; the name of a Gateway is required'],
    ['a Gateway that is text', { gateway: 'public', tls: undefined }, 'route.gateway: got "public"; an object is allowed'],
    ['an unknown key of a Gateway', { gateway: { name: 'public', listener: 'https' }, tls: undefined }, 'route.gateway.listener: got "https"; no such prop here'],
    ['a Gateway in a bad namespace', { gateway: { name: 'public', namespace: 'a.b' }, tls: undefined }, 'route.gateway.namespace: got "a.b"; lower-case letters, digits and "-" are allowed, a letter or digit first and last'],
    ['nobody to come from', { traffic: {} }, 'route.traffic: got {}; at least one namespace or address range is required: an empty list would mean everyone'],
    ['annotations that are no object', { annotations: ['a'] }, 'route.annotations: got ["a"]; an object is allowed'],
    ['an unknown key', { host: 'a.example.com' }, 'route.host: got "a.example.com"; no such prop here; did you mean "hosts"?'],
  ])('is refused with %s', (_, route, message) => {
    expect(problemsOf(routed(route))).toContain(`[chart/web] ${message}`);
  });

  it.each([[true], ['shop.example.com'], [null]])('is refused as %p', (route) => {
    expect(problemsOf(web({ route }))).toContain(`[chart/web] route: got ${JSON.stringify(route)}; an object is allowed`);
  });

  it.each([['tcp-smtp', 'tcp'], ['udp-dns', 'udp']])('is refused to a port that speaks neither HTTP nor gRPC: %s', (name, protocol) => {
    expect(problemsOf(routed({ port: name }, { ports: { http: 8080, [name]: 53 } }))).toEqual([`[chart/web] route.port: got "${name}"; it speaks ${protocol}; a route leads to a port that speaks http or grpc`]);
  });

  it('is checked where its traffic comes from a default', () => {
    expect(problemsOf(routed({}), { defaults: { ingressTraffic: { namespaces: [] } } })).toEqual(['[chart/web] defaults.ingressTraffic: got {"namespaces":[]}; at least one namespace or address range is required: an empty list would mean everyone']);
  });
});

describe('the host of a route', () => {
  const taken = (host: string, path: string) => `[chart/two] route.hosts: got "${host}"; 'chart/one' routes ${host}${path} already; give one of them another host or path`;
  const two = (first: object, second: object) => all(web({ route: { hosts: ['a.example.com'], tls: false, ...first } }, 'one'), web({ route: { hosts: ['a.example.com'], tls: false, ...second } }, 'two'));

  it('may not be routed by two workloads', () => expect(problemsOf(two({}, {}))).toEqual([taken('a.example.com', '/')]));
  it('may be shared on other paths', () => expect(problemsOf(two({ paths: ['/a'] }, { paths: ['/b'] }))).toEqual([]));
  it('counts a slash at the end of a path as none', () => expect(problemsOf(two({ paths: ['/a'] }, { paths: ['/a/'] }))).toEqual([taken('a.example.com', '/a/')]));

  it('is guarded across charts and namespaces', () => {
    const app = new App();
    web({ route: { hosts: ['a.example.com'], tls: false } }, 'one')(new Chart(app, 'first', { namespace: 'a' }));
    web({ route: { hosts: ['a.example.com'], tls: false } }, 'two')(new Chart(app, 'second', { namespace: 'b' }));
    expect(() => app.render()).toThrow(SynthesisError);
    expect(() => app.render()).toThrow("[second/two] route.hosts: got \"a.example.com\"; 'first/one' routes a.example.com/ already; give one of them another host or path");
  });

  it('may be routed by another app', () => {
    const build = web({ route: { hosts: ['a.example.com'], tls: false } });
    expect([problemsOf(build), problemsOf(build)]).toEqual([[], []]);
  });
});
