import type { Stack } from '@pulumi/pulumi/automation';
import { readState } from '../../lib/pulumi';
import { nameOfUrn } from '../../lib/pulumi/release/state';
import { unlocked, type LockOptions } from './lock';
import { recover } from './recovery';
import { update, type Update } from './update';
import { exportEncrypted } from './workspace';

/**
 * Destroys an environment, in order. The engine refuses to delete what is protected, but not before it has deleted all that
 * is not: workloads, and the way out of the cluster's network. So nothing is touched while anything is protected.
 * @throws with the names of what is protected
 */
export async function takeDown(stack: Stack, options: Omit<Update, 'action'> = {}, lock: LockOptions = {}): Promise<void> {
  await recover(stack, lock);
  const { deployment } = await exportEncrypted(stack.workspace, stack.name);
  const kept = readState(deployment).resources.filter(({ protect }) => protect === true).map(({ type, urn }) => `  ${nameOfUrn(urn)} (${type})`);
  if (kept.length > 0) throw new Error(`${stack.name}: nothing was deleted, as these are protected:\n${kept.join('\n')}\nIf all of it may go: let the cloud let go of the cluster first (deletionProtection: false, and npm run up), then: pulumi state unprotect --all --stack ${stack.name}`);
  await unlocked(stack, () => update(stack, { ...options, action: 'destroy' }), lock);
}
