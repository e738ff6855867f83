import { isPlainObject, type JsonObject } from '../../core/json';
import type { Mistakes } from '../../core/problems';
import { Matcher, quote } from '../promql';

/** What an alert's labels must be like: a value, or `not(…)`, `regex(…)` and `notRegex(…)`. */
export type LabelMatchers = Readonly<Record<string, string | Matcher>>;

const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const matcherOf = (value: string | Matcher) => (value instanceof Matcher ? value : new Matcher('=', value));

/** Reads matchers; what is none is reported. */
export function readMatchers(problems: Mistakes, prop: string, given: LabelMatchers | undefined): ReadonlyMap<string, Matcher> {
  if (given === undefined) return new Map();
  if (!isPlainObject(given)) problems.add(prop, given, 'an object is allowed: values or matchers by label');
  return new Map(Object.entries(isPlainObject(given) ? (given as LabelMatchers) : {}).flatMap(([label, value]) => {
    if (!LABEL.test(label)) problems.add(`${prop}.${label}`, label, 'the name of a label is allowed');
    const known = typeof value === 'string' || value instanceof Matcher;
    if (!known) problems.add(`${prop}.${label}`, value, 'text, not(…), regex(…) or notRegex(…) is allowed');
    else if (!compiles(matcherOf(value))) problems.add(`${prop}.${label}`, matcherOf(value).value, 'a regular expression is allowed');
    else return [[label, matcherOf(value)] as const];
    return [];
  }));
}

function compiles({ operator, value }: Matcher): boolean {
  try {
    return !operator.endsWith('~') || new RegExp(value) !== undefined;
  } catch {
    return false;
  }
}

/** Whether the labels are as the matchers ask; a label that is not there is empty. */
export function matches(matchers: ReadonlyMap<string, Matcher>, labels: Readonly<Record<string, string>>): boolean {
  return [...matchers].every(([label, { operator, value }]) => {
    const given = labels[label] ?? '';
    const equal = operator.endsWith('~') ? new RegExp(`^(?:${value})$`).test(given) : given === value;
    return equal !== operator.startsWith('!');
  });
}

/** Matchers as Alertmanager's configuration has them. */
export const renderMatchers = (matchers: ReadonlyMap<string, Matcher>): string[] => [...matchers].map(([label, { operator, value }]) => `${label}${operator}${quote(value)}`);

/** Matchers as the AlertmanagerConfig resource has them. */
export const renderMatchersResource = (matchers: ReadonlyMap<string, Matcher>): JsonObject[] => [...matchers].map(([name, { operator, value }]) => ({ name, matchType: operator, value }));
