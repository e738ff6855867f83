import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const GCP = dirname(require.resolve('@pulumi/gcp/package.json'));
/** The modules of the package: folders with an index. */
const MODULES = readdirSync(GCP, { withFileTypes: true }).filter((entry) => entry.isDirectory() && readdirSync(join(GCP, entry.name)).includes('index.js')).map(({ name }) => name);

// Pulumi itself is loaded afresh every time.
jest.setTimeout(60_000);

/** Loads something afresh and tells which modules of Google's package get loaded. */
function loaded(load: () => unknown): string[] {
  const found: string[] = [];
  jest.resetModules();
  for (const name of ['', ...MODULES.map((module) => `/${module}`)]) {
    jest.doMock(`@pulumi/gcp${name}`, () => {
      found.push(name.slice(1) || 'all');
      return {};
    });
  }
  load();
  return found.sort();
}

test("what every cluster has in common, and the settings of one on GKE, load nothing of Google's package", () => {
  expect(MODULES.length).toBeGreaterThan(100);
  expect(loaded(() => require('../../../lib/pulumi/cluster') as unknown)).toEqual([]);
  expect(loaded(() => require('../../../lib/pulumi/gke/schema') as unknown)).toEqual([]);
});

test('a cluster on GKE loads the modules that it is made with, and no others', () => {
  expect(loaded(() => require('../../../lib/pulumi/gke') as unknown)).toEqual(['artifactregistry', 'certificatemanager', 'compute', 'container', 'dns', 'gkebackup', 'kms', 'organizations', 'projects', 'pubsub', 'secretmanager', 'serviceaccount', 'storage']);
});
