import type { Stack } from '@pulumi/pulumi/automation';
import { defined } from '../../lib/core/json';
import { readState, ReleasesInState, rollBack, type RecordedRelease } from '../../lib/pulumi';
import { deploy, type Consent } from './deploy';
import { writeMessage } from './message';
import { withRecordedConfig } from './recorded-config';
import { recover } from './recovery';
import { lastUpdates, pastUpdates } from './updates';

/** Which release to go back to, and how. */
export interface GoBackOptions extends Consent {
  /** The number of the release, the newest being 0. @default the last one that completed; if it is there, the one before */
  readonly to?: string;
  /** Whether its release tasks run. @default false */
  readonly 'with-release-tasks'?: boolean;
  /** Why, for the history. @default the release that it goes back to */
  readonly cause?: string;
  /** Who, for the history. @default nobody is named */
  readonly by?: string;
  /** Whether to show what changes within each object. @default false */
  readonly diff?: boolean;
}

/**
 * Goes back to a release that completed, with nothing but what the state has recorded of it.
 * @throws when there is none; FailedUpdate when the engine fails
 */
export async function goBack(stack: Stack, { to: wanted, cause, by, diff = false, ...options }: GoBackOptions): Promise<void> {
  if (!options.preview) await recover(stack, { cancel: options.cancel === true });
  const { deployment } = await stack.exportStack();
  const found = releasesOf(stack, deployment);
  const to = wanted === undefined ? found.goal(lastUpdates(await pastUpdates(stack))) : placeOf(wanted, found.releases);
  const { [to]: release } = found.releases;
  const name = describeRelease(release!);
  const { version, revision } = release!.info;
  console.log(`Going back to ${name}.`);
  const goal = { to, withJobs: options['with-release-tasks'] === true };
  stack.workspace.program = async () => rollBack(found, goal) as Record<string, unknown>;
  const message = writeMessage({ cause: cause ?? `Back to ${name}`, releasesLeft: found.releases.length - to, ...defined({ by, version, revision }) });
  await withRecordedConfig(deployment, (configFile) => deploy(stack, { diff, configFile, target: found.touchedBy(goal), message }, options));
}

function releasesOf(stack: Stack, deployment: unknown): ReleasesInState {
  try {
    return new ReleasesInState(readState(deployment));
  } catch (error) {
    throw new Error(`${stack.name}: ${(error as Error).message}`, { cause: error });
  }
}

function placeOf(text: string, releases: readonly RecordedRelease[]): number {
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
