import type { ApiObject } from 'cdk8s';
import { applyRank, groupOf } from '../core/kinds';
import type { JsonObject } from '../core/json';
import type { Registry } from '../core/registry';
import { keyOfObject, providedBy, referencesOf } from './references';
import type { Tree, Unit } from './units';

/** In which order everything is applied. */
export interface Order {
  /** The wave of each unit: 0 for what stands outside of workloads, then workloads, then what waits for another. */
  readonly waves: ReadonlyMap<Unit, number>;
  /** The objects of each unit: by kind, but never before what they depend on. */
  readonly objects: ReadonlyMap<Unit, readonly ApiObject[]>;
}

/** Dependencies that go round in a circle. */
export class CircularDependency extends Error {
  public constructor(
    /** Path of a construct that is part of it. */
    public readonly path: string,
    names: readonly string[],
  ) {
    super([...names, names[0]].join(' waits for '));
  }
}

/** What each needs. True for what must come before, false for what had better: a circle is opened there. */
type Needs<T> = Map<T, Map<T, boolean>>;

/**
 * Finds the order, in time linear in the number of objects and of pairs that depend on each other.
 * @throws CircularDependency
 */
export function findOrder(tree: Tree, manifests: ReadonlyMap<ApiObject, JsonObject>, registry: Registry): Order {
  const units: Needs<Unit> = new Map(tree.units.map((unit) => [unit, new Map()]));
  const objects: Needs<ApiObject> = new Map();
  declared(tree, registry, units, objects);
  implied(tree, manifests, units);
  return { waves: findWaves(tree.units, units), objects: new Map(tree.units.map((unit) => [unit, sorted(unit, objects)])) };
}

/** Takes in what was declared by `addDependency`, by `after`, and by the connections of a release task. */
function declared(tree: Tree, registry: Registry, units: Needs<Unit>, objects: Needs<ApiObject>): void {
  for (const construct of tree.constructs) {
    for (const target of construct.node.dependencies) depend(tree.below(construct), tree.below(target), units, objects);
  }
  for (const unit of tree.units) {
    if (unit.application?.type !== 'ReleaseTask') continue;
    for (const { to } of registry.outgoing(unit.application)) depend(tree.below(unit.owner), tree.below(to.scope), units, objects);
  }
}

/** Every source waits for every target; where one set is part of the other, the rest of the larger does. */
function depend(sources: ReturnType<Tree['below']>, targets: ReturnType<Tree['below']>, units: Needs<Unit>, objects: Needs<ApiObject>): void {
  for (const [unit, waiting] of sources) {
    for (const [other, awaited] of targets) {
      if (unit !== other) {
        if (!targets.has(unit) || !sources.has(other)) need(units, unit, other, true);
        continue;
      }
      for (const source of waiting) for (const target of awaited) if (!awaited.has(source) || !waiting.has(target)) need(objects, source, target, true);
    }
  }
}

function need<T>(needs: Needs<T>, one: T, other: T, must: boolean): void {
  const own = needs.get(one);
  if (own) own.set(other, must || own.get(other) === true);
  else needs.set(one, new Map([[other, must]]));
}

/** Takes in what the objects say: a namespace and the definition of a kind must be there, references had better be. */
function implied(tree: Tree, manifests: ReadonlyMap<ApiObject, JsonObject>, units: Needs<Unit>): void {
  const providers = new Map<string, Unit>();
  const read = [...manifests].map(([object, manifest]) => ({ unit: tree.unitOf.get(object)!, manifest }));
  for (const { unit, manifest } of read) {
    for (const provided of providedBy(manifest)) providers.set(keyOfObject(provided), unit);
    const { group, names } = (manifest.spec ?? {}) as { group?: string; names?: { kind?: string } };
    if (manifest.kind === 'CustomResourceDefinition') providers.set(`${group}/${names?.kind}`, unit);
  }
  for (const { unit, manifest } of read) {
    const { namespace } = (manifest.metadata ?? {}) as { namespace?: string };
    const needed = (key: string, must: boolean) => {
      const provider = providers.get(key);
      if (provider && provider !== unit) need(units, unit, provider, must);
    };
    if (namespace !== undefined) needed(keyOfObject({ kind: 'Namespace', namespace: undefined, name: namespace }), true);
    needed(`${groupOf(String(manifest.apiVersion))}/${String(manifest.kind)}`, true);
    for (const reference of referencesOf(manifest)) needed(keyOfObject(reference), false);
  }
}

/** Units outside of workloads come first, so that a further step among them does not tear the workloads apart. */
function findWaves(units: readonly Unit[], needs: Needs<Unit>): ReadonlyMap<Unit, number> {
  const dependents = new Map<Unit, Unit[]>(units.map((unit) => [unit, []]));
  for (const [unit, needed] of needs) for (const other of needed.keys()) dependents.get(other)!.push(unit);
  const waves = new Map<Unit, number>(units.map((unit) => [unit, 0]));
  const left = new Set(units);
  const take = (ready: Unit[], which: (unit: Unit) => boolean): void => {
    for (const unit of ready) {
      left.delete(unit);
      for (const dependent of dependents.get(unit)!) {
        if (!needs.get(dependent)!.delete(unit)) continue;
        waves.set(dependent, Math.max(waves.get(dependent)!, waves.get(unit)! + 1));
        if (needs.get(dependent)!.size === 0 && which(dependent)) ready.push(dependent);
      }
    }
  };
  const free = (unit: Unit) => needs.get(unit)!.size === 0;
  take(units.filter((unit) => !unit.application && free(unit)), (unit) => !unit.application);
  const first = units.reduce((most, unit) => (left.has(unit) ? most : Math.max(most, waves.get(unit)!)), 0) + 1;
  for (const unit of units) if (unit.application) waves.set(unit, Math.max(first, waves.get(unit)!));
  take([...left].filter(free), () => true);
  while (left.size > 0) take([openCircle(left, needs)].filter(free), () => true);
  return waves;
}

/** Finds a circle and leaves out one step of it that need not be; gives the unit that waits for one less. */
function openCircle(left: ReadonlySet<Unit>, needs: Needs<Unit>): Unit {
  const path = new Set<Unit>();
  let unit: Unit = left.values().next().value!;
  while (!path.has(unit)) {
    path.add(unit);
    unit = needs.get(unit)!.keys().next().value!;
  }
  const circle = [...path].slice([...path].indexOf(unit));
  for (const [index, one] of circle.entries()) {
    const other = circle[(index + 1) % circle.length]!;
    if (needs.get(one)!.get(other)) continue;
    needs.get(one)!.delete(other);
    return one;
  }
  throw new CircularDependency(unit.owner.node.path, circle.map(({ name }) => name));
}

function sorted(unit: Unit, needs: Needs<ApiObject>): readonly ApiObject[] {
  const byKind = unit.objects.map((object, index) => ({ object, index })).sort((a, b) => applyRank(a.object.kind) - applyRank(b.object.kind) || a.index - b.index).map(({ object }) => object);
  if (!byKind.some((object) => needs.has(object))) return byKind;
  const result: ApiObject[] = [];
  const done = new Set<ApiObject>();
  const path = new Set<ApiObject>();
  const visit = (object: ApiObject): void => {
    if (done.has(object)) return;
    if (path.has(object)) throw new CircularDependency(object.node.path, [...path].slice([...path].indexOf(object)).map(({ node }) => node.path));
    path.add(object);
    for (const other of needs.get(object)?.keys() ?? []) visit(other);
    path.delete(object);
    done.add(object);
    result.push(object);
  };
  byKind.forEach(visit);
  return result;
}
