import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { parseSeconds } from '../../lib/core/duration';
import { contentHash } from '../../lib/core/hash';
import { canonicalJson, compact, isPlainObject, nonEmpty } from '../../lib/core/json';
import { applyRank, groupOf, isClusterScoped } from '../../lib/core/kinds';
import { parseQuantity } from '../../lib/core/quantity';
import { closest, didYouMean, sentenceList } from '../../lib/core/suggest';

describe('a duration', () => {
  it.each<[string, number]>([['90s', 90], ['5m', 300], ['1h30m', 5400], ['2d', 172_800], ['1d1h1m1s', 90_061], ['0s', 0]])('%s is %d seconds', (text, seconds) => expect(parseSeconds(text)).toBe(seconds));
  it.each(['', '5', '1.5h', '5 m', '1m1h', '-5s', '5ms', 'm'])('is not %j', (text) => expect(parseSeconds(text)).toBeUndefined());
  it.each([5, null, {}, [], true])('is not %j, which JavaScript may pass', (value) => expect(parseSeconds(value as never)).toBeUndefined());
  it('may be one of cdk8s, also of less than a second', () => {
    expect(parseSeconds(Duration.minutes(5))).toBe(300);
    expect(parseSeconds(Duration.millis(1500))).toBe(1.5);
  });
});

describe('a quantity', () => {
  const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
  const DECIMAL: [string, number][] = [['n', -9], ['u', -6], ['m', -3], ['', 0], ['k', 3], ['M', 6], ['G', 9], ['T', 12], ['P', 15], ['E', 18], ['e2', 2], ['E-3', -3], ['e+1', 1]];
  const digits = fc.bigInt({ min: 0n, max: 10n ** 12n });
  const fraction = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 6 });
  const ceil = (numerator: bigint, denominator: bigint) => (numerator + denominator - 1n) / denominator;

  it('is counted in billionths, whatever its suffix', () => {
    fc.assert(
      fc.property(digits, fraction, fc.constantFrom(...DECIMAL), (whole, part, [suffix, exponent]) => {
        const numerator = BigInt(`${whole}${part}`) * 10n ** BigInt(9 + exponent + 10);
        expect(parseQuantity(`${whole}.${part}${suffix}`)).toBe(ceil(numerator, 10n ** BigInt(part.length + 10)));
      }),
    );
  });

  it('is counted by 1024 with a binary suffix', () => {
    fc.assert(
      fc.property(digits, fraction, fc.integer({ min: 0, max: 5 }), (whole, part, power) => {
        const numerator = BigInt(`${whole}${part}`) * 1024n ** BigInt(power + 1) * 10n ** 9n;
        expect(parseQuantity(`${whole}.${part}${BINARY[power]!}`)).toBe(ceil(numerator, 10n ** BigInt(part.length)));
      }),
    );
  });

  it.each<[string, bigint]>([['+1', 10n ** 9n], ['-1', -(10n ** 9n)], ['.5', 5n * 10n ** 8n], ['5.', 5n * 10n ** 9n], ['1e-12', 1n], ['0', 0n]])('%s is understood', (text, value) => expect(parseQuantity(text)).toBe(value));
  it.each(['', '1 Gi', 'Gi', '1gi', '1mi', '1KB', '1e', '--1', '1,5', '1.2.3', 'NaN', '0x1'])('is not %j', (text) => expect(parseQuantity(text)).toBeUndefined());
});

describe('a content hash', () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).reverse().map(([key, field]) => [key, shuffled(field)]));
  };

  it('is ten hexadecimal digits', () => expect(contentHash({ a: 1 })).toMatch(/^[0-9a-f]{10}$/));
  it('is the same for equal content in whatever order of keys', () => fc.assert(fc.property(json, (value) => expect(contentHash(shuffled(value))).toBe(contentHash(value)))));
  it('does not see undefined fields', () => expect(contentHash({ a: 1, b: undefined })).toBe(contentHash({ a: 1 })));
  it('tells different content apart', () => {
    const contents = [{}, [], null, '', 0, { a: 1 }, { a: '1' }, { a: [1] }, { a: { b: 1 } }, { b: 1 }, JSON.parse('{"__proto__": 1}')];
    expect(new Set(contents.map(contentHash)).size).toBe(contents.length);
  });
  it('canonical JSON is JSON', () => fc.assert(fc.property(json, (value) => expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value))))));
});

describe('objects', () => {
  class Odd {}
  it.each<[unknown, boolean]>([[{}, true], [Object.create(null), true], [JSON.parse('{}'), true], [structuredClone({}), true], [[], false], [null, false], [new Odd(), false], [new Map(), false], ['x', false], [undefined, false]])('%p is plain: %p', (value, plain) => expect(isPlainObject(value)).toBe(plain));
  it('lose their undefined fields, and are nothing when none is left', () => {
    expect(compact({ a: 1, b: undefined, c: null })).toEqual({ a: 1, c: null });
    expect(compact({ a: undefined })).toBeUndefined();
  });
  it('keep keys that JavaScript holds to be special', () => expect(Object.keys(compact(JSON.parse('{"__proto__": 1, "constructor": 2}'))!)).toEqual(['__proto__', 'constructor']));
  it('an empty list is nothing', () => {
    expect(nonEmpty([])).toBeUndefined();
    expect(nonEmpty([0])).toEqual([0]);
  });
});

describe('kinds', () => {
  it('are told by group and name whether they stand in a namespace', () => {
    expect(isClusterScoped({ apiVersion: 'v1', kind: 'Namespace' })).toBe(true);
    expect(isClusterScoped({ apiVersion: 'v1', kind: 'Pod' })).toBe(false);
    expect(isClusterScoped({ apiVersion: 'example.com/v1', kind: 'Namespace' })).toBe(false);
    expect(isClusterScoped({ apiVersion: 'constructor/v1', kind: 'x' })).toBe(false);
  });
  it('have a group: none for the core', () => expect(['v1', 'apps/v1'].map(groupOf)).toEqual(['', 'apps']));
  it('have a place in the order of application', () => {
    const kinds = ['Ingress', 'Deployment', 'Unknown', 'ConfigMap', 'Namespace', 'PodDisruptionBudget', 'Job', 'ServiceAccount'];
    expect(kinds.sort((a, b) => applyRank(a) - applyRank(b))).toEqual(['Namespace', 'ServiceAccount', 'ConfigMap', 'Job', 'Deployment', 'Unknown', 'PodDisruptionBudget', 'Ingress']);
  });
});

describe('suggestions', () => {
  it.each<[string, string | undefined]>([['imge', 'image'], ['IMAGE', 'image'], ['replcias', 'replicas'], ['ports', 'ports'], ['x', undefined], ['completely', undefined]])('for %s: %s', (word, found) => expect(closest(word, ['image', 'replicas', 'ports'])).toBe(found));
  it('are put as a question', () => {
    expect(didYouMean('imge', ['image'])).toBe('; did you mean "image"?');
    expect(didYouMean('x', ['image'])).toBe('');
  });
  it('lists read as people write them', () => {
    expect(sentenceList([])).toBe('none');
    expect(sentenceList(['a'])).toBe('a');
    expect(sentenceList(['a', 'b', 'c'])).toBe('a, b and c');
  });
});
