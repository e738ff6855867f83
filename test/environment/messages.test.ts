import * as z from 'zod';
import { integer, section } from '../../lib/environment';
import { mistakes } from './example';

const mistake = (schema: z.ZodType, text: string) => mistakes(`key: ${text}`, section({ key: schema }));

test.each<[string, z.ZodType, string, string]>([
  ['invalid_type', z.number(), 'a', 'got "a"; allowed: a number'],
  ['invalid_type', z.int(), '1.5', 'got 1.5; allowed: an integer'],
  ['invalid_type', z.boolean(), 'a', 'got "a"; allowed: true or false'],
  ['invalid_type', z.array(z.string()), 'a', 'got "a"; allowed: a list'],
  ['invalid_type', z.record(z.string(), z.string()), 'a', 'got "a"; allowed: a section of keys and values'],
  ['invalid_type', section({ min: z.number(), max: z.number() }), 'a', 'got "a"; allowed: a section with the keys min, max'],
  ['invalid_type', section({}), '[]', 'got a list of 0; allowed: a section'],
  ['invalid_type', z.never(), 'a', 'got "a"; allowed: nothing'],
  ['invalid_type', z.date(), 'a', 'got "a"; allowed: date'],
  ['too_small', z.string().min(1), '""', 'got ""; allowed: text of at least 1 character'],
  ['too_small', z.string().min(3), 'a', 'got "a"; allowed: text of at least 3 characters'],
  ['too_small', z.string().length(3), 'a', 'got "a"; allowed: text of exactly 3 characters'],
  ['too_small', z.array(z.string()).min(2), '[a]', 'got a list of 1; allowed: a list of at least 2'],
  ['too_small', z.number().gt(1), '1', 'got 1; allowed: a number of more than 1'],
  ['too_big', z.number().lt(1), '1', 'got 1; allowed: a number of less than 1'],
  ['too_big', z.number().max(1), '1.50', 'got 1.50; allowed: a number of at most 1'],
  ['not_multiple_of', z.number().multipleOf(5), '7', 'got 7; allowed: a multiple of 5'],
  ['invalid_format', z.string().regex(/^a+$/), 'b', 'got "b"; allowed: text that matches /^a+$/'],
  ['invalid_format', z.string().startsWith('a'), 'b', 'got "b"; allowed: text that starts with "a"'],
  ['invalid_format', z.string().endsWith('a'), 'b', 'got "b"; allowed: text that ends with "a"'],
  ['invalid_format', z.string().includes('a'), 'b', 'got "b"; allowed: text that contains "a"'],
  ['invalid_format', z.email(), 'b', 'got "b"; allowed: an e-mail address'],
  ['invalid_format', z.cidrv4(), 'b', 'got "b"; allowed: an IPv4 range such as "10.0.0.0/16"'],
  ['invalid_format', z.uuid(), 'b', 'got "b"; allowed: text in the form of a uuid'],
  ['invalid_value', z.enum(['a', 'b']), 'c', 'got "c"; allowed: "a" or "b"'],
  ['invalid_value', z.literal('a'), '', 'got nothing; allowed: "a"'],
  ['invalid_union', z.union([z.string(), z.array(z.string())]), '{}', 'got an empty section; allowed: text, or a list'],
  ['invalid_union', z.xor([z.string(), z.literal('a')]), 'a', 'got "a"; allowed: a value that fits one form only'],
  ['custom', z.string().refine((text) => text === 'a', 'the letter a'), 'b', 'got "b"; allowed: the letter a'],
  ['custom', z.custom<string>(() => false), 'b', 'got "b"; allowed: a value that the schema takes'],
  ["the author's words", z.string({ error: 'a region' }), '[]', 'got a list of 0; allowed: a region'],
])('%s says what is there and what is allowed', (_, schema, text, expected) => {
  expect(mistake(schema, text)).toEqual([`key: ${expected}`]);
});

test('unrecognized_keys names each key, what is known, and what was probably meant', () => {
  expect(mistake(section({ min: integer().optional(), max: integer().optional() }), '{mix: 1, minimum: 2}')).toEqual([
    'key.minimum: got an unknown key; allowed: min, max',
    'key.mix: got an unknown key; allowed: min, max; did you mean "min"?',
  ]);
  expect(mistake(z.partialRecord(z.enum(['east', 'west']), z.string()), '{eats: a}')).toEqual(['key.eats: got an unknown key; allowed: east, west; did you mean "east"?']);
});

test('invalid_key names the key', () => {
  expect(mistake(z.record(z.string().max(2), z.string()), '{abc: a}')).toEqual(['key.abc: got the key "abc"; allowed: text of at most 2 characters']);
});

test('a union is explained by the form that was probably meant', () => {
  const schema = z.union([z.string(), section({ min: integer(), max: integer() }), section({ fixed: integer(), of: integer(), other: integer() })]);
  expect(mistake(schema, '{min: 1, max: two}')).toEqual(['key.max: got "two"; allowed: an integer']);
  expect(mistake(z.array(schema), '[a, {min: 1, max: 2}, {min: 1, mxa: 2}]')).toEqual([
    'key[2].max: got nothing; allowed: an integer',
    'key[2].mxa: got an unknown key; allowed: min, max; did you mean "max"?',
  ]);
});

test('a union by a key names the values of that key', () => {
  const schema = z.discriminatedUnion('kind', [section({ kind: z.literal('gke') }), section({ kind: z.literal('eks') })]);
  expect(mistake(schema, '{kind: aks}')).toEqual(['key.kind: got "aks"; allowed: "gke" or "eks"']);
  expect(mistake(schema, '{}')).toEqual(['key.kind: got nothing; allowed: "gke" or "eks"']);
  expect(mistake(schema, '{kind: eks, region: x}')).toEqual(['key.region: got an unknown key; allowed: kind']);
});

test('long values and values of several lines are shortened to one line', () => {
  expect(mistake(integer(), 'x'.repeat(100))).toEqual([`key: got "${'x'.repeat(60)}"… (100 characters); allowed: an integer`]);
  expect(mistake(integer(), '"a\\nb"')).toEqual(['key: got "a\\nb"; allowed: an integer']);
  expect(mistake(section({}), `{${'k'.repeat(100)}: 1}`)).toEqual([`key.${'k'.repeat(60)}… (100 characters): got an unknown key; allowed: no keys`]);
});
