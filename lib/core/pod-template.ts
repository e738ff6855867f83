import { isPlainObject, type JsonObject } from './json';
import { at } from './paths';

const PATHS: ReadonlyMap<unknown, readonly string[]> = new Map([
  ['Pod', []],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);
/** Where Kubernetes' workloads, and those of others that are made like them, keep the template of their pods. */
const USUAL = ['spec', 'template'];

const inside = (value: unknown, path: readonly string[]): JsonObject | undefined => {
  const found = at(value, ...path);
  return isPlainObject(found) ? found : undefined;
};

/** The path of the pod template in an object of any kind, empty for a pod itself; undefined where the object makes no pods. */
export function templatePath(manifest: JsonObject): readonly string[] | undefined {
  const path = PATHS.get(manifest.kind) ?? USUAL;
  return Array.isArray(inside(manifest, [...path, 'spec'])?.containers) ? path : undefined;
}

/** The pod that an object is, or the template that it makes pods from; undefined where it makes no pods. */
export function podTemplateOf(manifest: JsonObject): { readonly metadata: JsonObject; readonly spec: JsonObject } | undefined {
  const path = templatePath(manifest);
  return path && { metadata: inside(manifest, [...path, 'metadata']) ?? {}, spec: inside(manifest, [...path, 'spec'])! };
}
