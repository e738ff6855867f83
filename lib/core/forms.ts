import { isPlainObject } from './json';
import { textForm, type Mistakes } from './problems';
import { asObject } from './shape';

/** The rough form of a prop's value. Types say more, but not to those who write JavaScript or read their props from a file. */
export type Shape = 'text' | 'number' | 'truth' | 'list' | 'texts' | 'map' | 'any';

/** The rough form of each prop. */
export type Shapes<T> = Readonly<Record<keyof T, Shape>>;

/** The same keys with `true`, as the constructs list the props that they read. */
export const keysOf = <T>(shapes: Shapes<T>): Record<keyof T, true> => Object.fromEntries(Object.keys(shapes).map((key) => [key, true])) as Record<keyof T, true>;

const FORMS: Readonly<Record<Exclude<Shape, 'any'>, readonly [fits: (value: unknown) => boolean, mend: string]>> = {
  text: [(value) => typeof value === 'string', 'text is allowed'],
  number: [(value) => typeof value === 'number', 'a number is allowed'],
  truth: [(value) => typeof value === 'boolean', 'true and false are allowed'],
  list: [Array.isArray, 'a list is allowed'],
  texts: [Array.isArray, 'a list of text is allowed'],
  map: [isPlainObject, 'an object is allowed'],
};

/** What is wrong with the form of a value; undefined where it fits. */
export function misshapen(value: unknown, shape: Shape): string | undefined {
  if (shape === 'any') return undefined;
  const [fits, mend] = FORMS[shape];
  return fits(value) ? undefined : mend;
}

/** The props that the shapes name, without those of the wrong form, which are reported: what reads them can rely on their form. */
export function shaped<T extends object>(problems: Mistakes, prop: string, value: T, shapes: Shapes<T>): T {
  const result: Record<string, unknown> = {};
  for (const [key, shape] of Object.entries<Shape>(shapes)) {
    const given = (value as Record<string, unknown>)[key];
    if (given === undefined) continue;
    const path = prop === '' ? key : `${prop}.${key}`;
    const wrong = misshapen(given, shape);
    if (wrong) problems.add(path, given, shape === 'text' ? textForm(given) : wrong);
    else result[key] = shape === 'texts' ? texts(problems, path, given as unknown[]) : given;
  }
  return result as T;
}

function texts(problems: Mistakes, prop: string, list: readonly unknown[]): unknown[] {
  list.forEach((item, index) => {
    if (typeof item !== 'string') problems.add(`${prop}[${index}]`, item, textForm(item));
  });
  return list.filter((item) => typeof item === 'string');
}

/** Reads a prop that is an object of its own: reports another form, unknown keys and keys of the wrong form. */
export function readObject<T extends object>(problems: Mistakes, prop: string, value: T | undefined, shapes: Shapes<T>): Partial<T> {
  return shaped<Partial<T>>(problems, prop, asObject(problems, prop, value, keysOf(shapes)), shapes as Shapes<Partial<T>>);
}

/** The entries of a map of text, without those that are not text, which are reported. */
export function readTexts(problems: Mistakes, prop: string, map: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries<unknown>(map).filter((entry): entry is [string, string] => {
    const [key, value] = entry;
    if (typeof value !== 'string') problems.add(`${prop}.${key}`, value, textForm(value));
    return typeof value === 'string';
  });
}
