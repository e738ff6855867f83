import { isPlainObject } from '../../core/json';
import { readObject, type Shapes } from '../../core/forms';
import type { Mistakes } from '../../core/problems';
import { asList } from '../../core/shape';
import { section, type Directive } from './directive';
import { groupsOf, readPattern, rubyPattern } from './pattern';

/** What is taken out of the logs before anyone sees them. */
export interface RedactionPattern {
  /** What is looked for, in the whole line as the program wrote it. */
  readonly pattern: RegExp;
  /** What stands in its place; `$1` to `$9` are the groups of the pattern. @default '[REDACTED]' */
  readonly replacement?: string;
}

/** Taking secrets out of the logs. */
export interface RedactionProps {
  /** Whether passwords, tokens, keys, credentials in addresses and card numbers are taken out. @default true */
  readonly defaults?: boolean;
  /** What is taken out besides. @default nothing */
  readonly patterns?: readonly (RegExp | RedactionPattern)[];
}

/** A pattern with what stands in its place. */
export type Redaction = Required<RedactionPattern>;

const SHAPES: Shapes<RedactionProps> = { defaults: 'truth', patterns: 'list' };
const PATTERN_SHAPES: Shapes<RedactionPattern> = { pattern: 'any', replacement: 'text' };
const MARK = '[REDACTED]';

/** Names of what is secret, whatever stands before them: `db_password`, `X-Api-Key`. */
const NAMES = '(?:pass(?:word|wd|phrase)|pwd|secret|token|api[_-]?key|access[_-]?key|secret[_-]?key|private[_-]?key|client[_-]?secret|authorization|credentials?)';
const CARD = '(?:(?:4\\d{3}|5[1-5]\\d{2}|2[2-7]\\d{2}|6(?:011|5\\d{2}))(?:[ -]?\\d{4}){3}|3[47]\\d{2}[ -]?\\d{6}[ -]?\\d{5})';

/** What is taken out unless it is declined, in this order. */
export const DEFAULT_REDACTIONS: readonly Redaction[] = [
  { pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:(?!-----END)[\s\S])*(?:-----END [A-Z ]*PRIVATE KEY-----)?/, replacement: MARK },
  // As JSON: text, JSON within JSON, and numbers, so that it stays JSON.
  { pattern: new RegExp(`(${NAMES}"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, 'i'), replacement: `$1${MARK}` },
  { pattern: new RegExp(`(${NAMES}\\\\+"\\s*:\\s*\\\\+")(?:(?!\\\\+").)*`, 'i'), replacement: `$1${MARK}` },
  { pattern: new RegExp(`(${NAMES}"\\s*:\\s*)-?\\d[\\d.eE+-]*`, 'i'), replacement: `$1"${MARK}"` },
  // As a header, an argument, or a pair in text.
  { pattern: new RegExp(`(${NAMES}\\s*[=:]\\s*(?:(?:bearer|basic|digest|token)\\s+)?)(?:"[^"]*"|'[^']*'|[^\\s,;&"']+)`, 'i'), replacement: `$1${MARK}` },
  { pattern: /(\bbearer\s+)[\w.~+/=-]{8,}/i, replacement: `$1${MARK}` },
  { pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/, replacement: MARK },
  { pattern: /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:)[^\s@/]+(@)/i, replacement: `$1${MARK}$2` },
  // Keys of AWS, GitHub, Slack and Google, by their marks.
  { pattern: /\b(?:(?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{36,}|xox[abprs]-[A-Za-z0-9-]{10,}|AIza[\w-]{35})/, replacement: MARK },
  { pattern: new RegExp(`(?<![\\d.])${CARD}(?!\\d)`), replacement: MARK },
];

/** Reads the `redaction` prop. */
export function readRedaction(problems: Mistakes, prop: string, given: RedactionProps | undefined): readonly Redaction[] {
  const { defaults = true, patterns } = readObject<RedactionProps>(problems, prop, given, SHAPES);
  const own = asList(problems, `${prop}.patterns`, patterns).flatMap((one, index) => readOne(problems, `${prop}.patterns[${index}]`, one));
  return [...(defaults ? DEFAULT_REDACTIONS : []), ...own];
}

function readOne(problems: Mistakes, prop: string, given: RegExp | RedactionPattern): Redaction[] {
  const { pattern: wanted, replacement = MARK } = isPlainObject(given) ? readObject<RedactionPattern>(problems, prop, given as unknown as RedactionPattern, PATTERN_SHAPES) : { pattern: given as RegExp };
  const pattern = readPattern(problems, isPlainObject(given) ? `${prop}.pattern` : prop, wanted);
  if (!pattern) return [];
  const groups = groupsOf(pattern);
  const missing = [...replacement.matchAll(/\$(\d)/g)].map(([, number]) => Number(number)).find((number) => number === 0 || number > groups);
  if (missing !== undefined) problems.add(`${prop}.replacement`, replacement, `the pattern has ${groups} group${groups === 1 ? '' : 's'}, and '$${missing}' is none of them; put "(…)" around what is to stay`);
  return [{ pattern, replacement }];
}

/** The replacement as Ruby takes it, where a backslash stands before the number of a group. */
const rubyReplacement = (replacement: string): string => replacement.replace(/\\/g, '\\\\').replace(/\$(\d)/g, '\\$1');

/** The section that takes it out of the message. */
export const replaceSection = ({ pattern, replacement }: Redaction): Directive =>
  section('replace', '', { key: 'message', expression: rubyPattern(pattern), replace: rubyReplacement(replacement) });
