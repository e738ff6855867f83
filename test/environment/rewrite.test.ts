import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { load, CORE_SCHEMA, mergeTag } from 'js-yaml';
import type * as z from 'zod';
import { parseEnvironment } from '../../lib/environment';
import { environmentFile } from './arbitrary';
import { example, source } from './example';
import { pulumiConfigSet } from './pulumi-rewrite';

const fixture = (...path: string[]) => readFileSync(join(__dirname, 'fixtures', ...path), 'utf8');
const read = (text: string) => JSON.stringify(parseEnvironment(text, source, example as z.ZodType));

// fixtures/rewritten is what `pulumi config set gcp:zone europe-west6-a` of Pulumi 3.232.0 made of the file beside it.
const before = fixture('Pulumi.staging.yaml');
const after = fixture('rewritten', 'Pulumi.staging.yaml');

test('a file that `pulumi config set` has rewritten reads as before, to the byte', () => {
  expect(after).not.toContain(before.slice(before.indexOf('config:')));
  expect(read(after)).toBe(read(before));
});

test('the emulated rewrite does what Pulumi did', () => {
  const plain = (text: string) => load(text, { schema: CORE_SCHEMA.withTags(mergeTag) });
  expect(plain(pulumiConfigSet(before, 'fairlead', 'gcp:zone', 'europe-west6-a'))).toEqual(plain(after));
});

test('whatever the file says, a rewrite changes nothing that is read', () => {
  fc.assert(
    fc.property(environmentFile, (text) => {
      const rewritten = pulumiConfigSet(text, 'fairlead', 'gcp:zone', 'europe-west6-a');
      expect(read(rewritten)).toBe(read(text));
      expect(read(pulumiConfigSet(rewritten, 'fairlead', 'gcp:zone', 'b'))).toBe(read(text));
    }),
  );
});
