import { load } from 'js-yaml';
import { PlatformNamespace } from '../../../lib';
import { Fluentd } from '../../../lib/monitoring/fluentd';
import { LogStore, type LogStoreProps } from '../../../lib/monitoring/log-store/log-store';
import { problemsOf, render, templateOf, type Manifests } from '../../support';
import { find, parse } from '../fluentd/parse';
import { read } from '../fluentd/samples';

const build = (props: object = {}, podSecurity: 'restricted' | 'privileged' = 'restricted') => (chart: ConstructorParameters<typeof LogStore>[0]): LogStore => {
  new PlatformNamespace(chart, 'namespace', { podSecurity });
  return new LogStore(chart, 'log-store', props as LogStoreProps);
};
const made = (props: object = {}): Manifests => render(build(props), { namespace: 'monitoring' });
function fileOf(manifests: Manifests, name: string): Record<string, Record<string, unknown>> {
  const maps = Object.values(manifests).filter(({ kind }) => kind === 'ConfigMap').map(({ data }) => data as Record<string, string>);
  return load(maps.map((data) => Object.entries(data).find(([key]) => key.endsWith(name))?.[1]).find((text) => text !== undefined)!) as Record<string, Record<string, unknown>>;
}

describe('LogStore', () => {
  const manifests = made();
  const { spec } = templateOf(manifests['StatefulSet/log-store']!);

  it('is one Loki that passes the restricted level', () => {
    expect(manifests['StatefulSet/log-store']!.spec).toMatchObject({ replicas: 1 });
    expect(spec.securityContext).toMatchObject({ runAsUser: 10_001, fsGroup: 10_001, runAsNonRoot: true });
    expect(spec.containers[0]!.image).toBe('grafana/loki:3.7.6');
  });

  it('forgets after a day without a volume, after a week with one, or as is said', () => {
    const retention = (props: object) => fileOf(made(props), 'loki.yaml').limits_config!.retention_period;
    expect([retention({}), retention({ storage: { size: '10Gi' } }), retention({ retention: '3d' })]).toEqual(['86400s', '604800s', '259200s']);
    expect(fileOf(manifests, 'loki.yaml').compactor).toMatchObject({ retention_enabled: true, delete_request_store: 'filesystem' });
  });

  it('keeps logs with the pod, or on a volume', () => {
    expect(spec.volumes).toEqual(expect.arrayContaining([{ name: 'data', emptyDir: { sizeLimit: '2Gi' } }]));
    expect((made({ storage: { size: '10Gi', storageClass: 'fast' } })['StatefulSet/log-store']!.spec as { volumeClaimTemplates: object[] }).volumeClaimTemplates).toEqual([
      { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } } },
    ]);
  });

  it('takes what FluentD forwards through a relay that knows both sides', () => {
    const relay = spec.initContainers![0]!;
    expect(relay).toMatchObject({ name: 'relay', restartPolicy: 'Always', args: ['-c', '/etc/relay/fluent-bit.yaml'] });
    const { pipeline } = fileOf(manifests, 'fluent-bit.yaml') as { pipeline: { inputs: object[]; outputs: object[] } };
    expect(pipeline.inputs).toEqual([expect.objectContaining({ name: 'forward', port: 24224, 'storage.type': 'filesystem' })]);
    expect(pipeline.outputs).toEqual([expect.objectContaining({ name: 'loki', port: 3100, label_keys: '$namespace,$application,$container,$severity,$environment,$owner', structured_metadata: 'pod=$pod,node=$node' })]);
    expect((manifests['Service/log-store']!.spec as { ports: { name: string; port: number }[] }).ports.map(({ name, port }) => [name, port])).toEqual([['http', 3100], ['forward', 24224], ['http-relay', 2020]]);
  });

  it('is where a FluentD of the app may send its logs', () => {
    let config = '';
    const both = render((chart) => {
      const store = build({}, 'privileged')(chart);
      const { settings, problems } = read({ sinks: [{ type: 'loki', store }] });
      expect(problems).toEqual([]);
      config = new Fluentd(chart, 'fluentd', settings!).config;
    }, { namespace: 'monitoring' });
    const output = find(find(parse(config), 'label', '@SINK_LOKI').children, 'match', '**');
    expect(find(output.children, 'server').parameters).toEqual({ host: 'log-store.monitoring.svc', port: '24224' });
    const ports = (both['NetworkPolicy/log-store']!.spec as { ingress: { ports: { port: number }[] }[] }).ingress.map((rule) => rule.ports.map(({ port }) => port));
    expect(ports).toContainEqual([24224]);
  });

  it.each([
    ['an unknown prop', { retentions: '1d' }, 'retentions: got "1d"; no such prop here; did you mean "retention"?'],
    ['a retention of hours', { retention: '6h' }, 'retention: got "6h"; at least a day is allowed: Loki forgets in whole days of its index'],
    ['a retention of another form', { retention: 'week' }, 'retention: got "week"; a duration such as "90s", "5m", "1h30m" or Duration.minutes(5) is allowed'],
    ['scratch space beside a volume', { storage: { size: '1Gi' }, scratch: '1Gi' }, "scratch: got \"1Gi\"; it is for a store without a volume; remove it, or 'storage'"],
  ])('refuses %s', (_, props, message) => expect(problemsOf(build(props), { namespace: 'monitoring' })).toContain(`[chart/log-store] ${message}`));
});
