import { ApiObject, App, ResolutionContext, type IResolver, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { contentHash } from './hash';
import { compact, isPlainObject, type JsonObject } from './json';
import { isClusterScoped } from './kinds';
import { applyPatch, type Patch } from './patch';
import { show } from './problems';

/** What a manifest starts from: everything but the metadata that the chart adds. */
export interface ManifestBody extends JsonObject {
  /** Group and version: `apps/v1`. */
  readonly apiVersion: string;
  /** Kind: `Deployment`. */
  readonly kind: string;
  /** Name, labels, annotations and the like. */
  readonly metadata: { readonly name: string; readonly [key: string]: unknown };
}

/** Options of a {@link Manifest}. */
export interface ManifestOptions {
  /**
   * A change applied after everything else.
   * @default none
   */
  readonly patch?: Patch | undefined;
  /**
   * Whether the name ends in a hash of the content, patch included, metadata left out: for objects that are replaced,
   * never changed. Metadata may change on the object that stands, so a new description makes no new object.
   * Tokens in the content are resolved at once.
   * @default false
   */
  readonly hashedName?: boolean;
}

/** The built-in resolvers of a cdk8s app; more than these means that the app brought its own. */
const BUILT_IN_RESOLVERS = 3;

/**
 * One Kubernetes object. An ordinary cdk8s `ApiObject` (labels, annotations, dependencies and JSON patches work as
 * everywhere in cdk8s) that keeps the order in which its fields were written, loses no field, and takes a patch.
 */
export class Manifest extends ApiObject {
  private readonly body: ManifestBody;
  private readonly patch: Patch | undefined;
  private readonly operations: JsonPatch[] = [];
  private readonly hashed: boolean;

  public constructor(scope: Construct, id: string, body: ManifestBody, options: ManifestOptions = {}) {
    super(scope, id, body);
    this.body = body;
    this.patch = options.patch;
    this.hashed = options.hashedName ?? false;
    if (this.hashed) this.nameByContent();
  }

  /** Applies JSON patch operations to the rendered object, after its `patch`. */
  public override addJsonPatch(...ops: JsonPatch[]): void {
    if (this.hashed) throw new Error(`[${this.node.path}] addJsonPatch: the name carries a hash of the content, so later changes would not be in it; use the 'patches' prop of the construct instead`);
    this.operations.push(...ops);
  }

  /** The object as it goes into the YAML. */
  public override toJson(): JsonObject {
    const { apiVersion, kind, ...fields } = this.body;
    const { name, namespace, labels, annotations, ...metadata } = this.metadata.toJson() as JsonObject;
    const { metadata: _, ...content } = fields;
    const rendered = renderValue(content, [], this, resolversOf(this)) as JsonObject;
    const head = compact({ name, namespace: isClusterScoped(this) ? undefined : namespace, labels, annotations, ...metadata });
    return this.patched({ apiVersion, kind, metadata: head, ...rendered });
  }

  private patched(manifest: JsonObject): JsonObject {
    const { path } = this.node;
    const merged = Array.isArray(this.patch) || this.patch === undefined ? this.patch : (renderValue(this.patch, [], this, resolversOf(this), true) as JsonObject);
    let result: JsonObject;
    try {
      result = applyPatch(applyPatch(manifest, merged), this.operations.length === 0 ? undefined : this.operations);
    } catch (error) {
      throw new Error(`[${path}] patch: ${(error as Error).message}`, { cause: error });
    }
    const { name } = (result.metadata ?? {}) as JsonObject;
    if (name !== this.name) throw new Error(`[${path}] patch: got metadata.name ${show(name)}; others refer to this object as '${this.name}'; set the name on the construct instead`);
    return result;
  }

  private nameByContent(): void {
    let content: JsonObject;
    try {
      content = this.toJson();
    } catch {
      return; // Reported when the object is rendered.
    }
    const { metadata: _, ...hashed } = content;
    const name = `${this.name}-${contentHash(hashed)}`;
    Object.assign(this, { name });
    Object.assign(this.metadata, { name });
  }
}

/** Resolvers that must see every value: none where the app has only cdk8s' own, which act on class instances alone. */
function resolversOf(object: ApiObject): { all: readonly IResolver[]; custom: boolean } {
  const { resolvers } = App.of(object) as App & { resolvers: readonly IResolver[] };
  return { all: resolvers, custom: resolvers.length > BUILT_IN_RESOLVERS };
}

/** For a `Quantity` or `IntOrString`, cdk8s' resolver gives `{ value }`, which its generated classes unwrap; so must we. */
const unwrapUnion = (original: object, replaced: unknown): unknown =>
  'value' in original && isPlainObject(replaced) && Object.keys(replaced).length === 1 && replaced.value === original.value ? replaced.value : replaced;

/** Resolves tokens and drops undefined (and null, except in a patch), as cdk8s does, but keeps the order of keys. */
function renderValue(value: unknown, key: readonly string[], object: ApiObject, resolvers: { all: readonly IResolver[]; custom: boolean }, nulls = false): unknown {
  if (value === undefined || value === null) return nulls ? value : undefined;
  const plain = (typeof value !== 'object' && typeof value !== 'function') || Array.isArray(value) || (isPlainObject(value) && typeof value.resolve !== 'function');
  if (!plain || resolvers.custom) {
    const context = new ResolutionContext(object, [...key], value);
    for (const resolver of resolvers.all) {
      resolver.resolve(context);
      if (context.replaced) return renderValue(plain ? context.replacedValue : unwrapUnion(value as object, context.replacedValue), key, object, resolvers, nulls);
    }
    if (!plain) throw new Error(`[${object.node.path}] ${key.join('.')}: got ${show(value)}; plain data is allowed`);
  }
  if (Array.isArray(value)) return value.map((item, index) => renderValue(item, [...key, String(index)], object, resolvers, nulls));
  if (typeof value !== 'object') return value;
  const rendered = Object.entries(value).map(([name, field]) => [name, typeof field === 'string' && !resolvers.custom ? field : renderValue(field, [...key, name], object, resolvers, nulls)] as const);
  return Object.fromEntries(rendered.filter(([, field]) => field !== undefined));
}
