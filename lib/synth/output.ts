import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

/** Files by their path below a directory. */
export type Files = ReadonlyMap<string, string>;

/**
 * Replaces a directory by the files, all or nothing: they are written beside it first, and only when every one stands does
 * the new directory take the old one's place. When anything fails, the old one is as it was.
 */
export function replaceDirectory(directory: string, files: Files): void {
  const target = resolve(directory);
  const beside = (role: string) => join(dirname(target), `.${basename(target)}.${role}-${process.pid}`);
  const next = beside('next');
  const previous = beside('previous');
  try {
    writeAll(next, files);
    swap(next, target, previous);
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
  rmSync(previous, { recursive: true, force: true });
}

function writeAll(directory: string, files: Files): void {
  mkdirSync(directory, { recursive: true });
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

function swap(next: string, target: string, previous: string): void {
  const existed = existsSync(target);
  if (existed) renameSync(target, previous);
  try {
    renameSync(next, target);
  } catch (error) {
    if (existed) renameSync(previous, target);
    throw error;
  }
}
