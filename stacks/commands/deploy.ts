import type { Stack } from '@pulumi/pulumi/automation';
import { confirm, isInteractive } from './run';
import { update, type Update } from './update';

/** How far to go. */
export interface Consent {
  /** Whether only to show what would change. @default false */
  readonly preview?: boolean;
  /** Whether to go ahead without asking. @default false, but where nobody can be asked, nobody is */
  readonly yes?: boolean;
}

/** Changes a stack. A person in front of it first sees what would change, and is asked. */
export async function deploy(stack: Stack, options: Omit<Update, 'action'>, { preview = false, yes = false }: Consent): Promise<void> {
  const ask = !yes && isInteractive();
  const { message: _, ...shown } = options;
  if (preview || ask) await update(stack, { ...shown, action: 'preview' });
  if (preview) return;
  if (ask && !(await confirm(`Change ${stack.name} like this?`))) return console.log('Nothing was changed.');
  await update(stack, { ...options, action: 'up' });
}
