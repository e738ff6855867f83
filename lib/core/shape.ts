import { isPlainObject } from './json';
import type { Mistakes } from './problems';

/** The value as an object, empty where it is left out or, reported, something else; unknown keys are reported where the known ones are given. */
export function asObject<T extends object>(problems: Mistakes, prop: string, value: T | undefined, keys?: Readonly<Record<string, true>>): Partial<T> {
  if (value === undefined) return {};
  if (!isPlainObject(value)) {
    problems.add(prop, value, 'an object is allowed');
    return {};
  }
  if (keys) problems.unknownKeys(prop, value, Object.keys(keys));
  return value as Partial<T>;
}

/** The value as a list, empty where it is left out or, reported, something else. */
export function asList<T>(problems: Mistakes, prop: string, value: readonly T[] | undefined): readonly T[] {
  if (value === undefined || Array.isArray(value)) return (value as readonly T[] | undefined) ?? [];
  problems.add(prop, value, 'a list is allowed');
  return [];
}

/** The value as true or false; anything else is reported. */
export function asFlag(problems: Mistakes, prop: string, value: boolean | undefined): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  problems.add(prop, value, 'true and false are allowed');
  return undefined;
}
