/**
 * Renders environments to `dist/<environment>/`: `npm run synth`, `npm run synth -- staging`, or `cdk8s synth`.
 * Everything is rendered before anything is written, so a mistake leaves dist/ as it was.
 */
import { join, resolve } from 'node:path';
import { replaceDirectory } from '../lib';
import { describe, renderEnvironments, type RenderedEnvironment } from './synthesize';

const DIST = 'dist';
/** What cdk8s.yaml names as the CLI's own output; with another one, that alone is written. */
const CLI_OUTPUT = '.synth';

function main(names: readonly string[]): void {
  const rendered = renderEnvironments('.', names);
  const cliOutput = process.env.CDK8S_OUTDIR;
  if (cliOutput !== undefined) replaceDirectory(cliOutput, tree(rendered));
  if (cliOutput !== undefined && resolve(cliOutput) !== resolve(CLI_OUTPUT)) return;
  if (names.length === 0) replaceDirectory(DIST, tree(rendered));
  else for (const { environment, files } of rendered) replaceDirectory(join(DIST, environment.name), files);
  console.log(rendered.map(describe).join('\n'));
}

/** All files, by path below the output folder. */
function tree(rendered: readonly RenderedEnvironment[]): Map<string, string> {
  return new Map(rendered.flatMap(({ environment, files }) => [...files].map(([name, content]) => [`${environment.name}/${name}`, content] as const)));
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`${(error as Error).message}\n\nNothing was written.`);
  process.exitCode = 1;
}
