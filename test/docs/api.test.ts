import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './markdown';

function contentOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md')).sort();
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

describe('the API reference', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairlead-api-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is what `npm run docs` writes, without a warning', () => {
    const output = execFileSync(process.execPath, [join(ROOT, 'node_modules/typedoc/bin/typedoc'), '--out', folder], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' }, stdio: 'pipe' });
    expect(output).not.toMatch(/warning|error/i);
    const written = contentOf(folder);
    const committed = contentOf(join(ROOT, 'docs/api'));
    const stale = [...new Set([...Object.keys(written), ...Object.keys(committed)])].filter((file) => written[file] !== committed[file]);
    // Run `npm run docs` and commit what it writes.
    expect(stale).toEqual([]);
  }, 120_000);
});
