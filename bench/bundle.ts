import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { loadAll } from 'js-yaml';
import { nameOf } from './apps/task';

export const REPOSITORY = path.join(__dirname, '..');

const MODULES = path.join(REPOSITORY, 'node_modules');
/** Below node_modules, so that the programs find their packages; each run has its own. */
const OUTPUT = path.join(MODULES, '.cache', 'fairlead', `bench-${process.pid}`);

/** The programs that render N applications. */
export const PROGRAMS = ['ours', 'plus-one-chart', 'plus-chart-each', 'floor-yaml', 'floor-json'] as const;
export type Program = (typeof PROGRAMS)[number];

export const bundleOf = (program: Program): string => path.join(OUTPUT, `${program}.cjs`);

/** Bundles the programs as `npm run synth` bundles its own, so that only their work is timed. */
export function bundlePrograms(): void {
  bundle(PROGRAMS.filter((program) => !program.startsWith('floor')), '');
  bundle(PROGRAMS.filter((program) => program.startsWith('floor')), objectsOfSource());
}

/** Removes what this process bundled and compiled. */
export function removeBundles(): void {
  rmSync(OUTPUT, { recursive: true, force: true });
}

function bundle(programs: readonly Program[], banner: string): void {
  const files = programs.map((program) => path.join(__dirname, 'apps', `${program}.ts`));
  const options = ['--bundle', '--platform=node', '--target=node20', '--packages=external', `--outdir=${OUTPUT}`, '--out-extension:.js=.cjs', '--log-level=warning', `--banner:js=${banner}`];
  execFileSync(path.join(MODULES, '.bin', 'esbuild'), [...files, ...options], { cwd: REPOSITORY, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** `objectsOf` of floor.ts: what ours renders for one application, as a literal with the name left open. */
function objectsOfSource(): string {
  const folder = path.join(OUTPUT, 'one');
  execFileSync(process.execPath, [bundleOf('ours'), '1', folder]);
  const objects = readdirSync(folder).flatMap((file) => loadAll(readFileSync(path.join(folder, file), 'utf8')));
  const literal = JSON.stringify(objects).replace(/"(?:[^"\\]|\\.)*"/g, (text) => (text.includes(nameOf(0)) ? `\`${text.slice(1, -1).replaceAll(nameOf(0), '${name}')}\`` : text));
  return `const objectsOf = (name) => (${literal});`;
}

/** Compiles the library as it is published, and gives its folder. */
export function compileLibrary(): string {
  const folder = path.join(OUTPUT, 'published');
  mkdirSync(folder, { recursive: true });
  execFileSync(process.execPath, [path.join(MODULES, 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json', '--outDir', folder, '--declaration', 'false'], { cwd: REPOSITORY, stdio: ['ignore', 'inherit', 'inherit'] });
  return path.join(folder, 'lib');
}
