import type { EnvironmentProblem } from './error';
import { formatKeyPath, type KeyPath } from './key-path';
import { PlainNumber } from './plain-number';
import { SecretReference } from './secret-reference';
import { shorten } from './show';
import type { YamlMapping, YamlNode } from './yaml';

/** Far beyond any real file; aliases can otherwise make a few lines endless. */
const MAX_DEPTH = 50;
const MAX_VALUES = 10_000;

/** A problem, and where it lies, so that the schema need not complain about the same place again. */
export interface PlacedProblem extends EnvironmentProblem {
  readonly keys: KeyPath;
}

/** Turns YAML nodes into plain values and leaves a {@link SecretReference} where a `secure:` value lies. */
export class ValueReader {
  public readonly secrets: SecretReference[] = [];
  public readonly problems: PlacedProblem[] = [];
  private readonly numbers = new Map<string, string>();
  private count = 0;

  public constructor(
    private readonly file: string,
    private readonly namespace: string,
  ) {}

  /** The section's values by key. Keys come sorted, because `pulumi config set` may write them in another order. */
  public readSection(entries: YamlMapping, keys: KeyPath): Record<string, unknown> {
    const section: Record<string, unknown> = {};
    const names: string[] = [];
    for (const key of entries.keys()) {
      if (typeof key === 'string' && key !== '__proto__') names.push(key);
      else if (typeof key === 'string') this.report([...keys, key], 'a reserved key', 'any other key');
      else this.report(keys, `the key ${key instanceof PlainNumber ? key.text : String(key)} without quotes`, 'keys that are text, in quotes where they look like something else');
    }
    for (const name of names.sort()) section[name] = this.read(entries.get(name)!, [...keys, name]);
    return section;
  }

  /** How the file writes the number at this place. */
  public sourceOf(keys: KeyPath): string | undefined {
    return this.numbers.get(JSON.stringify(keys));
  }

  private read(node: YamlNode, keys: KeyPath): unknown {
    if (++this.count > MAX_VALUES || keys.length > MAX_DEPTH) {
      if (this.count <= MAX_VALUES + 1) this.report(keys.slice(0, 1), 'more values than an environment can have, through aliases', `at most ${MAX_DEPTH} levels and ${MAX_VALUES} values`);
      this.count = MAX_VALUES + 1;
      return undefined;
    }
    if (node instanceof PlainNumber) return this.readNumber(node, keys);
    if (Array.isArray(node)) return (node as readonly YamlNode[]).map((item, index) => this.read(item, [...keys, index]));
    if (!(node instanceof Map)) return node;
    return node.has('secure') ? this.readSecret(node, keys) : this.readSection(node, keys);
  }

  private readNumber({ text, value }: PlainNumber, keys: KeyPath): number | undefined {
    if (value === undefined) this.report(keys, `${shorten(text)} without quotes`, `a plain number, or text in quotes: "${shorten(text)}"; unquoted, Pulumi turns it into something else`);
    else this.numbers.set(JSON.stringify(keys), text);
    return value;
  }

  private readSecret(node: YamlMapping, keys: KeyPath): SecretReference | undefined {
    if (node.size !== 1 || typeof node.get('secure') !== 'string') {
      this.report(keys, '"secure" among other keys, or without encrypted text', '"secure" alone, as `pulumi config set --secret` writes it');
      return undefined;
    }
    const reference = new SecretReference(formatKeyPath(this.namespace, keys), keys);
    this.secrets.push(reference);
    return reference;
  }

  private report(keys: KeyPath, got: string, allowed: string): void {
    this.problems.push({ file: this.file, path: formatKeyPath(this.namespace, keys), got, allowed, keys });
  }
}
