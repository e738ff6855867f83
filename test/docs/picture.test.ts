import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { framed } from './examples';
import { ROOT } from './markdown';
import { Runner } from './project';

const svg = readFileSync(join(ROOT, 'docs/images/web-app.svg'), 'utf8');

/** The texts of one style in the picture. */
const texts = (style: string) => [...svg.matchAll(new RegExp(`class="${style}"[^>]*>([^<]*)<`, 'g'))].map((match) => match[1]!);

describe('the picture', () => {
  it('is what its script draws', () => {
    const script = `import { draw } from ${JSON.stringify(join(ROOT, 'docs/images/draw.mjs'))}; process.stdout.write(draw())`;
    expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })).toBe(svg);
  });

  it('shows the objects that its declaration makes, and no others', () => {
    const { yaml, error } = new Runner(new Map([['example.ts', framed(texts('code').join('\n'))]])).run('example.ts');
    expect(error).toBeUndefined();
    const made = [...yaml.matchAll(/^kind: (\w+)$/gm)].map((match) => match[1]!);
    expect(made.sort()).toEqual(texts('kind').map((kind) => kind.replace(' + TLS', '')).sort());
    expect(yaml).toContain('secretName: frontend-tls');
  });
});
