import type { SyntaxNode } from '@lezer/common';
import { sentenceList } from '../../core/suggest';
import { parse } from './parse';
import { argumentsOf, childOf, childrenOf, functionName, textOf, unwrap } from './tree';

/** A selector of an expression. */
export interface Selector {
  /** The metric. */
  readonly metric: string;
  /** What it asks of each label. */
  readonly matchers: readonly { readonly label: string; readonly operator: string; readonly value: string }[];
}

/** The labels that the series of a selector carry; undefined where there is no such metric. */
export type LabelsOf = (selector: Selector) => Iterable<string> | undefined;

/** What an expression uses and gives. */
export interface Usage {
  /** Its selectors. */
  readonly selectors: readonly Selector[];
  /** The labels of what it gives. */
  readonly labels: ReadonlySet<string>;
  /** Metrics and labels that nothing yields, and operands that never match. */
  readonly problems: readonly string[];
}

/** Functions that give series without labels. */
const BARE = new Set(['vector', 'time', 'scalar', 'pi', 'minute', 'hour', 'month', 'year', 'day_of_week', 'day_of_month', 'day_of_year', 'days_in_month']);
/** Aggregations that pick series and leave them their labels. */
const PICKING = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio']);
const SETS = new Set(['And', 'Or', 'Unless']);

/** The value of a PromQL string. */
function unquote(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1);
  return text.slice(1, -1).replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character === 't' ? '\t' : character));
}

const union = (left: ReadonlySet<string>, right: Iterable<string>) => new Set([...left, ...right]);
const minus = (labels: ReadonlySet<string>, dropped: Iterable<string>) => {
  const out = new Set(dropped);
  return new Set([...labels].filter((label) => !out.has(label)));
};

/** The selectors of an expression. */
export function selectorsOf(expression: string): readonly Selector[] {
  return usageOf(expression, () => []).selectors;
}

/**
 * Follows the labels of an expression from its selectors to its result, and says which metrics and labels it uses that
 * are not there. The expression must be one that parses.
 */
export function usageOf(expression: string, labelsOf: LabelsOf): Usage {
  const reader = new LabelReader(expression, labelsOf);
  const body = childrenOf(parse(expression))[0];
  const labels = (body && reader.read(body)) ?? new Set<string>();
  return { selectors: reader.selectors, labels, problems: reader.problems };
}

/** Reads one expression; scalars have no labels and give undefined. */
class LabelReader {
  public readonly selectors: Selector[] = [];
  public readonly problems: string[] = [];

  public constructor(
    private readonly expression: string,
    private readonly labelsOf: LabelsOf,
  ) {}

  public read(node: SyntaxNode): ReadonlySet<string> | undefined {
    const inner = unwrap(node);
    switch (inner.name) {
      case 'VectorSelector':
        return this.readSelector(inner);
      case 'AggregateExpr':
        return this.readAggregate(inner);
      case 'FunctionCall':
        return this.readFunction(inner);
      case 'BinaryExpr':
        return this.readBinary(inner);
      case 'NumberDurationLiteral':
      case 'StringLiteral':
        return undefined;
      default: // An offset, a range, a sign: what it applies to.
        return childrenOf(inner).filter(({ name }) => /Expr$|Selector$|Call$/.test(name) && name !== 'DurationExpr' && name !== 'OffsetDurationExpr').map((child) => this.read(child))[0];
    }
  }

  private text(node: SyntaxNode): string {
    return textOf(node, this.expression);
  }

  /** Reports labels that the vector does not have. */
  private need(labels: Iterable<string>, vector: ReadonlySet<string>, node: SyntaxNode): void {
    for (const label of labels) {
      if (!vector.has(label)) this.problems.push(`label '${label}' is not on ${this.text(node)}, which has ${sentenceList([...vector].sort())}`);
    }
  }

  private readSelector(node: SyntaxNode): ReadonlySet<string> {
    const list = childOf(node, 'LabelMatchers');
    const all = (list ? childrenOf(list) : []).flatMap((matcher) => this.readMatcher(matcher));
    const named = childOf(node, 'Identifier');
    const metric = named ? this.text(named) : (all.find(({ label }) => label === '__name__')?.value ?? '');
    const selector = { metric, matchers: all.filter(({ label }) => label !== '__name__') };
    this.selectors.push(selector);
    const known = this.labelsOf(selector);
    if (!known) {
      this.problems.push(`no job yields ${this.text(node)}`);
      return new Set(selector.matchers.map(({ label }) => label));
    }
    const labels = new Set(known);
    this.need(selector.matchers.map(({ label }) => label), labels, node);
    return labels;
  }

