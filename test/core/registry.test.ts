import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { App, Registry } from '../../lib';
import { all, cron, web, worker } from '../builders';

const build = (...builders: ((scope: Construct) => unknown)[]) => {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  all(...builders)(chart);
  return { app, chart, registry: Registry.of(app) };
};

describe('the registry', () => {
  it('is one for a tree, seen from anywhere in it', () => {
    const { app, chart, registry } = build(web());
    expect(Registry.of(chart)).toBe(registry);
    expect(Registry.of(new App())).not.toBe(Registry.of(app));
  });

  it('knows every workload, in the order of construction', () => {
    const { registry } = build(web({ owner: 'team-a', ports: { http: 8080, grpc: 9090 }, metrics: {}, route: { hosts: ['a.com'], tls: false } }, 'front'), worker({}, 'mailer'), cron({}, 'report'));
    expect(registry.applications.map(({ name, type }) => `${type} ${name}`)).toEqual(['WebApp front', 'Worker mailer', 'CronTask report']);
    expect(registry.applications[0]).toMatchObject({
      namespace: 'shop',
      owner: 'team-a',
      selector: { 'app.kubernetes.io/component': 'web', 'app.kubernetes.io/name': 'front' },
      ports: [{ name: 'http', port: 8080 }, { name: 'grpc', port: 9090 }],
      metrics: { port: 8080, path: '/metrics' },
      hosts: ['a.com'],
    });
  });

  it('finds the target of a connection by name, in the same namespace or another', () => {
    const { registry, app } = build(web({}, 'a'), worker({}, 'b'));
    web({}, 'c')(new Chart(app, 'other', { namespace: 'other' }));
    const [a, b, c] = registry.applications;
    expect(registry.target({ from: a!, to: 'b', ports: undefined })).toBe(b);
    expect(registry.target({ from: a!, to: 'c', ports: undefined })).toBeUndefined();
    expect(registry.target({ from: a!, to: 'other/c', ports: undefined })).toBe(c);
    expect(registry.target({ from: a!, to: c!, ports: undefined })).toBe(c);
  });

  it('resolves connections in both directions, with the ports asked for', () => {
    const { registry } = build(web({ ports: { http: 8080, grpc: 9090 } }, 'server'), web({ connectsTo: ['server'] }, 'first'), worker({ connectsTo: [{ to: 'server', ports: ['grpc'] }] }, 'second'), worker({ connectsTo: ['nobody'] }, 'third'));
    const [server, first, second, third] = registry.applications;
    expect(registry.outgoing(first!)).toMatchObject([{ from: first, to: server, ports: [{ name: 'http' }, { name: 'grpc' }] }]);
    expect(registry.incoming(server!).map(({ from, ports }) => [from.name, ports.map(({ name }) => name)])).toEqual([['first', ['http', 'grpc']], ['second', ['grpc']]]);
    expect(registry.outgoing(second!)).toHaveLength(1);
    expect(registry.outgoing(third!)).toEqual([]);
  });

  it('sees connections and workloads that come after it was asked', () => {
    const { registry, chart } = build(web({}, 'server'));
    expect(registry.incoming(registry.applications[0]!)).toEqual([]);
    web({ connectsTo: ['server'] }, 'late')(chart);
    expect(registry.incoming(registry.applications[0]!)).toHaveLength(1);
  });

  it('suggests a name', () => {
    const { registry } = build(web({}, 'redis'), web({}, 'frontend'));
    expect(registry.suggest('rediss')).toBe('; did you mean "redis"?');
    expect(registry.suggest('postgres')).toBe('; the app has: redis, frontend');
  });

  it('gives a host and path to one workload', () => {
    const { registry } = build(web({}, 'a'), web({}, 'b'));
    const [a, b] = registry.applications;
    expect(registry.claimHost('x.com/', a!)).toBeUndefined();
    expect(registry.claimHost('x.com/', b!)).toBe(a);
    expect(registry.claimHost('x.com/b', b!)).toBeUndefined();
  });
});
