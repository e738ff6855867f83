import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import type { Case } from './measure';

/** What a Pulumi program may do with the shop. */
export const PULUMI = {
  'pulumi empty': 'an empty program',
  'pulumi registered': 'an empty program, and the objects registered as they lie in a file',
  'pulumi typed': 'the same with the typed classes of @pulumi/kubernetes',
  'pulumi ours': 'ours: read, rendered, checked, ordered and registered',
} as const;

/** Numbers of applications of eight objects each. */
export const MANY = [125, 500] as const;

export const manyId = (applications: number): string => `pulumi many ${applications}`;

/** Runs a program as our commands run theirs. */
const programArgs = (program: string, argument: string): string[] => [path.join('scripts', 'run.cjs'), `bench/pulumi/${program}.ts`, argument];

/**
 * Previews without an engine: each program prints the time from its start to its last registration.
 * @param shop - the project of the shop alone
 */
export function pulumiPrograms(runs: number, scratch: string, many: readonly number[], shop: string): Case[] {
  const objects = path.join(scratch, 'objects.json');
  execFileSync(process.execPath, [...programArgs('ours', objects), 'write'], { cwd: shop });
  const caseOf = (id: string, program: string, argument: string, times: number): Case => ({ id, command: process.execPath, args: programArgs(program, argument), cwd: shop, runs: times, printsTime: true });
  return [
    ...(Object.keys(PULUMI) as (keyof typeof PULUMI)[]).map((id) => caseOf(id, id.split(' ')[1]!, objects, runs)),
    ...many.map((applications) => caseOf(manyId(applications), 'many', String(applications), Math.min(runs, 3))),
  ];
}
