import { escapeRegex } from '../promql/build';
import type { RelabelConfig } from './config';

/** The labels that select pods. */
type Labels = Readonly<Record<string, string>>;

/** The label under which service discovery gives a label of a pod. */
const podLabel = (key: string) => `__meta_kubernetes_pod_label_${key.replace(/[^a-zA-Z0-9_]/g, '_')}`;

/** `$` refers to a group in a replacement; two stand for one. */
const plain = (text: string) => text.replaceAll('$', '$$$$');

/** Writes a label with a fixed value. */
export const set = (label: string, value: string): RelabelConfig => ({ target_label: label, replacement: plain(value) });

/** Writes a label with the value of another. */
export const copy = (from: string, to: string): RelabelConfig => ({ source_labels: [from], target_label: to });

/** Keeps what has exactly these values. */
export function keep(values: Labels): RelabelConfig {
  const keys = Object.keys(values).sort();
  return { source_labels: keys, regex: keys.map((key) => escapeRegex(values[key]!)).join(';'), action: 'keep' };
}

/** Keeps the pods that the labels select. */
export const keepPods = (selector: Labels): RelabelConfig => keep(Object.fromEntries(Object.entries(selector).map(([key, value]) => [podLabel(key), value])));

/** Keeps what has one of these values; with `orNone`, also what has none. */
export const keepAny = (label: string, values: readonly string[], orNone = false): RelabelConfig => ({
  source_labels: [label], regex: [...(orNone ? [''] : []), ...values.map(escapeRegex)].join('|'), action: 'keep',
});

/** Pods that have come to their end are no targets. */
export const DROP_FINISHED: RelabelConfig = { source_labels: ['__meta_kubernetes_pod_phase'], regex: 'Failed|Succeeded', action: 'drop' };

/** The labels that tell where a pod is. */
export const POD_LABELS: readonly RelabelConfig[] = [
  copy('__meta_kubernetes_namespace', 'namespace'),
  copy('__meta_kubernetes_pod_name', 'pod'),
  copy('__meta_kubernetes_pod_container_name', 'container'),
];
