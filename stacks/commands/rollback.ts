/** Goes back to the last release that completed, from the state: `npm run rollback -- staging`. */
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { goBack } from './go-back';
import { placeOf } from './local-engine';
import { parseCommand, runCommand } from './run';
import { openStack } from './workspace';

const USAGE = {
  usage: 'npm run rollback -- <environment> [--to <n>] [--with-release-tasks] [--cause <why>] [--by <who>] [--preview] [--diff] [--yes] [--cancel]',
  options: {
    to: { type: 'string' },
    'with-release-tasks': { type: 'boolean' },
    cause: { type: 'string' },
    by: { type: 'string' },
    preview: { type: 'boolean' },
    diff: { type: 'boolean' },
    yes: { type: 'boolean', short: 'y' },
    cancel: { type: 'boolean' },
  },
} as const;

runCommand(async (args) => {
  const { given, values } = parseCommand(args, USAGE);
  const environment = given.environment!;
  await goBack(await openStack({ ...(await placeOf(resolve('.'), environment)), environment }), { by: userInfo().username, ...values });
});
