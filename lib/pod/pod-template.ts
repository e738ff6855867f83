import type { Application } from '../core/application';
import { checkAnnotations, checkLabels } from '../core/application';
import { nameOf } from '../config/references';
import { keysOf, readTexts, shaped, type Shapes } from '../core/forms';
import { compact, nonEmpty, type JsonObject } from '../core/json';
import { checkDnsLabel, checkDnsSubdomain } from '../core/names';
import type { MetricsEndpoint } from '../core/registry';
import { NETWORK_KEYS, type NetworkProps } from '../network/network-policy';
import type { Port } from '../network/ports';
import { CONTAINER_KEYS, renderContainer, type ContainerProps, type RenderedContainer } from './container';
import type { ProbesProps } from './probes';
import { readScheduling, SCHEDULING_KEYS, type SchedulingProps } from './scheduling';
import { readSecurity, type SecurityProps } from './security';
import { readServiceAccount, SERVICE_ACCOUNT_KEYS, type ServiceAccount, type ServiceAccountProps } from './service-account';
import { portsOfPod, readSidecars, renderInitContainer, renderSidecar, type InitContainerProps, type NamedSidecar, type SidecarProps } from './sidecar';
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

/** What a pod has of its own, beside what it takes from its parts. */
type OwnProps = Omit<PodProps, keyof (ContainerProps & SchedulingProps & ServiceAccountProps & NetworkProps)>;

const SHAPES: Shapes<OwnProps> = { containerName: 'text', sidecars: 'map', initContainers: 'map', security: 'any', imagePullSecrets: 'list', podLabels: 'map', podAnnotations: 'map' };

/** The keys of {@link PodProps}. */
export const POD_KEYS: Record<keyof PodProps, true> = { ...CONTAINER_KEYS, ...SCHEDULING_KEYS, ...SERVICE_ACCOUNT_KEYS, ...NETWORK_KEYS, ...keysOf(SHAPES) };

/** What the kind of workload adds to the pod. */
export interface PodContext {
  readonly ports?: readonly Port[];
  readonly metrics?: MetricsEndpoint | undefined;
  /** The sidecars, where the workload has read them already. */
  readonly sidecars?: readonly NamedSidecar[];
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
  const { problems } = application;
  const own = shaped<OwnProps>(problems, '', props, SHAPES);
  const shared = { security: readSecurity(application, own.security), volumes: new PodVolumes(application) };
  const serviceAccount = readServiceAccount(application, props);
  const mainPorts = context.ports ?? [];
  const sidecars = context.sidecars ?? readSidecars(application, own.sidecars, mainPorts);
  const ports = portsOfPod(mainPorts, sidecars);
  const name = own.containerName ?? application.name;
  if (own.containerName !== undefined) problems.check('containerName', name, checkDnsLabel);
  const probes = context.probes && { given: context.probes.given, ports };
  const main = renderContainer(application, props, { name, prop: '', property: '', ...shared, ports: mainPorts, probes, notice: context.notice });
  const before = [
    ...sidecars.map((sidecar) => renderSidecar(application, sidecar, shared)),
    ...Object.entries(own.initContainers ?? {}).map(([id, container]) => renderInitContainer(application, id, container, shared)),
  ];
  checkContainerNames(application, [name, ...before.map((container) => container.name as string)]);
  const metadata = podMetadata(application, own, context.metrics, { ...shared.security.annotations, ...serviceAccount.podAnnotations });
  const fixed = {
    serviceAccountName: serviceAccount.name,
    automountServiceAccountToken: serviceAccount.mountsToken,
    // Names like REDIS_PORT=tcp://… for every Service of the namespace break programs that read such names.
    enableServiceLinks: false,
    securityContext: shared.security.pod,
    terminationGracePeriodSeconds: context.grace,
    imagePullSecrets: readPullSecrets(application, own.imagePullSecrets),
    ...readScheduling(application, props),
  };
  const template = (claimName: (name: string) => string | undefined, extra: JsonObject = {}) => ({
    metadata,
    spec: compact({ ...context.spec, ...fixed, ...extra, initContainers: nonEmpty(before), containers: [main.spec], volumes: shared.volumes.render(claimName) }),
  });
  return { template, main, volumes: shared.volumes, serviceAccount, ports };
}

function checkContainerNames(application: Application, names: readonly string[]): void {
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) application.problems.add('containerName', twin, 'two containers of the pod have this name; rename one');
}

function podMetadata(application: Application, props: OwnProps, metrics: MetricsEndpoint | undefined, ours: Readonly<Record<string, string>>): JsonObject {
  const { problems } = application;
  const podLabels = Object.fromEntries(readTexts(problems, 'podLabels', props.podLabels ?? {}));
  const podAnnotations = Object.fromEntries(readTexts(problems, 'podAnnotations', props.podAnnotations ?? {}));
  checkLabels(problems, 'podLabels', podLabels);
  checkAnnotations(problems, 'podAnnotations', podAnnotations);
  for (const key of Object.keys(application.selector)) if (podLabels[key] !== undefined) problems.add(`podLabels.${key}`, podLabels[key], 'pods are selected by this label; remove it');
  const scrape: Record<string, string> = metrics ? { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(metrics.port), 'prometheus.io/path': metrics.path } : {};
  return compact({ labels: sorted({ ...application.labels, ...podLabels }), annotations: compact(sorted({ ...scrape, ...ours, ...podAnnotations })) })!;
}

const sorted = (map: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

function readPullSecrets(application: Application, own: OwnProps['imagePullSecrets']): JsonObject[] | undefined {
  const names = (own ?? application.setting('imagePullSecrets', undefined) ?? []).map(nameOf);
  names.forEach((name, index) => application.problems.check(`imagePullSecrets[${index}]`, name, checkDnsSubdomain));
  return nonEmpty(names.map((name) => ({ name })));
}
