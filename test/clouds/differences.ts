import type { JsonObject } from '../../lib';

/** Paths at which two values differ, with the later one. */
export function differences(before: unknown, after: unknown, path = ''): string[] {
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return before === after ? [] : [`${path}: ${JSON.stringify(after)}`];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => differences((before as JsonObject)[key], (after as JsonObject)[key], `${path}.${key}`));
}
