import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RUNBOOKS, runbookPages } from '../../../lib/monitoring/runbooks';
import { ALERTS, APPLICATION_ALERTS } from '../../../lib/monitoring/rules';

const FOLDER = join(__dirname, '../../../docs/runbooks');
const names = Object.keys(ALERTS);
const pages = runbookPages();

test('there is a page for every alert, and none for another', () => {
  expect(readdirSync(FOLDER).sort()).toEqual([...names.map((name) => `${name}.md`), 'README.md'].sort());
});

test.each([...pages])('%s is up to date (npx tsx scripts/runbooks.ts)', (file, text) => {
  expect(readFileSync(join(FOLDER, file), 'utf8')).toBe(text);
});

test.each(Object.entries(RUNBOOKS))('%s says what it means, why, what to look at and how to mend it', (name, { meaning, causes, look, mend }) => {
  expect(meaning).toMatch(/\.$/);
  for (const part of [causes, look, mend]) expect(part.length).toBeGreaterThan(0);
  for (const [question, command] of look) {
    expect(question).not.toBe('');
    expect(command).toMatch(/^(kubectl|curl|openssl|dig) /);
  }
  if (Object.hasOwn(APPLICATION_ALERTS, name)) expect(look.some(([, command]) => /\$(NAMESPACE|HOST)/.test(command))).toBe(true);
});

test('an alert that a runbook speaks of is there', () => {
  const known = new Set(names);
  const text = JSON.stringify(RUNBOOKS);
  const named = [...text.matchAll(/(?:see|[Ff]ollow) ([A-Z][a-z]+(?:[A-Z][a-z]+)+)/g)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

test('the index leads to every page', () => {
  for (const name of names) expect(pages.get('README.md')).toContain(`[${name}](${name}.md)`);
});
