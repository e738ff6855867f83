import type { DeployedObject } from '../deployed-object';
import { addDeclared } from './declared';
import { Edges } from './edges';
import { addImplied } from './implied';

/** Objects in an order in which each comes after what it waits for. */
export interface Graph {
  readonly objects: readonly DeployedObject[];
  /** What an object waits for, directly. */
  readonly needs: (object: DeployedObject) => ReadonlySet<DeployedObject>;
}

/**
 * Finds what waits for what, and an order that fits, in time linear in the objects and the dependencies.
 * @throws when some wait for each other
 */
export function orderObjects(objects: readonly DeployedObject[]): Graph {
  const edges = new Edges();
  addImplied(objects, edges);
  addDeclared(objects, edges);
  return { objects: sorted(objects, edges), needs: (object) => edges.of(object) };
}

function sorted(objects: readonly DeployedObject[], edges: Edges): DeployedObject[] {
  const open = new Map(objects.map((object) => [object, edges.of(object).size]));
  const waiting = new Map<DeployedObject, DeployedObject[]>();
  for (const object of objects) {
    for (const needed of edges.of(object)) {
      const list = waiting.get(needed);
      if (list) list.push(object);
      else waiting.set(needed, [object]);
    }
  }
  const ready = objects.filter((object) => open.get(object) === 0);
  for (const object of ready) {
    for (const next of waiting.get(object) ?? []) {
      open.set(next, open.get(next)! - 1);
      if (open.get(next) === 0) ready.push(next);
    }
  }
  if (ready.length < objects.length) throw new Error(describeCircle(objects.find((object) => open.get(object)! > 0)!, open, edges));
  return ready;
}

function describeCircle(start: DeployedObject, open: ReadonlyMap<DeployedObject, number>, edges: Edges): string {
  const path: DeployedObject[] = [];
  let object = start;
  while (!path.includes(object)) {
    path.push(object);
    object = [...edges.of(object)].find((needed) => open.get(needed)! > 0)!;
  }
  const circle = [...path.slice(path.indexOf(object)), object].map(({ identity, construct }) => `${identity} (${construct.node.path})`);
  return `charts: nothing could ever start: ${circle.join(' waits for ')}; remove one of these dependencies`;
}
