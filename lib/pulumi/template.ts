import { encodedForms, hexForm } from './encoded-forms';
import { TOKEN_WORD } from './token';

/** A place where the value of an Output goes. */
interface Slot {
  readonly name: string;
  /** What the text around it needs done to the value. */
  readonly encode: (value: string) => string;
}

/** Text in base64 that holds slots; its literals are bytes, one a character. */
interface Encoded {
  readonly parts: Template;
  readonly alphabet: 'base64' | 'base64url';
  readonly padded: boolean;
}

type Part = string | Slot | Encoded;

/** Text with slots in it. */
export type Template = readonly Part[];

/** Text that holds a token, or an Output itself, in a way that can't be put right. */
export class BrokenToken extends Error {}

/** In base64, and in base64 of base64: the password of a registry, in the JSON of a Secret, in its data. */
const BASE64 = encodedForms(TOKEN_WORD).flatMap((form) => [form, ...encodedForms(form.text)]);
const TOKEN = new RegExp(`<${TOKEN_WORD} (?<slashes>\\\\*)"(?<name>[-._A-Za-z0-9]+)\\k<slashes>">|%3C${TOKEN_WORD}(?:%20|\\+)%22(?<escaped>[-._A-Za-z0-9]+)%22%3E`, 'g');
const RUN = /[-_A-Za-z0-9+/]+={0,2}/g;
/** A line break within base64, where encoders put it. */
const WRAP = /(?<=[A-Za-z0-9+/]{60})\r?\n(?=[A-Za-z0-9+/])/g;
const LEFT_OVER = new RegExp([TOKEN_WORD, hexForm(TOKEN_WORD), ...BASE64.map(({ text }) => text)].join('|'), 'i');
const OUTPUT_TEXT = '[Output<T>] is not supported';
const OUTPUT = new RegExp(['\\[to(?:String|JSON)\\] on an \\[Output<T>\\]', '%5Bto(?:String|JSON)%5D', ...encodedForms(OUTPUT_TEXT).map(({ text }) => text)].join('|'));

/**
 * Finds the tokens of a text, also those inside JSON, URLs and base64.
 * @returns undefined where there is none
 * @throws BrokenToken where one was cut, changed or encoded in another way, or an Output was turned into text
 */
export function parseTemplate(text: string): Template | undefined {
  if (OUTPUT.test(text)) throw new BrokenToken('got an Output turned into text; put token(name) into the text, and give ChartResources the Output under that name');
  const unwrapped = text.replace(WRAP, '');
  if (unwrapped !== text && BASE64.some((form) => unwrapped.includes(form.text))) throw new BrokenToken('got a token in base64 with line breaks; leave the line breaks out');
  if (!LEFT_OVER.test(text)) return undefined;
  const parts = inBase64(text).flatMap((part) => (typeof part === 'string' ? inText(part) : [part]));
  if (parts.some((part) => typeof part === 'string' && LEFT_OVER.test(part))) {
    throw new BrokenToken('got part of a token, or one that was changed or encoded; put a token whole into text, JSON (JSON.stringify), a URL or base64, and leave anything else to the application');
  }
  return parts;
}

/** Names of the Outputs that a template needs. */
export function slotsOf(template: Template): string[] {
  return template.flatMap((part) => (typeof part === 'string' ? [] : 'name' in part ? [part.name] : slotsOf(part.parts)));
}

/** The text with the values in their places. */
export function fill(template: Template, values: Readonly<Record<string, string>>): string {
  return bytesOf(template, values, 'utf8').toString('utf8');
}

function bytesOf(template: Template, values: Readonly<Record<string, string>>, literals: 'utf8' | 'latin1'): Buffer {
  return Buffer.concat(template.map((part) => {
    if (typeof part === 'string') return Buffer.from(part, literals);
    if ('name' in part) return Buffer.from(part.encode(values[part.name]!));
    const encoded = bytesOf(part.parts, values, 'latin1').toString(part.alphabet).replace(/=+$/, '');
    return Buffer.from(part.padded ? encoded.padEnd(Math.ceil(encoded.length / 4) * 4, '=') : encoded);
  }));
}

function inText(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const { slashes = '', name, escaped } = match.groups!;
    parts.push(text.slice(end, match.index), { name: (name ?? escaped)!, encode: escaped === undefined ? inJson(slashes.length) : encodeURIComponent });
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== '');
}

/** Quotes inside JSON text carry one backslash, inside JSON in JSON three, then seven. */
function inJson(slashes: number): (value: string) => string {
  const depth = Math.log2(slashes + 1);
  if (!Number.isInteger(depth)) throw new BrokenToken('got a token with backslashes in it that JSON.stringify did not write; put it in as it is');
  return (value) => {
    let text = value;
    for (let level = 0; level < depth; level++) text = JSON.stringify(text).slice(1, -1);
    return text;
  };
}

/** Splits off what is base64 and holds a token. */
function inBase64(text: string): Part[] {
  if (!BASE64.some((form) => text.includes(form.text))) return [text];
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(RUN)) {
    const form = BASE64.find((candidate) => match[0].includes(candidate.text));
    const decoded = form && decode(match[0], (match[0].indexOf(form.text) - form.lead + 4) % 4);
    if (!decoded) continue;
    parts.push(text.slice(end, match.index + decoded.skipped), decoded.part);
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== '');
}

function decode(run: string, skipped: number): { skipped: number; part: Encoded } | undefined {
  const text = run.slice(skipped);
  const plain = text.replace(/=+$/, '');
  const bytes = Buffer.from(text, 'base64');
  const alphabet = /[-_]/.test(plain) ? 'base64url' : 'base64';
  if (bytes.toString(alphabet).replace(/=+$/, '') !== plain) return undefined;
  const parts = parseTemplate(bytes.toString('latin1'));
  // Without padding, text whose length gives nothing away counts as padded: that is what encoders do by default.
  const padded = plain.length % 4 === 0 ? alphabet === 'base64' : text !== plain;
  return parts && { skipped, part: { parts, alphabet, padded } };
}
