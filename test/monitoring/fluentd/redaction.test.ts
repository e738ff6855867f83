import { DEFAULT_REDACTIONS } from '../../../lib/monitoring/fluentd/redaction';
import { configOf, problemsOf } from './samples';
import { everySection } from './parse';

const redact = (line: string): string => DEFAULT_REDACTIONS.reduce((text, { pattern, replacement }) => text.replace(new RegExp(pattern.source, `${pattern.flags}g`), replacement), line);
const replaced = (props: object) => everySection(configOf(props)).filter(({ name }) => name === 'replace').map(({ parameters }) => parameters);

describe('the default redaction', () => {
  it.each([
    ['{"user":"ada","password":"hunter2"}', '{"user":"ada","password":"[REDACTED]"}'],
    ['{"db_password": "a\\"b", "x": 1}', '{"db_password": "[REDACTED]", "x": 1}'],
    ['{"api_key":12345,"x":1}', '{"api_key":"[REDACTED]","x":1}'],
    ['{"msg":"{\\"token\\":\\"abc\\",\\"x\\":1}"}', '{"msg":"{\\"token\\":\\"[REDACTED]\\",\\"x\\":1}"}'],
    ['login user=ada password=hunter2 ok', 'login user=ada password=[REDACTED] ok'],
    ["connect --secret='a b' --host=x", 'connect --secret=[REDACTED] --host=x'],
    ['Authorization: Bearer abcdef.123456', 'Authorization: Bearer [REDACTED]'],
    ['sent bearer abcdefgh12345678 to it', 'sent bearer [REDACTED] to it'],
    ['got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'got [REDACTED]'],
    ['postgres://shop:s3cret@db:5432/shop', 'postgres://shop:[REDACTED]@db:5432/shop'],
    ['key AKIAIOSFODNN7EXAMPLE used', 'key [REDACTED] used'],
    ['card 4111 1111 1111 1111 declined', 'card [REDACTED] declined'],
    ['card 378282246310005.', 'card [REDACTED].'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\nafter', '[REDACTED]\nafter'],
  ])('of %s', (line, expected) => expect(redact(line)).toBe(expected));

  it.each(['{"max_tokens":4096,"tokens":"12"}', 'GET /products/6E92ZMYYFZ 200 12ms', 'trace 4bf92f3577b34da6a3ce929d0e0e4736', 'at 1732210000000000000', 'http://shop:8080/path?x=1'])('leaves %s', (line) => expect(redact(line)).toBe(line));

  it('leaves JSON that can be read', () => {
    expect(JSON.parse(redact('{"password":1,"token":"x\\\\","nested":{"secret":"a\\"b"}}'))).toEqual({ password: '[REDACTED]', token: '[REDACTED]', nested: { secret: '[REDACTED]' } });
  });
});

describe('redaction', () => {
  it('takes the message of every line', () => {
    const all = replaced({});
    expect(all).toHaveLength(DEFAULT_REDACTIONS.length);
    expect(new Set(all.map(({ key }) => key))).toEqual(new Set(['message']));
  });

  it('takes patterns of its own, in the form of Ruby', () => {
    const patterns = [/sess-\w+/i, { pattern: /(cust:)\d+/g, replacement: '$1\\x' }, /a.b/s];
    expect(replaced({ redaction: { defaults: false, patterns } })).toEqual([
      { key: 'message', expression: '/(?i:sess-\\w+)/', replace: '[REDACTED]' },
      { key: 'message', expression: '/(cust:)\\d+/', replace: '\\1\\\\x' },
      { key: 'message', expression: '/(?m:a.b)/', replace: '[REDACTED]' },
    ]);
  });

  it('may be declined', () => expect(replaced({ redaction: false })).toEqual([]));

  it.each([
    ['text', 'password', 'got "password"; a regular expression is allowed, such as /session=\\w+/'],
    ['nothing to find', /x*/, 'got "/x*/"; it matches where there is nothing, and so at every place; make it match at least one character'],
    ['an escape of Ruby', /\Ax/, 'got "/\\\\Ax/"; invalid escape; write it so that it is right with the flag "u" too, which takes no needless backslash'],
    ['a named group', /(?<id>x)/, 'got "/(?<id>x)/"; named groups switch the numbered ones off in Ruby; use numbered groups'],
    ['a set', /[a&&b]/, 'got "/[a&&b]/"; "[" and "&&" within "[…]" mean sets in Ruby; write a backslash before them'],
    ['a flag', /x/y, 'got "/x/y"; the flags g, i, m, s and u are allowed'],
    ['an empty class', /x[^]/, 'got "/x[^]/"; an empty "[]" is an error in Ruby; leave it out'],
  ])('refuses a pattern that is %s', (_, pattern, message) => {
    expect(problemsOf({ redaction: { patterns: [pattern] } })).toEqual([`logs.redaction.patterns[0]: ${message}`]);
  });

  it('refuses a group that is not there', () => {
    expect(problemsOf({ redaction: { patterns: [{ pattern: /(a)b/, replacement: '$2' }] } })).toEqual(["logs.redaction.patterns[0].replacement: got \"$2\"; the pattern has 1 group, and '$2' is none of them; put \"(…)\" around what is to stay"]);
  });

  it('refuses an unknown prop', () => {
    expect(problemsOf({ redaction: { default: false } })).toEqual(['logs.redaction.default: got false; no such prop here; did you mean "defaults"?']);
  });
});
