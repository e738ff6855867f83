import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { App, type SynthesisError, type WebApp } from '../../lib';
import { problemsOf, render } from '../support';
import { all, cron, release, stateful, web, worker } from '../builders';

interface Rule { readonly from?: object[]; readonly to?: object[]; readonly ports: { protocol: string; port: number }[] }
const policyOf = (manifests: ReturnType<typeof render>, name: string) => manifests[`NetworkPolicy/${name}`]!.spec as { ingress?: Rule[]; egress: Rule[] };
const pods = (component: string, name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/component': component, 'app.kubernetes.io/name': name } } });
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

/** What is wrong with a target called `db` in chart `b` for a source in chart `a`. */
function across(namespaces: { from?: string; to?: string }, connectsTo: unknown): readonly string[] {
  const app = new App();
  stateful()(new Chart(app, 'b', namespaces.to === undefined ? {} : { namespace: namespaces.to }));
  worker({ connectsTo })(new Chart(app, 'a', namespaces.from === undefined ? {} : { namespace: namespaces.from }));
  try {
    app.render();
    return [];
  } catch (error) {
    return (error as SynthesisError).problems;
  }
}

describe('connectsTo', () => {
  it('opens both ends, on every port of the target', () => {
    const manifests = render(all(worker({ connectsTo: ['db'] }), stateful({ ports: { postgres: 5432, 'udp-gossip': 7000 } })));
    const ports = [{ protocol: 'TCP', port: 5432 }, { protocol: 'UDP', port: 7000 }];
    expect(policyOf(manifests, 'worker').egress.slice(1)).toEqual([{ to: [pods('stateful', 'db')], ports }]);
    expect(policyOf(manifests, 'db').ingress).toEqual([{ from: [pods('worker', 'worker')], ports }]);
  });

  it.each([['postgres'], [5432]])('opens the named port alone: %s', (port) => {
    const manifests = render(all(worker({ connectsTo: [{ to: 'db', ports: [port] }] }), stateful({ ports: { postgres: 5432, admin: 7000 } })));
    expect(policyOf(manifests, 'worker').egress[1]!.ports).toEqual([{ protocol: 'TCP', port: 5432 }]);
    expect(policyOf(manifests, 'db').ingress![0]!.ports).toEqual([{ protocol: 'TCP', port: 5432 }]);
  });

  it("opens the container's port, not the Service's: policies hold at the pod", () => {
    const manifests = render(all(worker({ connectsTo: ['web'] }), web({ ports: { http: { port: 8080, servicePort: 80 } } })));
    expect(policyOf(manifests, 'worker').egress[1]!.ports).toEqual([{ protocol: 'TCP', port: 8080 }]);
  });

  it('takes the construct as well as its name, made before or after', () => {
    const named = render(all(stateful(), worker({ connectsTo: ['db'] })));
    expect(render((chart) => worker({ connectsTo: [stateful()(chart)] })(chart))).toEqual(named);
    expect(render((chart) => worker({ connectsTo: [{ to: stateful()(chart) }] })(chart))).toEqual(named);
  });

  it('may lead to the pods of the workload itself', () => {
    const { ingress, egress } = policyOf(render(stateful({ connectsTo: ['db'] })), 'db');
    expect(ingress).toEqual([{ from: [pods('stateful', 'db')], ports: [{ protocol: 'TCP', port: 5432 }] }]);
    expect(egress[1]).toEqual({ to: [pods('stateful', 'db')], ports: [{ protocol: 'TCP', port: 5432 }] });
  });

  it('names the namespace where the other stands in another', () => {
    const app = new App();
    stateful()(new Chart(app, 'b', { namespace: 'data' }));
    worker({ connectsTo: ['data/db'] })(new Chart(app, 'a', { namespace: 'shop' }));
    const objects = app.render().files.flatMap((file) => file.objects.map(({ manifest }) => manifest)).filter(({ kind }) => kind === 'NetworkPolicy');
    const spec = (name: string) => objects.find(({ metadata }) => (metadata as { name: string }).name === name)!.spec as { ingress?: Rule[]; egress: Rule[] };
    expect(spec('worker').egress[1]!.to).toEqual([{ ...inNamespace('data'), ...pods('stateful', 'db') }]);
    expect(spec('db').ingress![0]!.from).toEqual([{ ...inNamespace('shop'), ...pods('worker', 'worker') }]);
  });

  it('tells the target even where the source has no policy of its own', () => {
    expect(policyOf(render(all(worker({ connectsTo: ['db'], networkPolicy: false }), stateful())), 'db').ingress).toHaveLength(1);
  });

  it('declared twice is one rule', () => {
    expect(policyOf(render(all(worker({ connectsTo: ['db', 'db'] }), stateful())), 'worker').egress).toHaveLength(2);
  });

  it.each<[string, unknown, string]>([
    ['text in place of a list', 'db', 'connectsTo: got "db"; a list is allowed'],
    ['nobody of that name', ['dbb'], 'connectsTo[0]: got "dbb"; no workload of the app has that name; did you mean "db"?'],
    ['a far-off name', ['elasticsearch'], 'connectsTo[0]: got "elasticsearch"; no workload of the app has that name; the app has: db, cron, migrate, lone, worker'],
    ['nobody of that namespace', ['data/db'], 'connectsTo[0]: got "data/db"; no workload of the app has that name'],
    ['an unknown port', [{ to: 'db', ports: ['http'] }], 'connectsTo[0].ports: got "http"; \'db\' has no such port; its ports are: postgres (5432)'],
    ['an unknown number', ['db', { to: 'db', ports: [1] }], 'connectsTo[1].ports: got 1; \'db\' has no such port; its ports are: postgres (5432)'],
    ['no port at all, which a policy takes for all', [{ to: 'db', ports: [] }], 'connectsTo[0].ports: got []; at least one port is required; leave it out for all'],
    ['ports that are no list', [{ to: 'db', ports: 'postgres' }], 'connectsTo[0].ports: got "postgres"; a list is allowed'],
    ['an unknown key', [{ to: 'db', port: 5432 }], 'connectsTo[0].port: got 5432; no such prop here; did you mean "ports"?'],
    ['no target', [{}], 'connectsTo[0]: got nothing; a workload or the name of one is allowed'],
    ['null', [null], 'connectsTo[0]: got null; a workload or the name of one is allowed'],
    ['a Worker', ['lone'], 'connectsTo[0]: got "lone"; it is a Worker, which takes no connections; remove it'],
    ['a CronTask', ['cron'], 'connectsTo[0]: got "cron"; it is a CronTask, which takes no connections; remove it'],
    ['a ReleaseTask', ['migrate'], 'connectsTo[0]: got "migrate"; it is a ReleaseTask, which takes no connections; remove it'],
  ])('is refused with %s', (_, connectsTo, message) => {
    const found = problemsOf(all(stateful(), cron(), release(), worker({}, 'lone'), worker({ connectsTo })));
    expect(found.map((problem) => problem.replace('[chart/worker] ', '')).some((problem) => problem.startsWith(message))).toBe(true);
  });

  it('is refused with a construct that is no workload', () => {
    expect(problemsOf((chart) => worker({ connectsTo: [new Construct(chart, 'thing')] })(chart))).toEqual(['[chart/worker] connectsTo[0]: got "chart/thing"; a workload or the name of one is allowed']);
  });

  it('is refused with a workload of another app', () => {
    const other = web()(new Chart(new App(), 'other'));
    expect(problemsOf(worker({ connectsTo: [other satisfies WebApp] }))).toEqual(["[chart/worker] connectsTo[0]: got \"web\"; it belongs to another app, whose policies don't know of this one; build both in one app, or allow its addresses in 'egress'"]);
  });

  it('says in which namespace the target stands where it was left out', () => {
    expect(across({ from: 'shop', to: 'data' }, ['db'])).toEqual(['[a/worker] connectsTo[0]: got "db"; it stands in namespace \'data\'; write "data/db"']);
  });

  it('is refused where only one of the two charts names its namespace', () => {
    const both = (target: string, named: string, unnamed: string, namespace: string) => `[a/worker] connectsTo[0]: got "${target}"; '${named}' stands in namespace '${namespace}' and the chart of '${unnamed}' names none, so no policy can tell where it is; give that chart a namespace`;
    expect(across({ from: 'shop' }, ['/db'])).toEqual([both('/db', 'worker', 'db', 'shop')]);
    expect(across({ to: 'data' }, ['data/db'])).toEqual([both('data/db', 'db', 'worker', 'data')]);
    expect(across({}, ['db'])).toEqual([]);
  });
});
