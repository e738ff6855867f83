/** Copies the data, which the compiler leaves alone, beside the compiled code. */
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
cpSync(join(root, 'lib/schema/data'), join(root, 'build/lib/schema/data'), {
  recursive: true,
  filter: (source) => !source.endsWith('.ts'),
});
