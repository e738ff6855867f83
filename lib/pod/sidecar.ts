import type { Application } from '../core/application';
import { keysOf, type Shapes } from '../core/forms';
import { compact, isPlainObject, type JsonObject } from '../core/json';
import { camelCase, checkDnsLabel } from '../core/names';
import { asObject } from '../core/shape';
import { readPorts, type Port, type PortsProps } from '../network/ports';
import { CONTAINER_KEYS, renderContainer, type ContainerContext, type ContainerProps } from './container';
import type { ProbesProps } from './probes';

/** A container that runs before the main one and must end well. They run one after the other, in the order given. */
export type InitContainerProps = ContainerProps;

/**
 * A container that starts before the main one, runs beside it and stops after it (an init container that restarts).
 * Jobs end although their sidecars still run.
 */
export interface SidecarProps extends ContainerProps {
  /** Ports that it listens on; they become ports of the pod and its Service. @default none */
  readonly ports?: PortsProps;
  /** Probes; the main container starts once `startup` succeeds. @default none */
  readonly probes?: ProbesProps;
}

const SHAPES: Shapes<Omit<SidecarProps, keyof ContainerProps>> = { ports: 'map', probes: 'map' };

/** The keys of {@link InitContainerProps}. */
export const INIT_CONTAINER_KEYS: Record<keyof InitContainerProps, true> = CONTAINER_KEYS;

/** The keys of {@link SidecarProps}. */
export const SIDECAR_KEYS: Record<keyof SidecarProps, true> = { ...CONTAINER_KEYS, ...keysOf(SHAPES) };

/** A sidecar with its name and ports. */
export interface NamedSidecar {
  readonly name: string;
  readonly props: Partial<SidecarProps>;
  readonly ports: readonly Port[];
}

type Shared = Pick<ContainerContext, 'security' | 'volumes'>;

/** Reads the `sidecars` prop as far as the main container must know: their ports are ports of the pod. */
export function readSidecars(application: Application, sidecars: Readonly<Record<string, SidecarProps>> | undefined, main: readonly Port[]): NamedSidecar[] {
  const { problems } = application;
  const seen = [...main];
  // Anything but an object is reported where the pod is made.
  return Object.entries(isPlainObject(sidecars) ? sidecars : {}).map(([name, given]) => {
    const prop = `sidecars.${name}`;
    const props = asObject(problems, prop, given, SIDECAR_KEYS);
    const ports = readPorts(application, props.ports, 'tcp', `${prop}.ports`);
    for (const port of ports) {
      const twin = seen.find((other) => other.name === port.name || other.port === port.port || other.servicePort === port.servicePort);
      if (twin) problems.add(`${prop}.ports.${port.name}`, port.port, `the pod has port '${twin.name}' (${twin.port}) already; its containers share their ports and the Service`);
    }
    seen.push(...ports);
    return { name, props, ports };
  });
}

/** The ports of the pod: the main container's and those of the sidecars. */
export const portsOfPod = (main: readonly Port[], sidecars: readonly NamedSidecar[]): readonly Port[] => [...main, ...sidecars.flatMap(({ ports }) => ports)];

/** Renders a sidecar: an init container that restarts. It has no probe but those that are given. */
export function renderSidecar(application: Application, { name, props, ports }: NamedSidecar, shared: Shared): JsonObject {
  const probes = { readiness: false, liveness: false, startup: false, ...compact(asObject(application.problems, `sidecars.${name}.probes`, props.probes)) } as const;
  const spec = renderNamed(application, `sidecars.${name}`, name, props, { ...shared, ports, probes: { given: probes, ports } });
  return { name, restartPolicy: 'Always', ...spec };
}

/** Renders an init container. */
export function renderInitContainer(application: Application, name: string, given: InitContainerProps, shared: Shared): JsonObject {
  const prop = `initContainers.${name}`;
  return renderNamed(application, prop, name, asObject(application.problems, prop, given, INIT_CONTAINER_KEYS), shared);
}

function renderNamed(application: Application, prop: string, name: string, props: Partial<ContainerProps>, context: Omit<ContainerContext, 'name' | 'prop' | 'property'>): JsonObject {
  application.problems.check(prop, name, checkDnsLabel);
  return renderContainer(application, props as ContainerProps, { ...context, name, prop, property: camelCase(name) }).spec;
}
