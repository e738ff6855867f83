import fc from 'fast-check';
import { plugin, renderDirectives, section } from '../../../lib/monitoring/fluentd/directive';
import { Embedded, quote, renderValue } from '../../../lib/monitoring/fluentd/value';
import { parse } from './parse';

const readBack = (value: Parameters<typeof renderValue>[0]) => parse(renderDirectives([section('match', '**', { key: value })]))[0]!.parameters.key;
/** Text with many of the characters that mean something to FluentD or Ruby. */
const tricky = fc.string({ unit: fc.oneof(fc.constantFrom('"', "'", '\\', '#', '#{', '}', '${', '\n', '\r', '\t', '\0', '[', '{', ' ', '</match>', '@include', 'é', '💡'), fc.string({ minLength: 1, maxLength: 2 })), maxLength: 20 });

describe('a value', () => {
  it('is read as it was given', () => {
    fc.assert(fc.property(tricky, (text) => expect(readBack(text)).toBe(text)), { numRuns: 1000 });
  });

  it('runs no Ruby, whatever it says', () => {
    for (const text of ["#{ENV['HOME']}", "a #{`id`} b", '\n#{1}', '["#{1}"]']) expect(readBack(text)).toBe(text);
  });

  it('that is a list is text of JSON', () => {
    fc.assert(fc.property(fc.array(tricky), (list) => expect(JSON.parse(readBack(list) as string)).toEqual(list)));
  });

  it('stands without quotes where it needs none', () => {
    expect(['/var/log/containers/*.log', '@SINKS', '5s', 'raw.kubernetes.**', 'https://es.example.com:9200', '%{path}%{time_slice}'].map(quote)).toEqual([
      '/var/log/containers/*.log', '@SINKS', '5s', 'raw.kubernetes.**', 'https://es.example.com:9200', "'%{path}%{time_slice}'",
    ]);
    expect([8, true, false].map(renderValue)).toEqual(['8', 'true', 'false']);
  });

  it('from a file or the environment is Ruby in double quotes', () => {
    expect(renderValue(Embedded.file('/fluentd/secrets/es/password'))).toBe(`"#{File.read('/fluentd/secrets/es/password').strip}"`);
    expect(renderValue(Embedded.environment('K8S_NODE_NAME'))).toBe(`"#{ENV['K8S_NODE_NAME']}"`);
  });

  it.each(["/a'b", 'relative', '/a b', "/x')+`id`+('"])('is read from no file %s', (path) => {
    expect(() => Embedded.file(path)).toThrow('an absolute path of letters, digits');
  });

  it.each(['', 'A-B', "A']+`id`+['"])('is read from no variable %j', (name) => {
    expect(() => Embedded.environment(name)).toThrow('the name of a variable is allowed');
  });

  it('is a finite number', () => {
    expect(() => renderValue(NaN)).toThrow('got NaN as a value; a finite number is allowed');
  });
});

describe('a section', () => {
  it('is closed, and so are those in it', () => {
    expect(renderDirectives([plugin('match', 'logs', 'stdout', { '@id': 'out', unset: undefined }, [section('buffer', 'tag', { path: '/a b' })])])).toBe(
      "<match logs>\n  @type stdout\n  @id out\n  <buffer tag>\n    path '/a b'\n  </buffer>\n</match>\n",
    );
  });

  it.each(['a>b', 'a<b', 'a#b', "a'b", 'a\nb', ' a'])('takes no argument %j', (argument) => {
    expect(() => renderDirectives([section('match', argument, {})])).toThrow(`got ${JSON.stringify(argument)} behind <match; a pattern of tags or a label is allowed`);
  });

  it.each(['a b', '</match>', '', 'a\nb'])('takes no parameter %j', (key) => {
    expect(() => renderDirectives([section('match', '**', { [key]: 1 })])).toThrow('as a parameter of <match>');
  });

  it('takes no name with a space', () => {
    expect(() => renderDirectives([section('match x', '', {})])).toThrow('as the name of a section');
  });
});
