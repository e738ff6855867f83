import { didYouMean } from '../core/suggest';
import type { DeployedObject } from './deployed-object';
import { listAt } from '../core/paths';

/** Which objects Pulumi refuses to delete or replace: those that hold state, all, or none. */
export type Protection = 'stateful' | 'all' | 'none';

/** The values of {@link Protection}. */
export const PROTECTIONS: readonly Protection[] = ['stateful', 'all', 'none'];

/** What holds state: with a definition go all objects of its kind, with a namespace all that stands in it. */
const STATEFUL = ['Namespace', 'CustomResourceDefinition', 'StatefulSet', 'PersistentVolumeClaim', 'PersistentVolume'];
const VOLUMES = ['PersistentVolumeClaim', 'PersistentVolume'];

/** What the charts' owner says about deleting. */
export interface ProtectionOptions {
  readonly protect: Protection;
  readonly allowDeletion: readonly string[];
  readonly retainVolumes: boolean;
}

/** Knows what may be deleted and what stays in the cluster when it is. */
export class Protector {
  private readonly keeping: ReadonlySet<string>;

  public constructor(
    objects: readonly DeployedObject[],
    private readonly options: ProtectionOptions,
  ) {
    const identities = new Set(objects.map(({ identity }) => identity));
    for (const name of options.allowDeletion) {
      if (!identities.has(name)) throw new Error(`allowDeletion: got ${JSON.stringify(name)}, which the charts do not have${didYouMean(name, identities)}; name objects as the preview does, such as 'StatefulSet/shop/db'; one that is gone from the charts is allowed by \`pulumi state unprotect\` with its URN`);
    }
    this.keeping = new Set(objects.filter(holdsVolume).map(({ namespace }) => namespace ?? ''));
  }

  /** Whether deleting and replacing it is refused. */
  public protects(object: DeployedObject): boolean {
    const { protect, allowDeletion } = this.options;
    if (protect === 'none' || allowDeletion.includes(object.identity)) return false;
    return protect === 'all' || STATEFUL.includes(object.kind);
  }

  /** Whether it stays in the cluster when Pulumi deletes it: volumes, and the namespaces that they would go with. */
  public retains({ kind, name }: DeployedObject): boolean {
    return this.options.retainVolumes && (VOLUMES.includes(kind) || (kind === 'Namespace' && this.keeping.has(name)));
  }
}

const holdsVolume = ({ kind, manifest }: DeployedObject) => kind === 'PersistentVolumeClaim' || (kind === 'StatefulSet' && listAt(manifest, 'spec', 'volumeClaimTemplates').length > 0);
