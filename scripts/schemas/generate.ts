import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonSchema } from '../../lib/schema/json-schema';
import { KUBERNETES_VERSIONS } from '../../lib/schema/versions';
import { chunkCode } from './code';
import { readCrds } from './crds';
import { canonical } from './flatten';
import { merged } from './merge';
import { readKubernetes, type Kind } from './kubernetes';
import { moduleTree } from './modules';
import { SHARED } from './shared';
import { CRD_SOURCES, KUBERNETES_MODULE, KUBERNETES_PATCHES } from './sources';
import { chunkTable, index, numbered, type Chunk, type KindRange } from './write';

const TARGET = join(__dirname, '../../lib/schema/data');

/** Definitions by name, each with its variants in the order of the versions. */
type History = Map<string, (number | JsonSchema)[]>;

function main(): void {
  const kinds: KindRange[] = [];
  const history: History = new Map(Object.entries(SHARED).map(([name, schema]) => [name, [0, schema]]));
  KUBERNETES_PATCHES.forEach((patch, version) => {
    if (!patch.startsWith(`v${KUBERNETES_VERSIONS[version]}.`)) {
      throw new Error(`${patch} is not a patch of ${KUBERNETES_VERSIONS[version]}`);
    }
    const schemas = readKubernetes(moduleTree(KUBERNETES_MODULE, patch));
    schemas.kinds.forEach((kind) => addKind(kinds, kind, version));
    schemas.definitions.forEach((schema, name) => addVariant(history, name, version, schema));
  });
  const chunks = byGroup(history);
  for (const source of CRD_SOURCES) {
    const schemas = readCrds(source, moduleTree(source.module, source.version));
    schemas.kinds.forEach((kind) => kinds.push({ ...kind, from: 0 }));
    const definitions = [...schemas.definitions].map(([name, schema]) => [name, [0, schema]] as const);
    chunks.push({ name: source.name, definitions: new Map(definitions) });
  }
  write(chunks, kinds);
}

function addKind(kinds: KindRange[], kind: Kind, version: number): void {
  const known = kinds.find(({ apiVersion, kind: name }) => apiVersion === kind.apiVersion && name === kind.kind);
  if (known) {
    known.to = version;
  } else {
    kinds.push({ ...kind, from: version, to: version });
  }
}

function addVariant(history: History, name: string, version: number, schema: JsonSchema): void {
  const variants = history.get(name) ?? [];
  if (canonical(variants.at(-1)) !== canonical(schema)) {
    history.set(name, [...variants, version, schema]);
  }
}

/** One chunk a group of the API, by the first part of the names; the shared definitions are with `meta`. */
function byGroup(history: History): Chunk[] {
  const groups = new Map<string, Map<string, readonly (number | JsonSchema)[]>>();
  for (const [name, variants] of [...history].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const group = name in SHARED || name === 'pkg.runtime.RawExtension' ? 'meta' : (name.split('.')[0] ?? '');
    groups.set(group, (groups.get(group) ?? new Map()).set(name, variants));
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, definitions]) => ({ name, definitions }));
}

function write(chunks: readonly Chunk[], kinds: readonly KindRange[]): void {
  rmSync(TARGET, { recursive: true, force: true });
  mkdirSync(TARGET, { recursive: true });
  const { ids, numberedChunks } = numbered(chunks.map(merged));
  for (const { name, definitions } of numberedChunks) {
    writeFileSync(join(TARGET, `${name}.json`), `[\n${definitions.map((item) => canonical(item)).join(',\n')}\n]\n`);
    writeFileSync(join(TARGET, `${name}.js`), chunkCode(definitions));
  }
  writeFileSync(join(TARGET, 'index.json'), `${JSON.stringify(index(ids, kinds))}\n`);
  writeFileSync(join(TARGET, 'chunks.ts'), chunkTable(numberedChunks));
}

main();
