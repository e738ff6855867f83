/**
 * Deploys `local` on a machine with nothing but Node and Go, or with whatever of a cluster and Pulumi is there:
 * `npm run local`, `npm run local -- --context kind-kind`, and `npm run local -- down`.
 */
import { resolve } from 'node:path';
import { didYouMean } from '../../lib/core/suggest';
import { runCommand, parseCommand } from './run';
import { LocalEnvironment } from './local-environment';

const USAGES = {
  up: { usage: 'npm run local [-- --context <context>] [--kubeconfig <path>]', options: { context: { type: 'string' }, kubeconfig: { type: 'string' } }, positionals: [] },
  down: { usage: 'npm run local -- down', options: {}, positionals: [] },
} as const;

async function main(args: readonly string[]): Promise<void> {
  const local = new LocalEnvironment(resolve('.'), (text) => void process.stdout.write(text));
  const [action, ...rest] = args;
  if (action === 'down') {
    parseCommand(rest, USAGES.down);
    return local.down();
  }
  if (action !== undefined && !action.startsWith('-')) throw new Error(`got ${JSON.stringify(action)}${didYouMean(action, ['down'])}\nusage: ${USAGES.up.usage}\n       ${USAGES.down.usage}`);
  return local.up(parseCommand(args, USAGES.up).values);
}

runCommand(main);
