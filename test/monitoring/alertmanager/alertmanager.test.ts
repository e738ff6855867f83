import type { Chart } from 'cdk8s';
import { fileFromSecret } from '../../../lib';
import { Mistakes } from '../../../lib/core/problems';
import { Alertmanager, readAlerting, type AlertingProps, type AlertmanagerProps } from '../../../lib/monitoring/alertmanager';
import { only, problemsOf, render, templateOf, type Manifests } from '../../support';
import { ALERTING } from './samples';

const alertingOf = (props: AlertingProps = ALERTING) => readAlerting(new Mistakes(), 'alerting', props, []);
const build = (props: Partial<AlertmanagerProps> = {}) => (chart: Chart) => new Alertmanager(chart, 'alertmanager', { alerting: alertingOf(), ...props });
const options = { namespace: 'monitoring' };
const rendered = (props: Partial<AlertmanagerProps> = {}) => render(build(props), options);
const podOf = (manifests: Manifests) => templateOf(only(manifests, 'StatefulSet')).spec;
const configMap = (manifests: Manifests) => only(manifests, 'ConfigMap') as { metadata: { name: string }; data: Record<string, string> };

test('nothing is wrong with it', () => {
  expect(problemsOf(build({ replicas: 2, storage: { size: '1Gi' } }), options)).toEqual([]);
});

test('one pod keeps to itself', () => {
  const { args, ports } = podOf(rendered()).containers[0]!;
  expect(args).toEqual(['--config.file=/etc/alertmanager/config/alertmanager.yml', '--storage.path=/alertmanager', '--cluster.listen-address=']);
  expect(ports).toEqual([{ name: 'http', containerPort: 9093 }]);
});

test('two talk to each other, start at once, and are not drained together', () => {
  const manifests = rendered({ replicas: 2, externalUrl: 'https://alerts.example.com' });
  const { args } = podOf(manifests).containers[0]!;
  expect(args).toEqual(expect.arrayContaining([
    '--cluster.listen-address=[$(POD_IP)]:9094', '--cluster.peer=alertmanager-0.alertmanager-headless:9094', '--cluster.peer=alertmanager-1.alertmanager-headless:9094',
    '--cluster.peer-name=$(POD_NAME)', '--cluster.label=monitoring/alertmanager', '--cluster.reconnect-timeout=5m', '--web.external-url=https://alerts.example.com',
  ]));
  expect(only(manifests, 'StatefulSet').spec).toMatchObject({ replicas: 2, podManagementPolicy: 'Parallel' });
  expect(only(manifests, 'PodDisruptionBudget')).toBeDefined();
  expect(JSON.stringify(only(manifests, 'NetworkPolicy'))).toContain('{"protocol":"UDP","port":9094}');
});

test('credentials are folders of Secrets, with the keys that are needed and no others', () => {
  const pod = podOf(rendered());
  const mounts = pod.containers[0]!.volumeMounts!.filter(({ mountPath }) => String(mountPath).startsWith('/etc/alertmanager/secrets/'));
  expect(mounts.map(({ mountPath, readOnly, subPath }) => [mountPath, readOnly, subPath])).toEqual([['/etc/alertmanager/secrets/alerting', true, undefined], ['/etc/alertmanager/secrets/heartbeat', true, undefined]]);
  const secrets = pod.volumes!.flatMap(({ secret }) => (secret ? [secret as { secretName: string; items: { key: string }[] }] : []));
  expect(secrets.map(({ secretName, items }) => [secretName, items.length])).toEqual([['alerting', 21], ['heartbeat', 1]]);
  const { data } = configMap(rendered());
  const files = [...Object.values(data).join('\n').matchAll(/_file: \/etc\/alertmanager\/secrets\/(\S+)/g)].map(([, file]) => file!);
  const mounted = secrets.flatMap(({ secretName, items }) => items.map(({ key }) => `${secretName}/${key}`));
  expect([...new Set(files)].sort()).toEqual(mounted.sort());
});

test('a change of the configuration makes another ConfigMap, and rolls the pods', () => {
  const { name } = configMap(rendered()).metadata;
  expect(configMap(rendered()).metadata.name).toBe(name);
  const changed = rendered({ alerting: alertingOf({ ...ALERTING, repeatInterval: '8h' }) });
  expect(configMap(changed).metadata.name).not.toBe(name);
  expect(JSON.stringify(podOf(changed).volumes)).toContain(configMap(changed).metadata.name);
});

test('it may reach the ports of its receivers, and not the cloud\'s metadata', () => {
  const egressOf = (receiver: object) => JSON.stringify((only(rendered({ alerting: alertingOf({ ...ALERTING, receivers: { everybody: receiver } }) }), 'NetworkPolicy').spec as { egress: unknown[] }).egress);
  expect(egressOf({ slack: { webhook: fileFromSecret('a', 'b') } })).toContain('{"to":[{"ipBlock":{"cidr":"0.0.0.0/0","except":["169.254.0.0/16"]}}],"ports":[{"protocol":"TCP","port":443}]}');
  expect(egressOf({ email: { to: 'a@b.c', from: 'a@b.c', smarthost: 'smtp.example.com:587' }, webhook: { url: 'http://hook.tools.svc' } })).toContain('"ports":[{"protocol":"TCP","port":80},{"protocol":"TCP","port":443},{"protocol":"TCP","port":587}]');
});

test('its storage is a volume where one is asked for, and it runs as nobody', () => {
  const manifests = rendered({ storage: { size: '2Gi', storageClass: 'fast' } });
  expect(only(manifests, 'StatefulSet').spec).toMatchObject({ volumeClaimTemplates: [{ metadata: { name: 'storage' }, spec: { storageClassName: 'fast' } }] });
  expect(podOf(manifests)).toMatchObject({ securityContext: { runAsUser: 65534, fsGroup: 65534, runAsNonRoot: true }, containers: [{ image: 'quay.io/prometheus/alertmanager:v0.34.0', securityContext: { readOnlyRootFilesystem: true } }] });
  expect(podOf(rendered()).volumes).toContainEqual({ name: 'alertmanager', emptyDir: { sizeLimit: '1Gi' } });
});
