import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonSchema } from '../../lib/schema/json-schema';
import { readEnums, type Enums } from './enums';
import { SHARED } from './shared';

/** A top-level kind and the name of its definition. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly definition: string;
}

export interface KubernetesSchemas {
  readonly kinds: readonly Kind[];
  /** Strict schemas by short name, such as `core.v1.Container`. */
  readonly definitions: ReadonlyMap<string, JsonSchema>;
}

interface Node {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

/** Everything reachable from the kinds that an unpacked k8s.io/kubernetes module serves. */
export function readKubernetes(tree: string): KubernetesSchemas {
  const file = join(tree, 'api/openapi-spec/swagger.json');
  const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: Record<string, Node> };
  const enums = readEnums(tree);
  const kinds = Object.entries(definitions).flatMap(([name, node]) => kindOf(name, node));
  const reached = new Map<string, JsonSchema>();
  const visit = (name: string): void => {
    if (reached.has(name) || name in SHARED) {
      return;
    }
    const [fullName, node] = entryOf(definitions, name);
    const topLevel = kinds.some((kind) => kind.definition === name);
    reached.set(name, definition(shortName(fullName), topLevel ? withoutStatus(node) : node, enums));
    refs(reached.get(name)).forEach(visit);
  };
  kinds.forEach((kind) => visit(kind.definition));
  return { kinds, definitions: reached };
}

/** Kinds with object metadata; lists and the options of requests have other metadata or several versions. */
function kindOf(name: string, node: Node): Kind[] {
  const [only, ...others] = node['x-kubernetes-group-version-kind'] ?? [];
  const stored = node.properties?.metadata?.$ref?.endsWith('.meta.v1.ObjectMeta');
  if (!only || others.length > 0 || !stored) {
    return [];
  }
  const apiVersion = only.group ? `${only.group}/${only.version}` : only.version;
  return [{ apiVersion, kind: only.kind, definition: shortName(name) }];
}

/** The last three parts of the name in the OpenAPI: group, version and type. */
function shortName(name: string): string {
  const last = name.split('.').slice(-3).join('.');
  return SHARED_NAMES[last] ?? last;
}

const SHARED_NAMES: Readonly<Record<string, string>> = {
  'api.resource.Quantity': 'quantity',
  'util.intstr.IntOrString': 'intOrString',
  'meta.v1.Time': 'time',
  'meta.v1.MicroTime': 'time',
};

function entryOf(definitions: Readonly<Record<string, Node>>, name: string): [string, Node] {
  const found = Object.entries(definitions).filter(([fullName]) => shortName(fullName) === name);
  if (found.length !== 1 || !found[0]) {
    throw new Error(`${name} names ${found.length} definitions`);
  }
  return found[0];
}

/** Controllers write the status; a manifest that carries one is not worth a refusal, nor the schema its size. */
function withoutStatus(node: Node): Node {
  return {
    ...node,
    properties: { ...node.properties, ...(node.properties?.status && { status: {} }) },
    required: node.required?.filter((field) => field !== 'status'),
  };
}

function definition(name: string, node: Node, enums: Enums): JsonSchema {
  if (!node.properties) {
    return { ...(node.type && { type: node.type }) };
  }
  const properties = Object.entries(node.properties).map(([field, child]) => [
    field,
    withEnum(strict(child), enums.get(`${name}.${field}`)),
  ]);
  return {
    type: 'object',
    ...(node.required?.length && { required: node.required }),
    properties: Object.fromEntries(properties) as Record<string, JsonSchema>,
    additionalProperties: false,
  };
}

const FORMATS: Readonly<Record<string, string>> = { int32: 'int32', int64: 'int64', byte: 'base64' };

function strict(node: Node): JsonSchema {
  if (node.properties) {
    throw new Error('a definition of Kubernetes has nested fields: extend the generator');
  }
  if (node.$ref) {
    return { $ref: shortName(node.$ref.replace('#/definitions/', '')) };
  }
  const format = FORMATS[node.format ?? ''];
  return {
    ...(format ? { $ref: format } : node.type && { type: node.type }),
    ...(node.items && { items: strict(node.items) }),
    ...(node.additionalProperties && { additionalProperties: strict(node.additionalProperties) }),
  };
}

/** The empty string counts as unset in Go, and the API server puts the default in its place. */
function withEnum(schema: JsonSchema, found: { values: readonly string[]; items: boolean } | undefined): JsonSchema {
  if (!found) {
    return schema;
  }
  return found.items
    ? { ...schema, items: { ...schema.items, enum: found.values } }
    : { ...schema, enum: [...new Set([...found.values, ''])] };
}

/** The definitions that a schema refers to. */
export function refs(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) {
    return [];
  }
  return Object.entries(schema).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : refs(value),
  );
}
