/** Releases the shop in a process of its own, which can be killed. */
import { LocalWorkspace } from '@pulumi/pulumi/automation';
import { update } from '../../../stacks/commands/update';
import { recordedShop, type RecordedRelease } from './recorded-shop';

async function main(): Promise<void> {
  const program = recordedShop(JSON.parse(process.argv[2]!) as RecordedRelease);
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: 'test', projectName: 'fairlead', program }, { workDir: process.env.FAIRLEAD_TEST_PROJECT! });
  await update(stack, { action: 'up' });
}

void main();
