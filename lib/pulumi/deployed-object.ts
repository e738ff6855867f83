import type { IConstruct } from 'constructs';
import { isPlainObject, type JsonObject } from '../core/json';
import { groupOf, isClusterScoped } from '../core/kinds';

/** An object of a cluster. */
export interface ClusterObject {
  /**
   * What it is in the cluster: `Deployment/shop/frontend`, `Namespace/shop`, `Certificate.cert-manager.io/shop/tls`. Never
   * its place in the construct tree, so that moving a construct changes nothing.
   */
  readonly identity: string;
  /** Group and version of its kind. */
  readonly apiVersion: string;
  /** Its kind. */
  readonly kind: string;
  /** Its name, with the content hash where it has one. */
  readonly name: string;
  /** The namespace; undefined for what stands in none, and where the provider's default is meant. */
  readonly namespace: string | undefined;
  /** The object as it was rendered. */
  readonly manifest: JsonObject;
}

/** One object of the charts, before it is registered. */
export interface DeployedObject extends ClusterObject {
  /** The construct that rendered it. */
  readonly construct: IConstruct;
}

/** The kind as identities show it: with its group where that is not Kubernetes' own. */
export function qualifiedKind(apiVersion: string, kind: string): string {
  const group = groupOf(apiVersion);
  return group.includes('.') && !group.endsWith('.k8s.io') ? `${kind}.${group}` : kind;
}

/** Kind, namespace and name as one text. */
export const identityOf = (kind: string, namespace: string | undefined, name: string): string => [kind, ...(namespace === undefined ? [] : [namespace]), name].join('/');

/**
 * Describes a rendered object.
 * @throws when it is no object that a cluster could hold
 */
export function describeObject(manifest: JsonObject, construct: IConstruct): DeployedObject {
  const { apiVersion, kind } = manifest;
  const metadata = isPlainObject(manifest.metadata) ? manifest.metadata : {};
  const { name } = metadata;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') throw new Error(`[${construct.node.path}] got an object without apiVersion and kind; every object needs both`);
  if (typeof name !== 'string' || name === '') {
    const generated = metadata.generateName === undefined ? '' : ", and 'generateName' makes another object at each `up`";
    throw new Error(`[${construct.node.path}] ${kind} metadata.name: got nothing; a name is required${generated}`);
  }
  const scoped = isClusterScoped({ apiVersion, kind });
  const namespace = typeof metadata.namespace === 'string' && !scoped ? metadata.namespace : undefined;
  return { identity: identityOf(qualifiedKind(apiVersion, kind), namespace, name), apiVersion, kind, name, namespace, manifest, construct };
}
