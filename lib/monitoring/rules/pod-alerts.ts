import type { MonitoredApplication } from '../application';
import { jobOf } from '../catalogue';
import { not, regex, select, sum } from '../promql';
import { highest, JOBS, keepsRunning, podState, state, title, withNode, type ApplicationAlert } from './definition';

const CONTAINER = ['namespace', 'pod', 'container'];
const IN_POD = 'container {{ $labels.container }} of pod {{ $labels.pod }}';

/** A metric of cAdvisor about the application's containers; without a name of a container, a series is the sum of its pod. */
const usage = ({ namespace, pods }: MonitoredApplication, metric: string) => select(metric, { job: JOBS.cadvisor, namespace, pod: regex(pods), container: not('') });

/** The number of pods that the workload asks for. */
function wanted(app: MonitoredApplication): string | undefined {
  const { kind, name } = app.workload ?? {};
  if (kind === 'Deployment') return state(app, 'kube_deployment_spec_replicas', { deployment: name });
  return kind === 'StatefulSet' ? state(app, 'kube_statefulset_replicas', { statefulset: name }) : undefined;
}

/** Alerts on the pods and containers of an application. */
export const POD_ALERTS = {
  PodCrashLooping: {
    severity: 'warning',
    for: '15m',
    fits: keepsRunning,
    expr: (app) => `${withNode(app, highest(['pod', 'container'], `max_over_time(${podState(app, 'kube_pod_container_status_waiting_reason', { reason: 'CrashLoopBackOff' })}[5m])`))} > 0`,
    summary: (app) => `${title(app)} crashes again and again`,
    description: () => `The ${IN_POD} is started, ends and waits longer each time. Where every pod does so, nobody is served.`,
  },
  ContainerOutOfMemory: {
    severity: 'warning',
    for: '0s',
    fits: keepsRunning,
    expr: (app) => {
      const rising = `${sum(CONTAINER, `increase(${podState(app, 'kube_pod_container_status_restarts_total')}[10m])`)} > 0`;
      const killed = `${highest(['pod', 'container'], podState(app, 'kube_pod_container_status_last_terminated_reason', { reason: 'OOMKilled' }))} > 0`;
      return `(${rising}) and on (namespace, pod, container) (${killed})`;
    },
    summary: (app) => `${title(app)} was killed for want of memory`,
    description: () => `The ${IN_POD} took more memory than its limit, was killed and started anew. Requests that it was working on are lost.`,
  },
  TargetAbsent: {
    severity: 'warning',
    for: '15m',
    fits: ({ metrics }) => metrics !== undefined,
    expr: (app, _, collects) => {
      const absent = `absent(${select('up', { job: jobOf(app), namespace: app.namespace })})`;
      const pods = collects(JOBS.kubeStateMetrics) ? wanted(app) : undefined;
      return pods === undefined ? absent : `${absent} unless on () (max(${pods}) == 0)`;
    },
    summary: (app) => `${title(app)} has no pod to read metrics from`,
    description: () => 'No pod was found where its metrics could be read: it does not run, or the monitoring does not find it. Alerts that need its metrics are blind until then.',
  },
  TargetDown: {
    severity: 'warning',
    for: '15m',
    fits: ({ metrics }) => metrics !== undefined,
    expr: (app, _, collects) => {
      const down = highest(['pod'], `1 - ${select('up', { job: jobOf(app), namespace: app.namespace })}`);
      return `${collects(JOBS.kubeStateMetrics) ? withNode(app, down) : `(${down})`} > 0`;
    },
    summary: (app) => `The metrics of ${title(app)} can't be read`,
    description: () => "Pod {{ $labels.pod }} does not answer when Prometheus asks for its metrics. It hangs, serves them elsewhere, or a network policy is in the way.",
  },
  MemoryNearLimit: {
    severity: 'warning',
    for: '15m',
    threshold: { value: 0.9, meaning: 'part of the memory limit in use', min: 0, max: 1 },
    fits: ({ limits }) => limits.memory,
    expr: (app, threshold) => {
      const used = highest(['pod', 'container'], usage(app, 'container_memory_working_set_bytes'));
      const limit = highest(['pod', 'container'], podState(app, 'kube_pod_container_resource_limits', { resource: 'memory' }));
      return `${withNode(app, `${used} / ${limit}`)} > ${threshold}`;
    },
    summary: (app) => `${title(app)} is close to its memory limit`,
    description: () => `The ${IN_POD} uses {{ $value | humanizePercentage }} of the memory that it may have. Beyond the limit it is killed.`,
  },
  CpuThrottled: {
    severity: 'info',
    for: '15m',
    threshold: { value: 0.25, meaning: 'part of the time slices in which it was held back', min: 0, max: 1 },
    fits: ({ limits }) => limits.cpu,
    expr: (app, threshold) => {
      const [throttled, all] = ['container_cpu_cfs_throttled_periods_total', 'container_cpu_cfs_periods_total'].map((metric) => sum(CONTAINER, `increase(${usage(app, metric)}[5m])`));
      return `${throttled} / ${all} > ${threshold}`;
    },
    summary: (app) => `${title(app)} is held back by its CPU limit`,
    description: () => `The ${IN_POD} wanted more CPU than its limit in {{ $value | humanizePercentage }} of the time, and answers more slowly for it.`,
  },
} satisfies Record<string, ApplicationAlert>;
