/** Lists who released what, the newest first: `npm run history -- staging`. */
import { resolve } from 'node:path';
import { placeOf } from './local-engine';
import { parseCommand, runCommand } from './run';
import { pastUpdates, type PastUpdate } from './updates';
import { openStack } from './workspace';

const USAGE = {
  usage: 'npm run history -- <environment> [--limit <n>] [--json]',
  options: { limit: { type: 'string', default: '20' }, json: { type: 'boolean' } },
} as const;

const COLUMNS: readonly (readonly [string, (update: PastUpdate) => string | undefined])[] = [
  ['WHEN', ({ end }) => end.replace(/\.\d+Z$/, 'Z')],
  ['WHAT', ({ kind, releasesLeft }) => (releasesLeft === undefined ? kind.replace('update', 'release') : 'rollback')],
  ['RESULT', ({ result }) => result],
  ['VERSION', ({ version }) => version],
  ['REVISION', ({ revision }) => revision],
  ['WHO', ({ by }) => by],
  ['CAUSE', ({ cause }) => cause?.split('\n')[0]],
];

async function main(args: readonly string[]): Promise<void> {
  const { given, values } = parseCommand(args, USAGE);
  if (!/^[1-9]\d*$/.test(values.limit)) throw new Error(`--limit: got ${JSON.stringify(values.limit)}; a number from 1 is allowed`);
  const stack = await openStack({ ...(await placeOf(resolve('.'), given.environment!)), environment: given.environment! });
  const updates = (await pastUpdates(stack)).slice(0, Number(values.limit));
  console.log(values.json ? JSON.stringify(updates, undefined, 2) : updates.length === 0 ? `${stack.name}: nothing was released yet.` : table(updates));
}

/** The updates in columns; what nobody said is a dash. */
function table(updates: readonly PastUpdate[]): string {
  const rows = [COLUMNS.map(([title]) => title), ...updates.map((update) => COLUMNS.map(([, cell]) => cell(update) ?? '-'))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n');
}

runCommand(main);
