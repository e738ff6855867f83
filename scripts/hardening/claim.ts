import { isDeepStrictEqual } from 'node:util';
import { at } from '../../lib/core/paths';
import type { RegisteredResource } from '../../lib/pulumi/testing';

/** What a value must be, and values that would be weaker: with each of them the claim must fail. */
export interface Condition {
  readonly text: string;
  readonly holds: (value: unknown) => boolean;
  readonly weaker: readonly unknown[];
}

const show = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

/** Exactly this. */
export const is = (wanted: unknown, ...weaker: readonly unknown[]): Condition => ({
  text: `is ${show(wanted)}`,
  holds: (value) => isDeepStrictEqual(value, wanted),
  weaker: [undefined, ...(typeof wanted === 'boolean' ? [!wanted] : []), ...weaker],
});

/** Anything but nothing. */
export const given: Condition = { text: 'is set', holds: (value) => value !== undefined && value !== null && value !== '', weaker: [undefined, ''] };

/** A list with these in it. */
export const contains = (...wanted: readonly string[]): Condition => ({
  text: `has ${wanted.map(show).join(', ')}`,
  holds: (value) => Array.isArray(value) && wanted.every((one) => value.includes(one)),
  weaker: [undefined, [], ...wanted.map((one) => wanted.filter((other) => other !== one))],
});

/** A list without these. */
export const lacks = (...unwanted: readonly string[]): Condition => ({
  text: `is without ${unwanted.map(show).join(', ')}`,
  holds: (value) => !(Array.isArray(value) ? value : [value]).some((one) => unwanted.includes(String(one))),
  weaker: unwanted.map((one) => [one]),
});

/** Nothing at all, not this for instance. */
export const absent = (example: unknown): Condition => ({ text: 'is not set', holds: (value) => value === undefined, weaker: [example] });

/** A length of time in seconds of at most so many days. */
export const daysAtMost = (days: number): Condition => ({
  text: `is at most ${days} days`,
  holds: (value) => typeof value === 'string' && /^\d+s$/.test(value) && Number.parseInt(value, 10) <= days * 86_400,
  weaker: [undefined, `${days * 86_400 + 1}s`],
});

/** A number of at least this. */
export const atLeast = (least: number): Condition => ({ text: `is at least ${least}`, holds: (value) => typeof value === 'number' && value >= least, weaker: [undefined, least - 1] });

/** A text, such as JSON, with this in it. */
export const says = (part: string): Condition => ({ text: `has ${show(part)}`, holds: (value) => typeof value === 'string' && value.includes(part), weaker: [undefined, '{}'] });

/** Where a resource keeps what a condition looks at: `inputs` and then the path, or one of the resource's options. */
export interface Expectation {
  /** Type of the resources; each of them must hold, and there is at least one. */
  readonly type: string;
  /** Logical name of the one that is meant. @default all of the type */
  readonly name?: string;
  /** The path, from `inputs` on or from the options. */
  readonly path: readonly (string | number)[];
  readonly condition: Condition;
}

/** Expects something of an input. */
export const input = (type: string, path: string, condition: Condition): Expectation => ({ type, path: ['inputs', ...path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key))], condition });

/** Expects that resources are protected from deletion. */
export const isProtected = (type: string): Expectation => ({ type, path: ['protect'], condition: is(true) });

/** What checks ask for, and what satisfies them. */
export interface Claim {
  /** Ids of the checks; none of what we ask besides. */
  readonly ids: readonly string[];
  /** What they ask for. */
  readonly asks: string;
  /** What satisfies them, by the shape of the cluster; a text says who else sees to it. */
  readonly by: Readonly<Record<string, readonly Expectation[] | string>>;
}

/** Checks that are not satisfied, and why. */
export interface Skip {
  readonly ids: readonly string[];
  readonly asks: string;
  readonly reason: string;
}

/** Whether it expects something of the resource. */
export const concerns = ({ type, name }: Expectation, resource: RegisteredResource): boolean => resource.type === type && (name === undefined || resource.name === name);

/** Whether the resources satisfy what is expected. */
export function holds(expectation: Expectation, resources: readonly RegisteredResource[]): boolean {
  const { path, condition } = expectation;
  const concerned = resources.filter((resource) => concerns(expectation, resource));
  return concerned.length > 0 && concerned.every((resource) => condition.holds(at(resource, ...path)));
}

/** An expectation as the report shows it. */
export function describe({ type, name, path, condition }: Expectation): string {
  const kind = `${type.split(':').at(-1)!}${name === undefined ? '' : ` ${name}`}`;
  const place = path[0] === 'inputs' ? `\`${path.slice(1).join('.')}\`` : `its option \`${path.join('.')}\``;
  return `${kind}: ${place} ${condition.text}`;
}
