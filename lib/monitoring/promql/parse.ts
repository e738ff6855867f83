import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { didYouMean } from '../../core/suggest';
import { argumentsOf, childrenOf, functionName, OVER_RANGE, textOf, unwrap, FUNCTIONS } from './tree';

/** Where an expression is wrong. */
export interface PromqlProblem {
  /** What is wrong and what is allowed. */
  readonly message: string;
  /** The first wrong character, counted from 0. */
  readonly position: number;
}

/** How much of an expression a message shows before and after the wrong place. */
const AROUND = 30;
const NO_OPERAND = 'an operator takes numbers and instant vectors, not a range of samples or text';

/** The syntax tree of an expression. */
export const parse = (expression: string): SyntaxNode => parser.parse(expression).topNode;

/** The first mistake of an expression: of its syntax, or an instant vector where a range is needed and the other way round. */
export function findProblem(expression: string): PromqlProblem | undefined {
  const root = parse(expression);
  const syntax = syntaxProblem(root, expression);
  if (syntax) return syntax;
  const body = childrenOf(root)[0];
  if (!body) return { message: 'an expression is required', position: 0 };
  return typeProblem(body, expression) ?? (typeOf(body, expression) === 'range' ? { message: 'it gives a range of samples; take a rate or an …_over_time of it', position: body.from } : undefined);
}

/** What is wrong with an expression, with the place marked; undefined where nothing is. For the messages of constructs. */
export function promqlProblem(expression: string): string | undefined {
  const found = findProblem(expression);
  return found && `${found.message}, at character ${found.position + 1}: ${excerpt(expression, found.position)}`;
}

/** The surroundings of a place, which is marked: `rate(foo ⟦here⟧[5m])`. */
function excerpt(expression: string, position: number): string {
  const start = Math.max(0, position - AROUND);
  const end = Math.min(expression.length, position + AROUND);
  const [before, after] = [expression.slice(start, position), expression.slice(position, end)].map((text) => text.replace(/\s+/g, ' '));
  return `${start > 0 ? '…' : ''}${before}⟦here⟧${after}${end < expression.length ? '…' : ''}`;
}

function syntaxProblem(root: SyntaxNode, expression: string): PromqlProblem | undefined {
  let found: PromqlProblem | undefined;
  root.cursor().iterate((node) => {
    if (found || !node.type.isError) return found === undefined;
    found = { message: syntaxMessage(node.node, expression), position: node.from };
    return false;
  });
  return found;
}

function syntaxMessage(error: SyntaxNode, expression: string): string {
  const rest = expression.slice(error.from);
  const called = /^\(/.test(rest) && /([A-Za-z_]\w*)\s*$/.exec(expression.slice(0, error.from))?.[1];
  if (called) return `there is no function '${called}'${didYouMean(called, FUNCTIONS)}`;
  if (rest.trim() === '') return expression.trim() === '' ? 'an expression is required' : 'the expression ends too early; a bracket, a quote or an operand is missing';
  const text = textOf(error, expression);
  return text === '' ? 'something is missing here' : `'${text.slice(0, AROUND)}' is not allowed here`;
}

type Type = 'instant' | 'range' | 'scalar' | 'text';

/** What an expression gives. */
function typeOf(node: SyntaxNode, expression: string): Type {
  const inner = unwrap(node);
  if (inner.name === 'MatrixSelector' || inner.name === 'SubqueryExpr') return 'range';
  if (inner.name === 'OffsetExpr' || inner.name === 'StepInvariantExpr' || inner.name === 'UnaryExpr') return typeOf(operandOf(inner), expression);
  if (inner.name === 'NumberDurationLiteral') return 'scalar';
  if (inner.name === 'StringLiteral') return 'text';
  if (inner.name === 'FunctionCall') return ['scalar', 'time', 'pi'].includes(functionName(inner, expression)) ? 'scalar' : 'instant';
  if (inner.name !== 'BinaryExpr') return 'instant';
  const children = childrenOf(inner);
  return [children[0]!, children.at(-1)!].every((side) => typeOf(side, expression) === 'scalar') ? 'scalar' : 'instant';
}

/** The expression that an offset, an `@` or a sign applies to. */
function operandOf(node: SyntaxNode): SyntaxNode {
  return childrenOf(node).find(({ name }) => name !== 'UnaryOp')!;
}

function typeProblem(node: SyntaxNode, expression: string): PromqlProblem | undefined {
  for (const child of childrenOf(node)) {
    const found = typeProblem(child, expression);
    if (found) return found;
  }
  if (node.name === 'FunctionCall' || node.name === 'AggregateExpr') return argumentProblem(node, expression);
  // The grammar reads `1 + foo[5m]` as a range of the sum, which Prometheus does not take.
  if (node.name === 'MatrixSelector' && childrenOf(node)[0]!.name === 'BinaryExpr') return { message: NO_OPERAND, position: childrenOf(childrenOf(node)[0]!).at(-1)!.from };
  if (node.name !== 'BinaryExpr') return undefined;
  const children = childrenOf(node);
  const wrong = [children[0]!, children.at(-1)!].find((side) => ['range', 'text'].includes(typeOf(side, expression)));
  return wrong && { message: NO_OPERAND, position: wrong.from };
}

function argumentProblem(node: SyntaxNode, expression: string): PromqlProblem | undefined {
  const name = functionName(node, expression);
  const given = argumentsOf(node);
  const ranges = given.filter((argument) => typeOf(argument, expression) === 'range');
  if (OVER_RANGE.test(name)) return ranges.length > 0 ? undefined : { message: `${name} takes a range of samples, such as metric[5m]`, position: given[0]?.from ?? node.from };
  return ranges[0] && { message: `${name} takes no range of samples; leave out the brackets, or take a rate first`, position: ranges[0].from };
}
