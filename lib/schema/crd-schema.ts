import type { JsonSchema } from './json-schema';
import { portablePattern } from './portable-pattern';

/**
 * The OpenAPI v3 schema of a CustomResourceDefinition turned into a strict JSON Schema: what the API server
 * would prune is an unknown field here. Rules in CEL and list types are left to the API server.
 *
 * `$ref`s name the shared definitions (`ObjectMeta`, `int32`, `int64`, `base64`, `time`).
 */
export function strictCrdSchema(openApi: CrdNode): JsonSchema {
  const required = openApi.required?.filter((name) => name !== 'status');
  const root = structural({ ...openApi, type: 'object', required });
  return {
    ...root,
    properties: {
      ...root.properties,
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { $ref: 'ObjectMeta' },
      // Controllers write the status; a manifest that carries one is not worth a refusal.
      status: {},
    },
  };
}

/** One node of the schema in a CustomResourceDefinition. */
export interface CrdNode {
  readonly [keyword: string]: unknown;
  readonly type?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, CrdNode>>;
  readonly additionalProperties?: CrdNode | boolean;
  readonly items?: CrdNode;
  readonly allOf?: readonly CrdNode[];
  readonly anyOf?: readonly CrdNode[];
  readonly oneOf?: readonly CrdNode[];
  readonly not?: CrdNode;
}

/** Definitions that every chunk may refer to, by OpenAPI format. */
const SHARED_FORMATS: Readonly<Record<string, string>> = {
  int32: 'int32',
  int64: 'int64',
  byte: 'base64',
  'date-time': 'time',
};

/** Taken over as they are. */
const PLAIN = [
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;

/** A node that specifies fields: unknown ones are refused unless the schema says to keep them. */
function structural(node: CrdNode): JsonSchema {
  const intOrString = node['x-kubernetes-int-or-string'] === true;
  return {
    ...(intOrString ? { type: ['integer', 'string'] } : typeOf(node)),
    ...values(node, intOrString),
    ...(node.items && { items: structural(node.items) }),
    ...fields(node),
  };
}

function fields(node: CrdNode): JsonSchema {
  if (typeof node.additionalProperties === 'object') {
    return { additionalProperties: structural(node.additionalProperties) };
  }
  const open = node['x-kubernetes-preserve-unknown-fields'] === true || node.additionalProperties === true;
  if (node['x-kubernetes-embedded-resource'] === true) {
    return embeddedResource(node, open);
  }
  return {
    ...(node.properties && { properties: mapValues(node.properties, structural) }),
    ...(node.type === 'object' && !open && { additionalProperties: false }),
  };
}

function embeddedResource(node: CrdNode, open: boolean): JsonSchema {
  return {
    properties: {
      ...mapValues(node.properties ?? {}, structural),
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { $ref: 'ObjectMeta' },
    },
    required: [...new Set([...(node.required ?? []), 'apiVersion', 'kind'])],
    ...(!open && { additionalProperties: false }),
  };
}

/** A type with its range; a nullable one is written out, because `null` would not get past a `$ref`. */
function typeOf(node: CrdNode): JsonSchema {
  if (node.nullable && node.type) {
    return { type: node.type, nullable: true };
  }
  const shared = SHARED_FORMATS[node.format ?? ''];
  return shared ? { $ref: shared } : { ...(node.type && { type: node.type }) };
}

/** Limits on values; the same inside `allOf` and its kin, where a schema must not name types. */
function values(node: CrdNode, intOrString = false): JsonSchema {
  const required = node.required?.filter((name) => node.properties?.[name]?.default === undefined);
  const pattern = node.pattern === undefined ? undefined : portablePattern(node.pattern);
  return {
    ...Object.fromEntries(PLAIN.filter((word) => node[word] !== undefined).map((word) => [word, node[word]])),
    ...range(node),
    ...(node.enum && { enum: node.nullable ? [...new Set([...node.enum, null])] : node.enum }),
    ...(pattern !== undefined && { pattern }),
    ...(required?.length && { required }),
    ...(node.allOf && !intOrString && { allOf: node.allOf.map(nested) }),
    ...(node.anyOf && !intOrString && { anyOf: node.anyOf.map(nested) }),
    ...(node.oneOf && { oneOf: node.oneOf.map(nested) }),
    ...(node.not && { not: nested(node.not) }),
  };
}

/** OpenAPI 3.0 says "exclusive" by a flag beside the limit, JSON Schema by a keyword of its own. */
function range(node: CrdNode): JsonSchema {
  return {
    ...(node.minimum !== undefined && { [node.exclusiveMinimum ? 'exclusiveMinimum' : 'minimum']: node.minimum }),
    ...(node.maximum !== undefined && { [node.exclusiveMaximum ? 'exclusiveMaximum' : 'maximum']: node.maximum }),
  };
}

function nested(node: CrdNode): JsonSchema {
  return {
    ...values(node),
    ...(node.type && { type: node.type }),
    ...(node.items && { items: nested(node.items) }),
    ...(node.properties && { properties: mapValues(node.properties, nested) }),
    ...(typeof node.additionalProperties === 'object' && { additionalProperties: nested(node.additionalProperties) }),
  };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
