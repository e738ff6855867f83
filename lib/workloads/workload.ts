import { Construct } from 'constructs';
import { Manifest } from '../core/manifest';
import type { ApplicationInfo, IApplication } from '../core/registry';

/**
 * What every workload construct has: what others know of it, and the objects that any of them may make.
 * An object's construct id is the name of the property that gives it, as in `patches`.
 */
export abstract class Workload extends Construct implements IApplication {
  /** What other constructs, and the monitoring, know of it. */
  public abstract readonly application: ApplicationInfo;

  /** The workload's own service account; undefined where an existing one was given. */
  public get serviceAccount(): Manifest | undefined {
    return this.object('serviceAccount');
  }

  /** The Role of the `permissions` prop. */
  public get role(): Manifest | undefined {
    return this.object('role');
  }

  /** The RoleBinding of the `permissions` prop. */
  public get roleBinding(): Manifest | undefined {
    return this.object('roleBinding');
  }

  /** The ConfigMap of the `config` prop. */
  public get config(): Manifest | undefined {
    return this.object('config');
  }

  /** The ConfigMap of the `files` prop. */
  public get files(): Manifest | undefined {
    return this.object('files');
  }

  /** The PersistentVolumeClaims of volumes made by `Volume.claim`; a StatefulService has templates of them instead. */
  public get claims(): readonly Manifest[] {
    return this.node.children.filter((child): child is Manifest => child instanceof Manifest && child.kind === 'PersistentVolumeClaim');
  }

  /** The NetworkPolicy; undefined with `networkPolicy: false`. */
  public get networkPolicy(): Manifest | undefined {
    return this.object('networkPolicy');
  }

  /** The object of that property, if it was made. */
  protected object(property: string): Manifest | undefined {
    return this.node.tryFindChild(property) as Manifest | undefined;
  }
}

/** What workloads that keep running have besides. */
export abstract class ServingWorkload extends Workload {
  /** The HorizontalPodAutoscaler, where `replicas` scales by load. */
  public get horizontalPodAutoscaler(): Manifest | undefined {
    return this.object('horizontalPodAutoscaler');
  }

  /** The ScaledObject of KEDA, where `replicas` scales by events. */
  public get scaledObject(): Manifest | undefined {
    return this.object('scaledObject');
  }

  /** The VerticalPodAutoscaler of `recommendResources`. */
  public get verticalPodAutoscaler(): Manifest | undefined {
    return this.object('verticalPodAutoscaler');
  }

  /** The PodDisruptionBudget, where there can be more than one pod. */
  public get podDisruptionBudget(): Manifest | undefined {
    return this.object('podDisruptionBudget');
  }
}
