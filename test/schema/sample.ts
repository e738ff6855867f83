import type { JsonSchema } from '../../lib/schema/json-schema';

/** Objects deeper than this get their required fields only. */
const DEPTH = 7;

/** Tried in turn where a pattern or a length has to be met. */
const STRINGS = ['a', '1', '1h', 'YQ==', '2026-01-31T12:00:00Z', 'https://a', 'a/b', 'a.b/c', '00:00', '1B', 'a:b',
  'january', 'monday', '2026', 'rules/a.yaml', 'http', 'ab', 'abcde', 'a'.repeat(16), 'a.b/c/d', 'A_A', 'warn', 'System'];

/** Makes values that a schema accepts. */
export class Sampler {
  public constructor(private readonly schemaOf: (id: number) => JsonSchema) {}

  /** An object with every field that can be filled in. */
  public sample(id: number): unknown {
    return this.value(this.schemaOf(id), 0);
  }

  private value(schema: JsonSchema, depth: number): unknown {
    if (schema.$ref !== undefined) {
      return this.value({ ...this.schemaOf(Number(schema.$ref)), ...schema, $ref: undefined }, depth);
    }
    if (schema.allOf?.[0]) {
      return this.value({ ...schema, ...schema.allOf[0], allOf: undefined }, depth);
    }
    if (schema.enum) {
      return schema.enum[0];
    }
    switch ([schema.type].flat()[0]) {
      case 'object':
        return this.object(schema, depth);
      case 'array':
        return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, () => this.value(schema.items ?? {}, depth + 1));
      case 'integer':
      case 'number':
        return Math.max(1, schema.minimum ?? 1);
      case 'boolean':
        return true;
      default:
        return text(schema);
    }
  }

  private object(schema: JsonSchema, depth: number): unknown {
    const fields = Object.entries(schema.properties ?? {}).filter(
      ([name]) => depth < DEPTH || schema.required?.includes(name),
    );
    // Choices between fields are rare: then the required ones are enough.
    const chosen = schema.maxProperties ? fields.slice(0, schema.maxProperties) : fields;
    const { additionalProperties: extra } = schema;
    return {
      ...Object.fromEntries(chosen.map(([name, child]) => [name, this.value(child, depth + 1)])),
      ...(typeof extra === 'object' && { key: this.value(extra, depth + 1) }),
    };
  }
}

function text({ pattern = '', minLength = 0, maxLength = Infinity }: JsonSchema): string {
  const fits = (word: string) => new RegExp(pattern).test(word) && word.length >= minLength && word.length <= maxLength;
  const found = STRINGS.find(fits);
  if (found === undefined) {
    throw new Error(`no sample for ${pattern} of ${minLength} to ${maxLength} characters`);
  }
  return found;
}

/** A place in a value. */
export interface Spot {
  readonly parent: Record<string, unknown>;
  readonly key: string;
  readonly path: string;
}

/** Up to `limit` places, spread evenly. */
export function spotsIn(value: unknown, limit: number): Spot[] {
  const all = allSpots(value, '');
  const step = Math.max(1, all.length / limit);
  return all.filter((_spot, i) => Math.floor(i / step) !== Math.floor((i - 1) / step));
}

function allSpots(value: unknown, path: string): Spot[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key) => [
    { parent, key, path: `${path}/${key}` },
    ...allSpots(parent[key], `${path}/${key}`),
  ]);
}
