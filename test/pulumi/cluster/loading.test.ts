import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const GCP = dirname(require.resolve('@pulumi/gcp/package.json'));
/** The modules of the package: folders with an index. */
const MODULES = readdirSync(GCP, { withFileTypes: true }).filter((entry) => entry.isDirectory() && readdirSync(join(GCP, entry.name)).includes('index.js')).map(({ name }) => name);

/** Loads something afresh and tells which modules of Google's package get loaded. */
async function loaded(load: () => Promise<unknown>): Promise<string[]> {
  const found: string[] = [];
  jest.resetModules();
  for (const name of ['', ...MODULES.map((module) => `/${module}`)]) {
    jest.doMock(`@pulumi/gcp${name}`, () => {
      found.push(name.slice(1) || 'all');
      return {};
    });
  }
  await load();
  return found.sort();
}

test("what every cluster has in common, and the settings of one on GKE, load nothing of Google's package", async () => {
  expect(MODULES.length).toBeGreaterThan(100);
  expect(await loaded(() => import('../../../lib/pulumi/cluster'))).toEqual([]);
  expect(await loaded(() => import('../../../lib/pulumi/gke/schema'))).toEqual([]);
});

test('a cluster on GKE loads the modules that it is made with, and no others', async () => {
  expect(await loaded(() => import('../../../lib/pulumi/gke'))).toEqual(['artifactregistry', 'certificatemanager', 'compute', 'container', 'dns', 'gkebackup', 'kms', 'organizations', 'projects', 'pubsub', 'secretmanager', 'serviceaccount', 'storage']);
});
