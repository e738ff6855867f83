import type { PortsProps } from '../network/ports';
import { CONTAINER_KEYS, type ContainerProps } from './container';
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

/** The keys of {@link InitContainerProps}. */
export const INIT_CONTAINER_KEYS: Record<keyof InitContainerProps, true> = CONTAINER_KEYS;

/** The keys of {@link SidecarProps}. */
export const SIDECAR_KEYS: Record<keyof SidecarProps, true> = { ...CONTAINER_KEYS, ports: true, probes: true };
