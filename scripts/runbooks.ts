/** Writes docs/runbooks: `npx tsx scripts/runbooks.ts`. A test says when it is due. */
import { join } from 'node:path';
import { replaceDirectory } from '../lib';
import { runbookPages } from '../lib/monitoring/runbooks';

replaceDirectory(join(__dirname, '..', 'docs', 'runbooks'), runbookPages());
