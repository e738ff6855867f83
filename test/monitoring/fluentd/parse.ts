/** A value as FluentD reads it: text, or Ruby that is run for it. */
export type Parsed = string | { readonly ruby: string };

/** A section as FluentD reads it. */
export interface Section {
  readonly name: string;
  readonly argument: string;
  readonly parameters: Readonly<Record<string, Parsed>>;
  readonly children: readonly Section[];
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', b: '\b', 0: '\0' };

/** Reads a configuration by the rules of FluentD's own parser (v1); throws where that would. */
export function parse(text: string): readonly Section[] {
  const lines = text.split('\n');
  let at = 0;
  const body = (open: string | undefined): Pick<Section, 'parameters' | 'children'> => {
    const parameters: Record<string, Parsed> = {};
    const children: Section[] = [];
    for (; at < lines.length; at++) {
      const line = lines[at]!.trim();
      if (line === '' || line.startsWith('#')) continue;
      const closing = /^<\/(\w+)>$/.exec(line);
      if (closing) {
        if (closing[1] !== open) throw new Error(`line ${at + 1}: unmatched end tag ${line}`);
        return { parameters, children };
      }
      const opening = /^<(\w+)(?:\s+([^#]*?))?\s*>$/.exec(line);
      if (opening) {
        at++;
        children.push({ name: opening[1]!, argument: opening[2] ?? '', ...body(opening[1]) });
        continue;
      }
      const parameter = /^(\S+)(?:\s+(.*))?$/s.exec(line)!;
      if (Object.hasOwn(parameters, parameter[1]!)) throw new Error(`line ${at + 1}: ${parameter[1]} twice`);
      parameters[parameter[1]!] = value(parameter[2] ?? '');
    }
    if (open !== undefined) throw new Error(`expected end tag </${open}>`);
    return { parameters, children };
  };
  return body(undefined).children;
}

function value(text: string): Parsed {
  if (text.startsWith('[') || text.startsWith('{')) throw new Error(`a literal list or map runs the Ruby in its texts: ${text}`);
  if (text.startsWith("'")) return singleQuoted(text);
  if (text.startsWith('"')) return doubleQuoted(text);
  if (/\s#/.test(text)) throw new Error(`a comment begins within ${text}`);
  return text;
}

function singleQuoted(text: string): string {
  const match = /^'((?:[^'\\]|\\.)*)'$/s.exec(text);
  if (!match) throw new Error(`not closed: ${text}`);
  return match[1]!.replace(/\\(['\\])/g, '$1');
}

function doubleQuoted(text: string): Parsed {
  const embedded = /^"#\{((?:[^{}"])*)\}"$/.exec(text);
  if (embedded) return { ruby: embedded[1]! };
  const match = /^"((?:[^"\\]|\\.)*)"$/s.exec(text);
  if (!match) throw new Error(`not closed: ${text}`);
  if (/(?<!\\)(?:\\\\)*#\{/.test(match[1]!)) throw new Error(`Ruby within ${text}`);
  return match[1]!.replace(/\\(.)/gs, (_, letter: string) => {
    if (/[a-zA-Z0-9]/.test(letter) && !(letter in ESCAPED)) throw new Error(`unexpected escape \\${letter}`);
    return ESCAPED[letter] ?? letter;
  });
}

/** All sections, outer ones first. */
export const everySection = (sections: readonly Section[]): readonly Section[] => sections.flatMap((section) => [section, ...everySection(section.children)]);

/** The section of that name and argument. */
export function find(sections: readonly Section[], name: string, argument = ''): Section {
  const found = sections.find((section) => section.name === name && section.argument === argument);
  if (!found) throw new Error(`no <${name} ${argument}> among ${sections.map((section) => `<${section.name} ${section.argument}>`).join(', ')}`);
  return found;
}

/** The types of the plugins in a section, in their order. */
export const typesIn = ({ children }: Section): readonly Parsed[] => children.flatMap(({ name, parameters }) => (name === 'filter' || name === 'match' ? [parameters['@type']!] : []));
