import { at } from '../../../core/paths';
import { show } from '../../../core/problems';
import type { JsonObject } from '../../../core/json';
import type { CloudPolicy, Violation } from '../definition';
import type { Path } from '../unknowns';
import type { CloudSubject } from './cloud-subject';

/** What must stand somewhere in a resource of one type. */
export interface Rule {
  /** The type, in short: `gcp:container:Cluster`. */
  readonly type: string;
  /** Where it stands. */
  readonly path: Path;
  /** Whether the value will do. */
  readonly holds: (value: unknown) => boolean;
  /** What is allowed and how to put it right. */
  readonly mend: string;
  /** For which resources of the type. @default all */
  readonly when?: (props: JsonObject) => boolean;
}

/** The rule that a value is exactly this. */
export const is = (type: string, path: string, wanted: string | number | boolean, when?: Rule['when']): Rule => ({ type, path: path.split('.'), holds: (value) => value === wanted, mend: `set it to ${show(wanted)}`, ...(when ? { when } : {}) });

/** A policy made of rules. */
export function rulesPolicy(policy: Omit<CloudPolicy, 'checkCloud'>, rules: readonly Rule[]): CloudPolicy {
  return { ...policy, checkCloud: (subject) => rules.flatMap((rule) => broken(subject, rule)) };
}

function broken(subject: CloudSubject, { type, path, holds, mend, when = () => true }: Rule): Violation[] {
  if (subject.type !== type || !when(subject.props)) return [];
  const value = at(subject.props, ...path);
  return holds(value) ? [] : [{ subject, path, got: show(value), mend }];
}

/** Whether a list has an element. */
export const has = (element: string) => (value: unknown): boolean => Array.isArray(value) && value.includes(element);
