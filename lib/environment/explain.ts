import type * as z from 'zod';
import { didYouMean } from '../core/suggest';
import type { KeyPath } from './key-path';
import { show, shorten } from './show';

type Issue = z.core.$ZodIssue;

/** A schema issue as it goes into an error: one place, what is there, what may be. */
export interface Finding {
  readonly keys: KeyPath;
  readonly got: string;
  readonly allowed: string;
  /** The place takes only an encrypted value. */
  readonly secret?: boolean;
}

/** What is got where nobody knows the key. */
export const UNKNOWN_KEY = 'an unknown key';

/** How the file writes the number at a place. */
type SourceOf = (keys: KeyPath) => string | undefined;

/** Turns an issue of zod, whose message says what is allowed, into findings. */
export function explainIssue(issue: Issue, sourceOf: SourceOf, parent: KeyPath = []): Finding[] {
  const keys = [...parent, ...(issue.path as KeyPath)];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ keys: [...keys, key], got: UNKNOWN_KEY, allowed: `${issue.message}${didYouMean(key, issue.message.split(', '))}` }));
    case 'invalid_union':
      return explainUnion(issue, sourceOf, keys);
    case 'invalid_key':
      return [{ keys, got: `the key ${show(keys.at(-1))}`, allowed: issue.issues.map(({ message }) => message).join(' and ') }];
    case 'custom':
      if (issue.params?.['secret'] === true) return [{ keys, got: hide(issue.input), allowed: issue.message, secret: true }];
      return [unquoted(issue, keys, sourceOf, issue.params?.['text']) ?? plain(issue, keys, sourceOf)];
    case 'invalid_type':
      return [unquoted(issue, keys, sourceOf, issue.expected === 'string' ? 'text' : undefined) ?? plain(issue, keys, sourceOf)];
    case 'invalid_value':
      return [unquoted(issue, keys, sourceOf, 'the value', issue.values) ?? plain(issue, keys, sourceOf)];
    default:
      return [plain(issue, keys, sourceOf)];
  }
}

function plain(issue: Issue, keys: KeyPath, sourceOf: SourceOf): Finding {
  return { keys, got: show(issue.input, sourceOf(keys)), allowed: issue.message };
}

function hide(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : 'a value that is not encrypted (not shown)';
}

/**
 * A number, `true` or `false` that would be right with quotes.
 * @param noun - what the place takes; undefined when that is not text
 * @param values - the only texts that are right, if not all are
 */
function unquoted({ input }: Issue, keys: KeyPath, sourceOf: SourceOf, noun: string | undefined, values?: readonly unknown[]): Finding | undefined {
  if (noun === undefined || (typeof input !== 'number' && typeof input !== 'boolean')) return undefined;
  const source = sourceOf(keys) ?? String(input);
  if (values !== undefined && !values.includes(source)) return undefined;
  return { keys, got: `${shorten(source)} without quotes`, allowed: `${noun} in quotes: "${shorten(source)}"` };
}

/** Explains by the form that the value was probably meant to have; failing that, lists the forms. */
function explainUnion(issue: Issue & { code: 'invalid_union' }, sourceOf: SourceOf, keys: KeyPath): Finding[] {
  if (issue.discriminator !== undefined) {
    const given = (issue.input as Record<string, unknown> | undefined)?.[issue.discriminator];
    return [{ keys, got: show(given, sourceOf(keys)), allowed: issue.message }];
  }
  const forms = issue.errors.map((errors) => errors.flatMap((error) => explainIssue(error, sourceOf, keys)));
  const meant = forms.filter((findings) => findings.every((finding) => finding.keys.length > keys.length)).sort((a, b) => a.length - b.length)[0];
  if (meant !== undefined && meant.length > 0) return meant;
  const here = forms.flat().filter((finding) => finding.keys.length === keys.length);
  const secret = here.some((finding) => finding.secret === true);
  const allowed = [...new Set(here.map((finding) => finding.allowed))].join(', or ') || issue.message;
  return [{ keys, got: secret ? hide(issue.input) : show(issue.input, sourceOf(keys)), allowed, secret }];
}
