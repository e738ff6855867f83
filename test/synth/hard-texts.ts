import fc from 'fast-check';

/** Texts that one YAML reader or another takes for something else, unless they are written with care. */
export const HARD_TEXTS: readonly string[] = [
  // words
  'y', 'n', 'Y', 'N', 'yes', 'no', 'on', 'off', 'Yes', 'NO', 'On', 'OFF', 'true', 'false', 'True', 'TRUE', 'null', 'Null', 'NULL', '~', '', '=', '<<',
  // numbers
  '0', '-0', '+1', '-1', '012', '0o14', '0o8', '08', '0777', '1_000', '1__0', '_1', '0x1F', '0x', '0x_', '0b11', '-0b1', '1e3', '1E3', '1e+3', '1e', 'e1', '.5', '1.', '0.', '1.5', '1_000.5', '.', '12:30:45', '190:20:30.15', '1:60', '.inf', '-.Inf', '+.INF', '.nan', 'NaN', '١٢',
  // dates
  '2024-01-01', '2024-1-1', '2024-13-45', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43.10 -5',
  // indicators
  '-', '- a', '-a', '--', '?', '? a', ':', ': a', 'a:', 'a: b', 'a :b', '#', '# a', 'a #b', 'a#b', '!', '!!str', '!a b', '&a', '*a', '|', '|-', '>', '%', '%YAML 1.1', '@a', '`a', '{', '{}', '{a: b}', '[', '[]', ', a', '"', "'", '"a"', "'a'", "it's", 'a"b', '\\', '\\n', '---', '--- a', '--- é', '...', '... b',
  // space
  ' ', '  ', 'a ', ' a', '\t', 'a\tb', '\ta', 'a\t', '\u00a0', 'a\u00a0b',
  // lines
  '\n', '\n\n', 'a\n', 'a\nb', 'a\n\n\n', '\na', '\n\na\n', '  a\nb', '\n  a\nb\n', 'a\n  b', 'a \nb', 'a\t\nb', '\ta\nb', '\n\ta\nb\n', '  \na', '  \n a\n', '   \n a', ' \n', '\n ', ' \n ', 'a\n ', 'a\n  \n', '\n a:\n \n', 'a\n\t', 'a\n\t\n', '\t\n', '\t\na\n',
  'a\n---\nb', 'a\n...\nb', '---\na', '...\n', '# a\nb', '\n# a', 'key: |\n  x\n', '- a\n- b\n', '{"a":\n1}', 'a\u00a0b\nc', 'a😀\nb',
  // line breaks of other systems, marks and controls
  '\r', '\r\n', 'a\r\nb\r\n', 'a\rb', '\u0085', 'a\u0085b', 'a\u0085\nb', '\u2028', 'a\u2029b\nc', '\ufeff', '\ufeffa', 'a\n\ufeffb', '\u0000', '\u0007', '\u001b', '\u007f', '\u0080', '\u009f', '\ufffd', '\ufffe', '\uffff', '😀', '\u{10ffff}',
  // length
  'x'.repeat(500), 'word '.repeat(100), `${'word '.repeat(100)}\nb`,
];

/** A piece of text: hard ones, single characters that matter, and anything that is a whole character. */
export const fragment: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HARD_TEXTS),
  fc.constantFrom(' ', '\n', '\t', '\r', 'a', 'b\n', '-', ':', '#', ' #', ': ', '\n\n', '  ', '\u0085', '\u2028', '\ufeff', '0', '1', '.', '_', 'e', '+', '"', "'", '|', '>', '&', '*', '{', '}', ',', '?', '!', '%', '@', '`'),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
);
