import { Chart, type ApiObject, type App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { groupOf, isClusterScoped } from '../core/kinds';
import type { JsonObject } from '../core/json';
import { Registry } from '../core/registry';
import { SchemaValidator, type KubernetesVersion } from '../schema';
import { notAdmitted } from './admission';
import { CircularDependency, findOrder, type Order } from './order';
import { keyOfObject, providedBy, referencesOf } from './references';
import { fileNames, readTree, type Tree } from './units';

/** A rendered object and the construct that it came from. */
export interface RenderedObject {
  /** The construct. */
  readonly construct: ApiObject;
  /** The object as it goes into the YAML. */
  readonly manifest: JsonObject;
}

/** The objects of one file, in the order of application. */
export interface RenderedFile {
  /** Name without extension: the wave and the workload's name, `1-frontend`. */
  readonly name: string;
  /** Files of a lower wave are applied, and complete, before those of a higher. */
  readonly wave: number;
  /** The objects, in the order of application. */
  readonly objects: readonly RenderedObject[];
}

/** A Secret that the objects need and that none of them brings. */
export interface RequiredSecret {
  /** Its namespace; undefined where the chart names none. */
  readonly namespace: string | undefined;
  /** Its name. */
  readonly name: string;
  /** The keys that are read; empty where all are. */
  readonly keys: readonly string[];
  /** Paths of the constructs that need it. */
  readonly neededBy: readonly string[];
}

/** Everything that an app renders. */
export interface Rendering {
  /** The files, in the order of application. */
  readonly files: readonly RenderedFile[];
  /** The Secrets that must be in the cluster already. */
  readonly requiredSecrets: readonly RequiredSecret[];
}

/** What is wrong with an app: every mistake at once. */
export class SynthesisError extends Error {
  public constructor(
    /** One message a mistake, the construct's path in brackets before it. */
    public readonly problems: readonly string[],
  ) {
    super(`Validation failed with the following errors:\n  ${problems.join('\n  ')}`);
    this.name = 'SynthesisError';
    // The message says them all; an uncaught error would print them twice.
    Object.defineProperty(this, 'problems', { enumerable: false });
  }
}

/** Options of {@link render}. */
export interface RenderOptions {
  readonly kubernetesVersion: KubernetesVersion;
}

/**
 * Renders an app in one pass: every construct is validated once, every object rendered and checked once, and the order
 * found in time linear in the number of objects and dependencies.
 * @throws SynthesisError with every mistake found
 */
export function render(app: App, options: RenderOptions): Rendering {
  const tree = readTree(app);
  const problems = validateConstructs(tree.constructs);
  const registry = Registry.of(app);
  const rendered = renderObjects(tree, problems);
  checkSchemas(rendered, options.kubernetesVersion, problems);
  checkDuplicates(rendered, problems);
  problems.push(...notAdmitted(rendered));
  const order = orderOf(tree, rendered, registry, problems);
  if (!order || problems.length > 0) throw new SynthesisError(problems);
  return { files: makeFiles(tree, order, rendered), requiredSecrets: findRequiredSecrets(rendered) };
}

type Rendered = ReadonlyMap<ApiObject, JsonObject>;

function validateConstructs(constructs: readonly IConstruct[]): string[] {
  return constructs.flatMap((construct) => construct.node.validate().map((message) => `[${construct.node.path}] ${message}`));
}

function renderObjects(tree: Tree, problems: string[]): Rendered {
  const rendered = new Map<ApiObject, JsonObject>();
  for (const object of tree.unitOf.keys()) {
    try {
      rendered.set(object, object.toJson() as JsonObject);
    } catch (error) {
      const prefix = `[${object.node.path}] `;
      const message = error instanceof Error ? error.message : String(error);
      problems.push(message.startsWith(prefix) ? message : prefix + message);
    }
  }
  return rendered;
}

/** CustomResourceDefinitions among the objects bring the schemas of their kinds along. */
function checkSchemas(rendered: Rendered, version: KubernetesVersion, problems: string[]): void {
  const definitions = [...rendered.values()].filter((manifest) => manifest.kind === 'CustomResourceDefinition');
  const validator = new SchemaValidator(version, definitions);
  for (const [object, manifest] of rendered) {
    for (const { path, message } of validator.validate(manifest) ?? []) problems.push(`[${object.node.path}] ${manifest.kind as string} ${path === '' ? '' : `${path}: `}${message} (Kubernetes ${version})`);
  }
}

function checkDuplicates(rendered: Rendered, problems: string[]): void {
  const seen = new Map<string, ApiObject>();
  for (const [object, manifest] of rendered) {
    const { name, namespace } = (manifest.metadata ?? {}) as { name?: string; namespace?: string };
    const kind = { apiVersion: String(manifest.apiVersion), kind: String(manifest.kind) };
    const key = [groupOf(kind.apiVersion), kind.kind, isClusterScoped(kind) ? '' : (namespace ?? ''), name].join('/');
    const other = seen.get(key);
    if (other) problems.push(`[${object.node.path}] metadata.name: got "${name}"; '${other.node.path}' makes a ${kind.kind} of that name${namespace === undefined ? '' : ` in namespace '${namespace}'`} already; rename one of them`);
    else seen.set(key, object);
  }
}

function orderOf(tree: Tree, rendered: Rendered, registry: Registry, problems: string[]): Order | undefined {
  try {
    return findOrder(tree, rendered, registry);
  } catch (error) {
    if (!(error instanceof CircularDependency)) throw error;
    problems.push(`[${error.path}] dependencies go round in a circle, so that nothing could ever start: ${error.message}; remove one of them`);
    return undefined;
  }
}

function makeFiles(tree: Tree, order: Order, rendered: Rendered): RenderedFile[] {
  const names = fileNames(tree.units);
  const digits = String(Math.max(0, ...order.waves.values())).length;
  const files = tree.units.map((unit) => {
    const wave = order.waves.get(unit)!;
    const objects = order.objects.get(unit)!.map((construct) => ({ construct, manifest: rendered.get(construct)! }));
    return { name: `${String(wave).padStart(digits, '0')}-${names.get(unit)}`, wave, objects };
  });
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function findRequiredSecrets(rendered: Rendered): RequiredSecret[] {
  const provided = new Set([...rendered.values()].flatMap(providedBy).map(keyOfObject));
  const required = new Map<string, { namespace: string | undefined; name: string; keys: Set<string>; neededBy: Set<string> }>();
  for (const [object, manifest] of rendered) {
    for (const reference of referencesOf(manifest)) {
      const id = keyOfObject(reference);
      if (reference.kind !== 'Secret' || provided.has(id)) continue;
      const { namespace, name, keys } = reference;
      let secret = required.get(id);
      if (!secret) required.set(id, (secret = { namespace, name, keys: new Set(), neededBy: new Set() }));
      for (const used of keys) secret.keys.add(used);
      const { scope } = object.node;
      secret.neededBy.add(scope && !Chart.isChart(scope) ? scope.node.path : object.node.path);
    }
  }
  return [...required.values()].map((secret) => ({ ...secret, keys: [...secret.keys].sort(), neededBy: [...secret.neededBy] }));
}
