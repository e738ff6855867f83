import type { DeployedObject } from '../deployed-object';
import { objectAt } from '../../core/paths';
import { podTemplate } from '../pod-template';

type Labels = Readonly<Record<string, unknown>>;

/** Finds the objects whose pods a selector means, without asking each: by the rarest of its labels. */
export class PodIndex {
  private readonly byNamespace = new Map<string | undefined, DeployedObject[]>();
  private readonly byLabel = new Map<string, DeployedObject[]>();
  private readonly labels = new Map<DeployedObject, Labels>();

  public constructor(objects: readonly DeployedObject[]) {
    for (const object of objects) {
      const template = podTemplate(object);
      if (!template) continue;
      const labels = objectAt(template, 'metadata', 'labels');
      this.labels.set(object, labels);
      append(this.byNamespace, object.namespace, object);
      for (const [key, value] of Object.entries(labels)) append(this.byLabel, labelKey(object.namespace, key, value), object);
    }
  }

  /** The objects of the namespace whose pods carry all labels of the selector; every one for an empty selector. */
  public select(namespace: string | undefined, selector: Labels): readonly DeployedObject[] {
    const pairs = Object.entries(selector);
    const candidates = pairs.map(([key, value]) => this.byLabel.get(labelKey(namespace, key, value)) ?? []);
    const fewest = candidates.reduce((best, next) => (next.length < best.length ? next : best), this.byNamespace.get(namespace) ?? []);
    return fewest.filter((object) => pairs.every(([key, value]) => this.labels.get(object)![key] === value));
  }
}

const labelKey = (namespace: string | undefined, key: string, value: unknown) => JSON.stringify([namespace, key, value]);

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
