/** The parts of a JSON pointer. */
function partsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A JSON pointer as people write paths: `spec.containers[0].env`. */
export function pathOf(pointer: string): string {
  const path = partsOf(pointer).map((part) => {
    if (/^\d+$/.test(part)) {
      return `[${part}]`;
    }
    return /^[\w-]+$/.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
  });
  return path.join('').replace(/^\./, '');
}

/** A copy without the fields at the pointers; undefined when all of them are items of lists, which stay. */
export function withoutFields(value: unknown, pointers: readonly string[]): unknown {
  const copy = structuredClone(value);
  const removed = pointers.filter((pointer) => remove(copy, partsOf(pointer)));
  return removed.length > 0 ? copy : undefined;
}

function remove(value: unknown, path: readonly string[]): boolean {
  const [key = '', ...rest] = path;
  const record = value as Record<string, unknown> | undefined;
  if (rest.length > 0) {
    return remove(record?.[key], rest);
  }
  return record !== undefined && !Array.isArray(record) && delete record[key];
}
