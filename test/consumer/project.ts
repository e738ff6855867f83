import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** What a consumer gets beside the package: its dependencies and its peers, and nothing else of this repo. */
const BESIDE = ['@grafana/grafana-foundation-sdk', '@lezer/common', '@lezer/highlight', '@lezer/lr', '@prometheus-io/lezer-promql', 'ajv', 'js-yaml', 'zod', 'cdk8s', 'cdk8s-plus-28', 'constructs'];

/** A TypeScript project outside of this repo that has the packed package installed; nothing is fetched. */
export class ConsumerProject {
  public readonly directory = realpathSync(mkdtempSync(join(tmpdir(), 'fairlead-consumer-')));
  /** Paths in the package. */
  public readonly packed: readonly string[];
  /** Bytes of the tarball, and of what is in it. */
  public readonly size: { readonly packed: number; readonly unpacked: number };

  public constructor() {
    const [tarball] = JSON.parse(this.npmPack()) as [{ filename: string; size: number; unpackedSize: number; files: { path: string }[] }];
    this.packed = tarball.files.map(({ path }) => path);
    this.size = { packed: tarball.size, unpacked: tarball.unpackedSize };
    const modules = join(this.directory, 'node_modules');
    mkdirSync(join(modules, 'fairlead'), { recursive: true });
    execFileSync('tar', ['-xzf', join(this.directory, tarball.filename), '-C', join(modules, 'fairlead'), '--strip-components=1']);
    for (const name of BESIDE) this.link(name);
  }

  /** Adds a file. */
  public write(path: string, content: string | object): void {
    mkdirSync(dirname(join(this.directory, path)), { recursive: true });
    writeFileSync(join(this.directory, path), typeof content === 'string' ? content : JSON.stringify(content));
  }

  /** Installs one more package of this repo. */
  public link(name: string): void {
    mkdirSync(dirname(join(this.directory, 'node_modules', name)), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), join(this.directory, 'node_modules', name));
  }

  /** Runs the TypeScript compiler; gives what it has to say, nothing when all is well. */
  public tsc(...options: string[]): string {
    return this.run(join(ROOT, 'node_modules/typescript/bin/tsc'), ...options);
  }

  /** Runs node; gives what it prints. */
  public run(...options: string[]): string {
    try {
      const { NODE_PATH: _, ...env } = process.env;
      return execFileSync(process.execPath, options, { cwd: this.directory, env, encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      return stdout + stderr;
    }
  }

  /** Packs a copy, so that what stands in the repo's `build` stays. */
  private npmPack(): string {
    const copy = join(this.directory, 'source');
    const kept = ['lib', 'scripts', 'package.json', 'tsconfig.json', 'tsconfig.build.json', 'LICENSE', 'README.md'];
    for (const path of kept) cpSync(join(ROOT, path), join(copy, path), { recursive: true, force: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    const output = execFileSync('npm', ['pack', '--json', '--pack-destination', this.directory], { cwd: copy, encoding: 'utf8', stdio: 'pipe' });
    return output.slice(output.indexOf('[\n'));
  }
}
