import { readdirSync, readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { REPOSITORY } from './bundle';
import type { Case } from './measure';
import type { Rival } from './rivals';

/** The ways to render the shop. */
export const BOUTIQUE = {
  rival: '`npx cdk8s synth`, default ts-node runner, plain cdk8s-plus, 12 workloads, one environment',
  cli: 'ours, four environments: `npx cdk8s synth`',
  npm: 'ours, four environments: `npm run synth`',
  script: 'ours, four environments: the command line of `npm run synth`',
  monitored: 'ours, four environments: the same with the monitoring of each',
  edited: 'ours, four environments: the same after a change of its source',
  first: 'ours, four environments: the same on a fresh clone',
} as const;

/** The CLI looks for a newer version of itself in the registry every half hour; neither side is charged for the network. */
const SYNTH = ['cdk8s', 'synth', '--check-upgrade=false'];

/**
 * Ours render all environments to dist/, as a developer does.
 * @param shop - the project of the shop alone
 */
export function onlineBoutique(runs: number, rival: Rival, shop: string): Case[] {
  const bin = path.join(REPOSITORY, 'node_modules', '.bin');
  const { scripts } = JSON.parse(readFileSync(path.join(REPOSITORY, 'package.json'), 'utf8')) as { scripts: { synth: string } };
  const caseOf = (id: keyof typeof BOUTIQUE, command: string, args: readonly string[], cwd: string): Case => ({ id, command, args, cwd, runs });
  const script = { command: 'sh', args: ['-c', scripts.synth], cwd: shop, runs, env: { PATH: `${bin}${path.delimiter}${process.env.PATH}` } };
  return [
    ...('at' in rival ? [caseOf('rival', 'npx', SYNTH, rival.at)] : []),
    caseOf('cli', 'npx', SYNTH, shop),
    caseOf('npm', 'npm', ['run', 'synth'], shop),
    { id: 'script', ...script },
    { id: 'monitored', ...script, cwd: REPOSITORY },
    { id: 'edited', ...script, before: () => forget(/^stacks-/) },
    { id: 'first', ...script, before: () => forget(/^(stacks-|zod|js-yaml)/) },
  ];
}

/** Removes kept bundles, as if what they were made from had changed. */
function forget(names: RegExp): void {
  const folder = path.join(REPOSITORY, 'node_modules', '.cache', 'fairlead');
  for (const name of readdirSync(folder)) if (names.test(name)) rmSync(path.join(folder, name));
}
