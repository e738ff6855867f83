import { groupOf } from '../core/kinds';
import type { DeployedObject } from './deployed-object';
import { listAt, textAt } from '../core/paths';

/** Versions in which a group serves, or served, the same objects. */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  apps: ['v1', 'v1beta2', 'v1beta1'],
  autoscaling: ['v2', 'v1', 'v2beta2', 'v2beta1'],
  batch: ['v1', 'v1beta1'],
  policy: ['v1', 'v1beta1'],
  'networking.k8s.io': ['v1', 'v1beta1'],
  'rbac.authorization.k8s.io': ['v1', 'v1beta1'],
  'storage.k8s.io': ['v1', 'v1beta1'],
  'scheduling.k8s.io': ['v1', 'v1beta1'],
  'admissionregistration.k8s.io': ['v1', 'v1beta1'],
  'apiextensions.k8s.io': ['v1', 'v1beta1'],
  'gateway.networking.k8s.io': ['v1', 'v1beta1', 'v1alpha2'],
  'external-secrets.io': ['v1', 'v1beta1'],
};

/** The type of a resource of Pulumi's Kubernetes provider: `kubernetes:apps/v1:Deployment`, `kubernetes:core/v1:Service`. */
export const typeToken = (apiVersion: string, kind: string): string => `kubernetes:${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}:${kind}`;

/** Knows the types under which the same object may stand in a state, so that a new API version replaces nothing. */
export class ApiVersions {
  private readonly defined = new Map<string, readonly string[]>();

  public constructor(objects: readonly DeployedObject[]) {
    for (const { kind, manifest } of objects) {
      if (kind !== 'CustomResourceDefinition') continue;
      const versions = listAt(manifest, 'spec', 'versions').flatMap((version) => textAt(version, 'name') ?? []);
      this.defined.set(`${textAt(manifest, 'spec', 'group')}/${textAt(manifest, 'spec', 'names', 'kind')}`, versions);
    }
  }

  /** The types besides its own. */
  public otherTypes({ apiVersion, kind }: DeployedObject): string[] {
    const group = groupOf(apiVersion);
    const versions = this.defined.get(`${group}/${kind}`) ?? VERSIONS[group] ?? [];
    return versions.map((version) => `${group}/${version}`).filter((other) => other !== apiVersion).map((other) => typeToken(other, kind));
  }
}
