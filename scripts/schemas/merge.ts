import type { JsonSchema } from '../../lib/schema/json-schema';
import type { Variants } from './code';
import { canonical } from './flatten';
import type { Chunk } from './write';

/**
 * Definitions of a chunk that say the same under different names (an API's alpha, beta and stable versions) made
 * one. The other names stay as aliases, so that the kinds and the other chunks still find them.
 */
export function merged(chunk: Chunk): Chunk {
  const aliases = new Map<string, string>();
  let definitions = chunk.definitions;
  for (let before = -1; before !== aliases.size;) {
    before = aliases.size;
    definitions = mergeOnce(definitions, aliases);
  }
  return { ...chunk, definitions, aliases };
}

function mergeOnce(definitions: Chunk['definitions'], aliases: Map<string, string>): Chunk['definitions'] {
  const firsts = new Map<string, string>();
  for (const [name, variants] of definitions) {
    const key = canonical(withoutStart(variants));
    const first = firsts.get(key) ?? name;
    firsts.set(key, first);
    if (first !== name) {
      aliases.set(name, first);
    }
  }
  const kept = [...definitions].filter(([name]) => !aliases.has(name));
  return new Map(kept.map(([name, variants]) => [name, renamed(withoutStart(variants), aliases)]));
}

/** The first variant serves all versions before it too: nothing refers to it there. */
function withoutStart(variants: Variants): Variants {
  return [0, ...variants.slice(1)];
}

function renamed(variants: Variants, aliases: ReadonlyMap<string, string>): Variants {
  return JSON.parse(
    JSON.stringify(variants, (key, value: unknown) =>
      key === '$ref' && typeof value === 'string' ? (aliases.get(value) ?? value) : value,
    ),
  ) as (number | JsonSchema)[];
}
