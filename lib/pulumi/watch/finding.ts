import type { ApiObject } from './api-objects';
import type { ClusterView } from './cluster-view';
import type { RolloutLimits } from './limits';

/** Why a rollout makes no progress. */
export interface Finding {
  /** What kind of problem it is: the same as long as the problem stands, whatever words the cluster finds for it. */
  readonly problem: string;
  /** What is wrong, in one line. */
  readonly reason: string;
  /** What to do next: mostly a command. */
  readonly next: string;
  /** How many seconds it may stand before the rollout counts as stuck. */
  readonly patience: number;
  /** The object that shows it. */
  readonly source: ApiObject;
}

/** What findings are made from. */
export interface Surroundings {
  readonly view: ClusterView;
  readonly limits: Required<RolloutLimits>;
  /** Starts a command for the workload's namespace: `kubectl --namespace shop`. */
  readonly kubectl: string;
}

/** The same for one object, so that what is found need not name it again. */
export const finder = (source: ApiObject) => (problem: string, patience: number, reason: string, next: string): Finding => ({ problem, patience, reason, next, source });
