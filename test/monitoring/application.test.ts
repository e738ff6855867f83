import { Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { App, Volume, type IApplication } from '../../lib';
import { observe, watch, type MonitoredApplication, type WatchProps } from '../../lib/monitoring';
import { cron, release, stateful, web, worker } from '../builders';

const chartOf = () => new Chart(new App(), 'chart', { namespace: 'shop' });
const seen = (build: (scope: Construct) => IApplication): MonitoredApplication => observe(build(chartOf()));
const matches = (pattern: string, name: string) => new RegExp(`^(?:${pattern})$`).test(name);

describe('what is seen of', () => {
  it('a WebApp: its route, its limits, what scales it and its budget', () => {
    const app = seen(web({ owner: 'team-a', description: 'Sells.', links: { source: 'https://example.com/a' }, metrics: { http: 'prometheus' }, slo: { objective: 0.999 }, replicas: { min: 2, max: 4 }, resources: { requests: { cpu: '1' }, limits: { memory: '1Gi' } }, route: { hosts: ['a.example.com', '*.b.example.com'], paths: ['/shop'], tls: { issuer: 'x' } } }, 'front'));
    expect(app).toMatchObject({
      name: 'front', namespace: 'shop', type: 'WebApp', owner: 'team-a', description: 'Sells.', links: { source: 'https://example.com/a' },
      workload: { kind: 'Deployment', name: 'front' }, metrics: { port: 8080, path: '/metrics' }, http: { requests: 'http_requests_total' },
      hosts: ['a.example.com', '*.b.example.com'], tls: true, probes: ['https://a.example.com/shop'], autoscaler: 'front', budget: 'front', claims: [], limits: { cpu: false, memory: true }, slo: { objective: 0.999, window: '30d' },
    });
    expect(matches(app.pods, 'front-7d4b9c6f5-x2k8p')).toBe(true);
    expect(matches(app.pods, 'front-end-7d4b9c6f5-x2k8p')).toBe(false);
  });

  it('a StatefulService: the claims of its pods', () => {
    const app = seen(stateful({ mounts: { '/data': Volume.claim('data', { size: '1Gi' }), '/share': Volume.existingClaim('share', 'common.share') } }));
    expect(app.workload).toEqual({ kind: 'StatefulSet', name: 'db' });
    expect(matches(app.pods, 'db-0') && !matches(app.pods, 'db-x')).toBe(true);
    expect(app.claims.some((claim) => matches(claim, 'data-db-3'))).toBe(true);
    expect(app.claims.some((claim) => matches(claim, 'common.share'))).toBe(true);
    expect(app.claims.some((claim) => matches(claim, 'commonXshare'))).toBe(false);
  });

  it('a CronTask: when it runs, and whether it rests', () => {
    expect(seen(cron({ timeZone: 'Europe/Zurich', suspend: true }))).toMatchObject({ workload: { kind: 'CronJob' }, schedule: { cron: '15 3 * * *', timeZone: 'Europe/Zurich', suspended: true } });
    expect(matches(seen(cron()).pods, 'cron-29000000-abcde')).toBe(true);
  });

  it('a ReleaseTask: its pods of this release and of others', () => {
    const app = seen(release());
    expect(app.workload!.name).toMatch(/^migrate-[0-9a-f]{10}$/);
    expect(matches(app.pods, `${app.workload!.name}-x2k8p`) && matches(app.pods, 'migrate-0123456789-x2k8p')).toBe(true);
  });

  it('a Worker that KEDA scales: the autoscaler that KEDA makes', () => {
    const app = seen(worker({ replicas: { min: 0, max: 3, triggers: [{ type: 'cron', metadata: {} }] } }));
    expect(app.autoscaler).toBe('keda-hpa-worker');
    expect(app).not.toHaveProperty('metrics');
  });

  it('a route without TLS, one through a Gateway, and one that leads a machine to itself', () => {
    expect(seen(web({ route: { hosts: ['a.example.com'], tls: false } }))).toMatchObject({ tls: false, probes: ['http://a.example.com/'] });
    expect(seen(web({ route: { hosts: ['a.example.com'], gateway: { name: 'public' } } }))).toMatchObject({ tls: true, probes: ['https://a.example.com/'] });
    expect(seen(web({ ports: { grpc: 9000 }, route: { hosts: ['a.example.com'], gateway: { name: 'public' } } })).probes).toEqual([]);
    expect(seen(web({ route: { hosts: ['shop.localhost', 'localhost'], tls: false } })).probes).toEqual([]);
  });
});

describe('watch', () => {
  const good: WatchProps = { name: 'queue', namespace: 'rabbit', selector: { app: 'rabbit' }, workload: { kind: 'StatefulSet', name: 'rabbit-mq' }, metrics: { port: 15692 }, hosts: ['mq.example.com'], owner: 'team-b' };

  it('takes what it is told', () => {
    const { application, mistakes } = watch(good);
    expect(mistakes.messages).toEqual([]);
    expect(application).toMatchObject({ type: 'Watched', name: 'queue', namespace: 'rabbit', selector: { app: 'rabbit' }, pods: 'rabbit-mq-[0-9]+', metrics: { port: 15692, path: '/metrics' }, owner: 'team-b', probes: ['https://mq.example.com/'] });
  });

  it('reads the objects of a construct of cdk8s-plus', () => {
    const construct = new Deployment(chartOf(), 'legacy', { containers: [{ image: 'a/b:1.0.0', resources: { memory: {} } }], metadata: { name: 'legacy' } });
    const { application, mistakes } = watch({ name: 'legacy', namespace: 'shop', construct });
    expect(mistakes.messages).toEqual([]);
    expect(application.workload).toEqual({ kind: 'Deployment', name: 'legacy' });
    expect(Object.keys(application.selector)).toHaveLength(1);
  });

  it.each<[string, object, RegExp]>([
    ['no selector', { selector: undefined }, /watch\.selector: got nothing; at least one label is required/],
    ['an empty selector', { selector: {} }, /watch\.selector: got \{\}/],
    ['a port that is none', { metrics: { port: 99999 } }, /watch\.metrics\.port: got 99999; a whole number from 1 to 65535/],
    ['a path that is none', { metrics: { port: 80, path: 'metrics' } }, /watch\.metrics\.path: got "metrics"/],
    ['a kind that is none', { workload: { kind: 'Pod', name: 'x' } }, /watch\.workload\.kind: got "Pod"; Deployment, .* are allowed/],
    ['a construct without objects', { construct: 'x' }, /watch\.construct: /],
    ['a name that is none', { name: 'My Queue' }, /watch\.name: got "My Queue"/],
    ['a typo', { metric: {} }, /watch\.metric: .* did you mean "metrics"\?/],
    ['a promise that nothing measures', { slo: { objective: 0.9 } }, /slo: .* nothing says which metrics count its requests/],
  ])('refuses %s', (_, change, message) => expect(watch({ ...good, ...change } as WatchProps).mistakes.messages.join('\n')).toMatch(message));
});
