import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { anchorsOf, linksOf, markdownIn, pages, readPage, ROOT } from './markdown';

const EXTERNAL = /^(https?|mailto):/;

/** The links of a page that lead nowhere. */
function brokenLinks(page: string): string[] {
  return linksOf(readPage(page)).filter((link) => {
    if (EXTERNAL.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)));
    if (target.startsWith('..') || !existsSync(join(ROOT, target))) return true;
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(readPage(target)).has(anchor);
  });
}

describe('links', () => {
  it.each(pages())('of %s lead somewhere', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it('of the API reference lead somewhere', () => {
    const broken = markdownIn('docs/api').flatMap((page) => brokenLinks(page).map((link) => `${page}: ${link}`));
    expect(broken).toEqual([]);
  });

  it('reach every page from the index of the docs', () => {
    const linked = (page: string) => linksOf(readPage(page)).map((link) => normalize(join(dirname(page), link.split('#')[0]!)));
    const index = [...linked('docs/README.md'), ...linked('docs/runbooks/README.md')];
    expect(pages().filter((page) => page.startsWith('docs/') && page !== 'docs/README.md' && !index.includes(page))).toEqual([]);
  });

  it('of the linter and of comments lead to decisions that are there', () => {
    const texts = ['eslint.config.mjs', 'lib/core/problems.ts'].map((file) => readFileSync(join(ROOT, file), 'utf8'));
    const named = texts.flatMap((text) => [...text.matchAll(/docs\/[\w/-]+\.md/g)].map(([path]) => path));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
