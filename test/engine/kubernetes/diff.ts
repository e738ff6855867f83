import { isDeepStrictEqual } from 'node:util';
import { parseQuantity } from '../../../lib/core/quantity';
import { at, isObject, isUnknown } from './values';

export type Path = readonly (string | number)[];

/** One field that differs. */
export interface Change {
  readonly path: Path;
  readonly kind: 'add' | 'delete' | 'update';
}

/** Where the API server keeps a quantity in another form than it was written in. */
const QUANTITIES = ['requests', 'limits', 'hard', 'capacity', 'overhead', 'default', 'defaultRequest', 'max', 'min', 'sizeLimit', 'divisor', 'averageValue'];

/**
 * What must change in the live object, as far as it is declared, to become the new one.
 * @param inputs - what the live object was made from
 */
export function changesBetween(live: unknown, next: unknown, inputs: unknown, path: Path = []): Change[] {
  if (isObject(live) && isObject(next)) return [...new Set([...Object.keys(live), ...Object.keys(next)])].flatMap((key) => changesOf(live, next, inputs, [...path, key]));
  if (Array.isArray(live) && Array.isArray(next)) {
    return Array.from({ length: Math.max(live.length, next.length) }, (_, index) => index).flatMap((index) => changesOf(live, next, inputs, [...path, index]));
  }
  return isSame(live, next, path) ? [] : [{ path, kind: 'update' }];
}

function changesOf(live: object, next: object, inputs: unknown, path: Path): Change[] {
  const [before, after, input] = [live, next, inputs].map((value) => at(value, path.at(-1)!));
  if (before !== undefined && after !== undefined) return changesBetween(before, after, input, path);
  if (after === undefined) return before === undefined || before === null ? [] : [{ path, kind: 'delete' }];
  // The API server drops what is empty; it is none the less what was asked for.
  return isEmpty(after) && (after === null || isDeepStrictEqual(after, input)) ? [] : [{ path, kind: 'add' }];
}

const isEmpty = (value: unknown): boolean => value === null || value === '' || value === false || value === 0 || (typeof value === 'object' && Object.values(value).every(isEmpty));

function isSame(live: unknown, next: unknown, path: Path): boolean {
  if (isUnknown(next)) return false;
  if (isDeepStrictEqual(live, next)) return true;
  if (!path.some((step) => QUANTITIES.includes(String(step)))) return false;
  const [a, b] = [parseQuantity(String(live)), parseQuantity(String(next))];
  return a !== undefined && a === b;
}

/** Whether one of the fields, as paths with dots and without the numbers of list elements, holds the change or lies in it. */
export function touches({ path }: Change, fields: readonly string[]): boolean {
  const place = `${path.filter((step) => typeof step === 'string').join('.')}.`;
  return fields.some((field) => place.startsWith(`${field}.`) || `${field}.`.startsWith(place));
}

/** The path as the engine writes it: `spec.containers[0].image`, `metadata.labels["a.b/c"]`. */
export const showPath = (path: Path): string =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : /[."[\]]/.test(step) ? `[${JSON.stringify(step)}]` : `${index === 0 ? '' : '.'}${step}`)).join('');
