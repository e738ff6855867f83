import { chmodSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Writes what runs policy packs where the CLI has no language host for Node: an installed CLI brings one of its own. The
 * engine starts it in the folder of the pack.
 * @param bin - a folder on the PATH of the CLI
 */
export function writeAnalyzer(bin: string): void {
  const runner = resolve(__dirname, '../../node_modules/@pulumi/pulumi/cmd/run-policy-pack');
  const script = join(bin, 'pulumi-analyzer-policy-nodejs');
  writeFileSync(script, `#!/bin/sh\nexec '${process.execPath}' '${runner}' "$@"\n`);
  chmodSync(script, 0o755);
}
