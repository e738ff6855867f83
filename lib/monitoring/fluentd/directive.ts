import { renderValue, type Value } from './value';

/** A section of FluentD's configuration: `<match app.**> … </match>`. */
export interface Directive {
  /** `source`, `filter`, `match`, `label`, `buffer`, … */
  readonly name: string;
  /** What stands behind the name: a pattern of tags, a label. @default nothing */
  readonly argument?: string;
  /** Its parameters, in this order; undefined ones are left out. */
  readonly parameters: Readonly<Record<string, Value | undefined>>;
  /** The sections in it. @default none */
  readonly children?: readonly Directive[];
}

const NAME = /^[a-zA-Z0-9_]+$/;
const KEY = /^@?[a-zA-Z_][\w.]*$/;
/** Patterns of tags, labels and chunk keys; nothing that ends the tag or begins a comment. */
const ARGUMENT = /^[^\s<>#"'][^<>#"'\r\n]*$/;
const INDENT = '  ';

/** A section with its parameters and the sections in it. */
export function section(name: string, argument: string, parameters: Directive['parameters'], children: readonly Directive[] = []): Directive {
  return { name, argument, parameters, children };
}

/** A plugin: a section whose first parameter is its type. */
export function plugin(name: 'source' | 'filter' | 'match' | 'store', argument: string, type: string, parameters: Directive['parameters'] = {}, children: readonly Directive[] = []): Directive {
  return section(name, argument, { '@type': type, ...parameters }, children);
}

/**
 * The text of a configuration, every section closed.
 * @throws when a name or argument has a form that would change the structure
 */
export function renderDirectives(directives: readonly Directive[]): string {
  return `${directives.map((directive) => renderDirective(directive, '')).join('\n\n')}\n`;
}

function renderDirective({ name, argument = '', parameters, children = [] }: Directive, indent: string): string {
  if (!NAME.test(name)) throw new Error(`fluentd: got ${JSON.stringify(name)} as the name of a section; letters, digits and "_" are allowed`);
  if (argument !== '' && !ARGUMENT.test(argument)) throw new Error(`fluentd: got ${JSON.stringify(argument)} behind <${name}; a pattern of tags or a label is allowed`);
  const lines = Object.entries(parameters).flatMap(([key, value]) => (value === undefined ? [] : [renderParameter(name, key, value, indent + INDENT)]));
  const inner = children.map((child) => renderDirective(child, indent + INDENT));
  return [`${indent}<${name}${argument === '' ? '' : ` ${argument}`}>`, ...lines, ...inner, `${indent}</${name}>`].join('\n');
}

function renderParameter(section: string, key: string, value: Value, indent: string): string {
  if (!KEY.test(key)) throw new Error(`fluentd: got ${JSON.stringify(key)} as a parameter of <${section}>; letters, digits, "_" and "." are allowed`);
  return `${indent}${key} ${renderValue(value)}`;
}
