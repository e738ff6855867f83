import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { cacheFolder } from '../../../stacks/commands/cache-folder';
import type { GoModule } from './go';
import { withLock } from './lock';
import { progress } from './progress';

/** Programs that are built from a Go module of ours. */
export interface GoTools<Name extends string> {
  /** What they are together, in progress messages: `engines`. */
  readonly title: string;
  readonly module: GoModule;
  /** The package that each is built from, in the order of building: shared dependencies first. */
  readonly programs: Readonly<Record<Name, string>>;
  /** Flags of the linker, which tell the programs their version. */
  readonly linkerFlags: string;
  /** Writes a go.mod to build with into that folder, and resolves with its path. @default the module's own */
  readonly modFile?: (folder: string) => Promise<string>;
  /** Files of our own that a program is built from. @default none: the packages are others' */
  readonly sources?: readonly string[];
}

/** A sign of life for builds that take minutes. */
const HEARTBEAT_MS = 30_000;

/**
 * Builds the programs that are not in the cache yet, and resolves with their folder.
 *
 * The cache is outside the repository, so that it outlives clean checkouts. A binary
 * appears there under its final name only once it is complete.
 */
export async function buildTools<Name extends string>(tools: GoTools<Name>, names: readonly Name[]): Promise<string> {
  const folder = path.join(cacheFolder(), 'engines', await contentKey(tools));
  const missing = () => names.filter((name) => !existsSync(path.join(folder, name)));
  if (missing().length === 0) return folder;
  await withLock(
    path.join(folder, '.lock'),
    (owner) => progress(tools.title, `waiting for ${owner}, which is building them`),
    () => buildMissing(tools, folder, missing()),
  );
  return folder;
}

/** Changes with the versions, the recipe and the compiler; binaries of another key are left alone. */
async function contentKey({ module, programs, linkerFlags, sources = [] }: GoTools<string>): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', ...sources]) {
    hash.update(await readFile(path.join(module.folder, file)));
  }
  hash.update(JSON.stringify(programs)).update(linkerFlags);
  hash.update(await module.run(['version']));
  return hash.digest('hex').slice(0, 16);
}

async function buildMissing<Name extends string>(tools: GoTools<Name>, folder: string, names: readonly Name[]): Promise<void> {
  if (names.length === 0) return; // another process built them while this one waited
  const { title, module } = tools;
  progress(title, `building ${names.join(', ')} into ${folder}; this happens once and takes minutes`);
  await timed(title, 'downloading the Go modules', () => module.run(['mod', 'download']));
  // One after the other: each build uses all cores by itself.
  for (const [index, name] of names.entries()) {
    await timed(title, `${index + 1} of ${names.length}: ${name}`, () => buildOne(tools, folder, name));
  }
}

async function buildOne<Name extends string>({ module, programs, linkerFlags, modFile }: GoTools<Name>, folder: string, name: Name): Promise<void> {
  const unfinished = path.join(folder, `.unfinished-${process.pid}`);
  await mkdir(unfinished, { recursive: true });
  try {
    const target = path.join(unfinished, name);
    const flags = modFile ? [`-modfile=${await modFile(unfinished)}`] : [];
    await module.run(['build', ...flags, '-ldflags', linkerFlags, '-o', target, programs[name]], { CGO_ENABLED: '0' });
    await rename(target, path.join(folder, name));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function timed(title: string, what: string, work: () => Promise<unknown>): Promise<void> {
  const start = Date.now();
  const elapsed = () => `${Math.round((Date.now() - start) / 1000)} s`;
  progress(title, `${what} …`);
  const heartbeat = setInterval(() => progress(title, `${what} … ${elapsed()}`), HEARTBEAT_MS);
  try {
    await work();
  } finally {
    clearInterval(heartbeat);
  }
  progress(title, `${what}: done in ${elapsed()}`);
}
