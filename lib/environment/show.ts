import { PlainNumber } from './plain-number';
import { SecretReference } from './secret-reference';

/** The longest text that a message shows whole. */
const SHOWN = 60;

/** What Pulumi's encryption looks like; such text is never shown, wherever in the file it lies. */
const CIPHERTEXT = /\bv\d+:[A-Za-z0-9+/=]{6,}/;

/** Text as a message may show it: never encrypted, never long. */
export function shorten(text: string): string {
  if (CIPHERTEXT.test(text)) return '(encrypted text, not shown)';
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}… (${text.length} characters)` : text;
}

/** What a value is when it is not plain, and nothing of what it holds. */
function kind(value: unknown): string | undefined {
  if (value === undefined || value === null) return 'nothing';
  if (value instanceof SecretReference) return 'an encrypted value';
  if (value instanceof PlainNumber) return shorten(value.text);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value !== 'object') return undefined;
  const keys = value instanceof Map ? [...value.keys()].map(String) : Object.keys(value);
  return keys.length === 0 ? 'an empty section' : `a section with the keys ${shorten(keys.map(shorten).join(', '))}`;
}

/**
 * A value from the file on one line. Sections and lists are described, not printed: something in them may be private.
 * @param source - how the file writes the value, where that differs from how JavaScript does (`1.30`)
 */
export function show(value: unknown, source?: string): string {
  const described = kind(value);
  if (described !== undefined) return described;
  if (typeof value !== 'string') return shorten(source ?? String(value));
  const short = shorten(value);
  if (short === value) return JSON.stringify(value);
  return short.startsWith('(') ? short : `${JSON.stringify(value.slice(0, SHOWN))}… (${value.length} characters)`;
}
