import type { MonitoredApplication } from '../application';
import { highest, keepsRunning, state, title, type ApplicationAlert } from './definition';

/** What kube-state-metrics calls the workload and its numbers of pods. */
interface Counts {
  readonly label: string;
  readonly wanted: string;
  readonly available: string;
  readonly updated: string;
}

const COUNTS: Readonly<Record<string, Counts>> = {
  Deployment: { label: 'deployment', wanted: 'kube_deployment_spec_replicas', available: 'kube_deployment_status_replicas_available', updated: 'kube_deployment_status_replicas_updated' },
  StatefulSet: { label: 'statefulset', wanted: 'kube_statefulset_replicas', available: 'kube_statefulset_status_replicas_available', updated: 'kube_statefulset_status_replicas_updated' },
  DaemonSet: {
    label: 'daemonset', wanted: 'kube_daemonset_status_desired_number_scheduled', available: 'kube_daemonset_status_number_available', updated: 'kube_daemonset_status_updated_number_scheduled',
  },
};

/** One of the workload's numbers of pods. */
function count(app: MonitoredApplication, which: Exclude<keyof Counts, 'label'>, over: (selector: string) => string = (selector) => selector): string {
  const counts = COUNTS[app.workload!.kind]!;
  return highest([counts.label], over(state(app, counts[which], { [counts.label]: app.workload!.name })));
}

/** That no new version was brought in lately. */
const still = (app: MonitoredApplication) => `${count(app, 'updated', (selector) => `changes(${selector}[10m])`)} == 0`;

const autoscaler = (app: MonitoredApplication, metric: string) => highest(['horizontalpodautoscaler'], state(app, `kube_horizontalpodautoscaler_${metric}`, { horizontalpodautoscaler: app.autoscaler }));
const budget = (app: MonitoredApplication, metric: string) => highest(['poddisruptionbudget'], state(app, `kube_poddisruptionbudget_${metric}`, { poddisruptionbudget: app.budget }));

/** Alerts on the workload as a whole: its pods, new versions, autoscaler and budget. */
export const WORKLOAD_ALERTS = {
  NoReplicaAvailable: {
    severity: 'critical',
    for: '5m',
    fits: keepsRunning,
    expr: (app) => `(${count(app, 'available')} == 0) and (${count(app, 'wanted')} > 0)`,
    summary: (app) => `${title(app)} is down`,
    description: () => 'None of its pods is available: nobody is served.',
  },
  ReplicasMismatch: {
    severity: 'warning',
    for: '15m',
    fits: keepsRunning,
    expr: (app) => `(${count(app, 'wanted')} - ${count(app, 'available')} > 0) and (${still(app)})`,
    summary: (app) => `${title(app)} has fewer pods than it asks for`,
    description: () => '{{ $value }} pods are missing, and no new version is on its way. It has less capacity than planned, and stands a failure less well.',
  },
  RolloutStuck: {
    severity: 'warning',
    for: '15m',
    fits: keepsRunning,
    expr: (app) => {
      if (app.workload!.kind !== 'Deployment') return `(${count(app, 'wanted')} - ${count(app, 'updated')} > 0) and (${still(app)})`;
      return `${highest(['deployment'], state(app, 'kube_deployment_status_condition', { deployment: app.workload!.name, condition: 'Progressing', status: 'false' }))} > 0`;
    },
    summary: (app) => `The new version of ${title(app)} does not come up`,
    description: () => 'The rollout makes no progress. The old version goes on where it can; the change is not live.',
  },
  AutoscalerAtMaximum: {
    severity: 'warning',
    for: '15m',
    fits: ({ autoscaler: name }) => name !== undefined,
    expr: (app) => {
      const [current, max, min] = ['status_current_replicas', 'spec_max_replicas', 'spec_min_replicas'].map((metric) => autoscaler(app, metric));
      return `(${current} == ${max}) and (${max} != ${min})`;
    },
    summary: (app) => `${title(app)} can't scale any further`,
    description: () => 'It runs {{ $value }} pods, the most that its autoscaler may start. More load makes it slower.',
  },
  DisruptionBudgetViolated: {
    severity: 'warning',
    for: '15m',
    fits: ({ budget: name }) => name !== undefined,
    expr: (app) => `${budget(app, 'status_desired_healthy')} - ${budget(app, 'status_current_healthy')} > 0`,
    summary: (app) => `${title(app)} has fewer healthy pods than its disruption budget demands`,
    description: () => '{{ $value }} healthy pods are missing. Until they are back, no node that runs one of its pods can be drained.',
  },
} satisfies Record<string, ApplicationAlert>;
