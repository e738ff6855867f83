import type { Ajv, ValidateFunction } from 'ajv';
import { sharedDefinitions } from './catalog';
import { schemaOf } from './chunk';
import type { JsonSchema } from './json-schema';
import { withoutFields } from './pointer';
import { problemsOf, type SchemaProblem } from './problem';

type Explain = (manifest: unknown) => readonly SchemaProblem[];

const explainers = new Map<number, Explainer>();

/** The explainer of a version; all validators of the version share it. */
export function explainerOf(version: number): Explainer {
  const explainer = explainers.get(version) ?? new Explainer(version);
  explainers.set(version, explainer);
  return explainer;
}

/** Says what is wrong with a manifest: Ajv at run time, with all errors and their schemas. */
export class Explainer {
  private readonly ajv = newAjv();
  private readonly added = new Set<number>();
  private readonly customs = new WeakMap<JsonSchema, Explain>();

  public constructor(private readonly version: number) {}

  /** Problems with a value that should be what the definition with this id says. */
  public explain(id: number, manifest: unknown): readonly SchemaProblem[] {
    this.add(id);
    return run(this.ajv.getSchema(String(id)) as ValidateFunction, manifest);
  }

  /** Problems by a schema that is not on board. */
  public explainBy(schema: JsonSchema, manifest: unknown): readonly SchemaProblem[] {
    const explain = this.customs.get(schema) ?? this.compile(schema);
    this.customs.set(schema, explain);
    return explain(manifest);
  }

  /** A custom schema may be anything; one that Ajv cannot compile is a problem of every manifest of the kind. */
  private compile(schema: JsonSchema): Explain {
    this.addShared();
    try {
      const validate = this.ajv.compile(schema);
      return (manifest) => run(validate, manifest);
    } catch (error) {
      const reason = (error as Error).message;
      return () => [{ path: '', message: `the CustomResourceDefinition of this kind has no valid schema: ${reason}` }];
    }
  }

  /** Adds a definition and all it refers to; Ajv compiles what it needs of them. */
  private add(id: number): void {
    if (this.added.has(id)) {
      return;
    }
    this.added.add(id);
    const referred: number[] = [];
    const schema = withTextRefs(schemaOf<JsonSchema>(id, this.version), referred);
    this.ajv.addSchema(schema as Record<string, unknown>, String(id));
    referred.forEach((other) => this.add(other));
  }

  /** Names for the definitions that custom schemas refer to. */
  private addShared(): void {
    for (const [name, id] of Object.entries(sharedDefinitions())) {
      if (!this.ajv.getSchema(name)) {
        this.add(id);
        this.ajv.addSchema({ $ref: String(id) }, name);
      }
    }
  }
}

/** Loaded here, when the first manifest is refused or the first custom schema used: Ajv takes 30 ms to load. */
function newAjv(): Ajv {
  const { Ajv: Constructor } = require('ajv') as typeof import('ajv');
  return new Constructor({
    allErrors: true,
    verbose: true,
    strict: false,
    inlineRefs: false,
    validateSchema: false,
    unicodeRegExp: false,
    validateFormats: false,
  });
}

/** A field that is `null` and must not be counts as unset, as the API server decodes it. */
function run(validate: ValidateFunction, manifest: unknown): readonly SchemaProblem[] {
  if (validate(manifest)) {
    return [];
  }
  const errors = validate.errors ?? [];
  const decoded = withoutFields(
    manifest,
    errors.filter(({ data }) => data === null).map(({ instancePath }) => instancePath),
  );
  return decoded === undefined ? problemsOf(errors) : run(validate, decoded);
}

/** References are numbers in the data; a field called "$ref" has a schema for its value. */
function withTextRefs(value: unknown, referred: number[]): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => withTextRefs(item, referred));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => {
      if (key !== '$ref' || typeof child !== 'number') {
        return [key, withTextRefs(child, referred)];
      }
      referred.push(child);
      return [key, String(child)];
    }),
  );
}
