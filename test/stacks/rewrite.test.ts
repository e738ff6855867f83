import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnvironment } from '../../lib/environment';
import { boutiqueApp } from '../../stacks/boutique/app';
import { environmentSchema } from '../../stacks/environment';
import { pulumiConfigSet } from '../environment/pulumi-rewrite';
import { NAMES, rendered, ROOT } from './rendered';

describe.each(NAMES)('a rewrite of Pulumi.%s.yaml by `pulumi config set`', (name) => {
  const file = `Pulumi.${name}.yaml`;
  const rewritten = pulumiConfigSet(readFileSync(join(ROOT, file), 'utf8'), 'fairlead', 'other:key', 'value');

  it('changes no rendered byte', () => {
    const environment = parseEnvironment(rewritten, { file, project: 'fairlead', name }, environmentSchema);
    expect(boutiqueApp(environment, name).renderFiles()).toEqual(rendered(name).files);
  });
});
