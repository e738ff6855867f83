import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative } from 'node:path';
import * as cdk8s from 'cdk8s';
import type { Construct } from 'constructs';
import * as ts from 'typescript';
import * as lib from '../../lib';
import { ROOT } from './markdown';

/** Files of a page's examples by their path in the repository; they lie over the real ones. */
export type Overlay = ReadonlyMap<string, string>;

const { exports: EXPORTS } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { exports: Record<string, { types: string }> };

/** Where a package path of ours lies in the source: `fairlead/testing` is `lib/testing/index.ts`. */
function sourceOf(specifier: string): string | undefined {
  const entry = EXPORTS[specifier.replace(/^fairlead/, '.')];
  return typeof entry === 'object' ? entry.types.replace(/^\.\/build\//, '').replace(/\.d\.ts$/, '.ts') : undefined;
}

const isFile = (path: string) => existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isFile();

/** The repository path behind an import, seen from a file; undefined for a package. */
export function resolveImport(specifier: string, from: string, overlay: Overlay): string | undefined {
  if (specifier === 'fairlead' || specifier.startsWith('fairlead/')) {
    const source = sourceOf(specifier);
    if (source === undefined) throw new Error(`${from} imports '${specifier}', which package.json does not export`);
    return source;
  }
  if (!specifier.startsWith('.')) return undefined;
  const base = posix.join(dirname(from), specifier);
  const candidates = [`${base}.ts`, `${base}/index.ts`, base, `${base}.json`];
  const found = candidates.find((path) => overlay.has(path) || isFile(path));
  if (found === undefined) throw new Error(`${from} imports '${specifier}', which is not there`);
  return found;
}

/** Type-checks example files, every overlay by itself but all in one program; gives back the mistakes by file. */
export function typeCheck(overlays: ReadonlyMap<string, Overlay>): Map<string, string[]> {
  const virtual = new Map<string, string>();
  const placeOf = (name: string, path: string) => join(ROOT, '.examples', name, path);
  for (const [name, files] of overlays) for (const [path, content] of files) virtual.set(placeOf(name, path), content);
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const checked: ts.CompilerOptions = { ...options, noEmit: true, declaration: false, noUnusedLocals: false, noUnusedParameters: false, rootDir: ROOT };
  const host = ts.createCompilerHost(checked);
  const cache = ts.createModuleResolutionCache(ROOT, (name) => name, checked);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => virtual.get(name) ?? readFile(name);
  host.fileExists = (name) => virtual.has(name) || fileExists(name);
  host.getSourceFile = (name, language, ...rest) => (virtual.has(name) ? ts.createSourceFile(name, virtual.get(name)!, language) : getSourceFile.call(host, name, language, ...rest));
  host.resolveModuleNameLiterals = (literals, containing) =>
    literals.map(({ text }) => {
      const [, example, path] = /^\.examples\/([^/]+)\/(.+)$/.exec(relative(ROOT, containing)) ?? [];
      const files = (example === undefined ? undefined : overlays.get(example)) ?? new Map<string, string>();
      if (path === undefined) return ts.resolveModuleName(text, containing, checked, host, cache);
      const local = resolveImport(text, path, files);
      if (local === undefined) return ts.resolveModuleName(text, join(ROOT, path), checked, host, cache);
      const resolvedFileName = files.has(local) ? placeOf(example!, local) : join(ROOT, local);
      return { resolvedModule: { resolvedFileName, extension: local.endsWith('.json') ? ts.Extension.Json : ts.Extension.Ts, isExternalLibraryImport: false } };
    });
  const program = ts.createProgram([...virtual.keys()].filter((name) => name.endsWith('.ts')), checked, host);
  const mistakes = new Map<string, string[]>();
  for (const name of virtual.keys()) {
    const source = program.getSourceFile(name);
    if (!source) continue;
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ messageText, start = 0 }) => `${source.getLineAndCharacterOfPosition(start).line + 1}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
    if (found.length > 0) mistakes.set(relative(join(ROOT, '.examples'), name), found);
  }
  return mistakes;
}

/** What running an example gave. */
export interface Outcome {
  /** Everything that its apps rendered, as YAML. */
  readonly yaml: string;
  /** What it printed, or the message of the error that ended it. */
  readonly printed: string;
  readonly error: Error | undefined;
  /** The tests that it declared, by name. */
  readonly tests: ReadonlyMap<string, () => unknown>;
}

type Modules = Map<string, { exports: Record<string, unknown> }>;

/** Runs example files against the sources of lib/; apps are rendered in memory, and nothing is written. */
export class Runner {
  private readonly apps: (() => string)[] = [];
  private readonly printed: string[] = [];
  private readonly tests = new Map<string, () => unknown>();
  private readonly modules: Modules = new Map();
  private readonly titles: string[] = [];

  public constructor(private readonly overlay: Overlay) {}

  /** Runs a file and renders every app that it made. */
  public run(path: string): Outcome {
    try {
      this.load(path);
      return { yaml: this.apps.map((render) => render()).join('---\n'), printed: this.printed.join('\n'), error: undefined, tests: this.tests };
    } catch (error) {
      return { yaml: '', printed: (error as Error).message, error: error as Error, tests: this.tests };
    }
  }

  /** A file's exports. */
  public load(path: string): Record<string, unknown> {
    const known = this.modules.get(path);
    if (known) return known.exports;
    const module = { exports: {} as Record<string, unknown> };
    this.modules.set(path, module);
    const source = this.overlay.get(path) ?? readFileSync(join(ROOT, path), 'utf8');
    const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true }, fileName: path });
    const parameters = { require: (specifier: string) => this.require(specifier, path), module, exports: module.exports, console: this.console(), ...this.testGlobals() };
    new Function(...Object.keys(parameters), outputText)(...Object.values(parameters));
    return module.exports;
  }

  private require(specifier: string, from: string): unknown {
    const path = resolveImport(specifier, from, this.overlay);
    if (path === undefined) return specifier === 'cdk8s' ? this.recordPlain() : builtinModules.includes(specifier.replace('node:', '')) ? createRequire(__filename)(specifier) : jest.requireActual(specifier);
    if (this.overlay.has(path) || path.startsWith('stacks/')) return path === 'lib/index.ts' ? this.record(this.load(path) as typeof lib) : this.load(path);
    const real = jest.requireActual<typeof lib>(join(ROOT, path));
    return path === 'lib/index.ts' ? this.record(real) : real;
  }

  /** The library with an App that is remembered and writes nothing. */
  private record(library: typeof lib): Record<string, unknown> {
    const { apps } = this;
    class App extends lib.App {
      public constructor(props?: lib.AppProps) {
        super(props);
        apps.push(() => this.synthYaml());
      }
      public override synth(): void {
        this.synthYaml();
      }
    }
    return { ...library, App };
  }

  /** cdk8s, likewise. */
  private recordPlain(): Record<string, unknown> {
    const { apps } = this;
    class App extends cdk8s.App {
      public constructor(props?: cdk8s.AppProps) {
        super(props);
        apps.push(() => this.synthYaml());
      }
      public override synth(): void {
        this.synthYaml();
      }
    }
    return { ...cdk8s, App, Include: this.include() };
  }

  /** An Include that reads YAML of the page, too. */
  private include() {
    const { overlay } = this;
    return class Include extends cdk8s.Include {
      public constructor(scope: Construct, id: string, { url }: cdk8s.IncludeProps) {
        const content = overlay.get(url);
        const folder = mkdtempSync(join(tmpdir(), 'fairlead-docs-'));
        if (content !== undefined) writeFileSync(join(folder, 'included.yaml'), content);
        super(scope, id, { url: content === undefined ? url : join(folder, 'included.yaml') });
        rmSync(folder, { recursive: true });
      }
    };
  }

  private console(): Pick<Console, 'log'> {
    return { log: (...values: unknown[]) => void this.printed.push(values.map(String).join(' ')) };
  }

  /** Jest's words, so that an example of a test can be run inside a test. */
  private testGlobals() {
    const add = (title: string, body: () => unknown) => void this.tests.set([...this.titles, title].join(' '), body);
    const each = (values: readonly unknown[]) => (title: string, body: (value: unknown) => unknown) => values.forEach((value) => add(title.replace('%s', String(value)), () => body(value)));
    const it = Object.assign(add, { each });
    const describe = (title: string, body: () => void) => {
      this.titles.push(title);
      body();
      this.titles.pop();
    };
    return { it, test: it, describe, expect };
  }
}
