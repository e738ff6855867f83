import type { DeployedObject } from './deployed-object';

/** What an object waits for, and the workloads whose pods a Service waits for. */
export interface Waits {
  readonly needs: (object: DeployedObject) => Iterable<DeployedObject>;
  readonly behind: (object: DeployedObject) => readonly DeployedObject[];
}

/**
 * Finds the Services that must not be waited for: their pods, in turn, wait for them, and neither would ever be ready.
 */
export function findDeadlocks(objects: readonly DeployedObject[], waits: Waits): ReadonlySet<DeployedObject> {
  const found = new Set<DeployedObject>();
  const behind = (object: DeployedObject) => (found.has(object) ? [] : waits.behind(object));
  let before: number;
  do {
    before = found.size;
    new Search({ needs: waits.needs, behind }, found).run(objects);
  } while (found.size > before);
  return found;
}

/** One walk through everything that waits. */
class Search {
  private readonly done = new Set<DeployedObject>();
  private readonly path: DeployedObject[] = [];

  public constructor(
    private readonly waits: Waits,
    private readonly found: Set<DeployedObject>,
  ) {}

  public run(objects: readonly DeployedObject[]): void {
    for (const object of objects) this.visit(object);
  }

  private visit(object: DeployedObject): void {
    if (this.done.has(object)) return;
    const start = this.path.indexOf(object);
    if (start >= 0) return this.report(this.path.slice(start));
    this.path.push(object);
    for (const needed of this.waits.needs(object)) this.visit(needed);
    for (const workload of this.waits.behind(object)) this.visit(workload);
    this.path.pop();
    this.done.add(object);
  }

  /** In the circle, the Services that wait for the next one's pods. */
  private report(circle: readonly DeployedObject[]): void {
    circle.forEach((object, index) => {
      if (this.waits.behind(object).includes(circle[(index + 1) % circle.length]!)) this.found.add(object);
    });
  }
}
