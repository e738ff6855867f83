import type * as z from 'zod';

type RawIssue = z.core.$ZodRawIssue;

const TYPES: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'an integer',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  record: 'a section of keys and values',
  null: 'nothing',
  undefined: 'nothing',
  never: 'nothing',
};

const FORMATS: Record<string, string> = {
  email: 'an e-mail address',
  url: 'a URL',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  cidrv4: 'an IPv4 range such as "10.0.0.0/16"',
  cidrv6: 'an IPv6 range such as "fd00::/64"',
};

/** What the schema allows where zod found an issue, in a newcomer's words; undefined leaves the wording to zod. */
export function describeAllowed(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'object' ? describeSection(issue) : (TYPES[issue.expected] ?? issue.expected);
    case 'too_small':
      return describeSize(issue, issue.minimum, issue.inclusive === false ? 'more than' : 'at least');
    case 'too_big':
      return describeSize(issue, issue.maximum, issue.inclusive === false ? 'less than' : 'at most');
    case 'invalid_format':
      return describeFormat(issue as unknown as FormatIssue);
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'unrecognized_keys':
      return knownKeys(issue).join(', ') || 'no keys';
    case 'invalid_union':
      return describeUnion(issue);
    default:
      return 'a value that the schema takes';
  }
}

function oneOf(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === 'string' ? JSON.stringify(value) : String(value))).join(' or ');
}

/** The keys that the section, or the record with a fixed set of keys, may have. */
function knownKeys(issue: RawIssue): string[] {
  const def = issue.inst?._zod.def as { shape?: object; keyType?: z.core.$ZodType } | undefined;
  return def?.shape ? Object.keys(def.shape) : [...(def?.keyType?._zod.values ?? [])].map(String);
}

function describeSection(issue: RawIssue): string {
  const keys = knownKeys(issue);
  return keys.length === 0 ? 'a section' : `a section with the keys ${keys.join(', ')}`;
}

function describeSize(issue: { origin: string; exact?: boolean }, limit: number | bigint, comparison: string): string {
  const amount = issue.exact === true ? `exactly ${limit}` : `${comparison} ${limit}`;
  if (issue.origin === 'string') return `text of ${amount} ${limit === 1 ? 'character' : 'characters'}`;
  if (issue.origin === 'array') return `a list of ${amount}`;
  return issue.origin === 'int' || issue.origin === 'number' ? `a number of ${amount}` : amount;
}

interface FormatIssue {
  readonly format: string;
  readonly pattern?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly includes?: string;
}

function describeFormat({ format, pattern, prefix, suffix, includes }: FormatIssue): string {
  if (prefix !== undefined) return `text that starts with ${JSON.stringify(prefix)}`;
  if (suffix !== undefined) return `text that ends with ${JSON.stringify(suffix)}`;
  if (includes !== undefined) return `text that contains ${JSON.stringify(includes)}`;
  return format === 'regex' ? `text that matches ${pattern ?? 'the pattern'}` : (FORMATS[format] ?? `text in the form of a ${format}`);
}

function describeUnion(issue: { errors: readonly unknown[]; options?: readonly unknown[]; inclusive?: boolean }): string {
  if (issue.options !== undefined) return oneOf(issue.options);
  return issue.inclusive === false ? 'a value that fits one form only' : 'a value that fits one of the forms';
}
