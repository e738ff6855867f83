import * as fc from 'fast-check';
import { aggregate, anyOf, escapeRegex, findProblem, not, notRegex, promqlProblem, quote, rate, regex, select, selectorsOf, sum, usageOf, type Selector } from '../../../lib/monitoring/promql';

const LABELS: Readonly<Record<string, readonly string[]>> = {
  foo: ['a', 'b'],
  bar: ['a', 'c'],
  up: ['job', 'namespace'],
  latency_bucket: ['le', 'pod'],
  'http.requests': ['code'],
};
const labelsOf = ({ metric }: Selector) => LABELS[metric];
const use = (expression: string) => {
  const { labels, problems } = usageOf(expression, labelsOf);
  return { labels: [...labels].sort(), problems };
};

describe('checking an expression', () => {
  test.each([
    'up', 'sum by (job) (rate(foo{a="1"}[5m])) > 0.5', '{"http.requests","quoted label"="x"}', 'max_over_time((foo > 1)[5m:1m])', 'sum(rate(foo[5m] offset 1h)) @ end()',
    'predict_linear(foo[6h], 4 * 24 * 3600) < 0', '-foo ^ 2', 'up # a comment\n + 1', 'absent_over_time(foo[5m])', 'histogram_quantile(0.99, sum by (le) (rate(latency_bucket[5m])))', '1 + time()',
  ])('%s is one', (expression) => {
    expect(promqlProblem(expression)).toBeUndefined();
  });

  test.each([
    ['sum(foo', 'the expression ends too early; a bracket, a quote or an operand is missing, at character 8: sum(foo⟦here⟧'],
    ['foo bar', "'bar' is not allowed here, at character 5: foo ⟦here⟧bar"],
    ['up{a=b}', "'b' is not allowed here, at character 6: up{a=⟦here⟧b}"],
    ['foo > > 1', 'something is missing here, at character 7: foo > ⟦here⟧> 1'],
    ['rats(foo[5m])', 'there is no function \'rats\'; did you mean "rate"?, at character 5: rats⟦here⟧(foo[5m])'],
    ['', 'an expression is required, at character 1: ⟦here⟧'],
    ['foo{a="x}', 'the expression ends too early; a bracket, a quote or an operand is missing, at character 10: foo{a="x}⟦here⟧'],
    ['rate(foo)', 'rate takes a range of samples, such as metric[5m], at character 6: rate(⟦here⟧foo)'],
    ['sum(foo[5m])', 'sum takes no range of samples; leave out the brackets, or take a rate first, at character 5: sum(⟦here⟧foo[5m])'],
    ['abs(foo[5m])', 'abs takes no range of samples; leave out the brackets, or take a rate first, at character 5: abs(⟦here⟧foo[5m])'],
    ['foo[5m]', 'it gives a range of samples; take a rate or an …_over_time of it, at character 1: ⟦here⟧foo[5m]'],
    ['1 + foo[5m]', 'an operator takes numbers and instant vectors, not a range of samples or text, at character 5: 1 + ⟦here⟧foo[5m]'],
    ['foo[5m] + 1', 'an operator takes numbers and instant vectors, not a range of samples or text, at character 1: ⟦here⟧foo[5m] + 1'],
    ['rate(foo + bar[5m])', 'an operator takes numbers and instant vectors, not a range of samples or text, at character 12: rate(foo + ⟦here⟧bar[5m])'],
  ])('%s is none, and the place is shown', (expression, message) => {
    expect(promqlProblem(expression)).toBe(message);
  });

  test('of a long expression, the surroundings of the mistake are shown on one line', () => {
    const expression = `${'aaaa + '.repeat(20)}\n  sum(bbbb[5m])${' + cccc'.repeat(20)}`;
    expect(promqlProblem(expression)).toMatch(/at character 148: ….*sum\(⟦here⟧bbbb\[5m\].*…$/);
    expect(findProblem(expression)?.position).toBe(expression.indexOf('bbbb'));
  });
});

describe('building expressions', () => {
  test('matchers of each operator; what is undefined is left out', () => {
    expect(select('up', { job: 'shop/web', code: regex('5..'), pod: not(''), container: notRegex('a|b'), none: undefined })).toBe('up{job="shop/web",code=~"5..",pod!="",container!~"a|b"}');
    expect(select('up')).toBe('up');
    expect(select('http.requests', { 'a.b': 'c' })).toBe('{"http.requests","a.b"="c"}');
    expect(select('http.requests')).toBe('{"http.requests"}');
  });

  test('any text as a value or a regular expression comes back as it was', () => {
    const texts = fc.string({ unit: 'grapheme' });
    fc.assert(fc.property(texts, (text) => {
      const expression = select('up', { job: text });
      expect(promqlProblem(expression)).toBeUndefined();
      expect(selectorsOf(expression)[0]?.matchers).toEqual([{ label: 'job', operator: '=', value: text }]);
    }));
    fc.assert(fc.property(texts, texts, (text, other) => {
      const expression = new RegExp(`^(?:${escapeRegex(text)})$`);
      expect(expression.test(text)).toBe(true);
      if (other !== text) expect(expression.test(other)).toBe(false);
    }));
    expect(select('up', { pod: anyOf(['a.b', 'c']) })).toBe('up{pod=~"a\\\\.b|c"}');
  });

  test('aggregations', () => {
    expect(sum([], 'foo')).toBe('sum(foo)');
    expect(aggregate('max', ['a', 'b.c'], 'foo')).toBe('max by (a, "b.c") (foo)');
    expect(rate(select('foo', { a: '1' }), '5m')).toBe('rate(foo{a="1"}[5m])');
    expect(quote('a"b\\c\nd')).toBe('"a\\"b\\\\c\\nd"');
  });
});

describe('metrics and labels', () => {
  test('the selectors of an expression, with what they ask for', () => {
    expect(selectorsOf('sum(rate(foo{a="x\\"y",b=~`\\d+`}[5m])) / on() up{job!="z"} + {__name__="bar"}')).toEqual([
      { metric: 'foo', matchers: [{ label: 'a', operator: '=', value: 'x"y' }, { label: 'b', operator: '=~', value: '\\d+' }] },
      { metric: 'up', matchers: [{ label: 'job', operator: '!=', value: 'z' }] },
      { metric: 'bar', matchers: [] },
    ]);
  });

  test.each([
    ['foo', ['a', 'b']],
    ['rate(foo[5m] offset 1h)', ['a', 'b']],
    ['-max_over_time((foo > 1)[5m:1m])', ['a', 'b']],
    ['sum by (a) (foo)', ['a']],
    ['sum(foo) by (a)', ['a']],
    ['sum without (a) (foo)', ['b']],
    ['sum(foo)', []],
    ['topk(3, foo)', ['a', 'b']],
    ['count_values("v", foo)', ['v']],
    ['foo * on (a) group_left (c) bar', ['a', 'b', 'c']],
    ['foo * on (a) group_right bar', ['a', 'c']],
    ['foo + on (a) bar', ['a']],
    ['foo + ignoring (b, c) bar', ['a']],
    ['foo and on (a) bar', ['a', 'b']],
    ['sum by (a) (foo) or bar', ['a', 'c']],
    ['foo / 2 > bool 1', ['a', 'b']],
    ['scalar(foo) + bar', ['a', 'c']],
    ['time() - foo', ['a', 'b']],
    ['vector(1)', []],
    ['absent(up{job="x",namespace=~"y"})', ['job']],
    ['label_replace(foo, "d", "$1", "a", "(.*)")', ['a', 'b', 'd']],
    ['label_join(foo, "d", "-", "a", "b")', ['a', 'b', 'd']],
    ['histogram_quantile(0.9, rate(latency_bucket[5m]))', ['pod']],
    ['{"http.requests"}', ['code']],
  ])('%s gives series with %j', (expression, labels) => {
    expect(use(expression)).toEqual({ labels, problems: [] });
  });

  test.each([
    ['nope{x="1"}', 'no job yields nope{x="1"}'],
    ['foo{c="1"}', "label 'c' is not on foo{c=\"1\"}, which has a and b"],
    ['sum by (q) (foo)', "label 'q' is not on sum by (q) (foo), which has a and b"],
    ['sum without (q) (foo)', "label 'q' is not on sum without (q) (foo), which has a and b"],
    ['foo + bar', 'the sides of foo + bar differ in b and c, so no series has a partner; say on(…) or ignoring(…)'],
    ['foo unless ignoring (b) bar', 'the sides of foo unless ignoring (b) bar differ in c, so no series has a partner; say on(…) or ignoring(…)'],
    ['foo / on (a) group_left (z) bar', "label 'z' is not on foo / on (a) group_left (z) bar, which has a and c"],
    ['foo > on (c) bar', "label 'c' is not on foo > on (c) bar, which has a and b"],
    ['histogram_quantile(0.9, sum by (pod) (rate(latency_bucket[5m])))', "label 'le' is not on histogram_quantile(0.9, sum by (pod) (rate(latency_bucket[5m]))), which has pod"],
    ['label_replace(foo, "d", "$1", "e", "(.*)")', "label 'e' is not on label_replace(foo, \"d\", \"$1\", \"e\", \"(.*)\"), which has a and b"],
  ])('%s is found out', (expression, problem) => {
    expect(use(expression).problems).toEqual([problem]);
  });
});
