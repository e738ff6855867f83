import { setTimeout as sleep } from 'node:timers/promises';
import { isMissing, type ApiServer, type KubeObject } from './api-server';
import { judgeOf } from './readiness';
import { at } from './values';

const POLL_MS = 400;
/** Pods come and go behind a Service for a moment; the real plugin gives them ten seconds to settle. */
const SETTLE_MS = 1000;
const DEFAULT_TIMEOUT_SECONDS = 600;

/** The object is there, and did not become what it should. */
export class NotReady extends Error {
  constructor(
    message: string,
    readonly live: KubeObject,
    readonly reasons: readonly string[],
  ) {
    super(message);
  }
}

export interface Patience {
  /** Seconds of the resource option customTimeouts; 0 where there is none. */
  readonly timeout: number;
  readonly cancelled: AbortSignal;
  /** Shows progress. */
  readonly onProgress: (text: string) => void;
}

const isTrue = (object: KubeObject, annotation: string) => at(object, 'metadata', 'annotations', annotation) === 'true';

function deadlineOf(object: KubeObject, seconds: number): number {
  const annotated = Number(at(object, 'metadata', 'annotations', 'pulumi.com/timeoutSeconds'));
  return Date.now() + 1000 * (seconds || annotated || DEFAULT_TIMEOUT_SECONDS);
}

/** Waits until an object that was just written is ready, and resolves with it as it is then. */
export async function untilReady(api: ApiServer, written: KubeObject, patience: Patience): Promise<KubeObject> {
  const judge = judgeOf(written);
  if (!judge || isTrue(written, 'pulumi.com/skipAwait')) return written;
  const deadline = deadlineOf(written, patience.timeout);
  let live = written;
  let readySince: number | undefined;
  for (;;) {
    live = await api.get(live);
    const { ready, failed, messages } = await judge(live, api);
    readySince = ready ? readySince ?? Date.now() : undefined;
    if (readySince !== undefined && Date.now() - readySince >= (live.kind === 'Service' ? SETTLE_MS : 0)) break;
    if (failed) throw new NotReady(`'${live.metadata.name}' failed`, live, messages);
    if (patience.cancelled.aborted) throw new NotReady(`waiting for '${live.metadata.name}' was cancelled`, live, messages);
    if (Date.now() > deadline) throw new NotReady(`'${live.metadata.name}' timed out waiting to be ready`, live, messages);
    patience.onProgress(messages[0] ?? '');
    await pause(patience);
  }
  patience.onProgress('');
  return live;
}

/** Waits until an object that is being deleted is gone. */
export async function untilGone(api: ApiServer, doomed: KubeObject, patience: Patience): Promise<void> {
  const deadline = deadlineOf(doomed, patience.timeout);
  for (;;) {
    const live = await api.get(doomed).catch((error: unknown) => (isMissing(error) ? undefined : Promise.reject(error)));
    if (!live || (doomed.metadata.uid !== undefined && live.metadata.uid !== doomed.metadata.uid)) return;
    const finalizers = (live.metadata.finalizers ?? at(live, 'spec', 'finalizers') ?? []) as readonly string[];
    const reasons = finalizers.length > 0 ? [`its finalizers have not run: ${finalizers.join(', ')}`] : [];
    if (patience.cancelled.aborted) throw new NotReady(`waiting for '${live.metadata.name}' to be deleted was cancelled`, live, reasons);
    if (Date.now() > deadline) throw new NotReady(`'${live.metadata.name}' timed out waiting to be deleted`, live, reasons);
    await pause(patience);
  }
}

async function pause({ cancelled }: Patience): Promise<void> {
  await sleep(POLL_MS, undefined, { signal: cancelled }).catch(() => undefined);
}
