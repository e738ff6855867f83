import * as z from 'zod';
import { boolean, integer, number, section, version } from '../../lib/environment';
import { mistakes, parseConfig } from './example';

const value = (schema: z.ZodType, text: string) => (parseConfig(`key: ${text}`, section({ key: schema })) as { key: unknown }).key;
const mistake = (schema: z.ZodType, text: string) => mistakes(`key: ${text}`, section({ key: schema }));

describe('integer', () => {
  test.each([['3', 3], ['"3"', 3], ['+3', 3], ['3.0', 3], ['1e2', 100], ['-0', 0], ['"-0"', 0], ['-7', -7], ['"-7"', -7]])('takes %s', (text, expected) => {
    expect(value(integer(), text)).toBe(expected);
  });

  test.each([
    ['two', '"two"'],
    ['1.5', '1.5'],
    ['"1.5"', '"1.5"'],
    ['" 3"', '" 3"'],
    ['"03"', '"03"'],
    ['""', '""'],
    ['true', 'true'],
    ['[3]', 'a list of 1'],
    ['{a: 3}', 'a section with the keys a'],
    ['{}', 'an empty section'],
    ['~', 'nothing'],
    ['', 'nothing'],
    ['"90071992547409931"', '"90071992547409931"'],
  ])('refuses %s', (text, got) => {
    expect(mistake(integer(), text)).toEqual([`key: got ${got}; allowed: an integer`]);
  });

  test('has limits, which are included', () => {
    expect(value(integer({ min: 1, max: 3 }), '1')).toBe(1);
    expect(value(integer({ min: 1, max: 3 }), '"3"')).toBe(3);
    expect(mistake(integer({ min: 1, max: 100 }), '0')).toEqual(['key: got 0; allowed: an integer from 1 to 100']);
    expect(mistake(integer({ min: 1 }), '"0"')).toEqual(['key: got "0"; allowed: an integer of at least 1']);
    expect(mistake(integer({ max: 1 }), '2')).toEqual(['key: got 2; allowed: an integer of at most 1']);
  });

  test('may be optional, or have a default', () => {
    const schema = section({ a: integer().optional(), b: integer().default(2), c: boolean().optional(), d: number().default(0.5) });
    expect(parseConfig('{}', schema)).toEqual({ b: 2, d: 0.5 });
    expect(mistakes('{}', section({ a: integer(), b: boolean() }))).toEqual(['a: got nothing; allowed: an integer', 'b: got nothing; allowed: true or false']);
  });
});

describe('number', () => {
  test.each([['0.5', 0.5], ['"0.5"', 0.5], ['.5', 0.5], ['99.90', 99.9], ['"1e-7"', 1e-7], ['3', 3]])('takes %s', (text, expected) => {
    expect(value(number(), text)).toBe(expected);
  });

  test('refuses the rest', () => {
    expect(mistake(number({ min: 0, max: 1 }), '1.50')).toEqual(['key: got 1.50; allowed: a number from 0 to 1']);
    expect(mistake(number(), 'half')).toEqual(['key: got "half"; allowed: a number']);
    expect(mistake(number(), '"NaN"')).toEqual(['key: got "NaN"; allowed: a number']);
  });
});

describe('boolean', () => {
  test.each([['true', true], ['"true"', true], ['True', true], ['false', false], ["'false'", false]])('takes %s', (text, expected) => {
    expect(value(boolean(), text)).toBe(expected);
  });

  test.each([['yes', '"yes"'], ['on', '"on"'], ['1', '1'], ['"True"', '"True"'], ['', 'nothing']])('refuses %s', (text, got) => {
    expect(mistake(boolean(), text)).toEqual([`key: got ${got}; allowed: true or false`]);
  });
});

describe('version', () => {
  test.each(['"1.30"', "'1'", 'v1.2', '1.30.2', '1.27.3-alpine', '"1.30.4-gke.100+x"'])('takes %s', (text) => {
    expect(value(version(), text)).toBe(text.replaceAll(/["']/g, ''));
  });

  test('wants quotes around what is a number without', () => {
    expect(mistake(version(), '1.30')).toEqual(['key: got 1.30 without quotes; allowed: a version in quotes: "1.30"']);
    expect(mistake(version(), '1')).toEqual(['key: got 1 without quotes; allowed: a version in quotes: "1"']);
  });

  test('refuses the rest', () => {
    expect(mistake(version(), 'latest')).toEqual(['key: got "latest"; allowed: a version in quotes, such as "1.30"']);
    expect(mistake(version(), '[1]')).toEqual(['key: got a list of 1; allowed: a version in quotes, such as "1.30"']);
    expect(mistake(version(), '')).toEqual(['key: got nothing; allowed: a version in quotes, such as "1.30"']);
  });
});

describe('text', () => {
  test('wants quotes around what is a number, true or false without', () => {
    expect(mistake(z.string(), '1.30')).toEqual(['key: got 1.30 without quotes; allowed: text in quotes: "1.30"']);
    expect(mistake(z.string(), 'true')).toEqual(['key: got true without quotes; allowed: text in quotes: "true"']);
    expect(mistake(z.enum(['1.30', '1.31']), '1.30')).toEqual(['key: got 1.30 without quotes; allowed: the value in quotes: "1.30"']);
    expect(mistake(z.enum(['1.30', '1.31']), '1.32')).toEqual(['key: got 1.32; allowed: "1.30" or "1.31"']);
  });

  test.each(['017', '0x10', '0o17', '0b11', '1_000', '.inf', '-.INF', '.nan', '1e999', '2024-01-01', '2024-1-1 10:00:00', '08', '12345678901234567890', '-0x1F'])(
    'and number want quotes around %s, which readers of YAML do not agree on',
    (text) => {
      for (const schema of [z.string(), integer(), z.unknown()]) {
        expect(mistake(schema, text)).toEqual([`key: got ${text} without quotes; allowed: a plain number, or text in quotes: "${text}"; unquoted, Pulumi turns it into something else`]);
      }
      expect(value(z.string(), `"${text}"`)).toBe(text);
    },
  );

  test.each(['1.2.3', '10.0.0.0/16', '250m', '1Gi', '12:30', '0x', '-a', 'yes', '2024-01', 'e3', '1-2', '<<'])('is %s without quotes', (text) => {
    expect(value(z.string(), text)).toBe(text);
  });
});
