import type { FileSource } from '../../config/files';

/** Text that FluentD reads when it starts, from a file or its environment: it stands in no configuration. */
export class Embedded {
  private constructor(
    /** The Ruby expression. */
    public readonly code: string,
  ) {}

  /** The content of a file, such as a mounted key of a Secret, without the line break that editors put last. */
  public static file(path: string): Embedded {
    if (!/^\/[-\w./]+$/.test(path)) throw new Error(`Embedded.file: got ${JSON.stringify(path)}; an absolute path of letters, digits, "-", "_", "." and "/" is allowed`);
    return new Embedded(`File.read('${path}').strip`);
  }

  /** An environment variable. */
  public static environment(name: string): Embedded {
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new Error(`Embedded.environment: got ${JSON.stringify(name)}; the name of a variable is allowed`);
    return new Embedded(`ENV['${name}']`);
  }
}

/** The value of a parameter. */
export type Value = string | number | boolean | Embedded | readonly string[];

/** Text that needs no quotes: nothing that begins a list, a comment or a quoted text, and no space. */
const PLAIN = /^[\w@/.*-][\w@/.:,*=+%-]*$/;
const CONTROL = /[\0-\x1f]/;
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '#': '\\#', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\f': '\\f', '\b': '\\b', '\0': '\\0' };

/** Text so that FluentD reads just that: no comment, no list, no Ruby in it. */
export function quote(text: string): string {
  if (PLAIN.test(text)) return text;
  // In single quotes nothing is run; but a line must not end within them.
  if (!CONTROL.test(text)) return `'${text.replace(/[\\']/g, '\\$&')}'`;
  return `"${text.replace(/[\\"#\n\r\t\f\b\0]/g, (character) => ESCAPES[character]!)}"`;
}

/** A value as it stands behind the name of its parameter. */
export function renderValue(value: Value): string {
  if (value instanceof Embedded) return `"#{${value.code}}"`;
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`fluentd: got ${value} as a value; a finite number is allowed`);
  // FluentD takes a list from text as from a literal, but runs no Ruby in the former.
  return quote(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** Where the key of a Secret or ConfigMap stands in the pod. */
export const filePath = ({ kind, name, key }: FileSource): string => `/fluentd/${kind === 'secret' ? 'secrets' : 'files'}/${name}/${key}`;
