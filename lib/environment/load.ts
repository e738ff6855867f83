import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { EnvironmentError } from './error';
import { type Environment, parseEnvironment } from './parse';
import { parseProjectName } from './project-file';

const PROJECT_FILE = 'Pulumi.yaml';
/**
 * `Pulumi.<stack>.deploy.yaml` holds Pulumi's deployment settings, and `Pulumi.preview-<name>.yaml` what it keeps about one
 * preview environment; neither is an environment.
 */
const ENVIRONMENT_FILE = /^Pulumi\.(?!preview-)([A-Za-z0-9_.-]+)(?<!\.deploy)\.yaml$/;

/**
 * The names of a project's environments, sorted: one for each `Pulumi.<environment>.yaml`. Names that start with `preview-`
 * are those of preview environments, which are made from `Pulumi.preview.yaml` and have no file of their own.
 * @param directory - the folder that holds `Pulumi.yaml`
 */
export function environments(directory: string): string[] {
  return environmentNames(list(directory));
}

/**
 * Reads and validates `Pulumi.<name>.yaml`. Synth and `pulumi up` both come through here, so both see the same values;
 * encrypted ones stay references.
 * @param directory - the folder that holds `Pulumi.yaml`, whose `name` is the namespace of the keys
 * @param name - the environment: Pulumi's stack name
 * @param schema - describes the keys of the project's namespace; start with {@link section}, which refuses unknown ones
 * @throws EnvironmentError that names every mistake, or the environments that exist when there is no such file
 */
export function loadEnvironment<T>(directory: string, name: string, schema: z.ZodType<T>): Environment<T> {
  const files = list(directory);
  const existing = environmentNames(files);
  const file = `Pulumi.${name}.yaml`;
  if (!existing.includes(name)) {
    const allowed = existing.length === 0 ? 'an environment, but none exists yet: add its file' : existing.join(', ');
    throw new EnvironmentError([{ file, path: '', got: 'no such file', allowed }]);
  }
  if (!files.includes(PROJECT_FILE)) {
    throw new EnvironmentError([{ file: PROJECT_FILE, path: '', got: 'no such file', allowed: 'the file with the name of the project' }]);
  }
  const project = parseProjectName(readFileSync(join(directory, PROJECT_FILE), 'utf8'), PROJECT_FILE);
  return parseEnvironment(readFileSync(join(directory, file), 'utf8'), { file, project, name }, schema);
}

function environmentNames(files: readonly string[]): string[] {
  return files.flatMap((file) => ENVIRONMENT_FILE.exec(file)?.[1] ?? []).sort();
}

/** The names of the files in a folder. */
function list(directory: string): string[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
  } catch {
    throw new EnvironmentError([{ file: PROJECT_FILE, path: '', got: `no folder ${JSON.stringify(directory)}`, allowed: 'the folder that holds it' }]);
  }
}
