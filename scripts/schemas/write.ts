import { KUBERNETES_VERSIONS } from '../../lib/schema/versions';
import type { Variants } from './code';
import type { Kind } from './kubernetes';
import { SHARED } from './shared';
import { CRD_SOURCES, KUBERNETES_MODULE, KUBERNETES_PATCHES } from './sources';

/** Definitions that are loaded together. */
export interface Chunk {
  readonly name: string;
  readonly definitions: ReadonlyMap<string, Variants>;
  /** Other names of definitions in this chunk. */
  readonly aliases?: ReadonlyMap<string, string>;
}

/** A kind and the versions, by position, that serve it; without an end when it does not hang on the version. */
export interface KindRange extends Kind {
  readonly from: number;
  to?: number;
}

export interface NumberedChunk {
  readonly name: string;
  readonly start: number;
  readonly definitions: readonly Variants[];
}

/** Numbers the definitions through all chunks and puts the numbers into the references. */
export function numbered(chunks: readonly Chunk[]): { ids: Map<string, number>; numberedChunks: NumberedChunk[] } {
  const ids = new Map<string, number>();
  chunks.forEach(({ definitions }) => [...definitions.keys()].forEach((name) => ids.set(name, ids.size)));
  for (const { aliases = new Map<string, string>() } of chunks) {
    aliases.forEach((name, alias) => ids.set(alias, idOf(ids, finalName(name, aliases))));
  }
  ids.set('ObjectMeta', ids.get('meta.v1.ObjectMeta') ?? -1);
  const withIds = (variants: Variants): Variants =>
    JSON.parse(
      // A field may be called "$ref" too, then its value is a schema.
      JSON.stringify(variants, (key, value: unknown) =>
        key === '$ref' && typeof value === 'string' ? idOf(ids, value) : value,
      ),
    ) as Variants;
  const numberedChunks = chunks.map(({ name, definitions }) => ({
    name,
    start: idOf(ids, [...definitions.keys()][0] ?? ''),
    definitions: [...definitions.values()].map(withIds),
  }));
  return { ids, numberedChunks };
}

/** An alias may name what a later round of merging made an alias itself. */
function finalName(name: string, aliases: ReadonlyMap<string, string>): string {
  const next = aliases.get(name);
  return next === undefined ? name : finalName(next, aliases);
}

function idOf(ids: ReadonlyMap<string, number>, name: string): number {
  const id = ids.get(name);
  if (id === undefined) {
    throw new Error(`nothing defines ${name}`);
  }
  return id;
}

/** What is needed to find a kind's definition, and where the data came from. */
export function index(ids: ReadonlyMap<string, number>, kinds: readonly KindRange[]): object {
  const table: Record<string, Record<string, readonly number[]>> = {};
  for (const { apiVersion, kind, definition, from, to } of kinds) {
    (table[apiVersion] ??= {})[kind] = [idOf(ids, definition), ...(to === undefined ? [] : [from, to])];
  }
  const sources = [
    ...KUBERNETES_PATCHES.map((patch) => `${KUBERNETES_MODULE} ${patch}`),
    ...CRD_SOURCES.map(({ module, version }) => `${module} ${version}`),
  ];
  const shared = Object.fromEntries(['ObjectMeta', ...Object.keys(SHARED)].map((name) => [name, idOf(ids, name)]));
  return { versions: KUBERNETES_VERSIONS, sources, shared, kinds: table };
}

/** `require` with plain paths, inside functions: only so is a chunk loaded late both by Node and in a bundle. */
export function chunkTable(chunks: readonly NumberedChunk[]): string {
  const rows = chunks.map(
    ({ name, start }) =>
      `  { start: ${start}, code: () => require('./${name}.js'), schemas: () => require('./${name}.json') },\n`,
  );
  const count = chunks.reduce((sum, chunk) => sum + chunk.definitions.length, 0);
  return `// Written by scripts/schemas. Do not edit.
/** The chunks of definitions by their first id; each loads at first use. */
export const CHUNKS: readonly { start: number; code: () => unknown; schemas: () => unknown }[] = [
${rows.join('')}];

/** The number of definitions. */
export const DEFINITIONS = ${count};

/** Kinds, shared definitions and sources. */
export const loadIndex = (): unknown => require('./index.json');
`;
}
