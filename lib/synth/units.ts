import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ApplicationInfo } from '../core/registry';

/** What goes into one file: a workload's objects, or those that stand in a chart outside of any workload. */
export interface Unit {
  /** The workload or the chart. */
  readonly owner: IConstruct;
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
  /** The objects of the construct and of everything below it, by unit; looked up once for each construct. */
  readonly below: (construct: IConstruct) => ReadonlyMap<Unit, ReadonlySet<ApiObject>>;
}

const applicationOf = (construct: IConstruct) => (construct as { application?: ApplicationInfo }).application;

/** Reads the tree. */
export function readTree(root: IConstruct): Tree {
  const constructs: IConstruct[] = [];
  const units = new Map<IConstruct, Unit>();
  const unitOf = new Map<ApiObject, Unit>();
  const visit = (construct: IConstruct, owner: IConstruct | undefined): void => {
    constructs.push(construct);
    // What stands for a workload that it is made of owns its objects with it.
    const next = applicationOf(construct)?.scope ?? (Chart.isChart(construct) ? construct : owner);
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
  return { constructs, units: [...units.values()], unitOf, below: lookUpBelow(unitOf) };
}

function newUnit(owner: IConstruct): Unit {
  const application = applicationOf(owner);
  return { owner, name: application?.name ?? owner.node.id, namespace: application?.namespace ?? (Chart.isChart(owner) ? (owner as Chart).namespace : undefined), application, objects: [] };
}

function lookUpBelow(unitOf: ReadonlyMap<ApiObject, Unit>): Tree['below'] {
  const known = new Map<IConstruct, ReadonlyMap<Unit, ReadonlySet<ApiObject>>>();
  return (construct) => {
    const found = known.get(construct);
    if (found) return found;
    const below = new Map<Unit, Set<ApiObject>>();
    for (const object of construct.node.findAll().filter(ApiObject.isApiObject)) {
      const unit = unitOf.get(object)!;
      const set = below.get(unit);
      if (set) set.add(object);
      else below.set(unit, new Set([object]));
    }
    known.set(construct, below);
    return below;
  };
}

/** A name for the file of each unit, which no other has, on file systems without upper case either. */
export function fileNames(units: readonly Unit[]): ReadonlyMap<Unit, string> {
  const spellings = [
    (unit: Unit) => unit.name,
    (unit: Unit) => `${unit.name}.${unit.application ? (unit.namespace ?? 'default') : 'chart'}`,
    (unit: Unit) => unit.owner.node.path.replaceAll('/', '.'),
    (unit: Unit) => `${unit.owner.node.path.replaceAll('/', '.')}.${unit.owner.node.addr.slice(0, 8)}`,
  ];
  const names = new Map<Unit, string>();
  const taken = new Set<string>();
  let left = units;
  for (const spell of spellings) {
    const spelled = left.map((unit) => ({ unit, name: spell(unit).replace(/[^-._A-Za-z0-9]+/g, '-') }));
    const count = new Map<string, number>();
    for (const { name } of spelled) count.set(name.toLowerCase(), (count.get(name.toLowerCase()) ?? 0) + 1);
    for (const { unit, name } of spelled) {
      if (count.get(name.toLowerCase()) === 1 && !taken.has(name.toLowerCase())) names.set(unit, name);
    }
    for (const name of names.values()) taken.add(name.toLowerCase());
    left = left.filter((unit) => !names.has(unit));
  }
  return names;
}
