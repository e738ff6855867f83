import type { Mistakes } from '../../core/problems';

const ALLOWED_FLAGS = /^[gimsu]*$/;
/** What both languages know but read in different ways. */
const DIFFERENT: readonly (readonly [form: RegExp, mend: string])[] = [
  [/\[(?:[^\]\\]|\\.)*(?:&&|\[)/, '"[" and "&&" within "[…]" mean sets in Ruby; write a backslash before them'],
  [/\(\?<[A-Za-z_]/, 'named groups switch the numbered ones off in Ruby; use numbered groups'],
  [/\[\^?\]/, 'an empty "[]" is an error in Ruby; leave it out'],
];

/** How many numbered groups a pattern has. */
export const groupsOf = (pattern: RegExp): number => new RegExp(`${pattern.source}|`, pattern.flags.replace(/[gy]/g, '')).exec('')!.length - 1;

/**
 * Reads a pattern that FluentD, a Ruby program, will match: reports one that is no regular expression, that Ruby would
 * read differently, or that matches nothing at all, and so everywhere.
 */
export function readPattern(problems: Mistakes, prop: string, given: unknown): RegExp | undefined {
  const before = problems.messages.length;
  if (!isPattern(given)) {
    problems.add(prop, given, 'a regular expression is allowed, such as /session=\\w+/');
    return undefined;
  }
  if (!ALLOWED_FLAGS.test(given.flags)) problems.add(prop, String(given), 'the flags g, i, m, s and u are allowed');
  const wrong = strictProblem(given);
  if (wrong !== undefined) problems.add(prop, String(given), `${wrong}; write it so that it is right with the flag "u" too, which takes no needless backslash`);
  for (const [form, mend] of DIFFERENT) if (form.test(given.source)) problems.add(prop, String(given), mend);
  if (wrong === undefined && new RegExp(given.source, `${given.flags.replace(/[guy]/g, '')}u`).test('')) problems.add(prop, String(given), 'it matches where there is nothing, and so at every place; make it match at least one character');
  return problems.messages.length === before ? given : undefined;
}

const isPattern = (value: unknown): value is RegExp => Object.prototype.toString.call(value) === '[object RegExp]';

/** Escapes that only Ruby knows, such as `\A` and `\h`, are errors with the flag `u` alone. */
function strictProblem({ source }: RegExp): string | undefined {
  try {
    new RegExp(source, 'u');
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^Invalid regular expression: .*: /, '').replace(/^./, (letter) => letter.toLowerCase());
  }
}

/** The pattern as FluentD's plugins take it: between slashes, the flags within. */
export function rubyPattern({ source, flags }: RegExp): string {
  const options = `${flags.includes('i') ? 'i' : ''}${flags.includes('s') ? 'm' : ''}`;
  return options === '' ? `/${source}/` : `/(?${options}:${source})/`;
}

/** A pattern that matches one of these texts, whole. */
export const oneOf = (texts: readonly string[]): RegExp => new RegExp(`^(?:${texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|')})$`);
