/** A plain JSON object: what Kubernetes manifests are made of. */
export interface JsonObject {
  [key: string]: unknown;
}

/** Whether the value is a plain object, neither an array nor an instance of a class. */
export function isPlainObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // The end of every chain of prototypes is Object.prototype, of this realm or another (a worker, a test runner).
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The object without its undefined values. */
export function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** The object without its undefined values, or undefined when nothing is left: manifests carry no empty fields. */
export function compact<T extends object>(object: T): JsonObject | undefined {
  const rest: JsonObject = defined(object);
  return Object.keys(rest).length === 0 ? undefined : rest;
}

/** The list, or undefined when it is empty. */
export function nonEmpty<T>(list: readonly T[]): T[] | undefined {
  return list.length === 0 ? undefined : [...list];
}

/** JSON with sorted keys, so that equal content gives equal text whatever the order it was written in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (isPlainObject(value)) {
    const fields = Object.keys(value).filter((key) => value[key] !== undefined).sort();
    return `{${fields.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
