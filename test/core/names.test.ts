import { camelCase, checkConfigKey, checkDnsLabel, checkDnsSubdomain, checkEnvName, checkHost, checkLabelKey, checkLabelValue, checkPortName, checkRelativePath, checkServiceName, kebabCase, type Check } from '../../lib/core/names';

const long = (length: number) => 'a'.repeat(length);

describe.each<[string, Check, string[], string[]]>([
  ['a DNS label', checkDnsLabel, ['a', '0', 'a-b', long(63)], ['', '-a', 'a-', 'A', 'a.b', 'a_b', 'a\n', long(64)]],
  ['the name of a Service', checkServiceName, ['a', 'a0', long(63)], ['0a', '', 'a.b', long(64)]],
  ['a DNS subdomain', checkDnsSubdomain, ['a', 'a.b', '0.1', long(253)], ['', '.', 'a..b', 'a.', '-a.b', 'A', long(254)]],
  ['a host', checkHost, ['a.com', '*.a.com', '1a.2b'], ['*', '*.', 'a.*.com', '10.0.0.1', 'http://a', 'a:80', 'a/b', 'A.com', `${long(64)}.com`]],
  ['a key of a label', checkLabelKey, ['a', 'A_b.c-d', 'x.y/z', long(63), `x/${long(63)}`], ['', '/a', 'a/', 'a/b/c', '-a', 'X/y', long(64), `x/${long(64)}`]],
  ['the value of a label', checkLabelValue, ['', 'a', 'A_b.c-d', long(63)], ['-a', 'a b', 'ä', 'a/b', long(64)]],
  ['the name of a variable', checkEnvName, ['A', '_', 'a1', '__proto__'], ['', '1a', 'a-b', 'a.b', 'a b']],
  ['a key of a ConfigMap', checkConfigKey, ['a', 'A_b.c-d', '.a', long(253)], ['', '.', '..', '..a', 'a/b', 'a b', long(254)]],
  ['the name of a port', checkPortName, ['http', 'a1', '1a', 'a-b', long(15)], ['', '1', 'a--b', 'A', '-a', 'a_b', long(16)]],
  ['a relative path', checkRelativePath, ['a', 'a/b', '..a'], ['', '/a', '..', 'a/../b']],
])('%s', (_, check, good, bad) => {
  it.each(good)('may be %j', (value) => expect(check(value)).toBeUndefined());
  it.each(bad)('may not be %j', (value) => expect(check(value)).toEqual(expect.any(String)));
});

describe('what is allowed is said', () => {
  it.each<[Check, string, string]>([
    [checkDnsLabel, long(64), 'at most 63 characters are allowed, this has 64; shorten it'],
    [checkDnsLabel, 'A', 'lower-case letters, digits and "-" are allowed, a letter or digit first and last'],
    [checkServiceName, '0', 'a letter must come first: the name is a Service and so a DNS name'],
    [checkDnsSubdomain, long(254), 'at most 253 characters are allowed, this has 254'],
    [checkDnsSubdomain, 'A', 'lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [checkHost, '10.0.0.1', 'a host name is allowed, not an address'],
    [checkHost, 'https://a', 'a bare host name is allowed, without scheme, port or path'],
    [checkHost, long(64), 'at most 63 characters between two dots are allowed'],
    [checkLabelKey, '/a', 'the prefix before "/" must be a DNS name: lower-case letters, digits, "-" and "." are allowed, a letter or digit first and last in each part'],
    [checkLabelKey, long(64), 'at most 63 characters are allowed after the prefix, this has 64'],
    [checkLabelKey, 'a b', 'letters, digits, "-", "_" and "." are allowed, a letter or digit first and last'],
    [checkLabelValue, long(64), 'at most 63 characters are allowed in a label, this has 64; use an annotation for long text'],
    [checkLabelValue, 'a b', 'letters, digits, "-", "_" and "." are allowed in a label, a letter or digit first and last; use an annotation for other text'],
    [checkEnvName, '1', 'letters, digits and "_" are allowed, no digit first'],
    [checkConfigKey, '..', 'letters, digits, "-", "_" and "." are allowed, 253 characters at most'],
    [checkPortName, 'a--b', 'at most 15 lower-case letters, digits and single "-" are allowed, with at least one letter'],
    [checkRelativePath, '/', 'a relative path without ".." is allowed'],
  ])('%p of %j', (check, value, message) => expect(check(value)).toBe(message));
});

it('names go from one case to the other', () => {
  expect(kebabCase('logAgentFiles')).toBe('log-agent-files');
  expect(camelCase('log-agent')).toBe('logAgent');
  expect(camelCase('a--b-1')).toBe('aB1');
});
