import { PlatformNamespace } from '../../../lib';
import type { JsonObject } from '../../../lib/core/json';
import { web } from '../../builders';
import { problemsOf, render, templateOf, type Manifests } from '../../support';
import { Fluentd, read, SINKS } from './samples';

const PROPS = { sinks: [SINKS.elasticsearch] };
const options = { namespace: 'monitoring-nodes', defaults: { apiServerTraffic: { cidrs: ['10.0.0.1/32'] } } };
const build = (props: object = PROPS) => (chart: ConstructorParameters<typeof Fluentd>[0]): void => {
  new PlatformNamespace(chart, 'namespace', { podSecurity: 'privileged' });
  new Fluentd(chart, 'fluentd', read(props).settings!);
};
const made = (props?: object): Manifests => render(build(props), options);
const kinds = (manifests: Manifests, kind: string): JsonObject[] => Object.values(manifests).filter((manifest) => manifest.kind === kind);

describe('Fluentd', () => {
  const manifests = made();
  const { spec, metadata } = templateOf(manifests['DaemonSet/fluentd']!);
  const [container] = spec.containers;

  it('is root without rights, and says why', () => {
    expect(spec.securityContext).toMatchObject({ runAsUser: 0, runAsNonRoot: false, seccompProfile: { type: 'RuntimeDefault' } });
    expect(container!.securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
    expect(metadata.annotations!['fairlead.dev/security-exception']).toMatch(/^Reads the log files of the node/);
    expect([spec.hostNetwork, spec.hostPID]).toEqual([undefined, undefined]);
  });

  it('sees the logs of the node, which it cannot change, and its own state', () => {
    expect(spec.volumes!.filter((volume) => 'hostPath' in volume)).toEqual([
      { name: 'logs', hostPath: { path: '/var/log', type: 'Directory' } }, { name: 'state', hostPath: { path: '/var/lib/fluentd/monitoring-nodes', type: 'DirectoryOrCreate' } },
    ]);
    expect(container!.volumeMounts).toEqual(expect.arrayContaining([{ name: 'logs', mountPath: '/var/log', readOnly: true }, { name: 'state', mountPath: '/var/lib/fluentd' }]));
  });

  it('runs on every node, whatever its taints', () => expect(spec.tolerations).toEqual([{ operator: 'Exists' }]));

  it('is rolled by a change of its configuration', () => {
    const [config] = kinds(manifests, 'ConfigMap');
    const name = (config!.metadata as { name: string }).name;
    expect(config!.immutable).toBe(true);
    expect(spec.volumes).toEqual(expect.arrayContaining([{ name, configMap: { name } }].map(() => expect.objectContaining({ configMap: expect.objectContaining({ name }) as object }) as object)));
    expect(kinds(made({ ...PROPS, json: false }), 'ConfigMap')[0]!.metadata).not.toMatchObject({ name });
    expect(kinds(made(), 'ConfigMap')[0]!.metadata).toMatchObject({ name });
  });

  it('reads the pods of the environment, and nothing else', () => {
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
    const shop = made({ ...PROPS, namespaces: ['shop'] });
    expect(kinds(shop, 'Role').map(({ metadata: of, rules: own }) => [(of as { namespace: string }).namespace, own])).toEqual([['shop', rules]]);
    expect(kinds(shop, 'ClusterRole')).toEqual([]);
    expect(kinds(made({ ...PROPS, namespaces: 'all' }), 'ClusterRole').map(({ rules: own }) => own)).toEqual([rules]);
  });

  it('has its credentials as files', () => {
    expect(spec.volumes).toEqual(expect.arrayContaining([expect.objectContaining({ secret: { secretName: 'sinks', items: [{ key: 'password', path: 'password' }] } })]));
    expect(container!.volumeMounts).toEqual(expect.arrayContaining([expect.objectContaining({ mountPath: '/fluentd/secrets/sinks/password', readOnly: true })]));
    expect(container!.env!.map(({ name }) => name)).toEqual(['K8S_NODE_NAME', 'MALLOC_ARENA_MAX']);
  });

  it('talks to the API server, DNS and its sinks, and is asked for metrics', () => {
    const { ingress, egress } = manifests['NetworkPolicy/fluentd']!.spec as { ingress: object[]; egress: object[] };
    const tcp = (port: number) => ({ protocol: 'TCP', port });
    expect(ingress).toEqual([{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }], ports: [tcp(24231)] }]);
    expect(egress.slice(1)).toEqual([
      { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'] } }], ports: [tcp(9200)] },
      { to: [{ ipBlock: { cidr: '10.0.0.1/32' } }], ports: [tcp(443), tcp(6443)] },
    ]);
  });

  it('reaches a sink by its address ranges, or as a workload of the app', () => {
    const egress = (sink: object) => (made({ sinks: [sink] })['NetworkPolicy/fluentd']!.spec as { egress: { to: object[] }[] }).egress[1]!.to;
    expect(egress({ ...SINKS.elasticsearch, cidrs: ['10.8.0.0/16'] })).toEqual([{ ipBlock: { cidr: '10.8.0.0/16' } }]);
    const both = render((chart) => { web({}, 'logs')(chart); build({ sinks: [{ ...SINKS.elasticsearch, to: 'logs' }] })(chart); }, options);
    expect((both['NetworkPolicy/logs']!.spec as { ingress: object[] }).ingress).toHaveLength(1);
    expect(problemsOf(build({ sinks: [{ ...SINKS.elasticsearch, to: 'nobody' }] }), options)[0]).toContain('connectsTo[0]: got "nobody"; no workload of the app has that name');
  });

  it('is refused in a namespace that is not privileged', () => {
    const restricted = (chart: ConstructorParameters<typeof Fluentd>[0]) => {
      new PlatformNamespace(chart, 'namespace');
      new Fluentd(chart, 'fluentd', read(PROPS).settings!);
    };
    expect(problemsOf(restricted, options).join('\n')).toContain('breaks the restricted Pod Security level');
  });
});
