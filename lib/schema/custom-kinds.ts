import { strictCrdSchema, type CrdNode } from './crd-schema';
import type { JsonSchema } from './json-schema';

/** Strict schemas, made when asked for, of the kinds in parsed CustomResourceDefinitions. */
export class CustomKinds {
  private readonly versions = new Map<string, CrdNode>();

  /** Manifests that are no complete CustomResourceDefinition define nothing. */
  public constructor(manifests: readonly unknown[]) {
    for (const manifest of manifests) {
      const { group, names, versions } = (manifest as PartialCrd | null)?.spec ?? {};
      for (const { name, schema } of Array.isArray(versions) ? versions : []) {
        if (group && names?.kind && name && schema?.openAPIV3Schema) {
          this.versions.set(`${group}/${name} ${names.kind}`, schema.openAPIV3Schema);
        }
      }
    }
  }

  /** Undefined when no manifest defines the kind. */
  public schemaOf(apiVersion: string, kind: string): JsonSchema | undefined {
    const node = this.versions.get(`${apiVersion} ${kind}`);
    return node && strictSchema(node);
  }
}

interface PartialCrd {
  readonly spec?: {
    readonly group?: string;
    readonly names?: { readonly kind?: string };
    readonly versions?: readonly { readonly name?: string; readonly schema?: { readonly openAPIV3Schema?: CrdNode } }[];
  };
}

const strictSchemas = new WeakMap<CrdNode, JsonSchema>();

/** One strict schema for each node, so that validators which get the same manifest share what Ajv compiles. */
function strictSchema(node: CrdNode): JsonSchema {
  const schema = strictSchemas.get(node) ?? strictCrdSchema(node);
  strictSchemas.set(node, schema);
  return schema;
}
