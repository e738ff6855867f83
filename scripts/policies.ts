/** Writes the table of the policies into docs/policies.md: `npx tsx scripts/policies.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DEFINITIONS } from '../lib/pulumi/policy/definitions';
import type { Definition } from '../lib/pulumi/policy/definition';

const PAGE = resolve(__dirname, '../docs/policies.md');
const PLACE = /(<!-- policies -->\n)[^]*(<!-- \/policies -->)/;

/** The page with the table as the definitions have it. */
export function withTable(page: string): string {
  if (!PLACE.test(page)) throw new Error('docs/policies.md needs the lines <!-- policies --> and <!-- /policies --> around its table');
  return page.replace(PLACE, (_, start: string, end: string) => `${start}\n${table()}\n\n${end}`);
}

function table(): string {
  const rows = Object.entries(DEFINITIONS as Readonly<Record<string, Definition>>).map(([name, { promise, reason, level, settings = {} }]) => {
    const own = Object.entries(settings).map(([key, setting]) => `\`${key}\` (${JSON.stringify(setting.default).replaceAll('"', "'")}): ${setting.description}`);
    return [`\`${name}\``, promise, reason, level, own.join('; ')];
  });
  return [['Policy', 'What must hold', 'Because', 'Level', 'Settings'], ['---', '---', '---', '---', '---'], ...rows].map((cells) => `| ${cells.join(' | ')} |`.replace('|  |', '| |')).join('\n');
}

if (require.main === module) writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8')));
