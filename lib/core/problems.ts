import type { IConstruct } from 'constructs';
import { isPlainObject } from './json';
import type { Check } from './names';
import { didYouMean } from './suggest';

/** The longest value that a message shows whole. */
const SHOWN = 80;

/** A value as a message shows it: short, on one line, strings in quotes. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  const text = typeof value === 'string' || (typeof value === 'object' && value !== null) ? showJson(value) : String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length} characters)` : text;
}

function showJson(value: string | object): string {
  if (typeof value === 'object' && !Array.isArray(value) && !isPlainObject(value)) return `a ${value.constructor.name}`;
  try {
    return JSON.stringify(value) ?? 'nothing';
  } catch {
    return Array.isArray(value) ? 'a list' : 'an object';
  }
}

/** What to say of a value that is not text. */
export const textForm = (value: unknown): string => (typeof value === 'number' || typeof value === 'boolean' ? 'text is allowed; put it in quotes' : 'text is allowed');

/** What is wrong with a value that stands in no construct yet: a volume, a reference to a Secret. */
export class Mistakes {
  private readonly found: { readonly prop: string; readonly message: string }[] = [];

  /** The mistakes, each after the path of its prop. */
  public get messages(): string[] {
    return this.found.map(({ prop, message }) => `${prop}: ${message}`);
  }

  /**
   * Reports a mistake.
   * @param prop - path of the prop, such as `replicas.min`
   * @param got - the value found there
   * @param mend - what is allowed and how to put it right
   */
  public add(prop: string, got: unknown, mend: string): void {
    this.refuse(prop, `got ${show(got)}; ${mend}`);
  }

  /** Reports a mistake without showing the value, where that may be secret. */
  public refuse(prop: string, message: string): void {
    this.found.push({ prop, message });
  }

  /** Reports a value that is not text, or that the check refuses. */
  public check(prop: string, value: unknown, check: Check): void {
    const wrong = typeof value === 'string' ? check(value) : textForm(value);
    if (wrong) this.add(prop, value, wrong);
  }

  /** Reports what was wrong with a value already when it was made, under the prop that it was given to. */
  public include(prop: string, { found }: Mistakes): void {
    for (const mistake of found) this.refuse(`${prop}.${mistake.prop}`, mistake.message);
  }

  /** Reports every key of the value that is not a known one: a prop that nothing reads must not pass in silence. */
  public unknownKeys(prop: string, value: object, known: Iterable<string>, suggest = didYouMean): void {
    const allowed = new Set(known);
    for (const key of Object.keys(value)) {
      if (allowed.has(key) || (value as Record<string, unknown>)[key] === undefined) continue;
      const path = prop === '' ? key : `${prop}.${key}`;
      this.add(path, (value as Record<string, unknown>)[key], `no such prop here${suggest(key, allowed)}`);
    }
  }
}

/**
 * What is wrong with a construct's input. Mistakes are collected and reported together at synth,
 * so that one run shows all of them; cdk8s puts the construct's path before each.
 * See docs/decisions/0003-collect-mistakes.md.
 */
export class Problems extends Mistakes {
  public constructor(scope: IConstruct) {
    super();
    scope.node.addValidation({ validate: () => this.messages });
  }
}
