import { Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { keysOf, misshapen, readObject, readTexts, shaped, type Shape, type Shapes } from '../../lib/core/forms';
import { Mistakes, Problems, show, textForm } from '../../lib/core/problems';
import { asFlag, asList, asObject } from '../../lib/core/shape';

describe('a value in a message', () => {
  class Odd {}
  const circle: unknown[] = [];
  circle.push(circle);
  it.each<[unknown, string]>([
    [undefined, 'nothing'], [null, 'null'], ['a "b"\n', '"a \\"b\\"\\n"'], [5, '5'], [Number.NaN, 'NaN'], [true, 'true'], [5n, '5'], [Symbol('s'), 'Symbol(s)'],
    [() => 1, 'a function'], [{ a: [1] }, '{"a":[1]}'], [new Odd(), 'a Odd'], [new Map(), 'a Map'], [circle, 'a list'], [{ circle }, 'an object'], [{ toJSON: () => undefined }, 'nothing'],
  ])('%p is shown as %s', (value, text) => expect(show(value)).toBe(text));
  it('is cut where it is long', () => expect(show('x'.repeat(100))).toBe(`"${'x'.repeat(79)}… (102 characters)`));
});

describe('mistakes', () => {
  it('say the prop, the value got and the mend', () => {
    const mistakes = new Mistakes();
    mistakes.add('replicas', -1, 'a whole number is allowed');
    mistakes.refuse('secret', 'it is not shown');
    mistakes.check('name', 'A', () => 'no capitals');
    mistakes.check('name', 5, () => 'no capitals');
    mistakes.check('name', 'a', () => undefined);
    expect(mistakes.messages).toEqual(['replicas: got -1; a whole number is allowed', 'secret: it is not shown', 'name: got "A"; no capitals', 'name: got 5; text is allowed; put it in quotes']);
  });

  it('found in a value are reported under the prop that it was given to', () => {
    const [inner, outer] = [new Mistakes(), new Mistakes()];
    inner.add('size', 0, 'more is needed');
    outer.include('mounts./data', inner);
    expect(outer.messages).toEqual(['mounts./data.size: got 0; more is needed']);
  });

  it('name unknown keys, with a suggestion', () => {
    const mistakes = new Mistakes();
    mistakes.unknownKeys('', { imge: 1, image: 2, gone: undefined }, ['image']);
    mistakes.unknownKeys('probes', JSON.parse('{"constructor": 1, "__proto__": 2}'), ['readiness']);
    expect(mistakes.messages).toEqual(['imge: got 1; no such prop here; did you mean "image"?', 'probes.constructor: got 1; no such prop here', 'probes.__proto__: got 2; no such prop here']);
  });

  it('of a construct come out at its validation', () => {
    const construct = new Construct(Testing.chart(), 'x');
    const problems = new Problems(construct);
    problems.add('a', 1, 'b');
    expect(construct.node.validate()).toEqual(['a: got 1; b']);
  });

  it('only numbers and truth values are helped by quotes', () => {
    expect([5, true, null, {}].map(textForm)).toEqual(['text is allowed; put it in quotes', 'text is allowed; put it in quotes', 'text is allowed', 'text is allowed']);
  });
});

describe('the form of a prop', () => {
  it.each<[Shape, unknown[], unknown[], string]>([
    ['text', ['', 'a'], [5, null, [], {}], 'text is allowed'],
    ['number', [0, 1.5], ['1', null], 'a number is allowed'],
    ['truth', [true, false], [0, 'true', null], 'true and false are allowed'],
    ['list', [[], [1]], ['a', {}, null], 'a list is allowed'],
    ['texts', [[]], ['a', {}], 'a list of text is allowed'],
    ['map', [{}], [[], 'a', null, new Map()], 'an object is allowed'],
  ])('%s', (shape, good, bad, mend) => {
    for (const value of good) expect(misshapen(value, shape)).toBeUndefined();
    for (const value of bad) expect(misshapen(value, shape)).toBe(mend);
  });

  interface Props {
    readonly name?: string;
    readonly words?: readonly string[];
    readonly more?: object;
    readonly other?: unknown;
  }
  const shapes: Shapes<Props> = { name: 'text', words: 'texts', more: 'map', other: 'any' };
  const read = (value: unknown) => {
    const mistakes = new Mistakes();
    return { props: readObject(mistakes, 'x', value as Props, shapes), messages: mistakes.messages };
  };

  it('that is right passes, and what is left out stays out', () => {
    const value = { name: 'a', words: ['b'], more: {}, other: null };
    expect(read(value)).toEqual({ props: value, messages: [] });
    expect(read(undefined)).toEqual({ props: {}, messages: [] });
    expect(read({ name: undefined })).toEqual({ props: {}, messages: [] });
  });

  it('that is wrong is reported and left out, so that whoever reads on may rely on it', () => {
    expect(read({ name: 5, words: ['a', 1, null], more: [], extra: 1 })).toEqual({
      props: { words: ['a'] },
      messages: ['x.extra: got 1; no such prop here', 'x.name: got 5; text is allowed; put it in quotes', 'x.words[1]: got 1; text is allowed; put it in quotes', 'x.words[2]: got null; text is allowed', 'x.more: got []; an object is allowed'],
    });
    expect(read('text')).toEqual({ props: {}, messages: ['x: got "text"; an object is allowed'] });
    expect(read(null)).toEqual({ props: {}, messages: ['x: got null; an object is allowed'] });
  });

  it('is asked only of the keys that the shapes name', () => {
    const mistakes = new Mistakes();
    expect(shaped(mistakes, '', { name: 'a', unknown: 1 } as Props, shapes)).toEqual({ name: 'a' });
    expect(mistakes.messages).toEqual([]);
  });

  it('of a map of text is checked entry by entry', () => {
    const mistakes = new Mistakes();
    expect(readTexts(mistakes, 'config', { A: 'a', B: 1 as never })).toEqual([['A', 'a']]);
    expect(mistakes.messages).toEqual(['config.B: got 1; text is allowed; put it in quotes']);
  });

  it('tables give the keys', () => expect(keysOf(shapes)).toEqual({ name: true, words: true, more: true, other: true }));

  it('may be asked of a lone value', () => {
    const mistakes = new Mistakes();
    expect(asObject(mistakes, 'a', undefined)).toEqual({});
    expect(asObject(mistakes, 'a', 5 as never)).toEqual({});
    expect(asObject(mistakes, 'b', { x: 1 } as object, { y: true })).toEqual({ x: 1 });
    expect(asList(mistakes, 'c', undefined)).toEqual([]);
    expect(asList(mistakes, 'c', 'x' as never)).toEqual([]);
    expect(asList(mistakes, 'c', [1])).toEqual([1]);
    expect(asFlag(mistakes, 'd', false)).toBe(false);
    expect(asFlag(mistakes, 'd', undefined)).toBeUndefined();
    expect(asFlag(mistakes, 'd', 'no' as never)).toBeUndefined();
    expect(mistakes.messages).toEqual(['a: got 5; an object is allowed', 'b.x: got 1; no such prop here; did you mean "y"?', 'c: got "x"; a list is allowed', 'd: got "no"; true and false are allowed']);
  });
});
