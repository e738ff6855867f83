import { CHUNKS, DEFINITIONS } from './data/chunks';

/** A definition over time: `[from, item, from, item, …]`, each item good from that version, by position, on. */
type Variants<T> = readonly (number | T)[];

/** Code of the definition with this id, as it is in the version with this position. */
export function codeOf<T>(id: number, version: number): T {
  return pick(id, version, 'code');
}

/** The schema the code was made of. */
export function schemaOf<T>(id: number, version: number): T {
  return pick(id, version, 'schemas');
}

/** Numbers of all definitions. */
export const DEFINITION_IDS = DEFINITIONS;

/** `require` keeps what it loaded, so that asking again is cheap. */
function pick<T>(id: number, version: number, part: 'code' | 'schemas'): T {
  let chunk = CHUNKS[0];
  for (const candidate of CHUNKS) {
    if (candidate.start <= id) {
      chunk = candidate;
    }
  }
  const definitions = chunk?.[part]() as readonly Variants<T>[];
  const variants = definitions[id - (chunk?.start ?? 0)] ?? [];
  let picked = variants[1];
  for (let i = 2; i < variants.length && Number(variants[i]) <= version; i += 2) {
    picked = variants[i + 1];
  }
  return picked as T;
}
