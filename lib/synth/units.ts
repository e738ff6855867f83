import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { applyRank } from '../core/kinds';
import { type Registry, type ApplicationInfo } from '../core/registry';

/** What goes into one file: a workload's objects, or those that stand in a chart outside of any workload. */
export interface Unit {
  /** Name of the file, without number and extension. */
  readonly name: string;
  readonly namespace: string | undefined;
  readonly application: ApplicationInfo | undefined;
  readonly objects: ApiObject[];
}

/** The construct tree read once: its units, and which constructs and objects belong to which. */
export interface Tree {
  readonly constructs: readonly IConstruct[];
  readonly units: readonly Unit[];
  readonly unitOf: ReadonlyMap<ApiObject, Unit>;
  /** Units that hold objects of the construct or of anything below it. */
  readonly unitsBelow: (construct: IConstruct) => readonly Unit[];
}

const applicationOf = (construct: IConstruct) => (construct as { application?: ApplicationInfo }).application;

/** Reads the tree. */
export function readTree(root: IConstruct): Tree {
  const constructs: IConstruct[] = [];
  const units = new Map<IConstruct, Unit>();
  const unitOf = new Map<ApiObject, Unit>();
  const visit = (construct: IConstruct, owner: IConstruct | undefined): void => {
    constructs.push(construct);
    const application = applicationOf(construct);
    const next = application?.scope === construct || Chart.isChart(construct) ? construct : owner;
    if (ApiObject.isApiObject(construct)) {
      const key = owner ?? construct;
      let unit = units.get(key);
      if (!unit) units.set(key, (unit = newUnit(key)));
      unit.objects.push(construct);
      unitOf.set(construct, unit);
    }
    for (const child of construct.node.children) visit(child, next);
  };
  visit(root, undefined);
  const unitsBelow = (construct: IConstruct) => {
    const own = units.get(construct);
    return own && applicationOf(construct) ? [own] : [...new Set(construct.node.findAll().filter(ApiObject.isApiObject).map((object) => unitOf.get(object)!))];
  };
  return { constructs, units: [...units.values()], unitOf, unitsBelow };
}

function newUnit(owner: IConstruct): Unit {
  const application = applicationOf(owner);
  return { name: application?.name ?? owner.node.id, namespace: application?.namespace ?? (Chart.isChart(owner) ? (owner as Chart).namespace : undefined), application, objects: [] };
}

/** A dependency between units that goes round in a circle. */
export class CircularDependency extends Error {}

/**
 * The wave in which each unit is applied: 0 for what stands outside of workloads, 1 for workloads, later for what waits for
 * another. A release task waits for what it connects to; a workload for the tasks in its `after`.
 */
export function waves(tree: Tree, registry: Registry): ReadonlyMap<Unit, number> {
  const needs = unitDependencies(tree, registry);
  const found = new Map<Unit, number>();
  const path: Unit[] = [];
  const visit = (unit: Unit): number => {
    const known = found.get(unit);
    if (known !== undefined) return known;
    if (path.includes(unit)) throw new CircularDependency([...path.slice(path.indexOf(unit)), unit].map(({ name }) => name).join(' waits for '));
    path.push(unit);
    let wave = unit.application ? 1 : 0;
    for (const needed of needs.get(unit) ?? []) wave = Math.max(wave, visit(needed) + 1);
    path.pop();
    found.set(unit, wave);
    return wave;
  };
  for (const unit of tree.units) visit(unit);
  return found;
}

function unitDependencies(tree: Tree, registry: Registry): Map<Unit, Set<Unit>> {
  const needs = new Map<Unit, Set<Unit>>();
  const add = (unit: Unit, needed: Unit) => {
    if (unit === needed) return;
    const set = needs.get(unit);
    if (set) set.add(needed);
    else needs.set(unit, new Set([needed]));
  };
  for (const construct of tree.constructs) {
    for (const target of construct.node.dependencies) {
      for (const unit of tree.unitsBelow(construct)) for (const needed of tree.unitsBelow(target)) add(unit, needed);
    }
  }
  for (const unit of tree.units) {
    if (unit.application?.type !== 'ReleaseTask') continue;
    for (const { to } of registry.outgoing(unit.application)) for (const needed of tree.unitsBelow(to.scope)) add(unit, needed);
  }
  return needs;
}

/** The objects of a unit in the order of application: by kind, but never before what they depend on. */
export function ordered(unit: Unit): readonly ApiObject[] {
  const byKind = unit.objects.map((object, index) => ({ object, index })).sort((a, b) => applyRank(a.object.kind) - applyRank(b.object.kind) || a.index - b.index).map(({ object }) => object);
  if (!unit.objects.some((object) => object.node.dependencies.length > 0)) return byKind;
  const own = new Set(unit.objects);
  const done = new Set<ApiObject>();
  const visit = (object: ApiObject): void => {
    if (done.has(object)) return;
    done.add(object);
    for (const target of object.node.dependencies) {
      for (const needed of target.node.findAll()) if (ApiObject.isApiObject(needed) && own.has(needed)) visit(needed);
    }
    result.push(object);
  };
  const result: ApiObject[] = [];
  byKind.forEach(visit);
  return result;
}
