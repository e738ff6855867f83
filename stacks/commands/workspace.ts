/**
 * The one place where Pulumi's Automation API is set up. A command opens a stack, then lets the engine work on it:
 *
 *     openStack(…)               here: selects or makes the stack of an environment, gives back Automation's Stack
 *     update(stack, …)           update.ts: up, preview, refresh or destroy; prints what the engine says as it comes
 *     parseCommand, runCommand   run.ts: arguments, messages instead of stacks, exit codes
 *
 * The CLI is the `pulumi` on PATH, or `cli`; backend, passphrase and login are those of the user's environment, or `env`.
 */
import { CommandError, LocalWorkspace, StackNotFoundError, type LocalWorkspaceOptions, type PulumiCommand, type PulumiFn, type Stack, type Workspace } from '@pulumi/pulumi/automation';

/** A project, and the engine that works on it. */
export interface Place {
  /** The folder of Pulumi.yaml. */
  readonly directory: string;
  /** Variables for the engine and the plugins, over those of the environment. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** The Pulumi CLI. @default the `pulumi` on PATH */
  readonly cli?: PulumiCommand;
}

/** Which stack to open. */
export interface StackOptions extends Place {
  /** The environment, whose file is `Pulumi.<environment>.yaml`. */
  readonly environment: string;
  /** Name of the stack. @default the environment */
  readonly stackName?: string;
  /** The program; it runs in this process and needs no language host. @default none: for what works on the state alone */
  readonly program?: PulumiFn;
  /** Whether the stack is made where there is none. @default false */
  readonly create?: boolean;
}

/** A program of nothing, for commands that work on the state alone; none of them lets the engine run it. */
const NO_PROGRAM: PulumiFn = async () => {
  throw new Error('this stack was opened without a program');
};

/**
 * Opens the stack of an environment.
 * @throws when there is none, and it shall not be made; when the engine can't be reached
 */
export async function openStack({ environment, stackName = environment, program = NO_PROGRAM, create = false, ...place }: StackOptions): Promise<Stack> {
  const args = { stackName, projectName: 'fairlead', program };
  const options = workspaceOptions(place);
  try {
    return await (create ? LocalWorkspace.createOrSelectStack(args, options) : LocalWorkspace.selectStack(args, options));
  } catch (error) {
    if (error instanceof StackNotFoundError) throw new Error(`${stackName}: nothing was deployed yet; deploy it first: npm run up -- ${stackName}`, { cause: error });
    throw new Error(`${stackName}: ${engineError(error as Error)}`, { cause: error });
  }
}

/**
 * The project for what concerns no single stack: it selects none, so that a person's selection stays as it is.
 * @throws when the engine can't be reached
 */
export async function openWorkspace(place: Place): Promise<Workspace> {
  try {
    return await LocalWorkspace.create(workspaceOptions(place));
  } catch (error) {
    throw new Error(engineError(error as Error), { cause: error });
  }
}

function workspaceOptions({ directory, env = {}, cli }: Place): LocalWorkspaceOptions {
  return { workDir: directory, envVars: { PULUMI_SKIP_UPDATE_CHECK: 'true', ...env }, ...(cli === undefined ? {} : { pulumiCommand: cli }) };
}

/** Any other command of the CLI; the Automation API has this for itself. */
interface Cli {
  run(args: readonly string[], directory: string, env: Readonly<Record<string, string>>): Promise<{ readonly stdout: string }>;
}

/** Runs a command of the CLI on a stack, and gives back what it prints. */
export async function runPulumi(workspace: Workspace, stackName: string, args: readonly string[]): Promise<string> {
  const cli = workspace.pulumiCommand as unknown as Cli;
  return (await cli.run([...args, '--stack', stackName], workspace.workDir, workspace.envVars)).stdout;
}

/** A state as the engine keeps it. */
export interface Exported {
  readonly version: number;
  readonly deployment: unknown;
}

/** The state of a stack, its secrets encrypted: the Automation API would decrypt them. */
export const exportEncrypted = async (workspace: Workspace, stackName: string): Promise<Exported> => JSON.parse(await runPulumi(workspace, stackName, ['stack', 'export'])) as Exported;

/** What the engine says went wrong, without the command line and the exit code around it. */
export function engineError(error: Error): string {
  if (error.message.includes('ENOENT')) return 'there is no Pulumi CLI on the PATH; install it (https://www.pulumi.com/docs/install)';
  if (!(error instanceof CommandError)) return error.message;
  const found = /^error: ([^]*)/m.exec(error.message)?.[1];
  return (found ?? error.message).trim();
}
