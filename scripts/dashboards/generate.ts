/** Draws docs/images/dashboards from the definitions of the dashboards: `npx tsx scripts/dashboards/generate.ts`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pictures } from './pictures';

const folder = join(__dirname, '../../docs/images/dashboards');
mkdirSync(folder, { recursive: true });
for (const [name, picture] of pictures()) writeFileSync(join(folder, name), picture);
