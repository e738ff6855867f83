import type { IConstruct } from 'constructs';

/** One thing that a construct decided for its user. */
export interface Decision {
  /** The construct's path. */
  readonly path: string;
  /** What was decided, in words of the props: `probes.readiness`. */
  readonly what: string;
  /** The value that came out. */
  readonly value: unknown;
  /** Why. */
  readonly why: string;
}

const decisions = new WeakMap<IConstruct, Decision[]>();

/** Records a decision of a construct. */
export function decide<T>(scope: IConstruct, what: string, value: T, why: string): T {
  const list = decisions.get(scope);
  const decision = { path: scope.node.path, what, value, why };
  if (list) list.push(decision);
  else decisions.set(scope, [decision]);
  return value;
}

/**
 * What the constructs in the scope derived on their own, and why: every default that was applied and every value that
 * followed from another.
 */
export function explain(scope: IConstruct): readonly Decision[] {
  return scope.node.findAll().flatMap((construct) => decisions.get(construct) ?? []);
}
