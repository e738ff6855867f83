import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvironment } from '../../lib/environment';
import { environmentSchema } from '../../stacks/environment';
import { parse } from 'yaml';
import { ontoCluster } from '../clouds/onto-cluster';
import { applyDiff, examplesOf, framed, missingPart, type Example } from './examples';
import { blocksOf, pages, placeOf, ROOT, type Block } from './markdown';
import { Runner, typeCheck, type Overlay } from './project';
import { runnableLines, shellProblems } from './shell';
import { runScript } from './workspace';

/** What the blocks so far have come to, for those that show it. */
interface State {
  printed: string | undefined;
  yaml: string | undefined;
  files: Overlay;
}

const isMistaken = ({ block }: Example) => block.options.has('wrong');
const shows = (block: Block | undefined) => block !== undefined && (block.language === 'text' || (block.language === 'yaml' && block.options.has('rendered')));

const CHECKS: Readonly<Record<string, (block: Block, state: State, context: { readonly example: Example | undefined; readonly next: Block | undefined }) => void | Promise<void>>> = {
  ts: (_block, state, { example }) => (example ? runExample(example, state) : undefined),
  diff: (_block, state, { example }) => void (state.files = example!.files),
  yaml: checkYaml,
  json: (block) => void JSON.parse(block.text),
  sh(block, state, { next }) {
    expect(shellProblems(block.text)).toEqual([]);
    const runnable = runnableLines(block.text);
    Object.assign(state, runnable === '' && !shows(next) ? {} : runScript(runnable, state.files));
  },
  text(block, { printed }) {
    expect({ shown: block.text, missing: missingPart(block.text, printed ?? 'nothing was printed'), printed }).toMatchObject({ missing: undefined });
  },
};

async function runExample(example: Example, state: State): Promise<void> {
  const { error, printed, yaml, tests } = new Runner(example.files).run(example.path);
  if (isMistaken(example)) expect(error).toBeDefined();
  else if (error) throw new Error(`${placeOf(example.block)}: ${error.message}`, { cause: error });
  for (const body of tests.values()) await body();
  Object.assign(state, { printed, files: example.files });
  if (yaml !== '' || !example.block.options.has('file')) state.yaml = yaml;
}

function checkYaml(block: Block, { yaml }: State): void {
  if (block.options.has('rendered')) {
    expect({ missing: missingPart(block.text, yaml ?? 'nothing was rendered'), yaml }).toMatchObject({ missing: undefined });
    return;
  }
  if (block.options.has('file')) return void parse(block.text);
  if (!block.options.has('environment')) throw new Error('say what this YAML is: rendered, environment or file=…');
  const whole = block.options.has('cluster') ? ontoProduction(block.text) : block.options.get('environment') === 'part' ? ontoLocal(block.text) : block.text;
  const { config } = parseEnvironment(whole, { file: 'Pulumi.example.yaml', project: 'fairlead', name: 'example' }, environmentSchema);
  expect(config.namespace).toBeDefined();
}

/** The section of a cluster, in the file of the environment that it is for. */
const ontoProduction = (part: string): string => ontoCluster(readFileSync(join(ROOT, 'Pulumi.production.yaml'), 'utf8'), part.replace(/^config:\n/, ''));

/** Some settings over those of the local environment. */
function ontoLocal(part: string): string {
  const keys = new Set(Object.keys((parse(part) as { config: object }).config));
  const sections = readFileSync(join(ROOT, 'Pulumi.local.yaml'), 'utf8').split(/^(?= {2}\S)/m);
  return sections.filter((section) => !keys.has(section.trim().replace(/: .*|:\n[^]*|:$/, ''))).join('') + part.replace(/^config:\n/, '');
}

/** Runbooks speak of clusters in trouble; they have tests of their own. */
const runnable = pages().filter((page) => !page.startsWith('docs/runbooks/'));
const examples = runnable.flatMap((page) => examplesOf(page));

describe('types of the examples', () => {
  const mistakes = typeCheck(new Map(examples.filter((example) => !isMistaken(example)).map(({ project, files }) => [project, files])));

  it('are right', () => {
    const named = [...mistakes].map(([file, found]) => [placeOf(examples.find(({ project }) => file.startsWith(`${project}/`))!.block), found]);
    expect(named).toEqual([]);
  });
});

describe.each(runnable)('%s', (page) => {
  const state: State = { printed: undefined, yaml: undefined, files: new Map() };
  const blocks = blocksOf(page);
  const own = examplesOf(page);

  if (blocks.length === 0) it('has no example', () => expect(own).toEqual([]));

  blocks.forEach((block, index) => {
    it(`line ${block.line}: ${block.language} ${[...block.options.keys()].join(' ')}`, async () => {
      const check = CHECKS[block.language];
      if (!check) throw new Error(`${placeOf(block)}: nothing checks a block of '${block.language}'; known are ${Object.keys(CHECKS).join(', ')}`);
      await check(block, state, { example: own.find((example) => example.block.line === block.line), next: blocks[index + 1] });
    });
  });
});

describe('the checks themselves', () => {
  const block = (text: string, options: readonly (readonly [string, string])[] = []): Block => ({ page: 'page.md', line: 1, language: 'diff', options: new Map(options), text });

  it('refuse a script with a mistake', () => {
    expect(shellProblems('npm run snyth\n')).toEqual(['npm run snyth: package.json has no such script']);
    expect(shellProblems('kubectl aply -f dist\n')).toEqual(['kubectl aply -f dist: not a command that we know']);
    expect(shellProblems('kubectl apply --serverside -f dist\n')).toEqual(['kubectl apply --serverside: not a flag that we know']);
    expect(shellProblems('for a in b; do frobnicate "$a" | sort; done\n')).toEqual(['frobnicate: not a program that we know']);
    expect(shellProblems('if true; then\n')).toEqual([expect.stringContaining('syntax error')]);
  });

  it('find what is shown, in order and in whole lines', () => {
    expect(missingPart('a: 1\n# …\nc: 3\n', 'a: 1\nb: 2\nc: 3\n')).toBeUndefined();
    expect(missingPart('c: 3\n# …\na: 1\n', 'a: 1\nb: 2\nc: 3\n')).toBe('a: 1');
    expect(missingPart('a: 1\n', 'aa: 1\n')).toBe('a: 1');
  });

  it('refuse a diff that does not fit', () => {
    expect(applyDiff(block(' one\n+two\n'), 'one\nthree\n')).toBe('one\ntwo\nthree\n');
    expect(() => applyDiff(block(' four\n+two\n'), 'one\nthree\n')).toThrow('does not fit the file once');
  });

  it('find mistakes of type, and run what is wrong to its error', () => {
    const files = new Map([['example.ts', framed("new WebApp(chart, 'a', { image: 'acme/a:1', port: 80 });")]]);
    expect([...typeCheck(new Map([['wrong', files]])).values()].flat()).toEqual([expect.stringContaining("'port' does not exist")]);
    expect(new Runner(files).run('example.ts').error?.message).toContain('[shop/a] port: got 80; no such prop here');
  });

  it('know every kind of block, and no others', () => {
    expect(Object.keys(CHECKS)).toEqual(['ts', 'diff', 'yaml', 'json', 'sh', 'text']);
    expect(blocksOf('page.md', '```python\nx\n```\n')[0]).toMatchObject({ language: 'python', text: 'x\n' });
    expect(() => blocksOf('page.md', '```ts\nx\n')).toThrow('never closed');
  });
});
