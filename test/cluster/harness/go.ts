import { execFile, type ExecFileException } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';

/** The Go module that pins the versions of everything the harness builds. */
export const ENGINES_MODULE = path.join(__dirname, '..', 'engines');

const MAX_OUTPUT = 64 * 1024 * 1024;

/** Runs the go command in the engines module and resolves with what it printed. */
export function go(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const options = {
    cwd: ENGINES_MODULE,
    env: { ...process.env, ...env },
    maxBuffer: MAX_OUTPUT,
  };
  return new Promise((resolve, reject) => {
    execFile('go', [...args], options, (error, stdout, stderr) => {
      if (error) reject(goError(args, error, `${stdout}${stderr}`));
      else resolve(stdout);
    });
  });
}

function goError(args: readonly string[], error: ExecFileException, output: string): Error {
  if (error.code === 'ENOENT') {
    return new Error(
      [
        'cluster tests need the go command to build their own Kubernetes, and there is none on PATH. Either',
        `  - install Go ${requiredGo()} or newer (https://go.dev/dl), or`,
        '  - set FAIRLEAD_TEST_KUBECONFIG to the kubeconfig of a cluster that tests may write to, and put kubectl on PATH, or',
        '  - run the tests that need no cluster only',
      ].join('\n'),
    );
  }
  return new Error(`'go ${args.join(' ')}' failed:\n${output.trim() || error.message}`);
}

/** The version of a module that the engines' go.mod requires. */
export function pinnedVersion(module: string): string {
  const line = goMod()
    .split('\n')
    .map((text) => text.trim().replace(/^require /, '').split(' '))
    .find(([name, version]) => name === module && version?.startsWith('v'));
  if (!line?.[1]) throw new Error(`${ENGINES_MODULE}/go.mod does not require ${module}`);
  return line[1];
}

/**
 * The folder with the source tree of a Go module, downloaded when it is not there yet.
 * Much of Kubernetes' ecosystem publishes its YAML this way and no other.
 */
export async function moduleFolder(module: string, version: string): Promise<string> {
  const output = await go(['mod', 'download', '-json', `${module}@${version}`]);
  return (JSON.parse(output) as { Dir: string }).Dir;
}

function requiredGo(): string {
  return /^go (\S+)/m.exec(goMod())?.[1] ?? '';
}

function goMod(): string {
  return readFileSync(path.join(ENGINES_MODULE, 'go.mod'), 'utf8');
}
