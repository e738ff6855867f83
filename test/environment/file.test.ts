import * as z from 'zod';
import { parseEnvironment, section } from '../../lib/environment';
import { errorOf, mistakes, parseConfig, source } from './example';

const schema = section({ tier: z.string().default('standard') });

function parse(text: string): unknown {
  return parseEnvironment(text, source, schema).config;
}

function message(text: string): string {
  return errorOf(() => parse(text)).message.replaceAll('Pulumi.staging.yaml: ', '');
}

describe('the file', () => {
  test.each([
    ['empty', ''],
    ['a comment', '# nothing yet\n'],
    ['only config:', 'config:\n'],
    ['an empty config', 'config: {}'],
    ['only what Pulumi keeps there', 'secretsprovider: x\nencryptedkey: x\nencryptionsalt: v1:x\nenvironment: [shared]\n'],
    ['only other namespaces', 'config:\n  gcp:project: 017\n  aws:tags: {1: 2}\n  other:config:x: {secure: 3}\n'],
  ])('may be %s', (_, text) => {
    expect(parse(text)).toEqual({ tier: 'standard' });
  });

  test.each([
    ['with a namespace', 'config:\n  fairlead:tier: premium'],
    ['without a namespace', 'config:\n  tier: premium'],
    ['in the old form', 'config:\n  fairlead:config:tier: premium'],
    ['after a byte order mark', '\uFEFFconfig:\n  tier: premium'],
    ['with Windows line ends', 'config:\r\n  tier: premium\r\n'],
    ['in JSON', '{"config": {"fairlead:tier": "premium"}}'],
    ['after the marker of a document', '---\nconfig:\n  tier: premium\n'],
    ['as text by its tag', 'config:\n  tier: !!str premium\n'],
  ])('may have a key %s', (_, text) => {
    expect(parse(text)).toEqual({ tier: 'premium' });
  });

  test.each([
    ['- a', 'got a list of 1; allowed: a section of keys and values'],
    ['text', 'got "text"; allowed: a section of keys and values'],
    ['1.30', 'got 1.30; allowed: a section of keys and values'],
    ['config: [a, b]', 'config: got a list of 2; allowed: a section of keys and values'],
    ['config: v1:abcdefgh', 'config: got (encrypted text, not shown); allowed: a section of keys and values'],
    ['Config:\n  tier: a', 'Config: got an unknown key; allowed: config, encryptedkey, encryptionsalt, environment, secretsprovider; did you mean "config"?'],
    ['fairlead:tier: a', 'fairlead:tier: got an unknown key; allowed: config, encryptedkey, encryptionsalt, environment, secretsprovider'],
    ['1.30: a', '1.30: got an unknown key; allowed: config, encryptedkey, encryptionsalt, environment, secretsprovider'],
    ['config:\n  a:b:c: d', 'config: got the key "a:b:c"; allowed: a key of the form "fairlead:name"'],
    ['config:\n  1: d', 'config: got the key 1; allowed: a key of the form "fairlead:name"'],
    ['config:\n  tier: a\n  fairlead:tier: a', 'fairlead:tier: got the same key twice, with and without its namespace; allowed: "fairlead:tier" once: Pulumi takes either at random'],
    ['config:\n  tier: a\n---\nconfig:\n  tier: b', 'got 2 YAML documents; allowed: one, without "---" between: Pulumi reads only the first'],
    ['config:\n  tier: a\n  tier: b', 'line 3, column 3: got invalid YAML (duplicated mapping key); allowed: valid YAML'],
    ['config:\n\ttier: a', 'line 2, column 1: got invalid YAML (tab characters must not be used in indentation); allowed: valid YAML'],
    ['config:\n  tier: "a', 'line 2, column 11: got invalid YAML (unexpected end of the stream within a double quoted scalar); allowed: valid YAML'],
    ['config:\n  tier: *a', 'line 2, column 10: got invalid YAML (unidentified alias "a"); allowed: valid YAML'],
    ['config:\n  tier: !secret a', 'line 2, column 9: got invalid YAML (unknown scalar tag !<!secret>); allowed: valid YAML'],
  ])('may not be %j', (text, expected) => {
    expect(message(text)).toBe(expected);
  });

  test('has every mistake reported at once', () => {
    const read = () => parseEnvironment('confg: 1\nconfig:\n  a:b:c: 1\n  fairlead:teir: a\n  replicas: two\n', source, section({ tier: z.string(), replicas: z.number() }));
    const error = errorOf(read);
    expect(error.name).toBe('EnvironmentError');
    expect(error.problems).toHaveLength(5);
    expect(error.problems[0]).toEqual({ file: 'Pulumi.staging.yaml', path: 'confg', got: 'an unknown key', allowed: 'config, encryptedkey, encryptionsalt, environment, secretsprovider; did you mean "config"?' });
    expect(error.message).toBe(
      [
        'Pulumi.staging.yaml: confg: got an unknown key; allowed: config, encryptedkey, encryptionsalt, environment, secretsprovider; did you mean "config"?',
        'Pulumi.staging.yaml: config: got the key "a:b:c"; allowed: a key of the form "fairlead:name"',
        'Pulumi.staging.yaml: fairlead:tier: got nothing; allowed: text',
        'Pulumi.staging.yaml: fairlead:replicas: got "two"; allowed: a number',
        'Pulumi.staging.yaml: fairlead:teir: got an unknown key; allowed: tier, replicas; did you mean "tier"?',
      ].join('\n'),
    );
  });
});

