/** Metrics of a job by name, each with its own labels; those of the target come on top. */
export type Metrics = Readonly<Record<string, readonly string[]>>;

/** Metrics listed by their labels: `{ 'namespace pod': ['kube_pod_created'] }`. */
export function metrics(byLabels: Readonly<Record<string, readonly string[]>>): Metrics {
  return Object.fromEntries(Object.entries(byLabels).flatMap(([labels, names]) => names.map((name) => [name, labels === '' ? [] : labels.split(' ')])));
}

/** Histograms listed by their labels: each gives the series `_bucket`, `_sum` and `_count`. */
export function histograms(byLabels: Readonly<Record<string, readonly string[]>>): Metrics {
  return Object.fromEntries(Object.entries(metrics(byLabels)).flatMap(([name, labels]) => [
    [`${name}_bucket`, [...labels, 'le']], [`${name}_sum`, labels], [`${name}_count`, labels],
  ]));
}
