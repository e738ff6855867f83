import type { JsonSchema } from '../../lib/schema/json-schema';

/** A constrained scalar is worth a definition of its own from this length of its JSON on. */
const WORTH_SHARING = 60;

/** Takes nested schemas apart: every object with fields becomes a definition, equal ones the same. */
export class Flattener {
  public readonly definitions = new Map<string, JsonSchema>();
  private readonly names = new Map<string, string>();
  private readonly uses = new Map<string, number>();

  /** The roots are looked through for repeated scalars first. */
  public constructor(
    private readonly prefix: string,
    roots: readonly JsonSchema[],
  ) {
    roots.forEach((root) => this.count(root));
  }

  /** Stores the schema, unless an equal one is there, and returns its name. */
  public define(schema: JsonSchema): string {
    const flat = this.children(schema);
    const key = canonical(flat);
    const known = this.names.get(key);
    if (known) {
      return known;
    }
    const name = `${this.prefix}.${this.names.size}`;
    this.names.set(key, name);
    this.definitions.set(name, flat);
    return name;
  }

  private reference(schema: JsonSchema): JsonSchema {
    return schema.properties || this.isRepeatedScalar(schema) ? { $ref: this.define(schema) } : this.children(schema);
  }

  /** Subschemas of `allOf` and its kin stay in place: they only limit values. */
  private children(schema: JsonSchema): JsonSchema {
    const { properties, items, additionalProperties } = schema;
    return {
      ...schema,
      ...(properties && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([name, child]) => [name, this.reference(child)]),
        ),
      }),
      ...(items && { items: this.reference(items) }),
      ...(typeof additionalProperties === 'object' && { additionalProperties: this.reference(additionalProperties) }),
    };
  }

  private isRepeatedScalar(schema: JsonSchema): boolean {
    return !hasChildren(schema) && (this.uses.get(canonical(schema)) ?? 0) > 1;
  }

  private count(schema: JsonSchema): void {
    const key = hasChildren(schema) ? '' : canonical(schema);
    if (key.length >= WORTH_SHARING) {
      this.uses.set(key, (this.uses.get(key) ?? 0) + 1);
    }
    const { properties = {}, items, additionalProperties } = schema;
    Object.values(properties).forEach((child) => this.count(child));
    [items, additionalProperties].forEach((child) => typeof child === 'object' && this.count(child));
  }
}

function hasChildren({ properties, items, additionalProperties }: JsonSchema): boolean {
  return Boolean(properties ?? items ?? additionalProperties);
}

/** JSON with sorted keys, so that equal schemas have equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );
}
