import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { NAMESPACE, nameOf } from './apps/task';
import { bundleOf, PROGRAMS, REPOSITORY, type Program } from './bundle';
import type { Case } from './measure';
import { HELM_CHART, type Rival } from './rivals';

/** Everyone who renders N applications. */
export type Contender = Program | 'helm';

/** What a contender wrote. */
export interface Written {
  readonly objects: number;
  readonly files: number;
}

/** N applications, rendered by everyone. */
export interface Scaling {
  readonly cases: readonly Case[];
  /** What a contender wrote for a number of applications; to be asked after the runs. */
  readonly written: (contender: Contender, size: number) => Written;
}

/** How often each number of applications is rendered. */
export type Runs = ReadonlyMap<number, number>;

/** The number of applications up to which plain cdk8s-plus gets a chart for each; its time grows with their square. */
export const CHART_EACH_LIMIT = 1000;

export const idOf = (contender: Contender, size: number): string => `${contender} ${size}`;

/** The cases, smallest number of applications first. */
export function scaling(runs: Runs, scratch: string, helm: Rival, all: boolean): Scaling {
  const folderOf = (contender: Contender, size: number) => path.join(scratch, contender, String(size));
  const cases = [...runs].flatMap(([size, times]) => {
    const caseOf = (contender: Contender, command: string, args: readonly string[]): Case => {
      const folder = folderOf(contender, size);
      return { id: idOf(contender, size), command, args, cwd: REPOSITORY, runs: times, before: () => rmSync(folder, { recursive: true, force: true }) };
    };
    const programs = PROGRAMS.filter((program) => all || program !== 'plus-chart-each' || size <= CHART_EACH_LIMIT);
    return [
      ...programs.map((program) => caseOf(program, process.execPath, [bundleOf(program), String(size), folderOf(program, size)])),
      ...('at' in helm ? [caseOf('helm', helm.at, ['template', 'bench', HELM_CHART, '--namespace', NAMESPACE, '--values', valuesOf(size, scratch), '--output-dir', folderOf('helm', size)])] : []),
    ];
  });
  return { cases, written: (contender, size) => count(folderOf(contender, size)) };
}

/** A values file with N names for the chart. */
function valuesOf(size: number, scratch: string): string {
  const file = path.join(scratch, `values-${size}.json`);
  mkdirSync(scratch, { recursive: true });
  if (!existsSync(file)) writeFileSync(file, JSON.stringify({ applications: Array.from({ length: size }, (_, index) => nameOf(index)) }));
  return file;
}

/** Counts top-level objects, in YAML and in JSON. */
function count(folder: string): Written {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  const objects = files.reduce((sum, file) => sum + (readFileSync(path.join(folder, file), 'utf8').match(/^(?:kind: |\{)/gm)?.length ?? 0), 0);
  return { objects, files: files.length };
}
