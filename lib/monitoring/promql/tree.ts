import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** The children of a node, in order. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== 'LineComment') children.push(child);
  return children;
}

/** The first child of that name. */
export const childOf = (node: SyntaxNode, name: string): SyntaxNode | undefined => node.getChild(name) ?? undefined;

/** The text of a node. */
export const textOf = (node: SyntaxNode, expression: string): string => expression.slice(node.from, node.to);

/** What stands in the parentheses, if it is in any. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  return node.name === 'ParenExpr' ? unwrap(childrenOf(node)[0]!) : node;
}

/** The name of a function or an aggregation. */
export const functionName = (node: SyntaxNode, expression: string): string => textOf(childOf(node, 'FunctionIdentifier') ?? childOf(node, 'AggregateOp')!, expression).toLowerCase();

/** The arguments of a function or an aggregation. */
export function argumentsOf(node: SyntaxNode): SyntaxNode[] {
  const body = childOf(node, 'FunctionCallBody');
  return body ? childrenOf(body) : [];
}

/** Functions whose argument is a range of samples. */
export const OVER_RANGE = /^(\w+_over_time|i?rate|increase|i?delta|deriv|predict_linear|changes|resets|double_exponential_smoothing)$/;

/** Nodes of the grammar that stand for functions are named after them: `HistogramQuantile` for histogram_quantile. */
const snakeCase = (name: string) => name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/** The names of all functions, for suggestions. */
export const FUNCTIONS: readonly string[] = (() => {
  const names = parser.nodeSet.types.map(({ name }) => name);
  const [first, last] = [names.indexOf('AbsentOverTime'), names.indexOf('Year')];
  return names.slice(first, last + 1).filter((name) => name !== 'Identifier').map(snakeCase);
})();
