import { setTimeout as sleep } from 'node:timers/promises';
import type { Kubectl } from './kubectl';

/** Which pods fail, and how. */
export interface ChaosOptions {
  readonly namespace: string;
  /** Pods that carry all of these labels fail. */
  readonly labels: Readonly<Record<string, string>>;
  /** Whether the containers start and fail, an init container fails before them, or the image does not exist. */
  readonly fails: 'container' | 'init-container' | 'image';
  /**
   * The exit code that the failing containers report, for Pod failure policies.
   *
   * @default 1
   */
  readonly exitCode?: number;
}

export interface Chaos {
  /** Lets pods succeed again, and deletes those that fail, so that their controllers replace them. */
  stop(): Promise<void>;
}

/** KWOK learns of a new stage through a watch and has no way to tell that it did. */
const LEARNING_MS = 1000;

let count = 0;

/**
 * Makes pods fail from now on, those that run already included.
 *
 * With `restartPolicy: Never` a pod ends as Failed; otherwise it stays in CrashLoopBackOff
 * with a restart count above the usual limit of Jobs. KWOK brings stages for this purpose
 * (`pod/chaos`), but those need labels of KWOK's own on the pod and never end a pod of a Job.
 */
export async function startChaos(kubectl: Kubectl, options: ChaosOptions): Promise<Chaos> {
  const name = `chaos-${process.pid}-${++count}`;
  await kubectl.mustRun(['create', '-f', '-'], JSON.stringify(chaosStage(name, options)));
  await sleep(LEARNING_MS);
  const selector = Object.entries(options.labels).map(([key, value]) => `${key}=${value}`);
  const pods = ['pods', `--namespace=${options.namespace}`, `--selector=${selector.join(',')}`];
  // Stages are played on events only; this is one for the pods that run already.
  await kubectl.mustRun(['annotate', ...pods, '--overwrite', `fairlead.test/chaos=${name}`]);
  return {
    stop: async () => {
      await kubectl.mustRun(['delete', 'stage.kwok.x-k8s.io', name]);
      await sleep(LEARNING_MS);
      await kubectl.mustRun(['delete', ...pods, '--ignore-not-found']);
    },
  };
}

function chaosStage(name: string, options: ChaosOptions): object {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: 'v1', kind: 'Pod' },
      selector: {
        matchLabels: options.labels,
        matchExpressions: [
          { key: '.metadata.namespace', operator: 'In', values: [options.namespace] },
          { key: '.metadata.deletionTimestamp', operator: 'DoesNotExist' },
          { key: '.status.phase', operator: 'In', values: ['Pending', 'Running'] },
        ],
      },
      weight: 10_000, // wins against the stages that make pods ready, which weigh nothing
      next: { statusTemplate: statusTemplate(options.fails, options.exitCode ?? 1) },
    },
  };
}

/** The stage goes on matching a failed pod, so its outcome must not depend on the clock, or it would be played forever. */
function statusTemplate(fails: ChaosOptions['fails'], exitCode: number): string {
  if (fails === 'image') return NO_IMAGE;
  const failed = failedContainer(exitCode);
  const isInit = fails === 'init-container';
  return `
{{ $time := .metadata.creationTimestamp }}
{{ $ends := eq .spec.restartPolicy "Never" }}
phase: {{ if $ends }}Failed{{ else }}${isInit ? 'Pending' : 'Running'}{{ end }}
startTime: {{ $time | Quote }}
conditions:
- { type: Initialized, status: "${isInit ? 'False' : 'True'}", lastTransitionTime: {{ $time | Quote }} }
- { type: Ready, status: "False", lastTransitionTime: {{ $time | Quote }} }
- { type: ContainersReady, status: "False", lastTransitionTime: {{ $time | Quote }} }
initContainerStatuses:
{{ range .spec.initContainers }}
{{ if eq .restartPolicy "Always" }}${container(true, RUNNING)}{{ else }}${isInit ? failed : container(true, COMPLETED)}{{ end }}
{{ end }}
containerStatuses:
{{ range .spec.containers }}
${isInit ? container(false, 'state: { waiting: { reason: PodInitializing } }') : failed}
{{ end }}
`;
}

/** A kubelet tries again and again, whatever the restart policy. */
const NO_IMAGE = `
{{ $time := .metadata.creationTimestamp }}
phase: Pending
startTime: {{ $time | Quote }}
conditions:
- { type: Ready, status: "False", lastTransitionTime: {{ $time | Quote }} }
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  ready: false
  started: false
  restartCount: 0
  state: { waiting: { reason: ErrImagePull, message: "failed to resolve reference: not found" } }
{{ end }}
`;

const RUNNING = 'state: { running: { startedAt: {{ $time | Quote }} } }';

const COMPLETED = `state: { terminated: { exitCode: 0, reason: Completed, ${times()} } }`;

function failedContainer(exitCode: number): string {
  const terminated = `terminated: { exitCode: ${exitCode}, reason: Error, message: made to fail by chaos, ${times()} }`;
  const waiting = 'waiting: { reason: CrashLoopBackOff, message: made to fail by chaos }';
  return [
    `{{ if $ends }}${container(false, `state: { ${terminated} }`)}`,
    `{{ else }}${container(false, `state: { ${waiting} }, lastState: { ${terminated} }`, 10)}{{ end }}`,
  ].join('');
}

function container(ready: boolean, state: string, restarts = 0): string {
  const fixed = `image: {{ .image | Quote }}, imageID: "", ready: ${ready}, started: ${ready}, restartCount: ${restarts}`;
  return `\n- { name: {{ .name | Quote }}, ${fixed}, ${state} }\n`;
}

function times(): string {
  return 'startedAt: {{ $time | Quote }}, finishedAt: {{ $time | Quote }}';
}
