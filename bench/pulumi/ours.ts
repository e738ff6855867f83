/** The shop as `pulumi up` deploys it: read, rendered, checked, ordered and registered. `node ours.cjs <objects file> [write]` */
import { writeFileSync } from 'node:fs';
import { loadEnvironment } from '../../lib/environment';
import { boutiqueApp } from '../../stacks/boutique/app';
import { environmentSchema } from '../../stacks/environment';
import { deployEnvironment } from '../../stacks/pulumi/deploy';
import { timed } from './timed';

const ENVIRONMENT = 'staging';

/** The same objects for the others, which render nothing. */
function write(file: string): void {
  const { files } = boutiqueApp(loadEnvironment('.', ENVIRONMENT, environmentSchema), ENVIRONMENT).render();
  writeFileSync(file, JSON.stringify(files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest))));
}

const [, , file, action] = process.argv;
if (action === 'write') write(file!);
else void timed(() => deployEnvironment('.', ENVIRONMENT, { cluster: { context: 'bench', loadBalancer: true } }), { 'fairlead:secrets': '{"heartbeatUrl":"https://example.com"}' });
