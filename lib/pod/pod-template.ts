import type { Application } from '../core/application';
import { checkAnnotations, checkLabels } from '../core/application';
import { compact, nonEmpty, type JsonObject } from '../core/json';
import { checkDnsSubdomain } from '../core/names';
import type { MetricsEndpoint } from '../core/registry';
import { didYouMean } from '../core/suggest';
import { NETWORK_KEYS, type NetworkProps } from '../network/network-policy';
import { readPorts, type Port } from '../network/ports';
import { CONTAINER_KEYS, renderContainer, type ContainerProps, type RenderedContainer } from './container';
import type { ProbesProps } from './probes';
import { readScheduling, SCHEDULING_KEYS, type SchedulingProps } from './scheduling';
import { readSecurity, type SecurityProps } from './security';
import { readServiceAccount, SERVICE_ACCOUNT_KEYS, type ServiceAccount, type ServiceAccountProps } from './service-account';
import { INIT_CONTAINER_KEYS, SIDECAR_KEYS, type InitContainerProps, type SidecarProps } from './sidecar';
import { PodVolumes } from './volumes';

/** What a pod is made of, in every kind of workload. */
export interface PodProps extends ContainerProps, SchedulingProps, ServiceAccountProps, NetworkProps {
  /** Name of the main container. @default the workload's name */
  readonly containerName?: string;
  /** Containers that run beside the main one, by name. They start first, in this order. @default none */
  readonly sidecars?: Readonly<Record<string, SidecarProps>>;
  /** Containers that run to their end before the main one starts, by name, in this order, after the sidecars. @default none */
  readonly initContainers?: Readonly<Record<string, InitContainerProps>>;
  /** Users, groups and rights. @default the restricted Pod Security level, the image's own user */
  readonly security?: SecurityProps;
  /** Names of the Secrets that the images are pulled with. @default the nearest default, or none */
  readonly imagePullSecrets?: readonly (string | { readonly name: string })[];
  /** Further labels on the pods; a change rolls them. @default none */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** Further annotations on the pods; a change rolls them. @default none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

/** The keys of {@link PodProps}. */
export const POD_KEYS: Record<keyof PodProps, true> = {
  ...CONTAINER_KEYS, ...SCHEDULING_KEYS, ...SERVICE_ACCOUNT_KEYS, ...NETWORK_KEYS,
  containerName: true, sidecars: true, initContainers: true, security: true, imagePullSecrets: true, podLabels: true, podAnnotations: true,
};

/** What the kind of workload adds to the pod. */
export interface PodContext {
  readonly ports?: readonly Port[];
  readonly metrics?: MetricsEndpoint | undefined;
  /** The main container's probes; undefined where a pod takes none. */
  readonly probes?: { readonly given: ProbesProps | undefined };
  /** Seconds of notice before the main container is told to stop. */
  readonly notice?: number;
  /** Seconds until the pod is killed. */
  readonly grace?: number;
  /** Fields of the pod spec that only this kind has. */
  readonly spec?: JsonObject | undefined;
}

/** A pod template and what stands around it. */
export interface Pod {
  /** The template without its volumes: those are rendered once the owner of the claims is known. */
  readonly template: (claimName: (name: string) => string | undefined, extra?: JsonObject) => JsonObject;
  readonly main: RenderedContainer;
  readonly volumes: PodVolumes;
  readonly serviceAccount: ServiceAccount;
  /** The main container's ports and those of the sidecars. */
  readonly ports: readonly Port[];
}

/** Makes the pod of a workload. */
export function makePod(application: Application, props: PodProps, context: PodContext): Pod {
  const volumes = new PodVolumes(application);
  const security = readSecurity(application, props.security);
  const serviceAccount = readServiceAccount(application, props);
  const sidecarPorts = readSidecarPorts(application, props, context.ports ?? []);
  const ports = [...(context.ports ?? []), ...sidecarPorts.flatMap(([, own]) => own)];
  const main = renderContainer(application, props, {
    name: props.containerName ?? application.name,
    prop: '',
    property: '',
    security,
    volumes,
    ports: context.ports ?? [],
    ...(context.probes ? { probes: { given: context.probes.given, ports } } : {}),
    ...(context.notice === undefined ? {} : { notice: context.notice }),
  });
  const before = [
    ...sidecarPorts.map(([name, own]) => renderSidecar(application, name, props.sidecars![name]!, { security, volumes, ports: own })),
    ...Object.entries(props.initContainers ?? {}).map(([name, container]) => renderInit(application, name, container, { security, volumes })),
  ];
  checkContainerNames(application, [props.containerName ?? application.name, ...before.map((container) => container.name as string)]);
  const metadata = podMetadata(application, props, context.metrics, security.annotations);
  const fixed = {
    serviceAccountName: serviceAccount.name,
    automountServiceAccountToken: serviceAccount.mountsToken,
    securityContext: security.pod,
    terminationGracePeriodSeconds: context.grace,
    imagePullSecrets: readPullSecrets(application, props),
    ...readScheduling(application, props),
  };
  const template = (claimName: (name: string) => string | undefined, extra: JsonObject = {}) => ({
    metadata,
    spec: compact({ ...context.spec, ...fixed, ...extra, initContainers: nonEmpty(before), containers: [main.spec], volumes: volumes.render(claimName) }),
  });
  return { template, main, volumes, serviceAccount, ports };
}

function readSidecarPorts(application: Application, { sidecars = {} }: PodProps, main: readonly Port[]): [string, readonly Port[]][] {
  const seen = [...main];
  return Object.entries(sidecars).map(([name, sidecar]) => {
    const ports = readPorts(application, sidecar.ports ?? {}, 'tcp');
    for (const port of ports) {
      const twin = seen.find((other) => other.name === port.name || other.port === port.port);
      if (twin) application.problems.add(`sidecars.${name}.ports.${port.name}`, port.port, `the pod has port '${twin.name}' (${twin.port}) already; containers of a pod share their ports`);
      seen.push(port);
    }
    return [name, ports];
  });
}

type Shared = Pick<Parameters<typeof renderContainer>[2], 'security' | 'volumes'>;

function renderSidecar(application: Application, name: string, props: SidecarProps, shared: Shared & { ports: readonly Port[] }): JsonObject {
  application.problems.unknownKeys(`sidecars.${name}`, props, Object.keys(SIDECAR_KEYS), didYouMean);
  const probes = { given: props.probes ?? {}, ports: shared.ports };
  const { spec } = renderContainer(application, props, { name, prop: `sidecars.${name}`, property: propertyOf(name), ...shared, probes });
  const { name: first, ...rest } = spec;
  return { name: first, restartPolicy: 'Always', ...rest };
}

function renderInit(application: Application, name: string, props: InitContainerProps, shared: Shared): JsonObject {
  application.problems.unknownKeys(`initContainers.${name}`, props, Object.keys(INIT_CONTAINER_KEYS), didYouMean);
  return renderContainer(application, props, { name, prop: `initContainers.${name}`, property: propertyOf(name), ...shared }).spec;
}

const propertyOf = (name: string) => name.replace(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function checkContainerNames(application: Application, names: readonly string[]): void {
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) application.problems.add('containerName', twin, 'two containers of the pod have this name; rename one');
}

function podMetadata(application: Application, props: PodProps, metrics: MetricsEndpoint | undefined, security: Readonly<Record<string, string>>): JsonObject {
  const { problems } = application;
  const { podLabels = {}, podAnnotations = {} } = props;
  checkLabels(problems, 'podLabels', podLabels);
  checkAnnotations(problems, 'podAnnotations', podAnnotations);
  for (const key of Object.keys(application.selector)) if (podLabels[key] !== undefined) problems.add(`podLabels.${key}`, podLabels[key], 'pods are selected by this label; remove it');
  const scrape: Record<string, string> = metrics ? { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(metrics.port), 'prometheus.io/path': metrics.path } : {};
  return compact({ labels: sorted({ ...application.labels, ...podLabels }), annotations: compact(sorted({ ...scrape, ...security, ...podAnnotations })) })!;
}

const sorted = (map: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

function readPullSecrets(application: Application, props: PodProps): JsonObject[] | undefined {
  const names = props.imagePullSecrets?.map((secret) => (typeof secret === 'string' ? secret : secret.name)) ?? application.setting('imagePullSecrets', undefined) ?? [];
  for (const name of names) {
    const wrong = checkDnsSubdomain(name);
    if (wrong) application.problems.add('imagePullSecrets', name, wrong);
  }
  return nonEmpty(names.map((name) => ({ name })));
}
