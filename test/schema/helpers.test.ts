import { pathOf, withoutFields } from '../../lib/schema/pointer';
import { portablePattern } from '../../lib/schema/portable-pattern';

describe('patterns of Go', () => {
  test.each([
    ['^[a-z]+$', '^[a-z]+$'],
    ['^(?i)(warn|no)\\d?$', '^([wW][aA][rR][nN]|[nN][oO])\\d?$'],
    ['(?i)[abc]x', '[abc][xX]'],
    ['(?P<year>\\d+)', undefined],
  ])('%s', (go, expected) => expect(portablePattern(go)).toBe(expected));
});

describe('pointers', () => {
  test('become paths', () => {
    expect(pathOf('')).toBe('');
    expect(pathOf('/spec/containers/0/env-from')).toBe('spec.containers[0].env-from');
    expect(pathOf('/metadata/labels/a.b~1c~0d')).toBe('metadata.labels["a.b/c~d"]');
  });

  test('name fields to take away from a copy', () => {
    const value = { a: null, b: [null, { c: null }] };
    expect(withoutFields(value, ['/a', '/b/0', '/b/1/c'])).toEqual({ b: [null, {}] });
    expect(value).toEqual({ a: null, b: [null, { c: null }] });
    expect(withoutFields(value, ['/b/0'])).toBeUndefined();
  });
});
