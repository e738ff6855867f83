import type { Stack, UpdateSummary } from '@pulumi/pulumi/automation';
import type { LastUpdates } from '../../lib/pulumi';
import { readMessage, type Message } from './message';

/** One entry of the engine's history. */
export interface PastUpdate extends Message {
  /** What was done: `update`, `destroy`, `refresh`. */
  readonly kind: string;
  /** How it went: `succeeded`, `failed`. */
  readonly result: string;
  /** When it began and ended, as ISO 8601 text. */
  readonly start: string;
  readonly end: string;
}

const iso = (time: Date | string | undefined): string => (time === undefined ? '' : new Date(time).toISOString());

/** The updates of a stack that changed something, the newest first; what was interrupted is not among them. */
export async function pastUpdates(stack: Stack): Promise<PastUpdate[]> {
  const all = await stack.history(undefined, undefined, false);
  return all.filter(({ kind }) => (kind as string) !== 'preview').map(describe);
}

/** Who released is who said so, or else who made the commit that the engine found. */
function describe({ kind, result, startTime, endTime, message, environment }: UpdateSummary): PastUpdate {
  const said = readMessage(message);
  const committer = environment['git.committer'];
  return { ...said, ...(said.by === undefined && committer !== undefined ? { by: committer } : {}), kind, result, start: iso(startTime), end: iso(endTime) };
}

/** What a rollback must know of the past. */
export function lastUpdates(updates: readonly PastUpdate[]): LastUpdates {
  const [last, before] = updates.filter(({ kind }) => kind === 'update');
  return {
    succeeded: last === undefined || last.result === 'succeeded',
    ...(before === undefined ? {} : { before: before.end }),
    ...(last?.releasesLeft === undefined ? {} : { releasesLeft: last.releasesLeft }),
  };
}
