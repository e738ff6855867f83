import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { LocalWorkspace, PulumiCommand, type PulumiFn, type Stack } from '@pulumi/pulumi/automation';
import { writeAnalyzer } from './analyzer';
import { findOrBuildPulumi, type PulumiCli } from './cli';
import { kubernetesPlugin, type Plugin } from './plugin';

/** A child process that can be killed at any moment, with all that it started. */
export interface KillableRun {
  /** What it printed so far. */
  output(): string;
  /** Resolves with its exit code; undefined when it was killed. */
  readonly ended: Promise<number | undefined>;
  /** Kills it and everything that it started, as a lost machine would: nobody gets to tidy up. */
  kill(): Promise<void>;
}

/** A real Pulumi engine with a state, a home and a project folder of its own. */
export class Engine {
  /** Holds everything below. */
  readonly directory = mkdtempSync(path.join(tmpdir(), 'fairlead-engine-'));
  /** The folder of Pulumi.yaml and the stack files. */
  readonly workDirectory = path.join(this.directory, 'work');
  /** The environment that leads every Pulumi command to this engine; it goes over the caller's own. */
  readonly environment: Readonly<Record<string, string>>;

  constructor(
    readonly cli: PulumiCli,
    readonly plugin: Plugin,
  ) {
    for (const folder of ['home', 'state', 'work', 'cli/bin', 'bin']) mkdirSync(path.join(this.directory, folder), { recursive: true });
    symlinkSync(cli.path, path.join(this.directory, 'cli/bin/pulumi'));
    writeAnalyzer(path.join(this.directory, 'bin'));
    this.environment = {
      // What an installed CLI brings comes first.
      PATH: [plugin.folder, path.join(this.directory, 'cli/bin'), process.env.PATH, path.join(this.directory, 'bin')].join(path.delimiter),
      PULUMI_BACKEND_URL: `file://${path.join(this.directory, 'state')}`,
      PULUMI_CONFIG_PASSPHRASE: 'test',
      PULUMI_HOME: path.join(this.directory, 'home'),
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: 'true', // a CLI built without its version being set says none
    };
  }

  /** An engine with the CLI and the Kubernetes plugin that are installed, or else with those of the tests. */
  static async create(): Promise<Engine> {
    return new Engine(await findOrBuildPulumi(), kubernetesPlugin());
  }

  /** Which programs are used, for people. */
  get description(): string {
    return `Pulumi CLI: ${this.cli.description}\nKubernetes plugin: ${this.plugin.description}`;
  }

  /** The root of the CLI's installation, for the Automation API's PulumiCommand. */
  get cliRoot(): string {
    return path.join(this.directory, 'cli');
  }

  /** A stack whose program is the function. @param files - written to the project folder first, by name */
  async stack(program: PulumiFn, name = 'test', files: Readonly<Record<string, string>> = {}): Promise<Stack> {
    this.write(files);
    const pulumiCommand = await PulumiCommand.get({ root: this.cliRoot, skipVersionCheck: true });
    return LocalWorkspace.createOrSelectStack(
      { stackName: name, projectName: 'fairlead', program },
      { workDir: this.workDirectory, envVars: { ...this.environment }, pulumiCommand },
    );
  }

  /** Writes files of the project folder. */
  write(files: Readonly<Record<string, string>>): void {
    for (const [file, text] of Object.entries(files)) writeFileSync(path.join(this.workDirectory, file), text);
  }

  /** Every file of the state, as it lies on the disk: checkpoints, history, locks. */
  state(): string {
    return textOf(path.join(this.directory, 'state'));
  }

  /**
   * Runs a TypeScript program in a process of its own, in the engine's environment.
   * @param file - path of the program; it finds the project folder in FAIRLEAD_TEST_PROJECT
   */
  spawn(file: string, args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): KillableRun {
    const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
      cwd: path.resolve(__dirname, '../..'),
      env: { ...process.env, ...this.environment, FAIRLEAD_TEST_PROJECT: this.workDirectory, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    return killable(child);
  }

  /** Removes the engine's folder. */
  remove(): void {
    rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

function killable(child: ChildProcess): KillableRun {
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(child, 'close').then(([code]) => (code as number | null) ?? undefined);
  return {
    output: () => Buffer.concat(chunks).toString('utf8'),
    ended,
    kill: async () => {
      for (const pid of familyOf(child.pid!)) killQuietly(pid);
      await ended;
    },
  };
}

/** A process and all below it, from the top: the engine puts its plugins into process groups of their own. */
function familyOf(pid: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const all = lines.map((line) => line.trim().split(/\s+/).map(Number) as [pid: number, parent: number]);
  const below = (top: number): number[] => [top, ...all.filter(([, parent]) => parent === top).flatMap(([child]) => below(child))];
  return below(pid);
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // ended meanwhile
  }
}

function textOf(folder: string): string {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8')).join('\n');
}
