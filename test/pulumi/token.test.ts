import fc from 'fast-check';
import { encodedForms } from '../../lib/pulumi/encoded-forms';
import { BrokenToken, fill, parseTemplate, slotsOf } from '../../lib/pulumi/template';
import { token } from '../../lib/pulumi';

const T = token('db.password');
const base64 = (text: string, encoding: BufferEncoding = 'base64') => Buffer.from(text).toString(encoding);
const filled = (text: string, value: string) => fill(parseTemplate(text)!, { 'db.password': value });

it('reads well where nothing fills it', () => {
  expect(T).toBe('<fairlead-output "db.password">');
});

it.each(['', 'a b', '-a', 'a"', 'a'.repeat(101), undefined])('refuses the name %p', (name) => {
  expect(() => token(name as string)).toThrow(/token: name: got .*; at most 100 letters, digits/);
});

describe.each<[string, (value: string) => string]>([
  ['alone', (value) => value],
  ['twice in longer text', (value) => `postgres://${value}@host/${value}?x`],
  ['in JSON', (value) => JSON.stringify({ a: `x${value}`, b: [value] })],
  ['in JSON in JSON in JSON', (value) => JSON.stringify({ a: JSON.stringify([JSON.stringify(value)]) })],
  ['in base64', (value) => base64(`user:${value}`)],
  ['in base64 at the second place of a group', (value) => base64(`u:${value}é`)],
  ['in base64 at the third place of a group', (value) => base64(`:${value}`)],
  ['in base64 within text', (value) => `Basic ${base64(value)}, and ${value}`],
  ['in base64 for URLs', (value) => base64(`${value}??>>`, 'base64url')],
  ['in a docker config', (value) => base64(JSON.stringify({ auths: { 'ghcr.io': { auth: base64(`us:${value}`) } } }))],
  ['in a URL', (value) => `https://example.com/?q=${encodeURIComponent(value)}&r=1`],
])('%s', (_, make) => {
  it('the value arrives as if it had been there from the start', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      expect(filled(make(T), value)).toBe(make(value));
    }), { numRuns: 300 });
  });

  it('is found by name', () => expect(new Set(slotsOf(parseTemplate(make(T))!))).toEqual(new Set(['db.password'])));
});

it('takes no other text for a token', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
    expect(parseTemplate(text)).toBeUndefined();
    expect(parseTemplate(base64(text))).toBeUndefined();
  }));
});

it.each<[string, string]>([
  ['cut', T.slice(0, 20)],
  ['in upper case', T.toUpperCase()],
  ['in hexadecimal', base64(T, 'hex')],
  ['in base64 with line breaks', base64(`${'x'.repeat(50)}${T}${T}`).replace(/.{64}/, '$&\n')],
  ['in base64 that was cut', base64(T).slice(0, 30)],
  ['in JSON that escapes brackets', JSON.stringify(T).replace('<', '\\u003c')],
  ['with backslashes of another kind', T.replace(/"/g, '\\\\"')],
])('refuses a token %s', (_, text) => {
  expect(() => parseTemplate(text)).toThrow(BrokenToken);
});

it('the forms in base64 have only letters and digits, so that both alphabets have them', () => {
  for (const { text } of encodedForms('fairlead-output')) expect(text).toMatch(/^[A-Za-z0-9]+$/);
});
