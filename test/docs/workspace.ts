import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './markdown';
import type { Overlay } from './project';

/** What a script printed and what then stood in dist/. */
export interface ScriptOutcome {
  readonly printed: string;
  readonly yaml: string;
}

/** Runs a script in a copy of the repository with the page's files laid over it. Fails when the script does. */
export function runScript(script: string, overlay: Overlay): ScriptOutcome {
  if (script === '') throw new Error('nothing here can be run to see what it prints');
  const folder = mkdtempSync(join(tmpdir(), 'fairlead-docs-'));
  try {
    furnish(folder, overlay);
    const env = { ...process.env, npm_config_loglevel: 'silent', CDK8S_OUTDIR: undefined };
    const printed = execFileSync('bash', ['-euc', script], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
    return { printed, yaml: rendered(join(folder, 'dist')) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function furnish(folder: string, overlay: Overlay): void {
  for (const name of readdirSync(ROOT).filter((file) => /^(package(-lock)?\.json|tsconfig\.json|Pulumi.*\.yaml)$/.test(file))) symlinkSync(join(ROOT, name), join(folder, name));
  for (const name of ['lib', 'stacks', 'scripts/run.cjs']) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(ROOT, 'node_modules')).filter((entry) => entry !== '.cache')) symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  for (const [path, content] of overlay) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

function rendered(dist: string): string {
  try {
    const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')).sort();
    return files.map((file) => readFileSync(join(dist, file), 'utf8')).join('---\n');
  } catch {
    return '';
  }
}
