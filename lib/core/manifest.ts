import { ApiObject, App, ResolutionContext, type IResolver, type JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { contentHash } from './hash';
import { isPlainObject, type JsonObject } from './json';
import { isClusterScoped } from './kinds';
import { applyPatch, type Patch } from './patch';

/** What a manifest starts from: everything but the metadata that the chart adds. */
export interface ManifestBody extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
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
   * Whether the name ends in a hash of the (patched) content: for objects that are replaced, never changed.
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
    const named = options.hashedName ? withHashedName(body, options.patch) : body;
    super(scope, id, named);
    this.body = named;
    this.patch = options.patch;
    this.hashed = options.hashedName ?? false;
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
    const rendered = renderValue({ apiVersion, kind, ...fields, metadata: null }, [], this, resolversOf(this)) as JsonObject;
    const ordered: JsonObject = { apiVersion, kind, metadata: prune({ name, namespace: isClusterScoped(this) ? undefined : namespace, labels, annotations, ...metadata }) };
    for (const key of Object.keys(rendered)) if (!(key in ordered)) ordered[key] = rendered[key];
    const patched = applyPatch(ordered, this.patch);
    return this.operations.length === 0 ? patched : applyPatch(patched, this.operations);
  }
}

function withHashedName(body: ManifestBody, patch: Patch | undefined): ManifestBody {
  const content = applyPatch(body, patch) as ManifestBody;
  return { ...body, metadata: { ...body.metadata, name: `${body.metadata.name}-${contentHash(content)}` } };
}

function prune(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** Resolvers that must see every value: none where the app has only cdk8s' own, which act on class instances alone. */
function resolversOf(object: ApiObject): { all: readonly IResolver[]; custom: boolean } {
  const { resolvers } = App.of(object) as App & { resolvers: readonly IResolver[] };
  return { all: resolvers, custom: resolvers.length > BUILT_IN_RESOLVERS };
}

/** Resolves tokens and drops undefined, as cdk8s does, but keeps the order of keys. */
function renderValue(value: unknown, key: string[], object: ApiObject, resolvers: { all: readonly IResolver[]; custom: boolean }): unknown {
  if (value === undefined || value === null) return undefined;
  const plain = typeof value !== 'object' || Array.isArray(value) || isPlainObject(value);
  if (!plain || resolvers.custom) {
    const context = new ResolutionContext(object, key, value);
    for (const resolver of resolvers.all) {
      resolver.resolve(context);
      if (context.replaced) return renderValue(context.replacedValue, key, object, resolvers);
    }
    if (!plain) throw new Error(`[${object.node.path}] ${key.join('.')}: cannot render a ${(value as object).constructor.name}; give plain data`);
  }
  if (Array.isArray(value)) return value.map((item, index) => renderValue(item, [...key, String(index)], object, resolvers));
  if (typeof value !== 'object') return value;
  const result: JsonObject = {};
  for (const [name, field] of Object.entries(value)) {
    const rendered = typeof field === 'string' && !resolvers.custom ? field : renderValue(field, [...key, name], object, resolvers);
    if (rendered !== undefined) result[name] = rendered;
  }
  return result;
}
