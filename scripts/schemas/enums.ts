import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Allowed values by definition and field; `items` tells a list whose items are limited. */
export type Enums = ReadonlyMap<string, { readonly values: readonly string[]; readonly items: boolean }>;

/**
 * The enums of the API server's OpenAPI. The committed swagger.json is written without them; the Go code that
 * serves the schema in a cluster, in the same module, has them.
 */
export function readEnums(tree: string): Enums {
  const enums = new Map<string, { values: string[]; items: boolean }>();
  let definition: string | undefined;
  let field = '';
  for (const line of goLines(tree)) {
    const func = /^func schema_\w*?api_(\w+)_(v\d\w*)_(\w+)\(/.exec(line);
    if (line.startsWith('func ')) {
      definition = func ? func.slice(1).join('.') : undefined;
    }
    field = /^\t{5}"(\w+)": \{/.exec(line)?.[1] ?? field;
    const found = /^(\t+)Enum:\s+\[\]interface\{\}(\{.*\}),$/.exec(line);
    if (definition && found?.[1] && found[2]) {
      const values = JSON.parse(`[${found[2].slice(1, -1)}]`) as string[];
      enums.set(`${definition}.${field}`, { values, items: found[1].length > FIELD_INDENT });
    }
  }
  return enums;
}

/** Tabs before the keywords of a field itself; those of its items stand deeper. */
const FIELD_INDENT = 7;

function goLines(tree: string): string[] {
  return readFileSync(join(tree, 'pkg/generated/openapi/zz_generated.openapi.go'), 'utf8').split('\n');
}
