import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { say } from './cache';

/** A command that is run several times. */
export interface Case {
  readonly id: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** How often. */
  readonly runs: number;
  /** Run before each time, unmeasured. */
  readonly before?: () => void;
  /** Whether the time is what the program prints, in milliseconds, instead of the whole process'. */
  readonly printsTime?: boolean;
}

/** What the runs of one case took. */
export interface Measurement {
  /** Least wall time in milliseconds: what else runs on the machine only ever adds. */
  readonly min: number;
  readonly median: number;
  /** Peak memory of the largest process, in MiB, median; undefined without GNU time. */
  readonly memory: number | undefined;
  readonly runs: number;
}

/** GNU time, which alone knows the peak memory of programs that are not ours. */
const TIME = '/usr/bin/time';

/** Runs all cases in turn, A B C A B C, so that a noisy spell falls on all of them. */
export function measure(cases: readonly Case[]): Map<string, Measurement> {
  const found = new Map(cases.map(({ id }) => [id, { times: [] as number[], memory: [] as number[] }]));
  const rounds = Math.max(0, ...cases.map(({ runs }) => runs));
  for (let round = 0; round < rounds; round++) {
    say(`round ${round + 1} of ${rounds}`);
    for (const each of cases) {
      if (round >= each.runs) continue;
      each.before?.();
      const { time, memory } = run(each);
      found.get(each.id)!.times.push(time);
      if (memory !== undefined) found.get(each.id)!.memory.push(memory);
    }
  }
  return new Map([...found].map(([id, { times, memory }]) => [id, { min: Math.min(...times), median: median(times), memory: memory.length > 0 ? median(memory) : undefined, runs: times.length }]));
}

function run({ id, command, args, cwd, env, printsTime }: Case): { time: number; memory: number | undefined } {
  const scratch = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const report = path.join(scratch, 'memory');
  const timed = existsSync(TIME);
  const line = timed ? [TIME, '-f', '%M', '-o', report, command, ...args] : [command, ...args];
  const options = { cwd, env: { ...cleanEnvironment(), ...env }, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 } as const;
  try {
    const start = performance.now();
    const { status, stdout, stderr, error } = spawnSync(line[0]!, line.slice(1), options);
    const elapsed = performance.now() - start;
    if (status !== 0) throw new Error(`${id}: '${[command, ...args].join(' ')}' failed: ${error?.message ?? ''}${stderr}`);
    return { time: printsTime ? Number(stdout) : elapsed, memory: timed ? Number(readFileSync(report, 'utf8').trim().split('\n').at(-1)) / 1024 : undefined };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Without what npm tells its scripts, which would reach the npm that is measured. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(npm_(?!config_)|INIT_CWD|CDK8S_)/.test(key)));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
