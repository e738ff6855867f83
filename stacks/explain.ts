/**
 * Prints what was derived and why: `npm run explain -- staging`, `npm run explain -- staging frontend`; and what the
 * environment costs, item by item: `npm run explain -- staging --cost`.
 */
import { explain } from '../lib';
import { loadEnvironment } from '../lib/environment';
import { boutiqueApp } from './boutique/app';
import { costOf } from './cost';
import { environmentSchema } from './environment';

function main([name, workload]: readonly string[]): void {
  if (name === undefined || name.startsWith('-')) throw new Error('name an environment first: npm run explain -- staging [workload | --cost]');
  const environment = loadEnvironment('.', name, environmentSchema);
  const app = boutiqueApp(environment, name);
  if (workload === '--cost') return console.log(costOf(environment.config, app.render()).details.join('\n'));
  const decisions = explain(app).filter(({ path }) => workload === undefined || path.split('/').includes(workload));
  if (decisions.length === 0) throw new Error(`no workload '${workload}' in ${name}; there are ${[...new Set(explain(app).map(({ path }) => path.split('/').at(-1)))].join(', ')}`);
  for (const [path, own] of group(decisions)) {
    console.log(path);
    for (const { what, value, why } of own) console.log(`  ${what}: ${JSON.stringify(value)} (${why})`);
  }
}

function group<T extends { readonly path: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(item.path, [...(groups.get(item.path) ?? []), item]);
  return groups;
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
