import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../stacks/rendered';

/** A project with programs of its own that `scripts/run.cjs` runs. */
class Programs {
  public readonly directory = mkdtempSync(join(tmpdir(), 'fairlead-run-'));

  public constructor() {
    for (const file of ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/run.cjs']) cpSync(join(ROOT, file), join(this.directory, file));
    mkdirSync(join(this.directory, 'node_modules'));
    for (const name of ['.bin', 'esbuild', '@esbuild', 'zod', 'js-yaml', 'cdk8s', 'cdk8s-plus-28', 'constructs']) symlinkSync(join(ROOT, 'node_modules', name), join(this.directory, 'node_modules', name));
  }

  public write(file: string, text: string): void {
    mkdirSync(dirname(join(this.directory, file)), { recursive: true });
    writeFileSync(join(this.directory, file), text);
  }

  public run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, ['scripts/run.cjs', ...args], { cwd: this.directory, encoding: 'utf8' });
  }

  /** When the bundle, and what V8 made of it, were written. */
  public kept(): number[] {
    const folder = join(this.directory, 'node_modules/.cache/fairlead');
    return readdirSync(folder).filter((name) => name.startsWith('main')).map((name) => statSync(join(folder, name)).mtimeMs);
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

describe('scripts/run.cjs', () => {
  let programs: Programs;
  beforeEach(() => (programs = new Programs()));
  afterEach(() => programs.remove());

  /** A change in the same instant as the build is not kept, rightly; people are slower. */
  const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

  it('passes the arguments on, and keeps the bundle while nothing changes', async () => {
    programs.write('main.ts', "import { word } from './word';\nconst said: string[] = [word, ...process.argv.slice(2)];\nconsole.log(said.join(' '));\n");
    programs.write('word.ts', "export const word = 'hello';\n");
    await pause();
    expect(programs.run('main.ts', 'a', '--b')).toEqual(expect.objectContaining({ status: 0, stdout: 'hello a --b\n', stderr: '' }));
    const kept = programs.kept();
    expect(kept).toHaveLength(2);
    expect(programs.run('main.ts').stdout).toBe('hello\n');
    expect(programs.kept()).toEqual(kept);
  });

  it('notices a change of the same length, a file that hides another, and one that goes', async () => {
    programs.write('main.ts', "import { word } from './word';\nconsole.log(word);\n");
    programs.write('word/index.ts', "export const word = 'first';\n");
    await pause();
    expect([programs.run('main.ts').stdout, programs.run('main.ts').stdout]).toEqual(['first\n', 'first\n']);
    programs.write('word/index.ts', "export const word = 'third';\n");
    await pause();
    expect([programs.run('main.ts').stdout, programs.run('main.ts').stdout]).toEqual(['third\n', 'third\n']);
    programs.write('word.ts', "export const word = 'other';\n");
    await pause();
    expect(programs.run('main.ts').stdout).toBe('other\n');
    rmSync(join(programs.directory, 'word.ts'));
    await pause();
    expect(programs.run('main.ts').stdout).toBe('third\n');
  });

  it('loads a bundled package once, and other packages where they are', () => {
    programs.write('deep/other.ts', "import * as z from 'zod';\nexport const schema = z.string();\n");
    programs.write('main.ts', "import * as z from 'zod';\nimport { dump } from 'js-yaml';\nimport { version } from 'esbuild';\nimport { schema } from './deep/other';\nconsole.log(schema instanceof z.ZodString, dump({ a: 1 }).trim(), typeof version);\nvoid import('node:path').then(({ sep }) => console.log(sep));\n");
    expect(programs.run('main.ts')).toEqual(expect.objectContaining({ status: 0, stdout: 'true a: 1 string\n/\n', stderr: '' }));
    expect(programs.run('main.ts').stdout).toBe('true a: 1 string\n/\n');
  });

  it('has one cdk8s for the program and for the packages that use it, which finds the files beside its code', () => {
    programs.write('chart.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: included }\n');
    programs.write('main.ts', "import { ApiObject, App, Chart, Include } from 'cdk8s';\nimport { ConfigMap } from 'cdk8s-plus-28';\nconst chart = new Chart(new App(), 'chart');\nnew Include(chart, 'file', { url: 'chart.yaml' });\nconst map = new ConfigMap(chart, 'map', { metadata: { name: 'own' } });\nconst [own] = map.node.findAll().filter((it) => it instanceof ApiObject);\nconsole.log(own?.name, (chart.toJson() as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name).sort().join(' '));\n");
    expect(programs.run('main.ts')).toEqual(expect.objectContaining({ status: 0, stdout: 'own included own\n', stderr: '' }));
    expect(programs.run('main.ts').stdout).toBe('own included own\n');
  });

  it('says what is wrong with a program, and ends with an exit code', async () => {
    programs.write('main.ts', "import './nothing';\n");
    expect(programs.run('main.ts')).toMatchObject({ status: 1, stderr: expect.stringContaining('Could not resolve "./nothing"') });
    programs.write('main.ts', "process.exitCode = 3;\n");
    await pause();
    expect([programs.run('main.ts').status, programs.run('main.ts').status]).toEqual([3, 3]);
    expect(programs.run().stderr).toContain('name a program: node scripts/run.cjs stacks/cdk8s.ts');
    expect(programs.run('gone.ts')).toMatchObject({ status: 1, stderr: expect.stringContaining('Could not resolve "./gone.ts"') });
  });
});
