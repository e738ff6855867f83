import { asMapping, splitConfigKey } from './config-file';
import { EnvironmentError, type EnvironmentProblem } from './error';
import { formatKeyPath } from './key-path';
import { show } from './show';
import { parseYaml, type YamlNode } from './yaml';

/**
 * The project's name, which is the namespace of its config keys. Settings that would make `pulumi up` read anything
 * besides the environment's file are refused.
 */
export function parseProjectName(text: string, file: string): string {
  const top = asMapping(parseYaml(text, file), file, '');
  const name = top.get('name');
  if (typeof name !== 'string' || name === '') {
    throw new EnvironmentError([{ file, path: 'name', got: show(name), allowed: 'the name of the project' }]);
  }
  const problems: EnvironmentProblem[] = [];
  const config = top.get('config');
  const moved = typeof config === 'string' ? config : top.get('stackConfigDir');
  if (moved !== undefined && moved !== null && moved !== '') {
    problems.push({ file, path: typeof config === 'string' ? 'config' : 'stackConfigDir', got: show(moved), allowed: `nothing: the files of the environments lie next to ${file}` });
  }
  if (config instanceof Map) problems.push(...sharedValues(config, name, file));
  if (problems.length > 0) throw new EnvironmentError(problems);
  return name;
}

/** Values and defaults for the project's own keys: Pulumi would use them, synth would not. */
function sharedValues(config: ReadonlyMap<YamlNode, YamlNode>, project: string, file: string): EnvironmentProblem[] {
  const problems: EnvironmentProblem[] = [];
  for (const [key, declaration] of config) {
    const split = typeof key === 'string' ? splitConfigKey(key, project) : undefined;
    if (split?.namespace !== project) continue;
    if (declaration instanceof Map && !declaration.has('value') && !declaration.has('default')) continue;
    problems.push({ file, path: formatKeyPath(project, [split.name]), got: 'a value for every environment', allowed: 'a default in the schema, or a value in the file of each environment' });
  }
  return problems;
}
