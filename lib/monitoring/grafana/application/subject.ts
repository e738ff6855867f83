import type { MonitoredApplication } from '../../application';
import { not, regex, select, type Matchers } from '../../promql';

/** A metric that the application serves itself. */
export const own = ({ namespace, name }: MonitoredApplication, metric: string, matchers: Matchers = {}): string => select(metric, { job: `${namespace}/${name}`, namespace, ...matchers });

/** What kube-state-metrics says of an object in the application's namespace. */
export const state = ({ namespace }: MonitoredApplication, metric: string, matchers: Matchers = {}): string => select(metric, { job: 'kube-state-metrics', namespace, ...matchers });

/** What kube-state-metrics says of the application's pods. */
export const podState = (application: MonitoredApplication, metric: string, matchers: Matchers = {}): string => state(application, metric, { pod: regex(application.pods), ...matchers });

/** What the kubelet measures in the application's containers, without the sums over a pod. */
export const containers = ({ namespace, pods }: MonitoredApplication, metric: string): string => select(metric, { job: 'cadvisor', namespace, pod: regex(pods), container: not('') });

/** Whether it runs to an end, by a schedule or at a release. */
export const isTask = ({ workload }: MonitoredApplication): boolean => workload?.kind === 'CronJob' || workload?.kind === 'Job';
