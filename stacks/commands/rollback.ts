/** Goes back to the last release that completed, from the state: `npm run rollback -- staging`. */
import { resolve } from 'node:path';
import type { Stack } from '@pulumi/pulumi/automation';
import { readState, ReleasesInState, rollBack, type RecordedRelease } from '../../lib/pulumi';
import { deploy } from './deploy';
import { placeOf } from './local-engine';
import { writeMessage } from './message';
import { withRecordedConfig } from './recorded-config';
import { parseCommand, runCommand } from './run';
import { lastUpdates, pastUpdates } from './updates';
import { openStack } from './workspace';

const USAGE = {
  usage: 'npm run rollback -- <environment> [--to <n>] [--with-release-tasks] [--cause <why>] [--by <who>] [--preview] [--diff] [--yes] [--cancel]',
  options: {
    to: { type: 'string' },
    'with-release-tasks': { type: 'boolean' },
    cause: { type: 'string' },
    by: { type: 'string' },
    preview: { type: 'boolean' },
    diff: { type: 'boolean' },
    yes: { type: 'boolean', short: 'y' },
    cancel: { type: 'boolean' },
  },
} as const;

async function main(args: readonly string[]): Promise<void> {
  const { given, values } = parseCommand(args, USAGE);
  const environment = given.environment!;
  const stack = await openStack({ ...(await placeOf(resolve('.'), environment)), environment });
  const { deployment } = await stack.exportStack();
  const found = releasesOf(stack, deployment);
  const to = values.to === undefined ? found.goal(lastUpdates(await pastUpdates(stack))) : numberOf(values.to, found.releases);
  const release = found.releases[to]!;
  const goal = { to, withJobs: values['with-release-tasks'] === true };
  console.log(`Going back to ${describeRelease(release)}.`);
  stack.workspace.program = async () => rollBack(found, goal) as Record<string, unknown>;
  const { cause = `Back to ${describeRelease(release)}`, by, diff = false } = values;
  await withRecordedConfig(deployment, async (configFile) => {
    const common = { diff, configFile, target: found.touchedBy(goal) };
    await deploy(stack, { ...common, message: writeMessage({ cause, releasesLeft: found.releases.length - to, ...(by === undefined ? {} : { by }) }) }, values);
  });
}

function releasesOf(stack: Stack, deployment: unknown): ReleasesInState {
  try {
    return new ReleasesInState(readState(deployment));
  } catch (error) {
    throw new Error(`${stack.name}: ${(error as Error).message}`, { cause: error });
  }
}

function numberOf(text: string, releases: readonly RecordedRelease[]): number {
  const place = Number(text);
  if (/^\d+$/.test(text) && place < releases.length) return place;
  const known = releases.map((release, index) => `  ${index}: ${describeRelease(release)}`).join('\n');
  throw new Error(`--to: got ${JSON.stringify(text)}; the number of a release that has completed is allowed:\n${known}`);
}

/** A release in the words of whoever released it. */
function describeRelease({ info: { version, revision, cause, at }, outputs }: RecordedRelease): string {
  const name = version ?? (typeof outputs.version === 'string' ? outputs.version : 'a release');
  const details = [revision, at, cause].filter((text) => text !== undefined);
  return details.length === 0 ? name : `${name} (${details.join(', ')})`;
}

runCommand(main);
