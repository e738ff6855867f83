import type { DeployedObject } from '../deployed-object';

/** Which objects must be there, and ready, before which others. */
export class Edges {
  private readonly needs = new Map<DeployedObject, Set<DeployedObject>>();

  /** The object waits for the other one. */
  public add(object: DeployedObject, needed: DeployedObject): void {
    if (object === needed) return;
    const set = this.needs.get(object);
    if (set) set.add(needed);
    else this.needs.set(object, new Set([needed]));
  }

  /** What the object waits for, directly. */
  public of(object: DeployedObject): ReadonlySet<DeployedObject> {
    return this.needs.get(object) ?? new Set();
  }

  /** Every object of the first group waits for every one of the second, through as few edges as say so. */
  public addAll(objects: readonly DeployedObject[], needed: readonly DeployedObject[]): void {
    const targets = new Set(needed);
    const waiting = new Set(objects.filter((object) => !targets.has(object)));
    const inner = new Set([...targets].flatMap((target) => [...this.of(target)]));
    const last = [...targets].filter((target) => !inner.has(target));
    const first = [...waiting].filter((object) => ![...this.of(object)].some((other) => waiting.has(other)));
    for (const object of first) for (const target of last) this.add(object, target);
  }
}
