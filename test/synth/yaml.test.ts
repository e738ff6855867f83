import fc from 'fast-check';
import { YAML11_SCHEMA, load } from 'js-yaml';
import { parse, parseAllDocuments } from 'yaml';
import { toYaml } from '../../lib';
import { fragment, HARD_TEXTS } from './hard-texts';

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  'YAML 1.2 (yaml)': (text) => parse(text, { version: '1.2', logLevel: 'silent' }),
  'YAML 1.1 (yaml)': (text) => parse(text, { version: '1.1', logLevel: 'silent', maxAliasCount: 0 }),
  'YAML 1.2 (js-yaml)': (text) => load(text),
  'YAML 1.1 (js-yaml)': (text) => load(text, { schema: YAML11_SCHEMA }),
};

/** The text where values stand, and as a key. */
const around = (text: string) => [{ value: text, list: [text, [text], { inner: text }], last: 'end' }, { [text]: 'value', last: { [text]: text } }];

describe.each(Object.entries(READERS))('%s reads back', (_, read) => {
  test.each(HARD_TEXTS.map((text) => [JSON.stringify(text).slice(0, 60), text] as const))('%s', (_shown, text) => {
    for (const object of around(text)) expect(read(toYaml([object]))).toEqual(object);
  });

  test('any text', () => {
    const text = fc.array(fragment, { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(fc.property(text, (value) => around(value).every((object) => fc.stringify(read(toYaml([object]))) === fc.stringify(object))), { numRuns: 500 });
  });

  test('any JSON', () => {
    const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' }).filter((value) => !fc.stringify(value).includes('-0'));
    fc.assert(fc.property(json, (value) => fc.stringify(read(toYaml([{ value }]))) === fc.stringify({ value })), { numRuns: 300 });
  });
});

test('documents stay apart whatever text they end in', () => {
  const objects = HARD_TEXTS.map((text) => ({ first: [text], last: text }));
  expect(parseAllDocuments(toYaml(objects)).map((document) => document.toJS() as unknown)).toEqual(objects);
});

test('half of a surrogate pair is refused, for no file can hold it', () => {
  expect(() => toYaml([{ a: 'x\ud800y' }])).toThrow(/toYaml: got "x.*y", which has half of a surrogate pair; no YAML file can hold it/);
  expect(toYaml([{ a: '\ud83d\ude00' }])).toBe('a: 😀\n');
});

describe('is easy to read', () => {
  test('lines stand as a block, with tabs, spaces and marks as they are', () => {
    expect(toYaml([{ conf: 'server {\n\tlisten 8080; # "x"\n  root /srv;  \n\n}\n', script: '#!/bin/sh\nset -e', kept: 'a\n\n', last: 1 }])).toBe(
      ['conf: |', '  server {', '  \tlisten 8080; # "x"', '    root /srv;  ', '', '  }', 'script: |-', '  #!/bin/sh', '  set -e', 'kept: |+', '  a', '', 'last: 1', ''].join('\n'),
    );
  });

  test('indented first lines and document marks stand in blocks too', () => {
    expect(toYaml([{ a: ['  x\ny\n'], b: 'x\n---\ny\n...\n' }])).toBe('a:\n  - |2\n      x\n    y\nb: |\n  x\n  ---\n  y\n  ...\n');
  });

  test.each(['/metrics', '15 3 * * *', '10.0.0.0/8', '1.2.3', 'ghcr.io/acme/shop:1.4.2', 'shop.example.com', 'a-b_c', '250m', '1Gi', 'GET,POST', 'is it? yes!', '25%', '8080:80', 'Größe', 'a "word"'])('%s needs no quotes', (text) => {
    expect(toYaml([{ a: text }])).toBe(`a: ${text}\n`);
  });

  test('long lines are not folded', () => {
    const line = 'word '.repeat(200) + 'end';
    expect(toYaml([{ a: line }])).toBe(`a: ${line}\n`);
  });

  test('what stands twice is written twice', () => {
    const shared = { cpu: '50m' };
    expect(toYaml([{ requests: shared, limits: shared }])).toBe('requests:\n  cpu: 50m\nlimits:\n  cpu: 50m\n');
  });

  test('keys keep their order', () => {
    expect(toYaml([{ kind: 'A', apiVersion: 'v1', 'b-c': 1 }])).toBe('kind: A\napiVersion: v1\nb-c: 1\n');
  });
});
