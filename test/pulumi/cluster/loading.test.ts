import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The modules of a cloud's package: folders with an index. The package as a whole is the empty name. */
function modulesOf(name: string): string[] {
  const folder = dirname(require.resolve(`${name}/package.json`));
  const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && readdirSync(join(folder, entry.name)).includes('index.js'));
  return [name, ...inner.map((entry) => `${name}/${entry.name}`)];
}

const MODULES = ['@pulumi/gcp', '@pulumi/aws'].flatMap(modulesOf);

// Pulumi itself is loaded afresh every time.
jest.setTimeout(60_000);

/** Loads something afresh and tells which modules of the clouds' packages get loaded. */
function loaded(load: () => unknown): string[] {
  const found: string[] = [];
  jest.resetModules();
  for (const name of MODULES) {
    jest.doMock(name, () => {
      found.push(name.slice('@pulumi/'.length));
      return {};
    });
  }
  load();
  return found.sort();
}

test("what every cluster has in common, and the settings of one, load nothing of the clouds' packages", () => {
  expect(MODULES.length).toBeGreaterThan(300);
  expect(loaded(() => require('../../../lib/pulumi/cluster') as unknown)).toEqual([]);
  expect(loaded(() => require('../../../lib/pulumi/gke/schema') as unknown)).toEqual([]);
  expect(loaded(() => require('../../../lib/pulumi/eks/schema') as unknown)).toEqual([]);
});

test('a cluster on GKE loads the modules that it is made with, and no others', () => {
  expect(loaded(() => require('../../../lib/pulumi/gke') as unknown)).toEqual(['artifactregistry', 'certificatemanager', 'compute', 'container', 'dns', 'gkebackup', 'kms', 'organizations', 'projects', 'pubsub', 'secretmanager', 'serviceaccount', 'storage'].map((module) => `gcp/${module}`));
});

test('a cluster on EKS loads the modules that it is made with, and no others', () => {
  expect(loaded(() => require('../../../lib/pulumi/eks') as unknown)).toEqual(['acm', 'backup', 'cloudwatch', 'ec2', 'ecr', 'efs', 'eks', 'iam', 'kms', 'route53', 'scheduler', 'vpc'].map((module) => `aws/${module}`));
});
