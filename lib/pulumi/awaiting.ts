import type { Autoscalers } from './autoscalers';
import type { DeployedObject } from './deployed-object';
import { podReferences } from './graph/pod-references';
import { identityOfReference } from './graph/reference';
import { PodIndex } from './graph/selection';
import { objectAt, textAt } from './paths';
import { rollsPods } from './pod-template';

const SKIP = { 'pulumi.com/skipAwait': 'true' };
/** A Job that failed is made again at the next `up`. */
const RETRY = { 'pulumi.com/replaceUnready': 'true' };

/** Decides which objects Pulumi waits for until they are ready, so that no wait is in vain and none is left out. */
export class Awaiting {
  private readonly pods: PodIndex;
  private readonly mounted: ReadonlySet<string>;

  /** @param loadBalancer - whether anything in the cluster gives addresses to Ingresses and Services */
  public constructor(
    objects: readonly DeployedObject[],
    private readonly autoscalers: Autoscalers,
    private readonly loadBalancer: boolean,
  ) {
    this.pods = new PodIndex(objects);
    this.mounted = new Set(objects.flatMap(podReferences).map(identityOfReference));
  }

  /** The annotations that tell Pulumi's Kubernetes provider. */
  public annotations(object: DeployedObject): Readonly<Record<string, string>> {
    if (object.kind === 'Job') return RETRY;
    return this.isInVain(object) ? SKIP : {};
  }

  /** The workloads that run the pods of a Service. */
  public behind(object: DeployedObject): readonly DeployedObject[] {
    const selector = objectAt(object.manifest, 'spec', 'selector');
    return object.kind === 'Service' && Object.keys(selector).length > 0 ? this.pods.select(object.namespace, selector) : [];
  }

  private isInVain(object: DeployedObject): boolean {
    switch (object.kind) {
      case 'Ingress':
        return !this.loadBalancer;
      case 'Service':
        return this.isServiceInVain(object);
      case 'PersistentVolumeClaim':
        // Many classes bind a claim only when a pod uses it, and that pod waits for the claim: its own readiness will tell.
        return this.mounted.has(object.identity);
      default:
        return false;
    }
  }

  /** No one gives the address, or there may be no pod: they are not among these objects, or scaled to zero. */
  private isServiceInVain(object: DeployedObject): boolean {
    const type = textAt(object.manifest, 'spec', 'type');
    if (type === 'LoadBalancer' && !this.loadBalancer) return true;
    const needsPods = type !== 'ExternalName' && textAt(object.manifest, 'spec', 'clusterIP') !== 'None' && Object.keys(objectAt(object.manifest, 'spec', 'selector')).length > 0;
    return needsPods && !this.behind(object).some((workload) => (rollsPods(workload) || workload.kind === 'Pod' || workload.kind === 'ReplicaSet') && !this.autoscalers.mayBeEmpty(workload));
  }
}
