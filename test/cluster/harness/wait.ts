import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubectl } from './kubectl';
import { progress } from './progress';
import { nameOf, type Condition, type KubeList, type KubeObject } from './objects';
import { JUDGED_KINDS, unready, type Unready } from './readiness';

const POLL_MS = 500;
const EVENTS_SHOWN = 10;
/** A sign of life for waits that take long. */
const HEARTBEAT_MS = 15_000;

export interface WaitOptions {
  /** @default - 60, or 900 where pods are real */
  readonly timeoutSeconds?: number;
  /**
   * The objects to wait for, as `deployment/web`. Others may be broken: the next wave may be what mends them.
   *
   * @default - all of the namespace
   */
  readonly only?: ReadonlySet<string>;
}

/** Waits until all that can be ready in a namespace is, and explains itself when that does not come true. */
export async function waitReady(kubectl: Kubectl, namespace: string, options: WaitOptions): Promise<void> {
  const timeoutSeconds = options.timeoutSeconds ?? 60;
  const deadline = Date.now() + timeoutSeconds * 1000;
  let heartbeat = Date.now() + HEARTBEAT_MS;
  for (;;) {
    const objects = await listed(kubectl, namespace, JUDGED_KINDS);
    const problems = unready(objects.filter((it) => options.only?.has(keyOf(it)) ?? true));
    if (problems.length === 0) return;
    const failed = problems.some((problem) => problem.final);
    if (failed || Date.now() > deadline) {
      const headline = failed ? 'has failed' : `is not ready after ${timeoutSeconds} s`;
      throw new Error(await explain(kubectl, namespace, headline, problems, objects));
    }
    if (Date.now() > heartbeat) {
      progress(namespace, `waiting for ${problems.map(({ object, reason }) => `${object} (${reason})`).join(', ')}`);
      heartbeat += HEARTBEAT_MS;
    }
    await sleep(POLL_MS);
  }
}

const keyOf = (object: KubeObject) => `${object.kind.toLowerCase()}/${object.metadata.name}`;

async function explain(
  kubectl: Kubectl,
  namespace: string,
  headline: string,
  problems: readonly Unready[],
  objects: readonly KubeObject[],
): Promise<string> {
  const events = await listed(kubectl, namespace, ['events']);
  return [
    `namespace ${namespace} ${headline}:`,
    ...problems.map(({ object, reason }) => `  ${object}: ${reason}`),
    ...objects.flatMap(complaintsOf).map((line) => `  ${line}`),
    ...warningEvents(events).map((line) => `  event: ${line}`),
  ].join('\n');
}

/** What an object's own status says is wrong: conditions of workloads, states of containers. */
function complaintsOf(object: KubeObject): string[] {
  const conditions = (object.status?.['conditions'] ?? []) as readonly Condition[];
  const telling = conditions.filter(
    ({ type, status, message }) =>
      message && ((type === 'ReplicaFailure' && status === 'True') || (type === 'PodScheduled' && status === 'False')),
  );
  return [
    ...telling.map(({ reason, message }) => `${nameOf(object)}: ${reason}: ${message}`),
    ...containersOf(object).flatMap((container) => containerComplaint(object, container)),
  ];
}

interface ContainerStatus {
  readonly name: string;
  readonly state?: Readonly<Record<string, { reason?: string; message?: string; exitCode?: number }>>;
}

function containersOf(object: KubeObject): ContainerStatus[] {
  const statuses = object.status ?? {};
  return ['initContainerStatuses', 'containerStatuses'].flatMap((field) => (statuses[field] ?? []) as ContainerStatus[]);
}

function containerComplaint(object: KubeObject, { name, state }: ContainerStatus): string[] {
  const problem = state?.['waiting'] ?? state?.['terminated'];
  if (!problem || problem.exitCode === 0) return [];
  const exit = problem.exitCode === undefined ? '' : `, exit code ${problem.exitCode}`;
  return [`${nameOf(object)}: container ${name}: ${problem.reason}: ${problem.message ?? 'no message'}${exit}`];
}

function warningEvents(events: readonly KubeObject[]): string[] {
  const warnings = events as readonly (KubeObject & {
    type?: string;
    reason?: string;
    message?: string;
    involvedObject?: { kind: string; name: string };
  })[];
  return warnings
    .filter(({ type }) => type === 'Warning')
    .map((it) => `${it.involvedObject?.kind}/${it.involvedObject?.name}: ${it.reason}: ${it.message}`)
    .filter((line, index, lines) => lines.indexOf(line) === index)
    .slice(-EVENTS_SHOWN);
}

async function listed(kubectl: Kubectl, namespace: string, kinds: readonly string[]): Promise<readonly KubeObject[]> {
  const list = await kubectl.json<KubeList>(['get', kinds.join(','), `--namespace=${namespace}`]);
  return list.items;
}
