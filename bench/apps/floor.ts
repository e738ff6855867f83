import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { task } from './task';

/**
 * The literals of one application; bundling puts them in, made from what ours.ts renders for one, so that both write the
 * same (but for hashes in names, which differ from application to application only there).
 */
declare function objectsOf(name: string): readonly object[];

/** Writes each application to a file. */
export function writeEach(toText: (objects: readonly object[]) => string): void {
  const { names, folder } = task();
  mkdirSync(folder, { recursive: true });
  for (const name of names) writeFileSync(join(folder, `${name}.yaml`), toText(objectsOf(name)));
}
