/**
 * Short-lived environments for branches and pull requests: `npm run preview -- create pr-42 --expires 72h`, `remove pr-42`,
 * `list`, and `expire` for a schedule.
 */
import { resolve } from 'node:path';
import { didYouMean, sentenceList } from '../../lib/core/suggest';
import { policyPack } from '../policy/folder';
import { DEFAULT_EXPIRY, expiryAfter } from '../preview';
import { Previews } from './previews';
import { parseCommand, runCommand } from './run';

const NO_OPTIONS = {} as const;
const USAGES = {
  create: { usage: 'npm run preview -- create <name> [--expires 72h]', options: { expires: { type: 'string' } }, positionals: ['name'] },
  remove: { usage: 'npm run preview -- remove <name>', options: NO_OPTIONS, positionals: ['name'] },
  list: { usage: 'npm run preview -- list', options: NO_OPTIONS, positionals: [] },
  expire: { usage: 'npm run preview -- expire', options: NO_OPTIONS, positionals: [] },
} as const;

type Action = keyof typeof USAGES;

const ACTIONS: Readonly<Record<Action, (previews: Previews, args: readonly string[]) => Promise<void>>> = { create, remove, list, expire };

async function create(previews: Previews, args: readonly string[]): Promise<void> {
  const { given, values } = parseCommand(args, USAGES.create);
  const name = given.name!;
  const expires = expiryAfter(values.expires ?? DEFAULT_EXPIRY, new Date());
  const { url, logs } = await previews.create({ name, expires });
  console.log(`\n${name} is at ${url} until ${expires}.\n  logs    ${logs}\n  remove  npm run preview -- remove ${name}`);
}

async function remove(previews: Previews, args: readonly string[]): Promise<void> {
  const { name } = parseCommand(args, USAGES.remove).given;
  // A closed pull request may never have had one: that is no mistake.
  console.log((await previews.remove(name!)) ? `${name} is removed.` : `There is no preview environment ${name}; there are ${sentenceList(await previews.names())}. Nothing was removed.`);
}

async function list(previews: Previews, args: readonly string[]): Promise<void> {
  parseCommand(args, USAGES.list);
  const known = await previews.list();
  const width = Math.max(0, ...known.map(({ name }) => name.length));
  for (const { name, expires, url } of known) {
    const end = expires === undefined ? 'no readable end' : `${Date.parse(expires) <= Date.now() ? 'expired' : 'until  '} ${expires}`;
    console.log(`${name.padEnd(width)}  ${end}  ${url ?? 'not deployed'}`);
  }
  if (known.length === 0) console.log('There are no preview environments.');
}

async function expire(previews: Previews, args: readonly string[]): Promise<void> {
  parseCommand(args, USAGES.expire);
  const { removed, kept, undated, failed } = await previews.expire(new Date());
  console.log(`removed: ${sentenceList(removed)}; kept: ${sentenceList(kept)}`);
  for (const name of undated) console.error(`${name}: its state tells no end, so it was left; if nobody needs it: npm run preview -- remove ${name}`);
  if (failed.length > 0) throw new Error(failed.map(({ name, message }) => `${name}: not removed: ${message}`).join('\n'));
}

async function main([action, ...args]: readonly string[]): Promise<void> {
  if (action === undefined || !Object.hasOwn(ACTIONS, action)) {
    throw new Error(`got ${action === undefined ? 'nothing' : JSON.stringify(action)}${didYouMean(action ?? '', Object.keys(ACTIONS))}\nusage: ${Object.values(USAGES).map(({ usage }) => usage).join('\n       ')}`);
  }
  await ACTIONS[action as Action](new Previews({ directory: resolve('.') }, (text) => void process.stdout.write(text), [policyPack(resolve('.'))]), args);
}

runCommand(main);
