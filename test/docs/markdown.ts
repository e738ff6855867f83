import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** The repository. */
export const ROOT = dirname(dirname(__dirname));

/** A fenced block of a page. */
export interface Block {
  /** The page, from the repository's root. */
  readonly page: string;
  readonly line: number;
  readonly language: string;
  /** The words of the info string after the language; `key=value` is split. */
  readonly options: ReadonlyMap<string, string>;
  readonly text: string;
}

const OPEN = /^(\s*)(`{3,}|~{3,})\s*(\S*)\s*(.*)$/;

/** The pages that people read: README.md, CONTRIBUTING.md and docs/, without the generated API reference. */
export function pages(): string[] {
  return ['README.md', 'CONTRIBUTING.md', ...markdownIn('docs').filter((page) => !page.startsWith('docs/api/'))];
}

/** Every Markdown file below a folder. */
export function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file))
    .sort();
}

export const readPage = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** The fenced blocks of a text; one without a language has '' for it. */
export function blocksOf(page: string, markdown: string = readPage(page)): Block[] {
  const blocks: Block[] = [];
  let open: { line: number; indent: number; fence: string; language: string; options: string; text: string[] } | undefined;
  markdown.split('\n').forEach((content, index) => {
    const fence = OPEN.exec(content);
    if (!open) {
      if (fence) open = { line: index + 1, indent: fence[1]!.length, fence: fence[2]!, language: fence[3]!, options: fence[4]!, text: [] };
    } else if (content.trim().startsWith(open.fence) && content.trim().replaceAll(open.fence[0]!, '') === '') {
      blocks.push({ page, line: open.line, language: open.language, options: optionsOf(open.options), text: `${open.text.join('\n')}\n` });
      open = undefined;
    } else open.text.push(content.slice(Math.min(open.indent, content.length - content.trimStart().length)));
  });
  if (open) throw new Error(`${page}:${open.line}: this block is never closed`);
  return blocks;
}

function optionsOf(info: string): Map<string, string> {
  return new Map(info.split(/\s+/).filter(Boolean).map((word) => (word.includes('=') ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [word, ''])));
}

/** The text without its fenced blocks and inline code. */
export const proseOf = (markdown: string): string => markdown.replace(/^(\s*)(`{3,})[^\n]*\n[\s\S]*?\n\s*\2\s*$/gm, '').replace(/(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, '');

/** The targets of links and pictures. */
export function linksOf(markdown: string): string[] {
  const prose = proseOf(markdown);
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map((match) => match[1]!);
  const html = [...prose.matchAll(/\b(?:src|srcset|href)="([^"]+)"/g)].map((match) => match[1]!);
  const reference = [...prose.matchAll(/^\[[^\]]+\]:\s+(\S+)/gm)].map((match) => match[1]!);
  return [...inline, ...html, ...reference];
}

/** The anchors that GitHub gives a page: one for each heading, and those written as HTML. */
export function anchorsOf(markdown: string): Set<string> {
  const withoutBlocks = markdown.replace(/^(\s*)(`{3,})[^\n]*\n[\s\S]*?\n\s*\2\s*$/gm, '');
  const seen = new Map<string, number>();
  const headings = [...withoutBlocks.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map((match) => {
    const slug = match[1]!.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').trim().toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  return new Set([...headings, ...[...markdown.matchAll(/<a id="([^"]+)"/g)].map((match) => match[1]!)]);
}

/** A page's name as part of a path. */
export const slugOf = (page: string): string => relative('.', page).replace(/\.md$/, '').replace(/[^A-Za-z0-9]+/g, '-').toLowerCase() || basename(page);

/** Where a block stands, for messages. */
export const placeOf = (block: Block): string => `${block.page}:${block.line}`;
