import { isPlainObject } from '../../core/json';

/** Steps from an object to one of its values. */
export type Path = readonly (string | number)[];

/** What the engine puts in the place of a value that a preview does not know, one for each type. */
const UNKNOWN: ReadonlySet<unknown> = new Set([
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7', '3eeb2bf0-c639-47a8-9e75-3b44932eb421', '04da6b54-80e4-46f7-96ec-b56ff0331ba9', '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  '030794c1-ac77-496b-92df-f27374a8bd58', 'e48ece36-62e2-4504-bad9-02848725956a', 'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
]);

/**
 * Takes what is unknown out of a value, so that everyone can read it as plain JSON: a field is left out, an item of a list
 * becomes an empty object, so that the others keep their places.
 * @param unknown - takes the paths of what was taken out
 */
export function withoutUnknowns(value: unknown, unknown: Path[], path: Path = []): unknown {
  if (UNKNOWN.has(value)) {
    unknown.push(path);
    return undefined;
  }
  if (Array.isArray(value)) return value.map((item, index) => withoutUnknowns(item, unknown, [...path, index]) ?? {});
  if (!isPlainObject(value)) return value ?? undefined;
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutUnknowns(inner, unknown, [...path, key])] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

/** Whether one path leads to, or through, the place of the other. */
export const overlap = (one: Path, other: Path): boolean => one.slice(0, other.length).every((step, index) => step === other[index]);
