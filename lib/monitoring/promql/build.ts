/** How a matcher compares a label: equal, or one of the other three operators. */
export class Matcher {
  /** @internal */
  public constructor(
    public readonly operator: '=' | '!=' | '=~' | '!~',
    public readonly value: string,
  ) {}
}

/** The label matches the regular expression, which PromQL anchors at both ends. */
export const regex = (expression: string): Matcher => new Matcher('=~', expression);

/** The label is not the value. */
export const not = (value: string): Matcher => new Matcher('!=', value);

/** The label does not match the regular expression. */
export const notRegex = (expression: string): Matcher => new Matcher('!~', expression);

/** What a selector asks of its series: the value of a label, or a matcher; a label that is undefined is left out. */
export type Matchers = Readonly<Record<string, string | Matcher | undefined>>;

const LABEL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const METRIC_NAME = /^[A-Za-z_:][A-Za-z0-9_:]*$/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };

/** The text as a string of PromQL, in double quotes. */
export const quote = (text: string): string => `"${text.replace(/[\\"\n]/g, (character) => ESCAPES[character]!)}"`;

/** The text as a regular expression (RE2) that matches it alone. */
export const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A regular expression that matches any of the texts, and nothing else. */
export const anyOf = (texts: readonly string[]): Matcher => regex(texts.map(escapeRegex).join('|'));

/** A label's name as an expression writes it; names of other characters stand in quotes. */
const nameOf = (label: string) => (LABEL_NAME.test(label) ? label : quote(label));

/** Matchers in braces: `{job="shop/web",code=~"5.."}`. */
export function matchers(wanted: Matchers): string {
  const parts = Object.entries(wanted).flatMap(([label, value]) => {
    if (value === undefined) return [];
    const { operator, value: text } = value instanceof Matcher ? value : new Matcher('=', value);
    return [`${nameOf(label)}${operator}${quote(text)}`];
  });
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

/** A selector: `up{job="shop/web"}`. A metric whose name has other characters than PromQL's stands in the braces. */
export function select(metric: string, wanted: Matchers = {}): string {
  if (METRIC_NAME.test(metric)) return `${metric}${matchers(wanted)}`;
  const rest = matchers(wanted);
  return `{${quote(metric)}${rest === '' ? '' : `,${rest.slice(1, -1)}`}}`;
}

/** An aggregation: `sum by (pod) (…)`; without labels, over all series. */
export const aggregate = (operator: string, labels: readonly string[], expression: string): string =>
  labels.length === 0 ? `${operator}(${expression})` : `${operator} by (${labels.map(nameOf).join(', ')}) (${expression})`;

/** The sum over series that agree in the labels; without labels, over all. */
export const sum = (labels: readonly string[], expression: string): string => aggregate('sum', labels, expression);

/** How fast a counter rises in a second, over a window such as `5m`. */
export const rate = (selector: string, window: string): string => `rate(${selector}[${window}])`;
