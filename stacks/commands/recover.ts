/** Puts an environment right after an update that was interrupted: `npm run recover -- staging`. `npm run up` does it, too. */
import { resolve } from 'node:path';
import { placeOf } from './local-engine';
import { recover } from './recovery';
import { parseCommand, runCommand } from './run';
import { openStack } from './workspace';

const USAGE = {
  usage: 'npm run recover -- <environment> [--cancel]',
  options: { cancel: { type: 'boolean' } },
} as const;

runCommand(async (args) => {
  const { given, values } = parseCommand(args, USAGE);
  const environment = given.environment!;
  const stack = await openStack({ ...(await placeOf(resolve('.'), environment)), environment });
  if (!(await recover(stack, values))) console.log(`${stack.name}: nothing was interrupted.`);
});
