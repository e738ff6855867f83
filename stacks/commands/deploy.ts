import type { Stack } from '@pulumi/pulumi/automation';
import { unlocked } from './lock';
import { recover } from './recovery';
import { confirm, isInteractive } from './run';
import { update, type Update } from './update';

/** How far to go. */
export interface Consent {
  /** Whether only to show what would change. @default false */
  readonly preview?: boolean;
  /** Whether to go ahead without asking. @default false, but where nobody can be asked, nobody is */
  readonly yes?: boolean;
  /** Whether a lock is cleared whoever holds it. @default false: only one whose process has died on this host */
  readonly cancel?: boolean;
}

/**
 * Changes a stack, once it was put right where an earlier update was interrupted. A person in front of it first sees what
 * would change, and is asked. Policies see it in a preview too, for `up` judges relations only when all has been made.
 */
export async function deploy(stack: Stack, options: Omit<Update, 'action'>, { preview = false, yes = false, cancel = false }: Consent): Promise<void> {
  if (!preview) await recover(stack, { cancel });
  const ask = !yes && isInteractive();
  const { message: _, ...shown } = options;
  if (preview || ask || shown.policyPacks?.length) await update(stack, { ...shown, action: 'preview' });
  if (preview) return;
  if (ask && !(await confirm(`Change ${stack.name} like this?`))) return console.log('Nothing was changed.');
  await unlocked(stack, () => update(stack, { ...options, action: 'up' }), { cancel });
}
