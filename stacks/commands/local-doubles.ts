/**
 * The doubles of the tests, for a machine on which nothing is installed; loaded only there, and as they lie: they build from
 * files beside them, so no bundle may hold them.
 */
import { resolve } from 'node:path';

/** Loads TypeScript, from the root of the project. */
function load<T>(path: string): T {
  const tsx = require('tsx/cjs/api') as { require(id: string, from: string): T };
  return tsx.require(path, resolve('package.json'));
}

/** Builds a Pulumi CLI, and stands in for the Kubernetes plugin. */
export const engineDoubles = () => load<typeof import('../../test/engine')>('./test/engine/index.ts');

/** Starts a Kubernetes control plane with simulated nodes. */
export const controlPlaneDoubles = () => load<typeof import('../../test/cluster/harness/standing')>('./test/cluster/harness/standing.ts');
