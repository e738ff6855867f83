import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { cacheFolder } from '../stacks/commands/cache-folder';
import { withLock } from '../test/cluster/harness/lock';

/** Something that takes long to make and is made once per machine, outside the repository. */
export interface Recipe {
  readonly name: string;
  /** Files that it is made from; a change makes it anew. */
  readonly inputs: readonly string[];
  /** What else tells one from another. */
  readonly version?: string;
  /** Fills the empty folder. */
  readonly make: (folder: string) => Promise<void> | void;
}

/** The folder with what the recipe makes. It appears under its name only once it is complete. */
export async function cached({ name, inputs, version = '', make }: Recipe): Promise<string> {
  const hash = createHash('sha256').update(version);
  for (const input of inputs) hash.update(readFileSync(input));
  const folder = path.join(cacheFolder(), 'bench', `${name}-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(folder)) return folder;
  await withLock(`${folder}.lock`, (owner) => say(`waiting for ${owner}, which is making ${name}`), async () => {
    if (existsSync(folder)) return;
    say(`making ${name} in ${folder}; this happens once`);
    const unfinished = `${folder}.unfinished-${process.pid}`;
    try {
      await mkdir(unfinished, { recursive: true });
      await make(unfinished);
      await rename(unfinished, folder);
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  });
  return folder;
}

/** Tells whoever waits; the report alone goes to standard output. */
export function say(text: string): void {
  process.stderr.write(`bench: ${text}\n`);
}

