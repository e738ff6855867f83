import * as pulumi from '@pulumi/pulumi';
import { isPlainObject, type JsonObject } from '../core/json';
import { show } from '../core/problems';
import type { DeployedObject } from './deployed-object';
import { showPath } from '../core/paths';
import { BrokenToken, fill, parseTemplate, slotsOf, type Template } from './template';
import { unknownToken } from './token';

/** What an Output that stands in for a token may resolve to. */
export type OutputValue = string | number | boolean;

/** Outputs by the names of their tokens. */
export type Outputs = Readonly<Record<string, pulumi.Input<OutputValue>>>;

/** An object whose tokens have become Outputs. */
export interface Filled {
  readonly manifest: JsonObject;
  /** The names of the Outputs in it, sorted. */
  readonly tokens: readonly string[];
}

/** Maps that selectors and the order of things are read from. */
const READ_MAPS = ['labels', 'matchLabels', 'selector', 'nodeSelector'];
const READ_FIELDS = ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace'];

type Path = readonly (string | number)[];

/** Puts Outputs in the places of their tokens. */
export class OutputFiller {
  /** What was wrong, one message a mistake. */
  public readonly problems: string[] = [];

  public constructor(private readonly outputs: Outputs) {}

  /** The object with an Output wherever a token, or text with tokens, stood. What has none is the same object as before. */
  public fill(object: DeployedObject): Filled {
    const tokens = new Set<string>();
    const manifest = this.walk(object, object.manifest, [], tokens) as JsonObject;
    return { manifest, tokens: [...tokens].sort() };
  }

  private walk(object: DeployedObject, value: unknown, path: Path, tokens: Set<string>): unknown {
    if (typeof value === 'string') return this.leaf(object, value, path, tokens);
    if (Array.isArray(value)) return keep(value, value.map((item, index) => this.walk(object, item, [...path, index], tokens)));
    if (!isPlainObject(value)) return value;
    const entries = Object.entries(value).map(([key, inner]) => {
      if (this.parse(object, key, path)) this.problem(object, path, `got a token in the key ${show(key)}; keys must be known at synth: put it into the value`);
      return [key, this.walk(object, inner, [...path, key], tokens)] as const;
    });
    return entries.some(([key, inner]) => inner !== value[key]) ? Object.fromEntries(entries) : value;
  }

  private leaf(object: DeployedObject, text: string, path: Path, tokens: Set<string>): unknown {
    const template = this.parse(object, text, path);
    if (!template) return text;
    const names = [...new Set(slotsOf(template))];
    const missing = names.find((name) => !Object.hasOwn(this.outputs, name));
    const wrong = missing !== undefined ? unknownToken(missing, Object.keys(this.outputs)) : isReadAtSynth(path) ? `got ${show(text)}; names, labels and selectors must be known at synth: write the value itself` : undefined;
    if (wrong !== undefined) {
      this.problem(object, path, wrong);
      return text;
    }
    for (const name of names) tokens.add(name);
    const place = `[${object.construct.node.path}] ${object.identity} ${showPath(path)}`;
    return pulumi.all(Object.fromEntries(names.map((name) => [name, this.outputs[name]!]))).apply((values) => fill(template, asText(values, place)));
  }

  private parse(object: DeployedObject, text: string, path: Path): Template | undefined {
    try {
      return parseTemplate(text);
    } catch (error) {
      if (!(error instanceof BrokenToken)) throw error;
      this.problem(object, path, error.message);
      return undefined;
    }
  }

  private problem({ construct, identity }: DeployedObject, path: Path, message: string): void {
    this.problems.push(`[${construct.node.path}] ${identity} ${path.length === 0 ? '' : `${showPath(path)}: `}${message}`);
  }
}

const isReadAtSynth = (path: Path) => READ_FIELDS.includes(path.join('.')) || READ_MAPS.includes(String(path.at(-2)));

const keep = (before: unknown[], after: unknown[]): unknown[] => (after.some((item, index) => item !== before[index]) ? after : before);

/**
 * The values as text.
 * @throws when one is nothing that text can hold; it may be secret and is not shown
 */
export function asText(values: Readonly<Record<string, unknown>>, place: string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [name, String(value)];
    const got = value === undefined || value === null ? 'nothing' : Array.isArray(value) ? 'a list' : 'an object';
    throw new Error(`${place}: outputs["${name}"]: got ${got}; text, a number or a truth value is allowed: take one part of it, or JSON with pulumi.jsonStringify(…)`);
  }));
}
