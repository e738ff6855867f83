import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { buildSync } from 'esbuild';
import { findOnPath } from '../../stacks/commands/find-on-path';

const ROOT = path.resolve(__dirname, '../..');
const STAND_IN = path.join(ROOT, 'node_modules/.cache/fairlead/plugins/kubernetes');
const KUBERNETES = 'pulumi-resource-kubernetes';

/** A provider plugin of Pulumi. */
export interface Plugin {
  /** The folder that must be on the PATH of the engine. */
  readonly folder: string;
  /** Whether it is Pulumi's own, and no stand-in. */
  readonly real: boolean;
  /** For people: which one it is. */
  readonly description: string;
}

/** The Kubernetes plugin: the one on PATH, or else the stand-in beside this file, which does the same on a real API server. */
export function kubernetesPlugin(): Plugin {
  const installed = findOnPath(KUBERNETES);
  if (installed !== undefined) return { folder: path.dirname(installed), real: true, description: `${installed} (on PATH)` };
  bundlePlugin(path.join(__dirname, 'kubernetes/main.ts'), STAND_IN);
  return { folder: STAND_IN, real: false, description: 'the stand-in of test/engine/kubernetes (there is no pulumi-resource-kubernetes on PATH)' };
}

/**
 * Makes a program the plugin of a folder. Another process may be about to start the one that is there, so files appear under
 * their names when they are complete.
 */
export function bundlePlugin(entry: string, folder: string, name = KUBERNETES): void {
  mkdirSync(folder, { recursive: true });
  const [bundle, plugin] = [path.join(folder, `${name}.cjs`), path.join(folder, name)];
  const unfinished = `${bundle}.${process.pid}`;
  buildSync({ entryPoints: [entry], bundle: true, platform: 'node', target: 'node20', outfile: unfinished, logLevel: 'error' });
  renameSync(unfinished, bundle);
  writeFileSync(unfinished, `#!/bin/sh\nexec '${process.execPath}' '${bundle}' "$@"\n`, { mode: 0o755 });
  renameSync(unfinished, plugin);
}
