import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { dump, load } from 'js-yaml';
import { REPOSITORY } from './bundle';

const LINKED = ['node_modules', 'lib', 'scripts', 'stacks'];
const COPIED = ['Pulumi.yaml', 'cdk8s.yaml', 'package.json'];
const ENVIRONMENT = /^Pulumi\.\w+\.yaml$/;
const MONITORING = 'fairlead:monitoring';

/** The shop without its monitoring, which no competitor renders: this repository with the settings of that taken out. */
export function shopAlone(scratch: string): string {
  const folder = path.join(scratch, 'shop');
  mkdirSync(folder);
  for (const name of LINKED) symlinkSync(path.join(REPOSITORY, name), path.join(folder, name));
  for (const name of COPIED) cpSync(path.join(REPOSITORY, name), path.join(folder, name));
  for (const name of readdirSync(REPOSITORY).filter((file) => ENVIRONMENT.test(file))) {
    const file = load(readFileSync(path.join(REPOSITORY, name), 'utf8')) as { config: Record<string, unknown>; encryptionsalt?: string };
    const { [MONITORING]: _, ...config } = file.config;
    writeFileSync(path.join(folder, name), dump({ ...file, config: withoutCredentials(config) }));
  }
  return folder;
}

/** Credentials that nothing reads any more. */
function withoutCredentials(config: Record<string, unknown>): Record<string, unknown> {
  const secrets = config['fairlead:secrets'] as Record<string, unknown> | undefined;
  if (!secrets) return config;
  const { monitoring: _, ...others } = secrets;
  return { ...config, 'fairlead:secrets': others };
}
