/** The CLI is found among the ancestors of the program, and interrupted once. Stands for the CLI: Node under its name. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const onPosix = process.platform === 'win32' ? describe.skip : describe;

onPosix('interrupting Pulumi', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fairlead-interrupt-'));
    const program = "import { interruptPulumi } from './interrupt';\nvoid (async () => console.log(await interruptPulumi(), await interruptPulumi()))();";
    buildSync({ stdin: { contents: program, resolveDir: join(__dirname, '../../../lib/pulumi/watch'), loader: 'ts' }, bundle: true, platform: 'node', outfile: join(folder, 'program.cjs'), logLevel: 'warning' });
    // As the engine starts it, in a process group of its own, so that only the signal itself reaches the CLI.
    const cli = `let signals = 0;
      process.on('SIGINT', () => signals++);
      const host = require('node:child_process').spawn('/bin/sh', ['-c', '"$0" program.cjs; sleep 0.2', ${JSON.stringify(process.execPath)}], { stdio: 'inherit', detached: true });
      host.on('close', () => console.log('signals:', signals));`;
    writeFileSync(join(folder, 'cli.cjs'), cli);
    symlinkSync(process.execPath, join(folder, 'pulumi'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('signals the CLI that runs the program, once', () => {
    const output = execFileSync(join(folder, 'pulumi'), ['cli.cjs'], { cwd: folder, encoding: 'utf8' });
    expect(output).toBe('true true\nsignals: 1\n');
  });

  it('signals nobody where no CLI runs the program', () => {
    expect(execFileSync(process.execPath, [join(folder, 'program.cjs')], { encoding: 'utf8' })).toBe('false false\n');
  });
});
