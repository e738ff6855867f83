import type { ApiObject } from './api-objects';
import { isApplied } from './applied';
import type { ClusterView } from './cluster-view';
import type { Finding } from './finding';
import type { RolloutLimits } from './limits';
import { progressOf } from './progress';
import { revisionOf, type Revision } from './revision';
import { workloadProblems } from './workload-problems';

/** Something that runs pods and that the engine is waiting for. */
export interface Workload {
  /** What messages call it: `Deployment/shop/web`. */
  readonly identity: string;
  readonly kind: string;
  /** Undefined where the default of the kubeconfig is meant. */
  readonly namespace: string | undefined;
  readonly name: string;
  /** The object as it was registered. */
  readonly manifest: unknown;
}

/** What the watch tells. */
export interface Report<T extends Workload> {
  /** How far a rollout is; told when that changes. */
  progress(workload: T, text: string): void;
  /** Why it can't go on, and what to do; told once for each workload. */
  stuck(workload: T, reason: string): void;
}

/** What a rollout showed last. */
interface Memory {
  /** Since when each problem stands. */
  readonly since: Map<string, number>;
  told?: { readonly text: string; readonly at: number };
  isStuck?: boolean;
}

/** Milliseconds between two lines on the same workload. */
const PAUSE = 2000;
const MS = 1000;

/** Judges rollouts by what is known of the cluster, again and again. */
export class RolloutWatch<T extends Workload = Workload> {
  private readonly memories = new Map<string, Memory>();

  public constructor(
    private readonly view: ClusterView,
    private readonly limits: Required<RolloutLimits>,
    private readonly kubectl: string,
    private readonly report: Report<T>,
  ) {}

  /**
   * Looks at the workloads that the engine is waiting for now.
   * @param now - milliseconds of a clock that only goes forward
   */
  public check(workloads: readonly (T & { readonly namespace: string })[], now: number): void {
    for (const workload of workloads) {
      const live = this.view.get(workload.kind, workload.namespace, workload.name);
      if (!live || !isApplied(live, workload.manifest, this.view)) continue;
      const revision = revisionOf(live, this.view);
      if (revision) this.judge(workload, live, revision, now);
    }
  }

  private judge(workload: T, live: ApiObject, revision: Revision, now: number): void {
    const memory = this.memoryOf(workload);
    if (memory.isStuck) return;
    const around = { view: this.view, limits: this.limits, kubectl: `${this.kubectl} --namespace ${workload.namespace}` };
    const findings = workloadProblems(live, revision, around);
    const fatal = this.overdue(findings, memory, now);
    if (fatal.length > 0) {
      memory.isStuck = true;
      return this.report.stuck(workload, explain(fatal));
    }
    this.tell(workload, memory, progressOf(live, revision, this.view), now);
  }

  /** The findings that stand for too long. */
  private overdue(findings: readonly Finding[], { since }: Memory, now: number): readonly Finding[] {
    const keys = new Set(findings.map(keyOf));
    for (const key of since.keys()) if (!keys.has(key)) since.delete(key);
    return findings.filter((finding) => {
      const key = keyOf(finding);
      if (!since.has(key)) since.set(key, now);
      const patience = this.view.isFresh(finding.source) ? finding.patience : Math.max(finding.patience, this.limits.old);
      return now - since.get(key)! >= patience * MS;
    });
  }

  private tell(workload: T, memory: Memory, text: string, now: number): void {
    if (memory.told && (memory.told.text === text || now - memory.told.at < PAUSE)) return;
    memory.told = { text, at: now };
    this.report.progress(workload, text);
  }

  private memoryOf({ identity }: Workload): Memory {
    const known = this.memories.get(identity);
    if (known) return known;
    const memory = { since: new Map<string, number>() };
    this.memories.set(identity, memory);
    return memory;
  }
}

const keyOf = ({ problem, source }: Finding) => `${problem} ${source.metadata.uid}`;

/** The first of the findings; that others say the same is only counted. */
function explain([first, ...others]: readonly Finding[]): string {
  const more = others.length > 0 ? ` (and ${others.length} more like it)` : '';
  return `${first!.reason}${more}\n  next: ${first!.next}`;
}
