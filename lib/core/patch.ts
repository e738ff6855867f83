import { JsonPatch } from 'cdk8s';
import { isPlainObject, type JsonObject } from './json';
import { show, type Mistakes } from './problems';

/**
 * A change to a rendered object, applied last, so that nothing set in it is dropped:
 * either an object merged into the manifest (RFC 7386: maps merge, lists and scalars replace, `null` removes),
 * or a list of cdk8s `JsonPatch` operations (RFC 6902), which also reach into lists.
 */
export type Patch = JsonObject | readonly JsonPatch[];

/** Whether the value is a patch. */
export const isPatch = (value: unknown): value is Patch => isPlainObject(value) || (Array.isArray(value) && value.every((operation: Partial<JsonPatch> | null) => typeof operation?._toJson === 'function'));

/** What a patch looks like, for messages. */
export const PATCH_FORM = 'an object to merge in, or a list of JsonPatch operations, is allowed';

/** Reads a `patch` prop: reports what is none, and leaves it out. */
export function readPatch(problems: Mistakes, given: unknown, prop = 'patch'): { readonly patch: Patch | undefined } {
  if (given === undefined || isPatch(given)) return { patch: given };
  problems.add(prop, given, PATCH_FORM);
  return { patch: undefined };
}

function merge(target: unknown, patch: JsonObject): JsonObject {
  const result = new Map(isPlainObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else if (value !== undefined) result.set(key, isPlainObject(value) ? merge(result.get(key), value) : value);
  }
  return Object.fromEntries(result);
}

/** The patched copy; the original stays as it is. Throws when a JSON patch operation does not fit. */
export function applyPatch(manifest: JsonObject, patch: Patch | undefined): JsonObject {
  if (patch === undefined) return manifest;
  return Array.isArray(patch) ? (patch as readonly JsonPatch[]).reduce(applyOperation, JSON.parse(JSON.stringify(manifest)) as JsonObject) : merge(manifest, patch as JsonObject);
}

/** One operation of RFC 6902. What it changes or reads must be there, or the change would go missing in silence. */
function applyOperation(manifest: JsonObject, operation: JsonPatch): JsonObject {
  const { op, path, from } = operation._toJson() as { op: string; path: string; from?: string };
  const puts = op === 'add' || op === 'move' || op === 'copy';
  const missing = from !== undefined && !exists(manifest, from) ? from : (puts ? fits(manifest, path) : exists(manifest, path)) ? undefined : path;
  if (missing !== undefined) throw new Error(`got ${show({ op, path })}; there is no ${show(missing)} in the object`);
  try {
    return JsonPatch.apply(manifest, operation) as JsonObject;
  } catch (error) {
    throw new Error(`got ${show({ op, path })}; ${(error as Error).message.split('\n', 1)[0]}`, { cause: error });
  }
}

const NOWHERE = Symbol('nowhere');

/** What a JSON pointer leads to. */
function at(value: unknown, pointer: string): unknown {
  const parts = pointer.split('/').slice(1).map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  return parts.reduce((inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as JsonObject)[key] : NOWHERE), value);
}

const exists = (manifest: JsonObject, pointer: string) => at(manifest, pointer) !== NOWHERE;

/** Whether a value can be put at the path: in a map, or in a list that reaches so far. */
function fits(manifest: JsonObject, path: string): boolean {
  const slash = path.lastIndexOf('/');
  const holder = at(manifest, path.slice(0, Math.max(slash, 0)));
  const key = path.slice(slash + 1);
  return Array.isArray(holder) ? key === '-' || (/^\d+$/.test(key) && Number(key) <= holder.length) : isPlainObject(holder);
}
