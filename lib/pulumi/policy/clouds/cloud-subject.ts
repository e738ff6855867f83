import { isPlainObject, type JsonObject } from '../../../core/json';
import type { Judged } from '../definition';
import { rawProps, type EngineResource } from '../subject';
import { overlap, withoutUnknowns, type Path } from '../unknowns';

const CLOUDS = /^(gcp|aws):/;

/** A resource of a cloud that a policy judges. */
export class CloudSubject implements Judged {
  public readonly identity: string;

  private constructor(
    /** Its type, in short: `gcp:container:Cluster`. */
    public readonly type: string,
    public readonly logicalName: string,
    public readonly urn: string,
    public readonly props: JsonObject,
    private readonly unknown: readonly Path[],
  ) {
    this.identity = `${type}/${logicalName}`;
  }

  /** Reads a resource; undefined where it is none of a cloud. */
  public static read({ type, name, urn, props }: EngineResource): CloudSubject | undefined {
    if (!CLOUDS.test(type)) return undefined;
    const unknown: Path[] = [];
    const known = withoutUnknowns(rawProps(props), unknown);
    return new CloudSubject(type.replace(/\/[^:]+:/, ':'), name, urn, isPlainObject(known) ? known : {}, unknown);
  }

  public knows(path: Path): boolean {
    return !this.unknown.some((other) => overlap(path, other));
  }
}
