import { isPlainObject, type JsonObject } from '../../lib/core/json';
import { parseRange } from '../../lib/pulumi/cluster/address-plan/range';
import type { RegisteredResource } from '../../lib/pulumi/testing';

/**
 * What a provider's schema asks of a resource's inputs beyond what the types of its package say, which know the names of
 * arguments and whether they are required. A path leads through objects; `[]` stands for every item of a list.
 */
export interface ProviderRules {
  /** The first asks for the second, in the same object. */
  readonly requiredWith?: readonly (readonly [string, string])[];
  /** Must not be there together, whatever their values. */
  readonly conflicts?: readonly (readonly [string, string])[];
  /** Exactly one must be there, where the object that they are in is. */
  readonly exactlyOne?: readonly (readonly string[])[];
  /** At least one must be there, likewise. */
  readonly atLeastOne?: readonly (readonly string[])[];
  /** Allowed values. */
  readonly values?: Readonly<Record<string, readonly unknown[]>>;
  /** Form of text. */
  readonly forms?: Readonly<Record<string, Pick<RegExp, 'test'>>>;
  /** Least and greatest number. */
  readonly ranges?: Readonly<Record<string, readonly [number, number]>>;
  /** The most items of a list. */
  readonly most?: Readonly<Record<string, number>>;
}

/** The rules of each type of resource. */
export type RuleBook = Readonly<Record<string, ProviderRules>>;

/** A range of addresses that begins with its first one. */
export const NETWORK = { test: (text: string): boolean => parseRange(text) !== undefined };

/** All values at a path; none where it ends early. */
function valuesAt(value: unknown, path: string): unknown[] {
  return path.split('.').reduce<unknown[]>((found, step) => {
    const list = step.endsWith('[]');
    const inner = found.flatMap((one) => (isPlainObject(one) ? [one[list ? step.slice(0, -2) : step]] : [])).filter((one) => one !== undefined);
    return list ? inner.flatMap((one) => (Array.isArray(one) ? (one as unknown[]) : [])) : inner;
  }, [value]);
}

const has = (inputs: unknown, path: string) => valuesAt(inputs, path).length > 0;

const leaf = (path: string) => path.split('.').at(-1)!;

/** The objects that a path's last step is looked for in. */
function holders(inputs: JsonObject, path: string): unknown[] {
  const above = path.split('.').slice(0, -1).join('.');
  return above === '' ? [inputs] : valuesAt(inputs, above);
}

/** How many of the paths, which differ in their last step, are there; for every object that they are in. */
const counts = (inputs: JsonObject, paths: readonly string[]) => holders(inputs, paths[0]!).map((holder) => paths.filter((path) => has(holder, leaf(path))).length);

/** What the inputs of a resource break. @throws where nobody has written down the rules of its type */
export function violations({ type, name, inputs }: Pick<RegisteredResource, 'type' | 'name' | 'inputs'>, book: RuleBook): string[] {
  const rules = book[type];
  if (rules === undefined) throw new Error(`no rules of ${type}`);
  const { requiredWith = [], conflicts = [], exactlyOne = [], atLeastOne = [], values = {}, forms = {}, ranges = {}, most = {} } = rules;
  const found = [
    ...requiredWith.filter(([one, other]) => holders(inputs, one).some((holder) => has(holder, leaf(one)) && !has(holder, leaf(other)))).map(([one, other]) => `${one} requires ${other}`),
    ...conflicts.filter(([one, other]) => has(inputs, one) && has(inputs, other)).map(([one, other]) => `${one} conflicts with ${other}`),
    ...exactlyOne.filter((paths) => counts(inputs, paths).some((count) => count !== 1)).map((paths) => `exactly one of ${paths.join(', ')}`),
    ...atLeastOne.filter((paths) => counts(inputs, paths).includes(0)).map((paths) => `at least one of ${paths.join(', ')}`),
    ...Object.entries(values).flatMap(([path, allowed]) => valuesAt(inputs, path).filter((value) => !allowed.includes(value)).map((value) => `${path} is ${JSON.stringify(value)}`)),
    ...Object.entries(forms).flatMap(([path, form]) => valuesAt(inputs, path).filter((value) => !form.test(String(value))).map((value) => `${path} is ${JSON.stringify(value)}`)),
    ...Object.entries(ranges).flatMap(([path, [low, high]]) => valuesAt(inputs, path).filter((value) => typeof value !== 'number' || value < low || value > high).map((value) => `${path} is ${JSON.stringify(value)}`)),
    ...Object.entries(most).filter(([path, count]) => valuesAt(inputs, `${path}[]`).length > count).map(([path, count]) => `${path} has more than ${count}`),
  ];
  return found.map((text) => `${name}: ${text}`);
}