  private readMatcher(node: SyntaxNode): Selector['matchers'] {
    if (node.name === 'QuotedLabelName') return [{ label: '__name__', operator: '=', value: unquote(this.text(node)) }];
    const [name, operator, value] = childrenOf(node);
    if (!name || !operator || !value) return [];
    return [{ label: name.name === 'QuotedLabelName' ? unquote(this.text(name)) : this.text(name), operator: this.text(operator), value: unquote(this.text(value)) }];
  }

  private grouping(node: SyntaxNode | undefined): string[] {
    return node ? childrenOf(node).map((label) => (label.name === 'QuotedLabelName' ? unquote(this.text(label)) : this.text(label))) : [];
  }

  private readAggregate(node: SyntaxNode): ReadonlySet<string> {
    const [first, ...rest] = argumentsOf(node);
    const vectors = [first, ...rest].flatMap((argument) => (argument ? [this.read(argument)] : []));
    const vector = vectors.find((labels) => labels !== undefined) ?? new Set<string>();
    const modifier = childOf(node, 'AggregateModifier');
    const labels = this.grouping(modifier && childOf(modifier, 'GroupingLabels'));
    this.need(labels, vector, node);
    const operator = functionName(node, this.expression);
    if (PICKING.has(operator)) return vector;
    if (operator === 'count_values') labels.push(unquote(this.text(first!)));
    return modifier && childOf(modifier, 'Without') ? minus(vector, labels) : new Set(labels);
  }

  private readFunction(node: SyntaxNode): ReadonlySet<string> | undefined {
    const name = functionName(node, this.expression);
    const given = argumentsOf(node);
    const before = this.selectors.length;
    const vector = given.map((argument) => this.read(argument)).find((labels) => labels !== undefined);
    const text = (index: number) => (given[index] ? unquote(this.text(given[index])) : '');
    if (name === 'scalar' || name === 'time' || name === 'pi') return undefined;
    if (name.startsWith('absent')) return new Set(this.selectors.slice(before).flatMap(({ matchers }) => matchers.filter(({ operator }) => operator === '=').map(({ label }) => label)));
    if (vector === undefined || BARE.has(name)) return new Set(vector ?? []);
    if (name === 'label_replace' || name === 'label_join') {
      // An empty source is how a label of a fixed value is written.
      this.need((name === 'label_replace' ? [text(3)] : given.slice(3).map((_, index) => text(index + 3))).filter((label) => label !== ''), vector, node);
      return union(vector, [text(1)]);
    }
    if (name === 'histogram_quantile' && this.selectors.slice(before).some(({ metric }) => metric.endsWith('_bucket'))) {
      this.need(['le'], vector, node);
      return minus(vector, ['le']);
    }
    return vector;
  }

  private readBinary(node: SyntaxNode): ReadonlySet<string> | undefined {
    const children = childrenOf(node);
    const [left, right] = [this.read(children[0]!), this.read(children.at(-1)!)];
    if (left === undefined || right === undefined) return left ?? right;
    const clause = childOf(node, 'MatchingModifierClause');
    const parts = clause ? childrenOf(clause) : [];
    const after = (names: readonly string[]) => {
      const index = parts.findIndex(({ name }) => names.includes(name));
      const next = parts[index + 1];
      return index >= 0 && next?.name === 'GroupingLabels' ? this.grouping(next) : [];
    };
    const on = clause && childOf(clause, 'On');
    const matched = after(['On', 'Ignoring']);
    this.checkMatch(node, left, right, { on: on !== undefined, matched });
    const many = parts.find(({ name }) => name === 'GroupLeft' || name === 'GroupRight')?.name;
    if (children.some(({ name }) => SETS.has(name))) return children.some(({ name }) => name === 'Or') ? union(left, right) : left;
    if (many === undefined) return on ? new Set(matched) : minus(left, matched);
    const [own, other] = many === 'GroupLeft' ? [left, right] : [right, left];
    const taken = after(['GroupLeft', 'GroupRight']);
    this.need(taken, other, node);
    return union(own, taken);
  }

  /** Series are paired by the labels that both sides agree in; a side that lacks one, or has one more, has no partner. */
  private checkMatch(node: SyntaxNode, left: ReadonlySet<string>, right: ReadonlySet<string>, { on, matched }: { on: boolean; matched: readonly string[] }): void {
    if (childrenOf(node).some(({ name }) => name === 'Or')) return;
    if (on) {
      this.need(matched, left, node);
      this.need(matched, right, node);
      return;
    }
    const [a, b] = [minus(left, matched), minus(right, matched)];
    const odd = [...minus(a, b), ...minus(b, a)];
    if (odd.length > 0) this.problems.push(`the sides of ${this.text(node)} differ in ${sentenceList(odd.sort())}, so no series has a partner; say on(…) or ignoring(…)`);
  }
}
