/**
 * Checks of manifests against the schemas of Kubernetes and of known custom resources.
 *
 * Importing this loads no data and no Ajv. A good manifest is checked by pre-generated code alone; Ajv is loaded
 * to explain what is wrong with a bad one, and for CustomResourceDefinitions that the user brings.
 */
import { definitionOf, isBuiltIn, noKind } from './catalog';
import { checksOf } from './checks';
import { CustomKinds } from './custom-kinds';
import { explainerOf } from './explain';
import type { SchemaProblem } from './problem';
import { KUBERNETES_VERSIONS, type KubernetesVersion } from './versions';

export type { SchemaProblem } from './problem';
export { KUBERNETES_VERSIONS, type KubernetesVersion } from './versions';

/** Checks manifests against the schemas of one Kubernetes version. */
export class SchemaValidator {
  private readonly position: number;
  private readonly custom: CustomKinds;

  /**
   * @param version - The version of the cluster the manifests are for.
   * @param extra - Parsed CustomResourceDefinitions; they win over the ones on board.
   */
  public constructor(
    private readonly version: KubernetesVersion,
    extra: readonly unknown[] = [],
  ) {
    this.position = KUBERNETES_VERSIONS.indexOf(version);
    if (this.position < 0) {
      throw new Error(`kubernetes version must be one of ${KUBERNETES_VERSIONS.join(', ')}, got "${version}"`);
    }
    this.custom = new CustomKinds(extra);
  }

  /** What is wrong with a manifest; undefined when no schema is known for its kind. */
  public validate(manifest: unknown): readonly SchemaProblem[] | undefined {
    const { apiVersion, kind } = (manifest ?? {}) as { apiVersion?: unknown; kind?: unknown };
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
      return withoutKind(apiVersion, kind);
    }
    const schema = this.custom.schemaOf(apiVersion, kind);
    if (schema) {
      return explainerOf(this.position).explainBy(schema, manifest);
    }
    const id = definitionOf(this.version, apiVersion, kind);
    if (id !== undefined) {
      return this.check(id, manifest);
    }
    return isBuiltIn(apiVersion) ? [{ path: '', message: noKind(this.version, apiVersion, kind) }] : undefined;
  }

  private check(id: number, manifest: unknown): readonly SchemaProblem[] {
    return checksOf(this.position)[id]?.(manifest) ? [] : explainerOf(this.position).explain(id, manifest);
  }
}

function withoutKind(apiVersion: unknown, kind: unknown): SchemaProblem[] {
  const fields = Object.entries({ apiVersion, kind }).filter(([, value]) => typeof value !== 'string');
  return fields.map(([field, value]) => ({
    path: value === undefined ? '' : field,
    message: value === undefined ? `missing required field "${field}"` : `must be string, got ${JSON.stringify(value)}`,
  }));
}
