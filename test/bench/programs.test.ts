import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { loadAll } from 'js-yaml';
import { bundleOf, bundlePrograms, PROGRAMS, removeBundles, type Program } from '../../bench/bundle';

const COUNT = 3;
const scratch = mkdtempSync(path.join(tmpdir(), 'bench-test-'));

/** The files that a program writes for three applications, parsed. */
function run(program: Program): Record<string, unknown>[][] {
  const folder = path.join(scratch, program);
  execFileSync(process.execPath, [bundleOf(program), String(COUNT), folder]);
  return readdirSync(folder).sort().map((file) => loadAll(readFileSync(path.join(folder, file), 'utf8')) as Record<string, unknown>[]);
}

const withoutHashes = (value: unknown) => JSON.parse(JSON.stringify(value).replace(/-[0-9a-f]{10}"/g, '-hash"')) as unknown;

beforeAll(bundlePrograms, 60_000);
afterAll(() => {
  removeBundles();
  rmSync(scratch, { recursive: true });
});

test('the floor writes the objects that ours writes', () => {
  const ours = withoutHashes(run('ours'));
  expect(withoutHashes(run('floor-yaml'))).toEqual(ours);
  expect(withoutHashes(run('floor-json'))).toEqual(ours);
});

test.each(PROGRAMS.filter((program) => program.startsWith('plus')))('%s writes five objects for each application', (program) => {
  const kinds = run(program).flat().map(({ kind }) => kind);
  expect(kinds).toHaveLength(5 * COUNT);
  expect(new Set(kinds)).toEqual(new Set(['ConfigMap', 'Deployment', 'HorizontalPodAutoscaler', 'Ingress', 'Service']));
});
