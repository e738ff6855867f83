/** The shop as `stacks/` deploys it: read, rendered, checked, ordered and registered. `node ours.cjs <objects file> [write]` */
import { writeFileSync } from 'node:fs';
import { loadEnvironment } from '../../lib/environment';
import { ChartResources } from '../../lib/pulumi';
import { boutiqueApp } from '../../stacks/boutique/app';
import { environmentSchema } from '../../stacks/environment';
import { provider, timed } from './timed';

const app = () => boutiqueApp(loadEnvironment('.', 'staging', environmentSchema), 'staging');

const [, , file, write] = process.argv;
if (write === 'write') writeFileSync(file!, JSON.stringify(app().render().files.flatMap((each) => each.objects.map(({ manifest }) => manifest))));
else void timed(() => new ChartResources('boutique', { charts: app() }, { provider: provider() }));
