import { Ajv, _, type KeywordCxt } from 'ajv';
import { transformSync } from 'esbuild';
import type { JsonSchema } from '../../lib/schema/json-schema';

/** A definition as it is from one Kubernetes version on: `[from, schema, from, schema, …]`. */
export type Variants = readonly (number | JsonSchema)[];

/**
 * The code that Ajv makes of a chunk's definitions, reduced to yes or no. Each definition is a factory
 * `(r) => (data) => boolean`; `r[id]` checks the definition with that id in the selected version.
 */
export function chunkCode(definitions: readonly Variants[]): string {
  const constants = new Constants();
  const body = definitions
    .map((variants) => variants.map((item) => (typeof item === 'number' ? item : factory(item, constants))).join(','))
    .map((variants) => `[${variants}]`)
    .join(',\n');
  const source = `${constants.declarations()}module.exports=[\n${body}\n]`;
  return transformSync(source, { minify: true, target: 'node20', legalComments: 'none' }).code;
}

/** Regular expressions, property sets and helpers, each declared once a chunk. */
class Constants {
  private readonly names = new Map<string, string>();

  public name(code: string): string {
    const name = this.names.get(code) ?? `constant${this.names.size}`;
    this.names.set(code, name);
    return name;
  }

  public declarations(): string {
    return [...this.names].map(([code, name]) => `const ${name}=${code};`).join('\n');
  }
}

function factory(schema: JsonSchema, constants: Constants): string {
  const ajv = new Ajv({
    strict: false,
    messages: false,
    inlineRefs: false,
    unicodeRegExp: false,
    validateFormats: false,
    code: { source: true, lines: true, optimize: 2 },
  });
  // Not `$ref`: calling a plain function needs no error paths, and definitions stay in chunks of their own.
  ajv.addKeyword({
    keyword: 'check',
    schemaType: 'number',
    code: (context: KeywordCxt) => context.pass(_`r[${context.schema as number}](${context.data})`),
  });
  const { source } = ajv.compile(withChecks(schema));
  if (!source) {
    throw new Error('ajv gave no source');
  }
  const replaced = new Map<string, string>();
  for (const scope of Object.values(source.scopeValues)) {
    for (const name of scope ?? []) {
      const isSchema = name.str.startsWith('schema');
      const code = isSchema ? propertySet(schema) : String((name.value as ScopeValue).code);
      replaced.set(isSchema ? `${name.str}.properties` : name.str, constants.name(code));
    }
  }
  const checked = yesOrNo(source.validateCode, source.validateName.str);
  const code = schema.minProperties === undefined ? withNullAsUnset(checked) : checked;
  return `r=>${code.replace(SCOPE_NAMES, (found) => replaced.get(found) ?? fail(found))}`;
}

/** Values that the code of Ajv expects around it; of a schema, the set of fields at the top. */
const SCOPE_NAMES = /\b(?:schema\d+(?:\.\w+)*|(?:func|pattern)\d+)\b/g;

function fail(found: string): never {
  throw new Error(`the code of ajv uses ${found} in a way the generator does not know`);
}

/** `$ref` by id becomes the keyword above; a field called "$ref" has a schema for its value, not an id. */
function withChecks(schema: JsonSchema): Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema).replaceAll(/"\$ref":(?=\d)/g, '"check":')) as Record<string, unknown>;
}

interface ScopeValue {
  readonly code?: unknown;
}

/** Of the schema the code needs the names of the fields only, for `additionalProperties`. */
function propertySet(schema: JsonSchema): string {
  return `{${Object.keys(schema.properties ?? {}).map((key) => `${JSON.stringify(key)}:0`)}}`;
}

/** Error objects and the bookkeeping about them go; where only returns tell of errors, the counter goes too. */
function yesOrNo(code: string, name: string): string {
  const lines = code
    .split('\n')
    .filter((line) => !new RegExp(`^${name}\\.(errors|evaluated) = .*;$`).test(line))
    .map((line) => line.replace(/^(const err\d+ = )\{.*\};$/, '$10;'))
    .map((line) => line.replace(/^function .*$/, `function ${name}(data){`))
    .map((line) => line.replaceAll(/ && \(missing\d+ = "[^"]*"\)/g, ''));
  return (lines.some((line) => line.includes('errors++')) ? lines : withoutCounter(lines)).join('\n');
}

/**
 * A field that is `null` counts as unset for the API server. What still fails goes to Ajv at run time, which knows
 * where null is a value; so objects that count their fields are left to it.
 */
function withNullAsUnset(code: string): string {
  return code.replaceAll(/(data\d*(?:\.[\w$]+|\["[^"]*"\]) [!=]=)= undefined/g, '$1 null');
}

/** Without `errors++` every comparison of the counter, and so each `valid`, is true. */
function withoutCounter(lines: readonly string[]): string[] {
  return lines
    .filter((line) => !/^(let vErrors = null|let errors = 0|let missing\d+|const _errs\d+ = errors);$/.test(line))
    .map((line) => line.replaceAll(/(_errs\d+|errors) === (_errs\d+|errors|0)/g, 'true'))
    .filter((line) => !/^var valid\d+ = true;$/.test(line))
    .map((line) => line.replaceAll(/\bvalid\d+\b/g, 'true'));
}
