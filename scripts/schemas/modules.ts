import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Downloads a Go module into the module cache and returns the folder of its unpacked tree. */
export function moduleTree(module: string, version: string): string {
  const answer = goModDownload(`${module}@${version}`);
  // A module that wants a newer Go than the installed one is unpacked all the same, but reported as an error.
  const folder = answer.Dir ?? join(go('env', 'GOMODCACHE'), `${module}@${version}`);
  if (!existsSync(folder)) {
    throw new Error(`cannot download ${module}@${version}: ${answer.Error ?? 'no folder reported'}`);
  }
  return folder;
}

function goModDownload(query: string): { readonly Dir?: string; readonly Error?: string } {
  try {
    return JSON.parse(go('mod', 'download', '-json', query)) as { Dir?: string; Error?: string };
  } catch (error) {
    // It exits with 1 when the answer has an "Error", and prints the answer still.
    return JSON.parse((error as { stdout: string }).stdout) as { Dir?: string; Error?: string };
  }
}

/** Outside of any module, so that no go.mod of the caller is read or changed. */
function go(...args: string[]): string {
  return execFileSync('go', args, { cwd: tmpdir(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}