describe('aliases', () => {
  const map = section({ base: z.record(z.string(), z.string()), other: z.record(z.string(), z.string()) });

  test('are written out, and merged keys may be overridden', () => {
    expect(parseConfig('base: &b {x: a, y: a}\nother: {<<: *b, y: b}', map)).toEqual({ base: { x: 'a', y: 'a' }, other: { x: 'a', y: 'b' } });
  });

  test('cannot be endless', () => {
    const limit = 'got more values than an environment can have, through aliases; allowed: at most 50 levels and 10000 values';
    expect(mistakes('base: &a [*a]', z.unknown())).toEqual([`base: ${limit}`]);
    const lines = Array.from({ length: 9 }, (_, i) => `k${i + 1}: &a${i + 1} [${Array.from({ length: 9 }, () => `*a${i}`).join(', ')}]`);
    expect(mistakes(['k0: &a0 [x]', ...lines].join('\n'), z.unknown())).toEqual([`k4: ${limit}`]);
  });
});

describe('keys', () => {
  const map = section({ labels: z.record(z.string(), z.string()) });

  test('come sorted, as Pulumi may write them in another order', () => {
    expect(JSON.stringify(parseConfig('labels: {b: x, a: y}', map))).toBe('{"labels":{"a":"y","b":"x"}}');
  });

  test.each(['80', '1.30', 'true', 'null', '2024-01-01'])('may not be %s without quotes', (key) => {
    expect(mistakes(`labels: {${key}: x}`, map)).toEqual([`labels: got the key ${key} without quotes; allowed: keys that are text, in quotes where they look like something else`]);
    expect(parseConfig(`labels: {"${key}": x}`, map)).toEqual({ labels: { [key]: 'x' } });
  });

  test('may not be __proto__', () => {
    expect(mistakes('labels: {__proto__: {polluted: yes}}', map)).toEqual(['labels.__proto__: got a reserved key; allowed: any other key']);
    expect(mistakes('__proto__: {polluted: yes}', section({}))).toEqual(['__proto__: got a reserved key; allowed: any other key']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('may be constructor, and have dots and slashes', () => {
    expect(parseConfig('labels: {constructor: x, "app.kubernetes.io/name": y}', map)).toEqual({ labels: { constructor: 'x', 'app.kubernetes.io/name': 'y' } });
    expect(mistakes('labels: {"app.kubernetes.io/name": []}', map)).toEqual(['labels["app.kubernetes.io/name"]: got a list of 0; allowed: text']);
    expect(mistakes('a.b: x', section({}))).toEqual(['["a.b"]: got an unknown key; allowed: no keys']);
  });
});
