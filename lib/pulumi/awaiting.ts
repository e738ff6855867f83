import type { Autoscalers } from './autoscalers';
import type { DeployedObject } from './deployed-object';
import { findDeadlocks } from './deadlocks';
import type { Graph } from './graph/order';
import { podReferences } from './graph/pod-references';
import { identityOfReference } from './graph/reference';
import { PodIndex } from './graph/selection';
import { objectAt, textAt } from '../core/paths';

const SKIP = { 'pulumi.com/skipAwait': 'true' };
/** A Job that failed is made again at the next `up`. */
const RETRY = { 'pulumi.com/replaceUnready': 'true' };

/** Decides which objects Pulumi waits for until they are ready, so that no wait is in vain and none is left out. */
export class Awaiting {
  private readonly pods: PodIndex;
  private readonly mounted: ReadonlySet<string>;
  private readonly deadlocked: ReadonlySet<DeployedObject>;

  /** @param loadBalancer - whether anything in the cluster gives addresses to Ingresses and Services */
  public constructor(
    { objects, needs }: Graph,
    private readonly autoscalers: Autoscalers,
    private readonly loadBalancer: boolean,
  ) {
    this.pods = new PodIndex(objects);
    this.mounted = new Set(objects.flatMap(podReferences).map(identityOfReference));
    this.deadlocked = findDeadlocks(objects, { needs, behind: (object) => this.podsOf(object) });
  }

  /** The annotations that tell Pulumi's Kubernetes provider. */
  public annotations(object: DeployedObject): Readonly<Record<string, string>> {
    if (object.kind === 'Job') return RETRY;
    return this.isInVain(object) ? SKIP : {};
  }

  /** The workloads whose pods Pulumi waits for when it waits for a Service. */
  public behind(object: DeployedObject): readonly DeployedObject[] {
    return this.isInVain(object) ? [] : this.podsOf(object);
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

  /** No one gives the address, there may be no pod, or its pods wait for the Service. */
  private isServiceInVain(object: DeployedObject): boolean {
    if (textAt(object.manifest, 'spec', 'type') === 'LoadBalancer' && !this.loadBalancer) return true;
    return this.deadlocked.has(object) || (needsPods(object) && this.podsOf(object).length === 0);
  }

  private podsOf(object: DeployedObject): readonly DeployedObject[] {
    if (!needsPods(object)) return [];
    const workloads = this.pods.select(object.namespace, objectAt(object.manifest, 'spec', 'selector'));
    return workloads.filter((workload) => workload.kind !== 'Job' && workload.kind !== 'CronJob' && !this.autoscalers.mayBeEmpty(workload));
  }
}

/** Whether the provider waits for a pod behind it: not where it has no address of its own, or nothing to select. */
function needsPods({ kind, manifest }: DeployedObject): boolean {
  if (kind !== 'Service' || textAt(manifest, 'spec', 'type') === 'ExternalName' || textAt(manifest, 'spec', 'clusterIP') === 'None') return false;
  return Object.keys(objectAt(manifest, 'spec', 'selector')).length > 0;
}
