import type { Stack } from '@pulumi/pulumi/automation';
import { ReplacementGuard, ReplacementRefused } from '../../lib/pulumi/cluster';
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
  /** Names of resources of the cloud, as the preview shows them, that may be replaced or deleted this once. @default none */
  readonly allowReplacement?: readonly string[];
}

/**
 * Changes a stack, once it was put right where an earlier update was interrupted. A person in front of it first sees what
 * would change, and is asked. Policies see it in a preview too, for `up` judges relations only when all has been made; and what
 * would replace a cluster, a network or a key goes no further than that.
 */
export async function deploy(stack: Stack, options: Omit<Update, 'action'>, { preview = false, yes = false, cancel = false, allowReplacement = [] }: Consent): Promise<void> {
  if (!preview) await recover(stack, { cancel });
  const ask = !yes && isInteractive();
  const { message: _, ...shown } = options;
  if (preview || ask || shown.policyPacks?.length) await look(stack, shown, new ReplacementGuard({ allow: allowReplacement }));
  if (preview) return;
  if (ask && !(await confirm(`Change ${stack.name} like this?`))) return console.log('Nothing was changed.');
  await unlocked(stack, () => update(stack, { ...options, action: 'up' }), { cancel });
}

/** Shows what would change. What the guard has to say is more than what the engine says of protected resources. */
async function look(stack: Stack, options: Omit<Update, 'action'>, guard: ReplacementGuard): Promise<void> {
  try {
    await update(stack, { ...options, action: 'preview', onEvent: (event) => guard.read(event) });
  } catch (error) {
    if (guard.refused.length > 0) check(stack, guard);
    throw error;
  }
  check(stack, guard);
}

function check({ name }: Stack, guard: ReplacementGuard): void {
  try {
    guard.check();
  } catch (error) {
    if (!(error instanceof ReplacementRefused)) throw error;
    const names = error.refused.map((refused) => ` --allow-replacement ${refused.name}`).join('');
    throw new Error(`${name}: nothing was changed, as this would lose what can't be made again:\n${error.message.replaceAll(/^/gm, '  ')}\nIf that is what you want: npm run up -- ${name}${names}`, { cause: error });
  }
}
