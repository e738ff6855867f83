import { identityOf, qualifiedKind, type ClusterObject } from './deployed-object';
import { at, objectAt, textAt } from '../core/paths';

/** Knows which workloads an autoscaler scales, and how far down. */
export class Autoscalers {
  private readonly least = new Map<string, number>();

  public constructor(objects: readonly ClusterObject[]) {
    for (const object of objects) {
      const scaler = readScaler(object);
      if (scaler) this.least.set(scaler.target, scaler.least);
    }
  }

  /** Whether an autoscaler owns the number of the workload's pods. */
  public scales(object: ClusterObject): boolean {
    return this.least.has(object.identity);
  }

  /** The fewest pods that the workload's autoscaler leaves; undefined where there is none. */
  public leastOf({ identity }: ClusterObject): number | undefined {
    return this.least.get(identity);
  }

  /** Whether the workload may have no pods. */
  public mayBeEmpty(object: ClusterObject): boolean {
    return (this.least.get(object.identity) ?? at(object.manifest, 'spec', 'replicas')) === 0;
  }
}

function readScaler({ apiVersion, kind, namespace, manifest }: ClusterObject): { target: string; least: number } | undefined {
  const target = objectAt(manifest, 'spec', 'scaleTargetRef');
  const name = textAt(target, 'name');
  if (name === undefined) return undefined;
  const count = (path: string, otherwise: number) => Number(at(manifest, 'spec', path) ?? otherwise);
  const of = (otherwise: string) => identityOf(qualifiedKind(textAt(target, 'apiVersion') ?? 'apps/v1', textAt(target, 'kind') ?? otherwise), namespace, name);
  switch (qualifiedKind(apiVersion, kind)) {
    case 'HorizontalPodAutoscaler':
      return { target: of(''), least: count('minReplicas', 1) };
    case 'ScaledObject.keda.sh':
      return { target: of('Deployment'), least: count('minReplicaCount', 0) };
    default:
      return undefined;
  }
}
