import { boolCoreTag, defineScalarTag, loadAll, mergeTag, NOT_RESOLVED, nullCoreTag, realMapTag, Schema, seqTag, strTag, YAMLException } from 'js-yaml';
import { EnvironmentError } from './error';
import { type PlainNumber, readPlainNumber } from './plain-number';
import { shorten } from './show';

/** A value of a YAML file; numbers keep their text. */
export type YamlNode = null | boolean | string | PlainNumber | readonly YamlNode[] | YamlMapping;

/** A mapping of a YAML file; only text is a key that every reader takes alike. */
export type YamlMapping = ReadonlyMap<YamlNode, YamlNode>;

const numberTag = defineScalarTag<PlainNumber>('tag:yaml.org,2002:float', {
  implicit: true,
  implicitFirstChars: [...'+-.0123456789'],
  resolve: (source) => readPlainNumber(source) ?? NOT_RESOLVED,
  identify: () => false,
});

const SCHEMA = new Schema([strTag, nullCoreTag, boolCoreTag, numberTag, mergeTag, seqTag, realMapTag]);

/**
 * Reads the one document of a YAML file; null when the file is empty.
 * @throws EnvironmentError with line and column when it is not valid YAML; the line itself may be private and is not shown
 */
export function parseYaml(text: string, file: string): YamlNode {
  let documents: unknown[];
  try {
    documents = loadAll(text.replace(/^\uFEFF/, ''), { schema: SCHEMA, maxAliases: 100 });
  } catch (error) {
    const reason = error instanceof YAMLException ? error.reason : 'a text that no YAML reader takes';
    const mark = error instanceof YAMLException ? error.mark : undefined;
    const path = mark === undefined ? '' : `line ${mark.line + 1}, column ${mark.column + 1}`;
    throw new EnvironmentError([{ file, path, got: `invalid YAML (${shorten(reason)})`, allowed: 'valid YAML' }]);
  }
  if (documents.length > 1) {
    throw new EnvironmentError([{ file, path: '', got: `${documents.length} YAML documents`, allowed: 'one, without "---" between: Pulumi reads only the first' }]);
  }
  return (documents[0] ?? null) as YamlNode;
}
