import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT } from './rendered';

const COPIED = ['Pulumi.yaml', 'Pulumi.local.yaml', 'Pulumi.preview.yaml', 'Pulumi.staging.yaml', 'Pulumi.production.yaml', 'cdk8s.yaml', 'package.json'];
const LINKED = ['node_modules', 'lib', 'scripts', 'stacks', 'test'];

/** A copy of this project in a folder of its own, whose program can be run and broken. */
export class Project {
  public readonly directory = mkdtempSync(join(tmpdir(), 'fairlead-project-'));

  public constructor() {
    for (const file of COPIED) cpSync(join(ROOT, file), join(this.directory, file));
    for (const folder of LINKED) symlinkSync(join(ROOT, folder), join(this.directory, folder));
  }

  /** Runs a command in the project. */
  public run(command: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
    const env = { ...process.env, CDK8S_OUTDIR: undefined };
    return spawnSync(command, args, { cwd: this.directory, encoding: 'utf8', env });
  }

  /** Writes a file of the project. */
  public write(file: string, text: string): void {
    writeFileSync(join(this.directory, file), text);
  }

  /** What stands below a folder, by path. */
  public files(folder: string): Record<string, string> {
    const top = join(this.directory, folder);
    const all = readdirSync(top, { recursive: true, encoding: 'utf8' }).map((path) => join(top, path)).filter((path) => statSync(path).isFile());
    return Object.fromEntries(all.sort().map((path) => [relative(top, path), readFileSync(path, 'utf8')]));
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
