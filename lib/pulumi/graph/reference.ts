import { identityOf, type DeployedObject } from '../deployed-object';

/** Something that an object names and that must be there before it. */
export interface Reference {
  /** Its kind as identities show it. */
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
}

/** The identity that a reference means. */
export const identityOfReference = ({ kind, namespace, name }: Reference): string => identityOf(kind, namespace, name);

/** Collects references of one object; names that are missing are skipped. */
export class References {
  public readonly found: Reference[] = [];

  public constructor(private readonly object: DeployedObject) {}

  /** Something in the object's namespace, or in the one that is given. */
  public near(kind: string, name: unknown, namespace?: unknown): void {
    if (typeof name === 'string' && name !== '') this.found.push({ kind, name, namespace: typeof namespace === 'string' ? namespace : this.object.namespace });
  }

  /** Something that stands in no namespace. */
  public global(kind: string, name: unknown): void {
    if (typeof name === 'string' && name !== '') this.found.push({ kind, name, namespace: undefined });
  }
}
