import { didYouMean } from '../core/suggest';
import { EnvironmentError, type EnvironmentProblem } from './error';
import { formatKeyPath } from './key-path';
import { shorten, show } from './show';
import { parseYaml, type YamlMapping, type YamlNode } from './yaml';

/** The keys that Pulumi has at the top of a stack's file; it deletes any other the next time it writes the file. */
const TOP_LEVEL = ['config', 'encryptedkey', 'encryptionsalt', 'environment', 'secretsprovider'];

/**
 * The namespace and name of a key of a `config` section. As in Pulumi, a key without a namespace belongs to the project,
 * and `ns:config:name` is an old form of `ns:name`. Undefined when Pulumi would refuse the key.
 */
export function splitConfigKey(key: string, project: string): { namespace: string; name: string } | undefined {
  const [first = '', second, third, ...rest] = key.split(':');
  if (second === undefined) return { namespace: project, name: first };
  if (third === undefined) return { namespace: first, name: second };
  return second === 'config' && rest.length === 0 ? { namespace: first, name: third } : undefined;
}

/** The mapping at a place of a file, empty when nothing is there; anything else is refused. */
export function asMapping(node: YamlNode | undefined, file: string, path: string): YamlMapping {
  if (node === null || node === undefined) return new Map();
  if (node instanceof Map) return node;
  throw new EnvironmentError([{ file, path, got: show(node), allowed: 'a section of keys and values' }]);
}

/**
 * Reads `Pulumi.<environment>.yaml` down to the keys of the project's namespace. Other namespaces (`gcp:project`) are
 * left to Pulumi.
 */
export function readConfigFile(text: string, file: string, project: string): { entries: Map<string, YamlNode>; problems: EnvironmentProblem[] } {
  const top = asMapping(parseYaml(text, file), file, '');
  const problems: EnvironmentProblem[] = [];
  for (const key of top.keys()) {
    if (typeof key === 'string' && TOP_LEVEL.includes(key)) continue;
    const name = typeof key === 'string' ? shorten(key) : show(key);
    problems.push({ file, path: name, got: 'an unknown key', allowed: `${TOP_LEVEL.join(', ')}${didYouMean(name, TOP_LEVEL)}` });
  }
  const entries = new Map<string, YamlNode>();
  for (const [key, value] of asMapping(top.get('config'), file, 'config')) {
    const split = typeof key === 'string' ? splitConfigKey(key, project) : undefined;
    if (split === undefined) {
      problems.push({ file, path: 'config', got: `the key ${show(key)}`, allowed: `a key of the form "${project}:name"` });
    } else if (split.namespace === project) {
      const path = formatKeyPath(project, [split.name]);
      if (entries.has(split.name)) problems.push({ file, path, got: 'the same key twice, with and without its namespace', allowed: `"${path}" once: Pulumi takes either at random` });
      entries.set(split.name, value);
    }
  }
  return { entries, problems };
}
