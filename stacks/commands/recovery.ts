import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '@pulumi/pulumi/automation';
import { settlePending } from '../../lib/pulumi';
import { unlocked, type LockOptions } from './lock';
import { update } from './update';
import { exportEncrypted, runPulumi, type Exported } from './workspace';

/**
 * Puts a stack right after an update that was interrupted: what it was making and is there becomes the stack's, what is not
 * there is forgotten, and the rest is compared with the cluster.
 * @returns whether there was anything to put right
 * @throws when the update still runs, or may still run
 */
export async function recover(stack: Stack, options: LockOptions = {}): Promise<boolean> {
  const { print = console.log } = options;
  const exported = await exportEncrypted(stack.workspace, stack.name);
  const settled = settlePending(exported.deployment);
  if (settled === undefined) return false;
  print(`An update of ${stack.name} was interrupted. Looking what became of it:`);
  await unlocked(stack, () => importEncrypted(stack, { ...exported, deployment: settled.deployment }), options);
  if (settled.refresh.length > 0) await update(stack, { action: 'refresh', target: settled.refresh, message: 'Recover from an interruption' });
  if (settled.unknown.length > 0) print(`Nobody knows whether these were made; look, then import or clear them by \`pulumi refresh\`:\n${settled.unknown.join('\n')}`);
  return true;
}

/** The Automation API would write the secrets, decrypted, into a file for all to read. */
async function importEncrypted(stack: Stack, exported: Exported): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fairlead-state-'));
  try {
    const file = join(folder, 'state.json');
    writeFileSync(file, JSON.stringify(exported), { mode: 0o600 });
    await runPulumi(stack.workspace, stack.name, ['stack', 'import', '--file', file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
