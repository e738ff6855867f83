/** Destroys an environment that nothing protects any more, with the cluster that it made: `npm run destroy -- staging`. */
import { resolve } from 'node:path';
import { placeOf } from './local-engine';
import { confirm, isInteractive, parseCommand, runCommand } from './run';
import { takeDown } from './take-down';
import { openStack } from './workspace';

const USAGE = { usage: 'npm run destroy -- <environment> [--yes] [--cancel]', options: { yes: { type: 'boolean', short: 'y' }, cancel: { type: 'boolean' } } } as const;

async function main(args: readonly string[]): Promise<void> {
  const { given, values: { yes = false, cancel = false } } = parseCommand(args, USAGE);
  const environment = given.environment!;
  const stack = await openStack({ ...(await placeOf(resolve('.'), environment)), environment });
  // Here nobody is no consent: what goes does not come back.
  if (!yes && !isInteractive()) throw new Error(`${environment}: nobody is there to be asked; say --yes if it shall go`);
  if (!yes && !(await confirm(`Destroy ${environment}, with everything in it?`))) return console.log('Nothing was changed.');
  await takeDown(stack, {}, { cancel });
}

runCommand(main);
