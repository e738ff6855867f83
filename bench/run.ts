/**
 * `npm run bench`: ours, cdk8s-plus, helm and bare Node side by side in one run, as a report in Markdown.
 *
 *   --quick  1 and 50 applications only, few runs: whether everything works, not how fast it is
 *   --all    also what takes minutes for each run: 5,000 applications in a cdk8s-plus chart each
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { bundlePrograms, compileLibrary, removeBundles } from './bundle';
import { say } from './cache';
import { imports } from './imports';
import { measure } from './measure';
import { onlineBoutique } from './online-boutique';
import { MANY, pulumiPrograms } from './pulumi';
import { report } from './report';
import { helm, initApp } from './rivals';
import { shopAlone } from './shop';
import { CHART_EACH_LIMIT, scaling, type Runs } from './scaling';

const QUICK: Runs = new Map([[1, 2], [50, 2]]);
const FULL: Runs = new Map([[1, 9], [50, 9], [1000, 7], [5000, 4]]);

async function main(options: readonly string[]): Promise<void> {
  const unknown = options.find((option) => !['--quick', '--all'].includes(option));
  if (unknown !== undefined) throw new Error(`no such option '${unknown}'; --quick and --all are known`);
  const quick = options.includes('--quick');
  const all = options.includes('--all');
  const runs = quick ? QUICK : FULL;
  const scratch = mkdtempSync(path.join(tmpdir(), 'bench-'));
  try {
    const rivals = { helm: await helm(), initApp: await initApp() };
    say('bundling the programs and compiling the library');
    bundlePrograms();
    const { cases, written } = scaling(runs, scratch, rivals.helm, all);
    const shop = shopAlone(scratch);
    const found = measure([...cases, ...onlineBoutique(quick ? 2 : 9, rivals.initApp, shop), ...imports(quick ? 2 : 15, compileLibrary()), ...pulumiPrograms(quick ? 2 : 9, scratch, quick ? [] : MANY, shop)]);
    const missing = Object.values(rivals).flatMap((rival) => ('missing' in rival ? [rival.missing] : []));
    process.stdout.write(report({ found, sizes: [...runs.keys()], written, notes: [...missing, ...notes(all)] }));
  } finally {
    removeBundles();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function notes(all: boolean): string[] {
  return [
    'An application is a Deployment with probes, a Service, an Ingress, an autoscaler and a ConfigMap. That is all that the others render; ours also renders what keeps it safe and available, and checks every object against the schema of its Kubernetes version. The floor writes the same objects as ours.',
    'Per object means the whole time of the process over the number of objects, nothing subtracted.',
    'A file for each application; but one file in all for one cdk8s-plus chart, and one for each kind from helm, whose chart ranges over the names.',
    ...(all ? [] : [`cdk8s-plus with a chart each is measured up to ${CHART_EACH_LIMIT.toLocaleString('en')} applications: its time grows with their square, and 5,000 take some eight minutes. \`npm run bench -- --all\` measures that too.`]),
    'All programs of N applications, and ours of the Online Boutique, are bundled by esbuild. Of the Online Boutique the bundle is kept until its source changes; bundling counts where the row says so.',
    'A Pulumi program runs as our commands run it, against an engine that answers at once. ConfigGroup of @pulumi/kubernetes makes its objects inside of the provider plugin, so it has no program of its own to measure; the typed classes stand for it.',
    'The cdk8s CLI runs with `--check-upgrade=false` on both sides, so that neither is charged for the network.',
  ];
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
