import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { LocalWorkspace, PulumiCommand, type PulumiFn, type Stack } from '@pulumi/pulumi/automation';
import { buildSync } from 'esbuild';
import type { Place } from '../../../stacks/commands/workspace';

/** The Pulumi CLI that `FAIRLEAD_TEST_PULUMI` or PATH names; undefined where there is none. */
export function findCli(): string | undefined {
  const named = process.env.FAIRLEAD_TEST_PULUMI;
  if (named !== undefined) return resolve(named);
  return (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'pulumi')).find(existsSync);
}

/** One thing that the stand-in provider was asked for. */
export interface Action {
  readonly action: 'create' | 'update' | 'delete';
  /** The identity of the object. */
  readonly object: string;
  readonly inputs?: Record<string, unknown>;
}

/** A real Pulumi engine with a state of its own and the stand-in provider. */
export class Engine {
  private readonly directory = mkdtempSync(join(tmpdir(), 'fairlead-engine-'));
  private readonly log = join(this.directory, 'actions.jsonl');
  private readonly failure = join(this.directory, 'failure');
  private read = 0;

  public constructor(private readonly cli: string) {
    const bin = join(this.directory, 'bin');
    for (const folder of ['bin', 'home', 'state', 'work', 'cli/bin']) mkdirSync(join(this.directory, folder), { recursive: true });
    buildSync({ entryPoints: [join(__dirname, 'provider.ts')], bundle: true, platform: 'node', packages: 'external', outfile: join(bin, 'provider.cjs'), logLevel: 'warning' });
    const plugin = join(bin, 'pulumi-resource-kubernetes');
    writeFileSync(plugin, `#!/bin/sh\nNODE_PATH='${resolve(__dirname, '../../../node_modules')}' exec '${process.execPath}' '${join(bin, 'provider.cjs')}' "$@"\n`);
    chmodSync(plugin, 0o755);
    const wrapper = join(this.directory, 'cli/bin/pulumi');
    // A CLI that was built without its version being set says nothing, and the Automation API insists on one.
    writeFileSync(wrapper, `#!/bin/sh\nif [ "$1" = version ]; then version=$('${cli}' version); echo "\${version:-v3.232.0}"; else exec '${cli}' "$@"; fi\n`);
    chmodSync(wrapper, 0o755);
    writeFileSync(this.log, '');
  }

  /** A stack whose program is the function. */
  public async stack(program: PulumiFn, name = 'test', files: Readonly<Record<string, string>> = {}): Promise<Stack> {
    this.write(files);
    const { directory: workDir, env: envVars, cli: pulumiCommand } = await this.place();
    return LocalWorkspace.createOrSelectStack({ stackName: name, projectName: 'fairlead', program }, { workDir, envVars, pulumiCommand });
  }

  /** The project and this engine, as our commands take them. */
  public async place(): Promise<Required<Place>> {
    const env = { PATH: [join(this.directory, 'bin'), dirname(this.cli), process.env.PATH].join(delimiter), PULUMI_BACKEND_URL: `file://${join(this.directory, 'state')}`, PULUMI_CONFIG_PASSPHRASE: 'test', PULUMI_SKIP_UPDATE_CHECK: 'true', PULUMI_HOME: join(this.directory, 'home'), TEST_PROVIDER_LOG: this.log, TEST_PROVIDER_FAILURE: this.failure };
    return { directory: this.workDirectory, env, cli: await PulumiCommand.get({ root: join(this.directory, 'cli') }) };
  }

  /** Writes files of the project. */
  public write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) writeFileSync(join(this.workDirectory, file), text);
  }

  /** Lets the provider fail at one step (`delete Deployment/shop/web`), or at none any more. */
  public fail(step: string | undefined): void {
    if (step === undefined) rmSync(this.failure, { force: true });
    else writeFileSync(this.failure, step);
  }

  /** What the provider was asked for since the last call. */
  public actions(): Action[] {
    const lines = readFileSync(this.log, 'utf8').split('\n').filter(Boolean);
    const fresh = lines.slice(this.read);
    this.read = lines.length;
    return fresh.map((line) => JSON.parse(line) as Action);
  }

  /** The same, as text: `create ConfigMap/shop/a`. */
  public steps(): string[] {
    return this.actions().map(({ action, object }) => `${action} ${object}`);
  }

  /** Every file of the state, as it lies on the disk. */
  public state(): string {
    return execFileSync('grep', ['-rh', '', join(this.directory, 'state')], { encoding: 'utf8', maxBuffer: 1e9 });
  }

  /** The folder that the program's files are in. */
  public get workDirectory(): string {
    return join(this.directory, 'work');
  }

  public remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
