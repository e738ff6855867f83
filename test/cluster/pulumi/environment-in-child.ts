/** Does something with an environment as our commands do, in a process of its own, and prints each step: `>>> create <type> <name>`. */
import type { EngineEvent } from '@pulumi/pulumi/automation';
import { deploy } from '../../../stacks/commands/deploy';
import { takeDown } from '../../../stacks/commands/take-down';
import { openStack, runPulumi } from '../../../stacks/commands/workspace';
import { policyPack } from '../../../stacks/policy/folder';
import { environmentProgram } from '../../../stacks/pulumi/deploy';
import { ROOT } from '../../stacks/rendered';

/** What to do. */
export interface ChildTask {
  readonly environment: string;
  readonly action: 'up' | 'preview' | 'destroy' | 'unprotect';
  /** Names of what may be replaced. */
  readonly allow?: readonly string[];
}

const DONE = ['create', 'update', 'delete', 'create-replacement', 'delete-replaced'];

function show({ resOutputsEvent: event }: EngineEvent): void {
  if (event && DONE.includes(event.metadata.op)) console.log(`\n>>> ${event.metadata.op} ${event.metadata.type} ${event.metadata.urn.split('::').at(-1)}`);
}

async function main({ environment, action, allow: allowReplacement = [] }: ChildTask): Promise<void> {
  const directory = process.env.FAIRLEAD_TEST_PROJECT!;
  const program = () => environmentProgram(directory, environment, { allowReplacement });
  const stack = await openStack({ directory, environment, program, create: true });
  if (action === 'unprotect') console.log(await runPulumi(stack.workspace, stack.name, ['state', 'unprotect', '--all', '--yes']));
  else if (action === 'destroy') await takeDown(stack, { onEvent: show });
  else await deploy(stack, { policyPacks: [policyPack(ROOT)], onEvent: show }, { yes: true, preview: action === 'preview', allowReplacement });
  if (action === 'up') console.log(`# ${JSON.stringify(Object.fromEntries(Object.entries(await stack.outputs()).map(([name, { value, secret }]) => [name, secret ? 'secret' : (value as unknown)])))}`);
}

main(JSON.parse(process.argv[2]!) as ChildTask).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
