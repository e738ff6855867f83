import { compact, type JsonObject } from '../../core/json';
import type { MonitoredApplication } from '../application';
import { relabelings } from '../operator/relabel';
import { SAMPLE_LIMIT, type ScrapedPods } from '../prometheus/pod-scrape';
import { set } from '../prometheus/relabel';

/**
 * The PodMonitoring of an application. It finds the pods of its own namespace, which it must stand in; its name is the label
 * `job`. The port is given by number, which finds it whether or not the pods declare it, and tells no containers apart.
 */
export function applicationMonitoring(application: MonitoredApplication & ScrapedPods, interval: string): JsonObject {
  const { name, owner } = application;
  const labels = [set('application', name), ...(owner === undefined ? [] : [set('owner', owner)])];
  return { spec: { ...podsAndPort(application, interval, { metricRelabeling: relabelings(labels) }), targetLabels: { metadata: ['pod'] }, limits: { samples: SAMPLE_LIMIT } } };
}

/** The PodMonitoring of a part of the monitoring. */
export const programMonitoring = (pods: ScrapedPods, perNode: boolean, interval: string): JsonObject => ({ spec: { ...podsAndPort(pods, interval), targetLabels: { metadata: ['pod', ...(perNode ? ['node'] : [])] } } });

/** The ClusterPodMonitoring of a program whose series speak of others: with no label of its own, theirs stand. The labels tell it from those of other stacks. */
export const clusterMonitoring = (pods: ScrapedPods, labels: Readonly<Record<string, string>>, interval: string): JsonObject => ({ spec: { ...podsAndPort({ ...pods, selector: { ...pods.selector, ...labels } }, interval), targetLabels: { metadata: [] } } });

const podsAndPort = ({ selector, metrics }: ScrapedPods, interval: string, more: JsonObject = {}): JsonObject => ({
  selector: { matchLabels: { ...selector } },
  endpoints: [compact({ port: metrics.port, path: metrics.path, interval, ...more })],
});
