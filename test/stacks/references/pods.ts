/** What a pod names: configuration, secrets, volumes, service accounts, and ports of its own. */
import { selects, type Container, type Pods, type Probe, type Volume, type World } from './world';

export function unresolvedByPods(world: World): string[] {
  return world.pods.flatMap((pods) => unresolved(world, pods).map((what) => `${pods.name}: ${what}`));
}

function unresolved(world: World, pods: Pods): string[] {
  const { namespace, spec, owner, labels } = pods;
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  return [
    ...(world.find('ServiceAccount', namespace, spec.serviceAccountName ?? '') ? [] : [`no ServiceAccount ${spec.serviceAccountName}`]),
    ...(spec.imagePullSecrets ?? []).flatMap(({ name }) => inSecret(world, namespace, name, [])),
    ...(spec.priorityClassName === undefined || spec.priorityClassName.startsWith('system-') || world.find('PriorityClass', undefined, spec.priorityClassName) ? [] : [`no PriorityClass ${spec.priorityClassName}`]),
    ...(owner.spec.selector && !selects(owner.spec.selector, labels) ? ['its selector does not choose its own pods'] : []),
    ...(spec.topologySpreadConstraints ?? []).filter(({ labelSelector }) => !selects(labelSelector, labels)).map(() => 'a spread constraint does not count its own pods'),
    ...(spec.volumes ?? []).flatMap((volume) => inVolume(world, pods, volume)),
    ...containers.flatMap((container) => inContainer(world, pods, container)),
  ];
}

function inVolume(world: World, { namespace }: Pods, { configMap, secret, persistentVolumeClaim, projected }: Volume): string[] {
  const keys = (items: readonly { readonly key: string }[] = []) => items.map(({ key }) => key);
  const sources = [{ configMap, secret }, ...(projected?.sources ?? [])];
  return [
    ...sources.flatMap((source) => [
      ...(source.configMap && !source.configMap.optional ? inConfigMap(world, namespace, source.configMap.name ?? '', keys(source.configMap.items)) : []),
      ...(source.secret && !source.secret.optional ? inSecret(world, namespace, source.secret.secretName ?? source.secret.name ?? '', keys(source.secret.items)) : []),
    ]),
    ...(persistentVolumeClaim && !world.find('PersistentVolumeClaim', namespace, persistentVolumeClaim.claimName) ? [`no PersistentVolumeClaim ${persistentVolumeClaim.claimName}`] : []),
  ];
}

function inContainer(world: World, pods: Pods, container: Container): string[] {
  const { namespace } = pods;
  const { env = [], envFrom = [], volumeMounts = [], ports = [] } = container;
  const probes = [container.readinessProbe, container.livenessProbe, container.startupProbe];
  return [
    ...env.flatMap(({ valueFrom = {} }) => [
      ...(valueFrom.configMapKeyRef && !valueFrom.configMapKeyRef.optional ? inConfigMap(world, namespace, valueFrom.configMapKeyRef.name, [valueFrom.configMapKeyRef.key]) : []),
      ...(valueFrom.secretKeyRef && !valueFrom.secretKeyRef.optional ? inSecret(world, namespace, valueFrom.secretKeyRef.name, [valueFrom.secretKeyRef.key]) : []),
    ]),
    ...envFrom.flatMap(({ configMapRef, secretRef }) => [
      ...(configMapRef && !configMapRef.optional ? inConfigMap(world, namespace, configMapRef.name, []) : []),
      ...(secretRef && !secretRef.optional ? inSecret(world, namespace, secretRef.name, []) : []),
    ]),
    ...volumeMounts.flatMap(({ name, subPath }) => mounted(world, pods, name, subPath)),
    ...probes.flatMap((probe) => probedPort(probe)).filter((port) => !ports.some(({ name, containerPort }) => port === name || port === containerPort)).map((port) => `a probe asks port ${port}, which ${container.name} does not have`),
  ].map((what) => `container ${container.name}: ${what}`);
}

function mounted(world: World, { owner, spec, namespace }: Pods, name: string, subPath: string | undefined): string[] {
  if (owner.spec.volumeClaimTemplates?.some(({ metadata }) => metadata.name === name)) return [];
  const volume = spec.volumes?.find((candidate) => candidate.name === name);
  if (!volume) return [`no volume ${name}`];
  if (subPath === undefined) return [];
  if (volume.configMap) return inConfigMap(world, namespace, volume.configMap.name ?? '', [subPath]);
  return volume.secret ? inSecret(world, namespace, volume.secret.secretName ?? '', [subPath]) : [];
}

function probedPort(probe: Probe | undefined): (number | string)[] {
  const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port ?? probe?.grpc?.port;
  return port === undefined ? [] : [port];
}

function inConfigMap(world: World, namespace: string, name: string, keys: readonly string[]): string[] {
  const found = world.find('ConfigMap', namespace, name);
  if (!found) return [`no ConfigMap ${name}`];
  return keys.filter((key) => found.data?.[key] === undefined && found.binaryData?.[key] === undefined).map((key) => `no key ${key} in ConfigMap ${name}`);
}

function inSecret(world: World, namespace: string, name: string, keys: readonly string[]): string[] {
  const known = world.secretKeys(namespace, name);
  if (!known) return [`nobody is told to bring Secret ${name}`];
  return keys.filter((key) => !known.includes(key)).map((key) => `nobody is told of key ${key} in Secret ${name}`);
}
