import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, relative, resolve, sep } from 'node:path';

/** Files by their path below a directory. */
export type Files = ReadonlyMap<string, string>;

/** Age, in milliseconds, at which what stands beside the directory was left by a run that was killed. */
const STALE = 600_000;
/** How often to try again when another run replaces the directory at the same time. */
const ATTEMPTS = 100;
/** What an older synth may have left. */
const MANIFEST = ['.yaml', '.yml'];
/** Where the new and the old directory stand for a moment, in one that is beside theirs. */
const NEXT = 'next';
const PREVIOUS = 'previous';
const holderPrefix = (target: string) => `.${basename(target)}.synth-`;

/**
 * Replaces a directory by the files, all or nothing: they are written beside it first, and only when every one stands does
 * the new directory take the old one's place. When anything fails, the old one is as it was. When it holds the same files
 * already, nothing is touched.
 * @throws when the directory holds anything that is no manifest, for that would be lost
 */
export function replaceDirectory(directory: string, files: Files): void {
  const target = realTarget(resolve(directory));
  checkPaths(files);
  const old = readOld(target, directory, files);
  if (old && isSame(target, old.paths, files)) return;
  const parent = dirname(target);
  mkdirSync(parent, { recursive: true });
  const holder = mkdtempSync(join(parent, holderPrefix(target)));
  try {
    writeAll(join(holder, NEXT), files);
    if (old) chmodSync(join(holder, NEXT), old.mode);
    swap(holder, target);
  } catch (error) {
    if (existsSync(join(holder, PREVIOUS))) tryRename(join(holder, PREVIOUS), target, ['ENOTEMPTY', 'EEXIST']);
    discard(holder);
    throw error;
  }
  discard(holder);
  discardStale(parent, holderPrefix(target));
}

/** Where a symbolic link leads, also to a place where nothing is yet. */
function realTarget(path: string): string {
  const real = ifThere(() => realpathSync(path));
  if (real !== undefined) return real;
  const link = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink();
  return link ? realTarget(resolve(dirname(path), readlinkSync(path))) : path;
}

function checkPaths(files: Files): void {
  for (const path of files.keys()) {
    if (path === '' || isAbsolute(path) || path.split(/[\\/]/).some((part) => part === '..' || part === '.')) throw new Error(`output: got the path ${JSON.stringify(path)}; a path below the directory is allowed`);
  }
}

/** What stands there; undefined where nothing does. */
function readOld(target: string, directory: string, files: Files): { readonly mode: number; readonly paths: readonly string[] } | undefined {
  const found = statSync(target, { throwIfNoEntry: false });
  if (!found) return undefined;
  const refuse = (why: string): never => {
    throw new Error(`outdir: got ${JSON.stringify(directory)}, ${why}; choose a directory that holds nothing else`);
  };
  if (!found.isDirectory()) refuse('which is a file');
  const fromHere = relative(target, process.cwd());
  if (fromHere.split(sep)[0] !== '..' && !isAbsolute(fromHere)) refuse('which the program runs in; everything there would be replaced');
  const kinds = new Set([...MANIFEST, ...[...files.keys()].map((path) => extname(path))]);
  const paths = ifThere(() => listFiles(target, '')) ?? [];
  const foreign = paths.find((path) => !kinds.has(extname(path)));
  if (foreign !== undefined) refuse(`which holds '${foreign}'; everything there would be replaced`);
  return { mode: found.mode & 0o7777, paths };
}

function listFiles(root: string, below: string): string[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? listFiles(root, join(below, entry.name)) : [join(below, entry.name)]));
}

function isSame(target: string, paths: readonly string[], files: Files): boolean {
  if (paths.length !== files.size) return false;
  return paths.every((path) => {
    const content = files.get(path.split(sep).join('/'));
    return content !== undefined && ifThere(() => readFileSync(join(target, path)))?.equals(Buffer.from(content));
  });
}

/** What was read; undefined when another run has just taken it away. */
function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function writeAll(directory: string, files: Files): void {
  mkdirSync(directory);
  const made = new Set([directory]);
  for (const [path, content] of files) {
    const file = join(directory, path);
    const folder = dirname(file);
    if (!made.has(folder)) {
      mkdirSync(folder, { recursive: true });
      made.add(folder);
    }
    writeFileSync(file, content);
  }
}

/** Another run may do the same between any two steps here; each puts a whole directory in place, the last one's stays. */
function swap(holder: string, target: string): void {
  const previous = join(holder, PREVIOUS);
  for (let attempt = 1; ; attempt++) {
    tryRename(target, previous, ['ENOENT']);
    if (tryRename(join(holder, NEXT), target, attempt < ATTEMPTS ? ['ENOTEMPTY', 'EEXIST'] : [])) return;
    rmSync(previous, { recursive: true, force: true });
  }
}

/** Whether it was renamed; an error of another kind than these is thrown. */
function tryRename(from: string, to: string, expected: readonly string[]): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (expected.includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** Removes what is of no use any more; what can't be removed now is stale later. */
function discard(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // The output stands; litter beside it does no harm.
  }
}

function discardStale(parent: string, prefix: string): void {
  const now = statSync(parent).mtimeMs;
  for (const entry of readdirSync(parent)) {
    if (!entry.startsWith(prefix)) continue;
    const made = statSync(join(parent, entry), { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - made > STALE) discard(join(parent, entry));
  }
}
