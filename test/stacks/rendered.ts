import { resolve } from 'node:path';
import type { JsonObject } from '../../lib';
import { renderEnvironments, type RenderedEnvironment } from '../../stacks/synthesize';

/** The repository: where the environment files stand. */
export const ROOT = resolve(__dirname, '../..');

/** Every environment, rendered as synth renders it. */
export const ENVIRONMENTS: readonly RenderedEnvironment[] = renderEnvironments(ROOT, []);

/** The names of the environments. */
export const NAMES = ENVIRONMENTS.map(({ environment }) => environment.name);

/** The environment of that name. */
export function rendered(name: string): RenderedEnvironment {
  const found = ENVIRONMENTS.find(({ environment }) => environment.name === name);
  if (!found) throw new Error(`no environment '${name}'`);
  return found;
}

/** All objects of an environment, in the order of application. */
export const objectsOf = (name: string): JsonObject[] => rendered(name).rendering.files.flatMap((file) => file.objects.map(({ manifest }) => manifest));

/** The object of that kind and name. */
export function findObject(environment: string, kind: string, name: string): JsonObject | undefined {
  return objectsOf(environment).find((object) => object.kind === kind && (object.metadata as { name: string }).name === name);
}

/** A value inside an object, by path. */
export function at<T = unknown>(object: unknown, ...path: (string | number)[]): T {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], object) as T;
}
