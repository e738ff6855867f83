import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import * as lib from '../../lib';
import { blocksOf, placeOf, ROOT, slugOf, type Block } from './markdown';
import type { Overlay } from './project';

/** A block of TypeScript, as a file of a small project. */
export interface Example {
  readonly block: Block;
  /** Name of the project, unique among all pages. */
  readonly project: string;
  readonly path: string;
  readonly files: Overlay;
}

const HERE = /^.*The example goes here.*$/m;
const FAIRLEAD = Object.keys(lib);

/** The frame that short examples leave out, as docs/README.md shows it. */
export function frame(): string {
  const found = blocksOf('docs/README.md').find(({ options }) => options.has('frame'));
  if (!found || !HERE.test(found.text)) throw new Error('docs/README.md must show the frame of the examples in a block ```ts frame with the comment "The example goes here"');
  return found.text;
}

/** The examples of a page, in order. Files of earlier blocks (`file=`, `diff file=`) stay for the later ones. */
export function examplesOf(page: string, markdown?: string): Example[] {
  const files = new Map<string, string>();
  const examples: Example[] = [];
  blocksOf(page, markdown).forEach((block, index) => {
    const project = `${slugOf(page)}-${index}`;
    const path = block.options.get('file');
    if (block.language === 'diff') {
      if (path === undefined) throw new Error(`${placeOf(block)}: say which file the diff is for: file=…`);
      files.set(path, applyDiff(block, files.get(path) ?? readFileSync(join(ROOT, path), 'utf8')));
      examples.push({ block, project, path, files: new Map(files) });
    } else if (block.language === 'yaml' && path !== undefined) {
      files.set(path, block.text);
    } else if (block.language === 'ts' && path !== undefined) {
      files.set(path, block.text);
      examples.push({ block, project, path, files: new Map(files) });
    } else if (block.language === 'ts' && !block.options.has('frame')) {
      const own = `example-${index}.ts`;
      examples.push({ block, project, path: own, files: new Map([...files, [own, framed(block.text)]]) });
    }
  });
  return examples;
}

/** Puts a short example into the frame, unless it makes an app itself, and imports what it uses. */
export function framed(text: string): string {
  const code = /new App\(/.test(text) ? text : frame().replace(/^import .*\n/gm, '').replace(HERE, () => text);
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true);
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) used.add(node.text);
    if ((ts.isImportSpecifier(node) || ts.isVariableDeclaration(node) || ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node)) && node.name && ts.isIdentifier(node.name)) declared.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const imports = Object.entries({ cdk8s: ['Chart'], fairlead: FAIRLEAD }).map(([from, names]) => {
    const needed = names.filter((name) => used.has(name) && !declared.has(name)).join(', ');
    return needed === '' ? '' : `import { ${needed} } from '${from}';\n`;
  });
  return imports.join('') + code;
}

/** Applies a diff of whole lines; `@@` separates its parts. What it takes for granted must stand in the file once. */
export function applyDiff(block: Block, original: string): string {
  return block.text.split(/^@@.*$/m).reduce((content, part) => {
    const lines = part.split('\n').filter((line) => line !== '');
    const side = (mark: string) => lines.filter((line) => line.startsWith(' ') || line.startsWith(mark)).map((line) => `${line.slice(1)}\n`).join('');
    const before = side('-');
    const at = content.indexOf(before);
    if (before === '' || at < 0 || content.indexOf(before, at + 1) >= 0) throw new Error(`${placeOf(block)}: this part does not fit the file once:\n${before}`);
    return content.slice(0, at) + side('+') + content.slice(at + before.length);
  }, original);
}

/** The parts of a shown output: a line with nothing but an ellipsis (after `#` in YAML) stands for what is left out. */
export function shownParts(text: string): string[] {
  return text.split(/^[ \t]*(?:# ?)?…[ \t]*$/m).map((part) => part.replace(/^\n+|\n+$/g, '')).filter((part) => part !== '');
}

/** The hash at the end of a name says nothing to a reader, and changes with every label. */
const withoutHashes = (text: string) => text.replace(/-[0-9a-f]{10}\b/g, '-hash');

/** The first part that is not found in the output, after the parts before it; undefined when all are. Whole lines count, hashes do not. */
export function missingPart(shown: string, output: string): string | undefined {
  let rest = withoutHashes(`\n${output}\n`);
  for (const part of shownParts(withoutHashes(shown))) {
    const at = rest.indexOf(`\n${part}\n`);
    if (at < 0) return part;
    rest = rest.slice(at + part.length + 1);
  }
  return undefined;
}
