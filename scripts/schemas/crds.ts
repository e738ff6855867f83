import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { strictCrdSchema, type CrdNode } from '../../lib/schema/crd-schema';
import type { JsonSchema } from '../../lib/schema/json-schema';
import { Flattener } from './flatten';
import type { Kind } from './kubernetes';
import type { CrdSource } from './sources';

export interface CrdSchemas {
  readonly kinds: readonly Kind[];
  readonly definitions: ReadonlyMap<string, JsonSchema>;
}

interface Crd {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema: { readonly openAPIV3Schema: CrdNode };
    }[];
  };
}

/** The served versions of the wanted kinds of one project; subschemas that occur twice are stored once. */
export function readCrds(source: CrdSource, tree: string): CrdSchemas {
  const crds = readManifests(join(tree, source.folder)).filter((crd) => source.kinds.includes(crd.spec.names.kind));
  const missing = source.kinds.filter((kind) => !crds.some((crd) => crd.spec.names.kind === kind));
  if (missing.length > 0) {
    throw new Error(`${source.module} ${source.version} has no CustomResourceDefinition for ${missing.join(', ')}`);
  }
  const roots = crds.flatMap((crd) =>
    crd.spec.versions
      .filter((version) => version.served)
      .map((version) => ({
        apiVersion: `${crd.spec.group}/${version.name}`,
        kind: crd.spec.names.kind,
        schema: strictCrdSchema(version.schema.openAPIV3Schema),
      })),
  );
  const flattener = new Flattener(
    source.name,
    roots.map((root) => root.schema),
  );
  const kinds = roots.map(({ apiVersion, kind, schema }) => ({
    apiVersion,
    kind,
    definition: flattener.define(schema),
  }));
  return { kinds, definitions: flattener.definitions };
}

function readManifests(folder: string): Crd[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => loadAll(readFileSync(join(folder, file), 'utf8')) as (Crd | null)[])
    .filter((manifest) => manifest?.kind === 'CustomResourceDefinition') as Crd[];
}
