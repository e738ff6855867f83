import { ApiObject, Chart } from 'cdk8s';
import { App, explain, type JsonObject } from '../../../lib';
import { Problems } from '../../../lib/core/problems';
import { makeLogs, type LogsPart, type StackLogsProps } from '../../../lib/monitoring/fluentd';
import type { StackContext } from '../../../lib/monitoring/stack/part';
import { SINKS } from './samples';

interface Made {
  readonly part: LogsPart;
  readonly problems: readonly string[];
  readonly objects: readonly string[];
  readonly fluentd: string;
  readonly app: App;
}

/** What a stack makes of its `logs`, where the nodes are open or closed. */
function make(given: StackLogsProps, closed = false): Made {
  const app = new App();
  const chart = new Chart(app, 'monitoring', { namespace: 'monitoring' });
  const nodes = closed ? undefined : new Chart(app, 'nodes', { namespace: 'monitoring-nodes' });
  const problems = new Problems(chart);
  const context: StackContext = { chart, nodes, problems, size: 'small', mode: { kind: 'plain' }, jobLabel: (job) => job, applications: [], namespaces: ['monitoring', 'shop'], environment: 'staging', images: {} };
  const part = makeLogs(context, 'logs', given);
  const manifests = app.node.findAll().filter(ApiObject.isApiObject).map((object) => object.toJson() as JsonObject);
  const config = manifests.flatMap(({ kind, data }) => (kind === 'ConfigMap' ? Object.values(data as Record<string, string>) : [])).find((text) => text.includes('@type tail'));
  return { part, problems: problems.messages, fluentd: config ?? '', objects: manifests.map(({ kind, metadata }) => `${String(kind)}/${(metadata as { name: string }).name}`), app };
}

const jobsOf = ({ programs = [] }: LogsPart) => programs.map(({ job, perNode = false }) => [job, perNode]);

describe('the logs of a stack', () => {
  it('go to a store in the cluster, unless a sink is named; both are scraped', () => {
    const { part, problems, objects, fluentd } = make({});
    expect(problems).toEqual([]);
    expect(objects).toEqual(expect.arrayContaining(['DaemonSet/fluentd', 'StatefulSet/log-store']));
    expect(jobsOf(part)).toEqual([['fluentd', true], ['loki', false]]);
    expect(part.store!.url).toBe('http://log-store.monitoring.svc:3100');
    expect(fluentd).toContain('host log-store.monitoring.svc');
  });

  it('go to the sinks alone, where there are any', () => {
    const { part, objects, fluentd } = make({ sinks: [SINKS.stdout] });
    expect(part.store).toBeUndefined();
    expect(jobsOf(part)).toEqual([['fluentd', true]]);
    expect(objects.filter((name) => name.includes('log-store'))).toEqual([]);
    expect(fluentd).not.toContain('log-store');
  });

  it('go to both, where both are asked for', () => {
    const { part, problems, fluentd } = make({ sinks: [SINKS.stdout], store: {} });
    expect(problems).toEqual([]);
    expect(part.store).toBeDefined();
    expect(fluentd).toMatch(/@label @SINK_STDOUT[\s\S]*@label @SINK_LOG_STORE/);
  });

  it('count the lines that were lost, from nought on', () => {
    expect(make({}).fluentd).toMatch(/name fluentd_dropped_records_total[\s\S]*?initialized true/);
  });

  it.each<[string, object, RegExp]>([
    ['nowhere to go', { store: false }, /^logs\.sinks: got \[\]; at least one sink is required/],
    ['a sink of the same name as the store', { sinks: [{ ...SINKS.stdout, name: 'log-store' }], store: {} }, /^logs\.sinks\[1\]\.name: got "log-store"; another sink has this name/],
    ['an option of the store that there is not', { store: { retenton: '3d' } }, /^logs\.store\.retenton: .*did you mean "retention"/],
    ['an option that there is not', { redacton: false }, /^logs\.redacton: .*did you mean "redaction"/],
  ])('%s is refused', (_, given, message) => expect(make(given).problems).toEqual([expect.stringMatching(message)]));

  it('have no place where the nodes are closed, but in the cloud', () => {
    const { part, problems, objects } = make({}, true);
    expect(problems).toEqual([expect.stringMatching(/^logs: the cluster gives pods no access to the files of its nodes.*logs: \{ managed: \{ type: 'cloud-logging', project: … \} \}.*type: 'cloudwatch'/)]);
    expect([part.store, part.programs, objects]).toEqual([undefined, undefined, []]);
  });
});

describe.each([true, false])('logs that the cloud collects (nodes closed: %s)', (closed) => {
  const managed = { type: 'cloud-logging', project: 'shop-production' } as const;

  it('need nothing in the cluster', () => {
    const { part, problems, objects, app } = make({ managed }, closed);
    expect([problems, objects, part.programs]).toEqual([[], [], undefined]);
    expect(part.managed!.title).toBe('Cloud Logging');
    expect(explain(app)).toContainEqual(expect.objectContaining({ what: 'logs.redaction', value: false, why: expect.stringContaining('nothing is taken out on the way') }));
  });

  it.each(['sinks', 'store', 'namespaces', 'drop', 'multiline', 'json', 'redaction', 'buffer', 'image', 'identity', 'resources', 'scheduling'])("take no '%s'", (key) => {
    expect(make({ managed, [key]: false } as StackLogsProps, closed).problems).toEqual([`logs.${key}: the cloud's own agent takes all output of all containers as it stands, and this can't be told it from here; remove it, set it up in the cloud, or leave 'managed' out for FluentD to collect`]);
  });

  it('all that is wrong is said at once', () => {
    expect(make({ managed: { type: 'cloud-logging' } as never, drop: {}, redaction: false }, closed).problems).toHaveLength(3);
  });
});
