/** Writes docs/hardening.md: `npx tsx scripts/hardening/generate.ts`. A test says when it is due. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { hardeningPage } from './page';

void hardeningPage().then((page) => writeFileSync(resolve(__dirname, '../../docs/hardening.md'), page));
