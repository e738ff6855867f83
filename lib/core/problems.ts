import type { IConstruct } from 'constructs';

/** The longest value that a message shows whole. */
const SHOWN = 80;

/** A value as a message shows it: short, on one line, strings in quotes. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  let text: string;
  try {
    text = typeof value === 'string' || (typeof value === 'object' && value !== null) ? JSON.stringify(value) : String(value);
  } catch {
    text = Object.prototype.toString.call(value);
  }
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length} characters)` : text;
}

/**
 * What is wrong with a construct's input. Mistakes are collected and reported together at synth,
 * so that one run shows all of them; cdk8s puts the construct's path before each.
 * See docs/decisions/0003-collect-mistakes.md.
 */
export class Problems {
  private readonly messages: string[] = [];

  public constructor(scope: IConstruct) {
    scope.node.addValidation({ validate: () => this.messages });
  }

  /**
   * Reports a mistake.
   * @param prop - path of the prop, such as `replicas.min`
   * @param got - the value found there
   * @param mend - what is allowed and how to put it right
   */
  public add(prop: string, got: unknown, mend: string): void {
    this.messages.push(`${prop}: got ${show(got)}; ${mend}`);
  }

  /** Reports a mistake without showing the value, where that may be secret. */
  public refuse(prop: string, message: string): void {
    this.messages.push(`${prop}: ${message}`);
  }

  /** Reports every key of the value that is not a known one: a prop that nothing reads must not pass in silence. */
  public unknownKeys(prop: string, value: object, known: Iterable<string>, suggest: (word: string, known: Iterable<string>) => string): void {
    const allowed = new Set(known);
    for (const key of Object.keys(value)) {
      if (allowed.has(key) || (value as Record<string, unknown>)[key] === undefined) continue;
      const path = prop === '' ? key : `${prop}.${key}`;
      this.add(path, (value as Record<string, unknown>)[key], `no such prop here${suggest(key, allowed)}`);
    }
  }
}
