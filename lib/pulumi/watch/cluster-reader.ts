import type { ApiObject } from './api-objects';

/** The kinds that are read. */
export const READ_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'Pod', 'PersistentVolumeClaim', 'Event'] as const;

/** One of the kinds that are read. */
export type ReadKind = (typeof READ_KINDS)[number];

/** Takes what a reader tells. */
export interface Listener {
  /** Everything of the kind in the namespace is told anew. */
  reset(): void;
  /** An object is there, or has changed. */
  changed(object: ApiObject): void;
  /** An object is gone. */
  removed(object: ApiObject): void;
}

/** Reads a cluster. */
export interface ClusterReader {
  /** The namespace of objects that name none. */
  readonly namespace: string;
  /** When the reader was made, by the cluster's clock, in milliseconds since 1970; undefined before the cluster has answered. */
  readonly startedAt: number | undefined;
  /**
   * Tells all objects of a kind in a namespace, then every change, until the signal is aborted.
   * @throws {@link ReadError} when that can't be
   */
  follow(kind: ReadKind, namespace: string, listener: Listener, signal: AbortSignal): Promise<void>;
}

/** The cluster can't be read: not allowed to, or not there. */
export class ReadError extends Error {}
