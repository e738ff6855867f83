import * as path from 'node:path';
import { REPOSITORY } from './bundle';
import type { Case } from './measure';

/** What is imported, by what the report calls it. */
export const IMPORTS = {
  'import cdk8s': 'cdk8s',
  'import cdk8s-plus-28': 'cdk8s-plus-28',
  'import fairlead': 'index.js',
  'import fairlead/web-app': path.join('workloads', 'web-app.js'),
  'import fairlead/cron-task': path.join('workloads', 'cron-task.js'),
} as const;

/** Imports in processes of their own; each prints how long the import alone took. */
export function imports(runs: number, library: string): Case[] {
  return Object.entries(IMPORTS).map(([id, target]) => {
    const module = target.endsWith('.js') ? path.join(library, target) : target;
    return { id, command: process.execPath, args: ['-e', `const start = performance.now(); require(${JSON.stringify(module)}); console.log(performance.now() - start);`], cwd: REPOSITORY, runs, printsTime: true };
  });
}
