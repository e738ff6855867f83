/** Deploys an environment: `npm run up -- staging --cause "Faster checkout" --version 1.4.0`. */
import { resolve } from 'node:path';
import { deployEnvironment } from '../pulumi/deploy';
import { planDeployment } from '../pulumi/plan';
import { confirm, isInteractive, parseCommand, runCommand } from './run';
import { update } from './update';
import { openStack } from './workspace';

const USAGE = {
  usage: 'npm run up -- <environment> [--preview] [--diff] [--refresh] [--yes]',
  options: {
    preview: { type: 'boolean' },
    diff: { type: 'boolean' },
    refresh: { type: 'boolean' },
    yes: { type: 'boolean', short: 'y' },
  },
} as const;

async function main(args: readonly string[]): Promise<void> {
  const { given, values } = parseCommand(args, USAGE);
  const { diff = false, refresh = false } = values;
  const directory = resolve('.');
  const environment = given.environment!;
  // Before anything is made: a mistyped name would become a stack.
  planDeployment(directory, environment);
  const program = async () => {
    const { resources: _, ...outputs } = deployEnvironment(directory, environment);
    return outputs;
  };
  const stack = await openStack({ directory, environment, program, create: true });
  if (values.preview || (!values.yes && isInteractive())) await update(stack, { action: 'preview', diff, refresh });
  if (values.preview) return;
  if (!values.yes && isInteractive() && !(await confirm(`Deploy this to ${environment}?`))) return console.log('Nothing was changed.');
  await update(stack, { action: 'up', diff, refresh });
}

runCommand(main);
