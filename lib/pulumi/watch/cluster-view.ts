import { containersOf, type ApiObject, type ClusterEvent } from './api-objects';

const isEvent = (object: ApiObject): object is ClusterEvent => object.kind === 'Event';
const keyOf = (kind: string, namespace: string | undefined, name = '') => [kind, namespace ?? '', name].join('/');

/** The part of the cluster that is watched, as it was told last. */
export class ClusterView {
  private readonly objects = new Map<string, Map<string, ApiObject>>();
  private readonly belonging = new Map<string, Map<string, ApiObject>>();
  private readonly first = new Map<string, ApiObject>();
  private start: number | undefined;

  /** Tells when this update began, by the cluster's own clock: milliseconds since 1970. The first one told counts. */
  public startedAt(milliseconds: number): void {
    this.start ??= milliseconds;
  }

  /** Adds an object, or what became of it. */
  public set(object: ApiObject): void {
    const { name, namespace, uid } = object.metadata;
    if (!this.first.has(uid)) this.first.set(uid, object);
    put(this.objects, keyOf(object.kind, namespace), name, object);
    const owner = ownerOf(object);
    if (owner !== undefined) put(this.belonging, keyOf(object.kind, owner), uid, object);
  }

  /** Removes an object that was deleted. */
  public delete(object: ApiObject): void {
    const { name, namespace, uid } = object.metadata;
    this.objects.get(keyOf(object.kind, namespace))?.delete(name);
    this.belonging.get(keyOf(object.kind, ownerOf(object)))?.delete(uid);
  }

  /** Forgets the objects of a kind in a namespace: they are told anew. */
  public clear(kind: string, namespace: string): void {
    for (const object of [...(this.objects.get(keyOf(kind, namespace))?.values() ?? [])]) this.delete(object);
  }

  /** An object by name. */
  public get(kind: string, namespace: string, name: string): ApiObject | undefined {
    return this.objects.get(keyOf(kind, namespace))?.get(name);
  }

  /** The objects that a controller made and that are not on their way out. */
  public owned(kind: string, owner: ApiObject): readonly ApiObject[] {
    return this.belongingTo(kind, owner).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  }

  /** What happened to an object, the latest last; of one reason, or of several. */
  public events(object: ApiObject, ...reasons: readonly string[]): readonly ClusterEvent[] {
    const found = this.belongingTo('Event', object).filter(isEvent).filter(({ reason = '' }) => reasons.includes(reason));
    return found.sort((a, b) => timeOf(a).localeCompare(timeOf(b)));
  }

  /** The object as it was when it was first seen. */
  public atFirst({ metadata }: ApiObject): ApiObject | undefined {
    return this.first.get(metadata.uid);
  }

  /** Whether what the object says is of this update: it was made during it, or has changed since. */
  public isFresh(object: ApiObject): boolean {
    const { creationTimestamp } = object.metadata;
    if (this.start !== undefined && creationTimestamp !== undefined && Date.parse(creationTimestamp) >= this.start) return true;
    const before = this.atFirst(object);
    return before !== undefined && essenceOf(before) !== essenceOf(object);
  }

  private belongingTo(kind: string, { metadata }: ApiObject): ApiObject[] {
    return [...(this.belonging.get(keyOf(kind, metadata.uid))?.values() ?? [])];
  }
}

const ownerOf = (object: ApiObject) => (isEvent(object) ? object.involvedObject.uid : object.metadata.ownerReferences?.find(({ controller }) => controller)?.uid);

/** Events of newer clients carry no last time. */
const timeOf = ({ lastTimestamp, metadata }: ClusterEvent) => lastTimestamp ?? metadata.creationTimestamp ?? '';

/** What changes whenever the cluster tries again. */
function essenceOf(object: ApiObject): string {
  if (isEvent(object)) return JSON.stringify([object.count, object.series?.count, object.lastTimestamp]);
  const containers = containersOf(object).map(({ name, restartCount, state }) => [name, restartCount, state?.waiting?.reason, state?.terminated?.exitCode]);
  return JSON.stringify([containers, object.status?.conditions]);
}

function put<T>(map: Map<string, Map<string, T>>, key: string, name: string, value: T): void {
  const inner = map.get(key);
  if (inner) inner.set(name, value);
  else map.set(key, new Map([[name, value]]));
}
