import { only, problemsOf, render } from '../support';
import { cron, release, stateful, web, worker } from '../builders';

const policy = (build: Parameters<typeof render>[0], options: Parameters<typeof render>[1] = {}) => only(render(build, options), 'NetworkPolicy').spec as { podSelector: object; policyTypes: string[]; ingress?: object[]; egress: { to?: object[]; ports?: object[] }[] };
const namespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const tcp = (port: number) => ({ protocol: 'TCP', port });
const permissions = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];

describe('the NetworkPolicy', () => {
  it.each([['WebApp', web()], ['Worker', worker()], ['StatefulService', stateful()], ['CronTask', cron()], ['ReleaseTask', release()]])('of a %s lets nothing in, and out only to DNS', (_, build) => {
    const { ingress, egress, policyTypes } = policy(build);
    expect(policyTypes).toEqual(['Ingress', 'Egress']);
    expect(ingress).toBeUndefined();
    expect(egress).toEqual([{ to: [namespace('kube-system'), { ipBlock: { cidr: '169.254.20.10/32' } }, { ipBlock: { cidr: '169.254.169.254/32' } }], ports: [{ protocol: 'UDP', port: 53 }, tcp(53)] }]);
  });

  it('selects the pods of the workload alone', () => {
    expect(policy(web()).podSelector).toEqual({ matchLabels: { 'app.kubernetes.io/component': 'web', 'app.kubernetes.io/name': 'web' } });
  });

  it('lets the monitoring in where there are metrics', () => {
    const build = worker({ ports: { metrics: 9090 }, metrics: {} });
    expect(policy(build).ingress).toEqual([{ from: [namespace('monitoring')], ports: [tcp(9090)] }]);
    expect(policy(build, { defaults: { metricsTraffic: { namespaces: ['observability'] } } }).ingress).toEqual([{ from: [namespace('observability')], ports: [tcp(9090)] }]);
  });

  it('lets requests of a route in on its port alone', () => {
    const build = web({ ports: { http: 8080, admin: 9000 }, route: { hosts: ['a.example.com'], tls: false } });
    expect(policy(build).ingress).toEqual([{ from: [namespace('ingress-nginx')], ports: [tcp(8080)] }]);
  });

  it('lets calls to the API server out with permissions or a token', () => {
    const rule = (to: object) => ({ to: [to], ports: [tcp(443), tcp(6443)] });
    expect(policy(worker({ permissions })).egress[1]).toEqual(rule({ ipBlock: { cidr: '0.0.0.0/0' } }));
    expect(policy(worker({ mountServiceAccountToken: true })).egress[1]).toEqual(rule({ ipBlock: { cidr: '0.0.0.0/0' } }));
    expect(policy(worker({ permissions }), { defaults: { apiServerTraffic: { cidrs: ['10.0.0.1/32'] } } }).egress[1]).toEqual(rule({ ipBlock: { cidr: '10.0.0.1/32' } }));
  });

  it('lets calls for cloud credentials out with an identity', () => {
    expect(policy(worker({ identity: { gcpServiceAccount: 'shop@project.iam.gserviceaccount.com' } })).egress.slice(1)).toEqual([
      { to: [{ ipBlock: { cidr: '169.254.169.254/32' } }, { ipBlock: { cidr: '169.254.169.252/32' } }], ports: [tcp(80), tcp(988)] },
      { to: [{ ipBlock: { cidr: '169.254.170.23/32' } }], ports: [tcp(80)] },
    ]);
  });

  it('may be left out, by the workload or a default', () => {
    const none = (build: Parameters<typeof render>[0], options = {}) => Object.keys(render(build, options)).filter((key) => key.startsWith('NetworkPolicy/'));
    expect(none(web({ networkPolicy: false }))).toEqual([]);
    expect(none(web(), { defaults: { networkPolicy: false } })).toEqual([]);
    expect(none(web({ networkPolicy: true }), { defaults: { networkPolicy: false } })).toEqual(['NetworkPolicy/web']);
  });

  it('must be there for egress', () => {
    expect(problemsOf(web({ networkPolicy: false, egress: 'any' }))).toEqual(["[chart/web] egress: got \"any\"; it is a rule of the NetworkPolicy, which 'networkPolicy: false' leaves out; remove one of the two"]);
  });

  it('is not switched by text', () => {
    expect(problemsOf(web({ networkPolicy: 'false' }))).toEqual(['[chart/web] networkPolicy: got "false"; true and false are allowed']);
  });

  it('is not opened to everyone by an empty default', () => {
    const empty = 'got {"namespaces":[]}; at least one namespace or address range is required: an empty list would mean everyone';
    expect(problemsOf(worker({ ports: { metrics: 9090 }, metrics: {} }), { defaults: { metricsTraffic: { namespaces: [] } } })).toEqual([`[chart/worker] defaults.metricsTraffic: ${empty}`]);
    expect(problemsOf(worker({ permissions }), { defaults: { apiServerTraffic: { namespaces: [] } } })).toEqual([`[chart/worker] defaults.apiServerTraffic: ${empty}`]);
  });

  it('is given as a property', () => {
    let names: unknown;
    render((chart) => (names = [web()(chart).networkPolicy?.name, worker({ networkPolicy: false })(chart).networkPolicy]));
    expect(names).toEqual(['web', undefined]);
  });
});
