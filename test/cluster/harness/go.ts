import { execFile, type ExecFileException } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';

const MAX_OUTPUT = 64 * 1024 * 1024;

/** A Go module of ours: it has no code, and pins the versions of what is built from it. */
export class GoModule {
  /** @param folder - where its go.mod is */
  constructor(readonly folder: string) {}

  /** Runs the go command in it and resolves with what that printed. */
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const options = { cwd: this.folder, env: { ...process.env, ...env }, maxBuffer: MAX_OUTPUT };
    return new Promise((resolve, reject) => {
      execFile('go', [...args], options, (error, stdout, stderr) => {
        if (error) reject(this.explain(args, error, `${stdout}${stderr}`));
        else resolve(stdout);
      });
    });
  }

  /** The version of a module that its go.mod requires. */
  pinnedVersion(module: string): string {
    const line = this.goMod()
      .split('\n')
      .map((text) => text.trim().replace(/^require /, '').split(' '))
      .find(([name, version]) => name === module && version?.startsWith('v'));
    if (!line?.[1]) throw new Error(`${this.folder}/go.mod does not require ${module}`);
    return line[1];
  }

  private goMod(): string {
    return readFileSync(path.join(this.folder, 'go.mod'), 'utf8');
  }

  private explain(args: readonly string[], error: ExecFileException, output: string): Error {
    if (error.code !== 'ENOENT') return new Error(`'go ${args.join(' ')}' failed:\n${output.trim() || error.message}`);
    const required = /^go (\S+)/m.exec(this.goMod())?.[1] ?? '';
    return new Error(
      [
        'cluster tests need the go command to build their own Kubernetes and Pulumi, and there is none on PATH. Either',
        `  - install Go ${required} or newer (https://go.dev/dl), or`,
        '  - set FAIRLEAD_TEST_KUBECONFIG to the kubeconfig of a cluster that tests may write to, and put kubectl and pulumi on PATH, or',
        '  - run the tests that need no cluster only',
      ].join('\n'),
    );
  }
}

/** The module of the control plane. */
export const ENGINES_MODULE = new GoModule(path.join(__dirname, '..', 'engines'));

/**
 * The folder with the source tree of a Go module, downloaded when it is not there yet.
 * Much of Kubernetes' ecosystem publishes its YAML this way and no other.
 */
export async function moduleFolder(module: string, version: string): Promise<string> {
  const output = await ENGINES_MODULE.run(['mod', 'download', '-json', `${module}@${version}`]);
  return (JSON.parse(output) as { Dir: string }).Dir;
}
