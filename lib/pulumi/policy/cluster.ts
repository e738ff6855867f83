import { Autoscalers } from '../autoscalers';
import { at, objectAt } from '../../core/paths';
import { podsOf, type Pods } from './pods';
import { selects } from './selector';
import type { Subject } from './subject';
import type { Path } from './unknowns';

/** A value that a judgement rests on. */
export interface Place {
  readonly subject: Subject;
  readonly path: Path;
}

/** An object with its pods. */
export interface Workload {
  readonly subject: Subject;
  readonly pods: Pods;
}

const NAMESPACE: Path = ['metadata', 'namespace'];
const SCALERS = ['HorizontalPodAutoscaler', 'ScaledObject.keda.sh'];
const SCALED = ['Deployment', 'StatefulSet', 'ReplicaSet'];

/** The objects of a stack in one cluster, to be looked up by what they have to do with each other. */
export class Cluster {
  /** Everything that has pods. */
  public readonly workloads: readonly Workload[];
  private readonly byKind = new Map<string, Subject[]>();
  private readonly autoscalers: Autoscalers;

  public constructor(subjects: readonly Subject[]) {
    for (const subject of subjects) {
      const list = this.byKind.get(subject.fullKind);
      if (list) list.push(subject);
      else this.byKind.set(subject.fullKind, [subject]);
    }
    this.workloads = subjects.flatMap((subject) => {
      const pods = podsOf(subject);
      return pods ? [{ subject, pods }] : [];
    });
    this.autoscalers = new Autoscalers(subjects);
  }

  /** Every kind that there is. */
  public get kinds(): readonly string[] {
    return [...this.byKind.keys()];
  }

  /** All objects of a kind. */
  public all(kind: string): readonly Subject[] {
    return this.byKind.get(kind) ?? [];
  }

  /** The objects of a kind that stand, or may stand, in the namespace. */
  public in(namespace: string | undefined, kind: string): readonly Subject[] {
    return this.all(kind).filter((subject) => subject.namespace === namespace || !subject.knows(NAMESPACE));
  }

  /** The workloads of the object's namespace whose pods a selector of it means. */
  public selected({ namespace }: Subject, selector: Parameters<typeof selects>[0]): readonly Workload[] {
    return this.workloads.filter(({ subject, pods }) => subject.namespace === namespace && selects(selector, pods.labels));
  }

  /** Whether the number of its pods is set, or left to an autoscaler. */
  public isScaled({ subject }: Workload): boolean {
    return SCALED.includes(subject.fullKind);
  }

  /** Whether it is known of everything in the namespace whose number of pods is set which labels its pods have. */
  public knowsLabels(namespace: string | undefined): boolean {
    return SCALED.flatMap((kind) => this.in(namespace, kind)).every((subject) => {
      const pods = podsOf(subject);
      return pods !== undefined && subject.knows(NAMESPACE) && subject.knows(pods.labelsPath);
    });
  }

  /** The fewest pods of a workload whose number is set. */
  public fewestPods({ subject }: Workload): number {
    const fewest = this.autoscalers.leastOf(subject) ?? at(subject.manifest, 'spec', 'replicas') ?? 1;
    return typeof fewest === 'number' ? fewest : 1;
  }

  /** What the number of pods rests on. */
  public numberRestsOn({ subject }: Workload): Place[] {
    const scalers = SCALERS.flatMap((kind) => this.in(subject.namespace, kind));
    return [...placesOf([subject], ['spec', 'replicas']), ...scalers.flatMap((scaler) => placesOf([scaler], ['spec', 'scaleTargetRef'], ['spec', 'minReplicas'], ['spec', 'minReplicaCount']))];
  }

  /** Whether an object of the kind in the namespace is named so; what it then says. */
  public find(kind: string, namespace: string | undefined, name: string): Subject | undefined {
    return this.all(kind).find((subject) => subject.namespace === namespace && subject.name === name);
  }
}

/** Places in objects, and the namespace that each stands in. */
export const placesOf = (subjects: readonly Subject[], ...paths: readonly Path[]): Place[] => subjects.flatMap((subject) => [NAMESPACE, ...paths].map((path) => ({ subject, path })));

/** What it rests on that a workload is selected, or not, by one of the objects. */
export const selectionRestsOn = ({ subject, pods }: Workload, by: readonly Subject[], selector: Path): Place[] => [...placesOf([subject], pods.labelsPath), ...placesOf(by, selector)];

/** The object at a path of a subject. */
export const partOf = (subject: Subject, ...path: string[]) => objectAt(subject.manifest, ...path);
