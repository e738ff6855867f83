import { JsonPatch } from 'cdk8s';
import { isPlainObject, type JsonObject } from './json';

/**
 * A change to a rendered object, applied last, so that nothing set in it is dropped:
 * either an object merged into the manifest (RFC 7386: maps merge, lists and scalars replace, `null` removes),
 * or a list of cdk8s `JsonPatch` operations (RFC 6902), which also reach into lists.
 */
export type Patch = JsonObject | readonly JsonPatch[];

function merge(target: unknown, patch: JsonObject): JsonObject {
  const result: JsonObject = isPlainObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else if (value !== undefined) result[key] = isPlainObject(value) ? merge(result[key], value) : value;
  }
  return result;
}

/** The patched copy; the original stays as it is. Throws when a JSON patch operation does not fit. */
export function applyPatch(manifest: JsonObject, patch: Patch | undefined): JsonObject {
  if (patch === undefined) return manifest;
  return Array.isArray(patch) ? (JsonPatch.apply(structuredClone(manifest), ...patch) as JsonObject) : merge(manifest, patch as JsonObject);
}
