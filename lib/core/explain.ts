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

/** By construct, then by what was decided: what is decided again, as at every render, stands once. */
const decisions = new WeakMap<IConstruct, Map<string, Decision>>();

/** Records a decision of a construct. */
export function decide<T>(scope: IConstruct, what: string, value: T, why: string): T {
  let own = decisions.get(scope);
  if (!own) decisions.set(scope, (own = new Map()));
  own.set(what, { path: scope.node.path, what, value, why });
  return value;
}

/**
 * What the constructs in the scope derived on their own, and why: every default that was applied and every value that
 * followed from another.
 */
export function explain(scope: IConstruct): readonly Decision[] {
  return scope.node.findAll().flatMap((construct) => [...(decisions.get(construct)?.values() ?? [])]);
}
