import { isPlainObject, type JsonObject } from '../../core/json';
import { textAt } from '../../core/paths';
import { readState, type PendingOperation } from './state';

/** A state after an interruption, and what of it must be compared with the cluster. */
export interface Reconciliation {
  /** The deployment to import: objects that were being made are in it, as if they were there. */
  readonly deployment: JsonObject;
  /** URNs to refresh: what is not there after all, the engine then drops again. */
  readonly refresh: readonly string[];
  /** URNs of what was being made by other providers, whose ids nobody knows. */
  readonly unknown: readonly string[];
}

/**
 * Settles what was interrupted in a state. An object of Kubernetes has its id from its name, so whether it was made can be
 * asked; what was being changed or deleted is asked for as it is.
 * @param deployment - as `pulumi stack export` gives it, encrypted or not
 * @returns undefined where nothing was interrupted
 */
export function settlePending(deployment: unknown): Reconciliation | undefined {
  const { resources, pending } = readState(deployment);
  if (pending.length === 0) return undefined;
  const known = new Set(resources.filter((resource) => resource.delete !== true).map(({ urn }) => urn));
  const creating = pending.filter(({ type }) => type === 'creating');
  const adopted = creating.filter((operation) => isObject(operation) && !known.has(operation.resource.urn)).map(adopt);
  const left = creating.filter((operation) => !isObject(operation) && isMade(operation));
  const touched = new Set(pending.filter(isObject).map(({ resource }) => resource.urn));
  const there = new Set([...known, ...adopted.map(({ urn }) => urn)]);
  return {
    deployment: { ...(deployment as JsonObject), resources: [...resources, ...adopted], pending_operations: left },
    refresh: [...touched].filter((urn) => there.has(urn)),
    unknown: left.map(({ resource }) => resource.urn),
  };
}

const isObject = ({ resource }: PendingOperation): boolean => resource.type.startsWith('kubernetes:');

/** Components and providers are made by the engine itself, again and again. */
const isMade = ({ resource }: PendingOperation): boolean => resource.custom === true && !resource.type.startsWith('pulumi:');

/** The object as if it had been made; until the refresh, its inputs stand for what it came to. */
function adopt({ resource }: PendingOperation): PendingOperation['resource'] & { readonly id: string | undefined } {
  const inputs = isPlainObject(resource.inputs) ? resource.inputs : {};
  const [namespace, name] = [textAt(inputs, 'metadata', 'namespace'), textAt(inputs, 'metadata', 'name')];
  return { ...resource, id: namespace === undefined ? name : `${namespace}/${name}`, outputs: inputs };
}
