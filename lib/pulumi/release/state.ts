import { isPlainObject, type JsonObject } from '../../core/json';
import { SECRET } from './seal';

/** A resource of a state that was exported with its secrets: `pulumi stack export --show-secrets`. */
export interface StateResource {
  /** Its URN. */
  readonly urn: string;
  /** Its type. */
  readonly type: string;
  /** Whether a provider makes it; components are made by nobody. @default false */
  readonly custom?: boolean;
  /** The URN of its parent. @default none: it stands at the top */
  readonly parent?: string;
  /** Its provider: URN and id. @default none: it is a component */
  readonly provider?: string;
  /** URNs of what must be there before it. @default nothing */
  readonly dependencies?: readonly string[];
  /** The same, by the property that has them. @default nothing */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  /** What it was made from. @default nothing */
  readonly inputs?: JsonObject;
  /** What it came to. @default nothing */
  readonly outputs?: JsonObject;
  /** Why it is not ready, where it was made and is not. @default nothing: it is ready */
  readonly initErrors?: readonly string[];
  /** Whether the engine refuses to delete it. @default false */
  readonly protect?: boolean;
  /** Whether it stays where it is when the engine deletes it. @default false */
  readonly retainOnDelete?: boolean;
  /** Whether it is to be deleted at the next `up`, for another took its place. @default false */
  readonly delete?: boolean;
}

/** An operation that was interrupted. */
export interface PendingOperation {
  /** What was being done: `creating`, `updating`. */
  readonly type: string;
  /** To which resource. */
  readonly resource: StateResource;
}

/** The part of an exported state that is read here. */
export interface State {
  /** The resources, each after what it needs. */
  readonly resources: readonly StateResource[];
  /** What was interrupted. */
  readonly pending: readonly PendingOperation[];
}

const SIGNATURE = '4dabf18193072939515e22adb298388d';
const ENCRYPTED = '1b47061264138c4ac30d75fd1eb44270';

/** The state as the engine exports it. */
export function readState(deployment: unknown): State {
  const { resources, pending_operations: pending } = (deployment ?? {}) as { readonly resources?: readonly StateResource[]; readonly pending_operations?: readonly PendingOperation[] };
  return { resources: resources ?? [], pending: pending ?? [] };
}

/**
 * URNs of the providers that made what a resource depends on, directly or not.
 * @param resources - of the state, by URN
 */
export function providersBehind({ dependencies = [], propertyDependencies = {}, parent }: StateResource, resources: ReadonlyMap<string, StateResource>, seen: Set<string> = new Set()): Set<string> {
  const found = new Set<string>();
  for (const urn of [...dependencies, ...Object.values(propertyDependencies).flatMap((urns) => urns ?? []), ...(parent === undefined ? [] : [parent])]) {
    const resource = resources.get(urn);
    if (resource === undefined || seen.has(urn)) continue;
    seen.add(urn);
    // A reference to a provider is its URN and its id.
    if (resource.provider) found.add(resource.provider.slice(0, resource.provider.lastIndexOf('::')));
    for (const behind of providersBehind(resource, resources, seen)) found.add(behind);
  }
  return found;
}

/** A value of the state as sealed data: its secrets are marked. */
export function sealedValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sealedValue);
  if (!isPlainObject(value)) return value;
  if (value[SIGNATURE] === ENCRYPTED) return { [SECRET]: JSON.parse(String(value.plaintext)) as unknown };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sealedValue(inner)]));
}

/** The logical name of a resource: the last part of its URN. */
export const nameOfUrn = (urn: string): string => urn.split('::').slice(3).join('::');
