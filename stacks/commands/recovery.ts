import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '@pulumi/pulumi/automation';
import { settlePending } from '../../lib/pulumi';
import { unlocked, type LockOptions } from './lock';
import { update } from './update';

interface Exported {
  readonly version: number;
  readonly deployment: unknown;
}

/**
 * Puts a stack right after an update that was interrupted: what it was making and is there becomes the stack's, what is not
 * there is forgotten, and the rest is compared with the cluster.
 * @returns whether there was anything to put right
 * @throws when the update still runs, or may still run
 */
export async function recover(stack: Stack, options: LockOptions = {}): Promise<boolean> {
  const { print = console.log } = options;
  const exported = await exportEncrypted(stack);
  const settled = settlePending(exported.deployment);
  if (settled === undefined) return false;
  print(`An update of ${stack.name} was interrupted. Looking what became of it:`);
  await unlocked(stack, () => importEncrypted(stack, { ...exported, deployment: settled.deployment }), options);
  if (settled.refresh.length > 0) await update(stack, { action: 'refresh', target: settled.refresh, message: 'Recover from an interruption' });
  if (settled.unknown.length > 0) print(`Nobody knows whether these were made; look, then import or clear them by \`pulumi refresh\`:\n${settled.unknown.join('\n')}`);
  return true;
}

/** The Automation API would decrypt the secrets, and write them into a file for all to read. */
async function exportEncrypted(stack: Stack): Promise<Exported> {
  return JSON.parse((await pulumi(stack, ['stack', 'export'])).stdout) as Exported;
}

async function importEncrypted(stack: Stack, exported: Exported): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fairlead-state-'));
  try {
    const file = join(folder, 'state.json');
    writeFileSync(file, JSON.stringify(exported), { mode: 0o600 });
    await pulumi(stack, ['stack', 'import', '--file', file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Any other command of the CLI; the Automation API has this for itself. */
interface Cli {
  run(args: readonly string[], directory: string, env: Readonly<Record<string, string>>): Promise<{ readonly stdout: string }>;
}

const pulumi = ({ workspace, name }: Stack, args: readonly string[]) => (workspace.pulumiCommand as unknown as Cli).run([...args, '--stack', name], workspace.workDir, workspace.envVars);
