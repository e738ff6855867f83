import { createInterface } from 'node:readline/promises';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { didYouMean } from '../../lib/core/suggest';
import { engineError } from './workspace';

type Options = NonNullable<ParseArgsConfig['options']>;

/** How a command is called. */
export interface Usage<T extends Options = Options> {
  /** The call as a person types it: `npm run up -- <environment> [--yes]`. */
  readonly usage: string;
  /** Its options, as `parseArgs` of Node takes them. */
  readonly options: T;
  /** Names of what is given without a dash, in order; all are required. @default ['environment'] */
  readonly positionals?: readonly string[];
}

/** The arguments of a command. */
export interface Arguments<T extends Options> {
  /** What was given without a dash, by name. */
  readonly given: Readonly<Record<string, string>>;
  /** The options. */
  readonly values: ReturnType<typeof parseArgs<{ options: T }>>['values'];
}

/**
 * Reads the arguments of a command.
 * @throws with the usage, on what it does not know
 */
export function parseCommand<T extends Options>(args: readonly string[], { usage, options, positionals = ['environment'] }: Usage<T>): Arguments<T> {
  const refuse = (message: string): never => {
    throw new Error(`${message}\nusage: ${usage}`);
  };
  const unknown = args.map((arg) => /^--([^=]+)/.exec(arg)?.[1]).find((name) => name !== undefined && !Object.hasOwn(options, name));
  if (unknown !== undefined) refuse(`--${unknown}: no such option${didYouMean(unknown, Object.keys(options))}`);
  const { values, positionals: found } = parse(args, options, refuse);
  if (found.length < positionals.length) refuse(`${positionals[found.length]}: got nothing; name one`);
  if (found.length > positionals.length) refuse(`got ${JSON.stringify(found[positionals.length])}, which is one argument too many`);
  return { given: Object.fromEntries(positionals.map((name, index) => [name, found[index]!])), values };
}

function parse<T extends Options>(args: readonly string[], options: T, refuse: (message: string) => never) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    return refuse((error as Error).message.replace(/\. To specify .*$/s, ''));
  }
}

/** Runs a command of `npm run`; what goes wrong is printed as a message and makes the exit code 1. */
export function runCommand(main: (args: readonly string[]) => Promise<void>): void {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error instanceof Error ? engineError(error) : String(error));
    process.exitCode = 1;
  });
}

/** Whether a person sits in front of it who can be asked. */
export const isInteractive = (): boolean => process.stdin.isTTY && process.stdout.isTTY;

/** Asks a person; anything but `yes` or `y` is a no. */
export async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} (yes/no) `)).trim());
  } finally {
    terminal.close();
  }
}
