import * as pulumi from '@pulumi/pulumi';
import { EnvironmentError } from '../../lib/environment';
import type { Cloud } from '../../lib/pulumi/cluster';
import type { ShopEnvironment } from '../environment';

/**
 * Keeps in the state with which provider an environment was made, and refuses another one: moving it in place would destroy
 * what it has. Await it before anything else is registered.
 * @throws EnvironmentError with the key path
 */
export async function stayInPlace({ file }: ShopEnvironment, cloud: Cloud): Promise<void> {
  const { output } = new pulumi.Stash('cluster-home', { input: cloud }, { ignoreChanges: ['input'] });
  const home = await (output as unknown as { promise(): Promise<Cloud | undefined> }).promise();
  if (home === undefined || home === cloud) return;
  throw new EnvironmentError([{
    file,
    path: 'fairlead:cluster.provider',
    got: JSON.stringify(cloud),
    allowed: `${JSON.stringify(home)}, where this environment lives: it can't move in place. Make another environment for the new cluster, move hosts and data to it, then destroy this one (docs/clusters.md)`,
  }]);
}
