/** Deploys an environment: `npm run up -- staging --cause "Faster checkout" --version 1.4.0`. */
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { defined } from '../../lib/core/json';
import { boutiqueApp } from '../boutique/app';
import { costOf } from '../cost';
import { environmentProgram } from '../pulumi/deploy';
import { policyPack } from '../policy/folder';
import { planDeployment } from '../pulumi/plan';
import { deploy } from './deploy';
import { writeMessage } from './message';
import { parseCommand, runCommand } from './run';
import { openStack } from './workspace';

const USAGE = {
  usage: 'npm run up -- <environment> [--cause <why>] [--version <version>] [--revision <revision>] [--by <who>] [--preview] [--diff] [--refresh] [--yes] [--cancel] [--allow-replacement <resource>]...',
  options: {
    cause: { type: 'string' },
    version: { type: 'string' },
    revision: { type: 'string' },
    by: { type: 'string' },
    preview: { type: 'boolean' },
    diff: { type: 'boolean' },
    refresh: { type: 'boolean' },
    yes: { type: 'boolean', short: 'y' },
    cancel: { type: 'boolean' },
    'allow-replacement': { type: 'string', multiple: true },
  },
} as const;

async function main(args: readonly string[]): Promise<void> {
  const { given, values } = parseCommand(args, USAGE);
  const { diff = false, refresh = false, cause, version, revision, by, 'allow-replacement': allowReplacement = [] } = values;
  const directory = resolve('.');
  const environment = given.environment!;
  // Before anything is made: a mistyped name would become a stack.
  const { environment: settings } = planDeployment(directory, environment);
  console.log(`${environment} ${costOf(settings.config, boutiqueApp(settings, environment).render()).line}`);
  const change = defined({ cause, version, revision, by });
  const at = new Date().toISOString();
  const stuck = new AbortController();
  const program = () => environmentProgram(directory, environment, { release: { ...change, at }, allowReplacement, onStuck: () => stuck.abort() });
  const stack = await openStack({ directory, environment, program, create: true });
  await deploy(stack, { diff, refresh, policyPacks: [policyPack(directory)], signal: stuck.signal, message: writeMessage({ by: userInfo().username, ...change }) }, { ...values, allowReplacement });
}

runCommand(main);
