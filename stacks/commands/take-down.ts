import type { Stack } from '@pulumi/pulumi/automation';
import { readState, type StateResource } from '../../lib/pulumi';
import { nameOfUrn } from '../../lib/pulumi/release/state';
import { unlocked, type LockOptions } from './lock';
import { recover } from './recovery';
import { update, type Update } from './update';
import { exportEncrypted } from './workspace';

/** Clusters that go with their environment. */
const MADE: readonly string[] = ['fairlead:gke:GkeCluster', 'fairlead:eks:EksCluster'];

/**
 * Destroys an environment, in order. The engine refuses to delete what is protected, but not before it has deleted all that
 * is not: workloads, and the way out of the cluster's network. So nothing is touched while anything is protected, or while
 * volumes are to stay in a cluster that goes: nobody would find their disks.
 * @throws with the names of what is protected, or would be left behind
 */
export async function takeDown(stack: Stack, options: Omit<Update, 'action'> = {}, lock: LockOptions = {}): Promise<void> {
  await recover(stack, lock);
  const { deployment } = await exportEncrypted(stack.workspace, stack.name);
  const { resources } = readState(deployment);
  const problems = [...protectedOnes(resources, stack.name), ...orphans(resources)];
  if (problems.length > 0) throw new Error(`${stack.name}: nothing was deleted, as ${problems.join('\nAlso, ')}`);
  await unlocked(stack, () => update(stack, { ...options, action: 'destroy' }), lock);
}

const list = (resources: readonly StateResource[]): string => resources.map(({ type, urn }) => `  ${nameOfUrn(urn)} (${type})`).join('\n');

function protectedOnes(all: readonly StateResource[], name: string): string[] {
  const kept = all.filter(({ protect }) => protect === true);
  if (kept.length === 0) return [];
  return [`these are protected:\n${list(kept)}\nIf all of it may go: let the cloud let go of the cluster first (deletionProtection: false, and npm run up), then: pulumi state unprotect --all --stack ${name}`];
}

/** What would be left of a cluster that is gone: disks, which cost money and which nothing names. */
function orphans(all: readonly StateResource[]): string[] {
  const left = all.filter(({ retainOnDelete }) => retainOnDelete === true);
  if (left.length === 0 || !all.some(({ type }) => MADE.includes(type))) return [];
  return [`disks of volumes would be left behind in the cloud without their cluster, for these are retained:\n${list(left)}\nIf their data may go: retainVolumes: false in the environment's file, and npm run up`];
}
