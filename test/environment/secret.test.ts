import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import * as z from 'zod';
import { integer, parseEnvironment, secret, SecretReference, section } from '../../lib/environment';
import { errorOf, example, mistakes, parseConfig, source } from './example';

const CIPHERTEXT = 'v1:AbCdEf0123456789:AbCdEf0123456789+/AbCdEf0123456789==';
const SECURE = `{secure: "${CIPHERTEXT}"}`;
const command = (path: string) => `pulumi config set --stack staging --secret --path '${path}'`;

test('a secret stands for its place in the file', () => {
  const { config, secrets } = parseEnvironment(`config: {token: ${SECURE}, list: [{key: ${SECURE}}]}`, source, section({ token: secret(), list: z.array(section({ key: secret() })) }));
  expect(config.token).toBeInstanceOf(SecretReference);
  expect(secrets).toEqual([config.list[0]!.key, config.token]);
  expect(secrets.map(({ path, keys }) => [path, keys])).toEqual([
    ['fairlead:list[0].key', ['list', 0, 'key']],
    ['fairlead:token', ['token']],
  ]);
});

test('a secret may be optional, or one of several forms', () => {
  const schema = section({ a: secret().optional(), b: z.union([z.string(), secret()]), c: z.record(z.string(), secret()) });
  expect(parseConfig(`b: x\nc: {k: ${SECURE}}`, schema)).toEqual({ b: 'x', c: { k: expect.any(SecretReference) } });
  expect(parseConfig(`a: ${SECURE}\nb: ${SECURE}\nc: {}`, schema)).toEqual({ a: expect.any(SecretReference), b: expect.any(SecretReference), c: {} });
});

test('a plain value in place of a secret is refused without being shown', () => {
  const schema = section({ frontend: section({ token: secret(), 'a.b': secret().optional() }) });
  for (const plain of ['hunter2', '12', '[hunter2]', '{value: hunter2}']) {
    expect(mistakes(`frontend: {token: ${plain}}`, schema)).toEqual([`frontend.token: got a value that is not encrypted (not shown); allowed: an encrypted value: ${command('fairlead:frontend.token')}`]);
  }
  expect(mistakes('frontend: {}', schema)).toEqual([`frontend.token: got nothing; allowed: an encrypted value: ${command('fairlead:frontend.token')}`]);
  expect(mistakes(`frontend: {token: ${SECURE}, a.b: x}`, schema)).toEqual([
    `frontend["a.b"]: got a value that is not encrypted (not shown); allowed: an encrypted value: ${command('fairlead:frontend["a.b"]')}`,
  ]);
  expect(mistakes('frontend: hunter2', section({ frontend: z.union([secret(), section({ from: z.string() })]) }))).toEqual([
    `frontend: got a value that is not encrypted (not shown); allowed: an encrypted value, or a section with the keys from: ${command('fairlead:frontend')}`,
  ]);
});

test.each<[string, z.ZodType, string]>([
  ['text', z.string(), 'text, not encrypted'],
  ['an integer', integer({ min: 1 }), 'an integer of at least 1, not encrypted'],
  ['one of several values', z.enum(['a', 'b']), '"a" or "b", not encrypted'],
  ['anything', z.unknown(), 'a value that is not encrypted'],
  ['a section', section({ a: z.string().optional() }), 'a value that is not encrypted'],
  ['a loose object', z.object({}), 'a value that is not encrypted'],
  ['a record', z.record(z.string(), z.unknown()), 'a section of keys and values, not encrypted'],
])('an encrypted value is refused where the schema has %s', (_, schema, allowed) => {
  expect(mistakes(`key: ${SECURE}`, section({ key: schema }))).toEqual([`key: got an encrypted value; allowed: ${allowed}`]);
});

test('an encrypted value is refused deep in anything, and under an unknown key', () => {
  expect(mistakes(`key: {a: [1, ${SECURE}]}`, section({ key: z.unknown() }))).toEqual(['key.a[1]: got an encrypted value; allowed: a value that is not encrypted']);
  expect(mistakes(`tokn: ${SECURE}`, section({ token: secret().optional() }))).toEqual(['tokn: got an unknown key; allowed: token; did you mean "token"?']);
  expect(mistakes(`tokn: {a: ${SECURE}}`, section({ token: secret().optional() }))).toEqual(['tokn: got an unknown key; allowed: token; did you mean "token"?']);
  expect(mistakes(`secure: ${CIPHERTEXT}`, section({}))).toEqual(['secure: got an unknown key; allowed: no keys']);
});

test.each([`{secure: "${CIPHERTEXT}", also: 1}`, `{secure: 3}`, '{secure: }', `{secure: {secure: "${CIPHERTEXT}"}}`, `{secure: ["${CIPHERTEXT}"]}`])('%s is no encrypted value', (text) => {
  for (const schema of [secret(), z.unknown(), z.string()]) {
    expect(mistakes(`key: ${text}`, section({ key: schema }))).toEqual([
      'key: got "secure" among other keys, or without encrypted text; allowed: "secure" alone, as `pulumi config set --secret` writes it',
    ]);
  }
});

describe('ciphertext', () => {
  test('is nowhere in the result', () => {
    const text = readFileSync(join(__dirname, 'fixtures', 'Pulumi.staging.yaml'), 'utf8');
    const environment = parseEnvironment(text, source, example);
    const [reference] = environment.secrets;
    expect(() => `url: ${reference}`).toThrow('fairlead:frontend.database: got an encrypted value inside text; it is not decrypted here, so refer to the Secret that holds it: fromSecret(name, key)');
    expect(JSON.stringify(environment.secrets)).toBe('["[secret fairlead:frontend.database]"]');
    expect(inspect(environment.secrets)).toBe('[ [secret fairlead:frontend.database] ]');
    for (const shown of [JSON.stringify(environment), inspect(environment, { depth: null, showHidden: true, customInspect: false })]) {
      expect(shown).not.toMatch(/v1:/);
    }
  });

  test.each([
    `key: "${CIPHERTEXT}"`,
    `"${CIPHERTEXT}": x`,
    `key: {"${CIPHERTEXT}": x}`,
    `key: [${SECURE}]`,
    `key: {secure: "${CIPHERTEXT}", x: 1}`,
    `key: "prefix ${CIPHERTEXT}"`,
    `key: {secure: ${CIPHERTEXT}`,
    `key: {secure: "${CIPHERTEXT}}`,
    `key: *${CIPHERTEXT}`,
    `key: !${CIPHERTEXT} x`,
    `"a:b:${CIPHERTEXT}": x`,
  ])('is not in the error for %s', (config) => {
    for (const schema of [integer(), z.enum(['a']), z.array(z.string()), section({ a: z.string() }), z.union([z.number(), section({ b: integer() })])]) {
      const { message, problems, stack } = errorOf(() => parseConfig(config, section({ key: schema })));
      for (const shown of [message, stack ?? '', JSON.stringify(problems)]) {
        expect(shown).not.toContain(CIPHERTEXT.slice(0, 12));
        expect(shown).not.toContain(CIPHERTEXT.slice(-12));
      }
    }
  });
});
