import type { Stack } from '@pulumi/pulumi/automation';
import { takeDown } from '../../../stacks/commands/take-down';

const PVC = { urn: 'urn:pulumi:shop::fairlead::kubernetes:core/v1:PersistentVolumeClaim::PersistentVolumeClaim/shop/data', type: 'kubernetes:core/v1:PersistentVolumeClaim' };
const CLUSTER = { urn: 'urn:pulumi:shop::fairlead::fairlead:gke:GkeCluster::shop', type: 'fairlead:gke:GkeCluster' };
const PROTECTED = { urn: 'urn:pulumi:shop::fairlead::gcp:container/cluster:Cluster::shop', type: 'gcp:container/cluster:Cluster', protect: true };

/** What becomes of a stack with these resources. */
async function fateOf(resources: readonly object[]): Promise<string> {
  const destroyed: string[] = [];
  const run = async () => ({ stdout: JSON.stringify({ version: 3, deployment: { resources } }) });
  const stack = { name: 'shop', workspace: { workDir: '.', envVars: {}, pulumiCommand: { run } }, destroy: async () => void destroyed.push('destroyed') };
  return takeDown(stack as unknown as Stack).then(() => destroyed.join(), ({ message }: Error) => message + destroyed.join());
}

describe('destroying an environment', () => {
  it('leaves all as it is while anything is protected', async () => {
    expect(await fateOf([CLUSTER, PROTECTED])).toBe('shop: nothing was deleted, as these are protected:\n  shop (gcp:container/cluster:Cluster)\nIf all of it may go: let the cloud let go of the cluster first (deletionProtection: false, and npm run up), then: pulumi state unprotect --all --stack shop');
  });

  it('leaves all as it is where volumes would outlive the cluster that they are in', async () => {
    const message = "disks of volumes would be left behind in the cloud without their cluster, for these are retained:\n  PersistentVolumeClaim/shop/data (kubernetes:core/v1:PersistentVolumeClaim)\nIf their data may go: retainVolumes: false in the environment's file, and npm run up";
    expect(await fateOf([CLUSTER, { ...PVC, retainOnDelete: true }])).toBe(`shop: nothing was deleted, as ${message}`);
    expect(await fateOf([{ ...CLUSTER, type: 'fairlead:eks:EksCluster' }, { ...PVC, retainOnDelete: true }])).toContain(message);
    expect(await fateOf([CLUSTER, PROTECTED, { ...PVC, retainOnDelete: true }])).toContain(`--stack shop\nAlso, ${message}`);
  });

  it('goes on where nothing is protected, and volumes stay in a cluster that stays', async () => {
    expect(await fateOf([{ ...PVC, retainOnDelete: true }])).toBe('destroyed');
    expect(await fateOf([CLUSTER, PVC])).toBe('destroyed');
  });
});
