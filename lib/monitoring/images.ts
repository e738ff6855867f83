import type { ImageInput } from '../pod/image';

/** The programs of the monitoring, and the releases that its configuration is written for. */
export const IMAGES = {
  prometheus: 'quay.io/prometheus/prometheus:v3.14.0',
  alertmanager: 'quay.io/prometheus/alertmanager:v0.34.0',
  kubeStateMetrics: 'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.20.0',
  nodeExporter: 'quay.io/prometheus/node-exporter:v1.12.1',
  blackboxExporter: 'quay.io/prometheus/blackbox-exporter:v0.28.0',
  grafana: 'grafana/grafana:13.2.0',
  fluentd: 'fluent/fluentd-kubernetes-daemonset:v1.19.3-debian-forward-1.1',
  loki: 'grafana/loki:3.7.6',
  googleFrontend: 'gke.gcr.io/prometheus-engine/frontend:v0.15.3-gke.0',
  fluentBit: 'fluent/fluent-bit:5.0.9',
} as const;

/** Name of one of the programs. */
export type ImageName = keyof typeof IMAGES;

/** Images in place of the built-in ones: a mirror, a digest, another release. */
export type ImagesProps = Readonly<Partial<Record<ImageName, ImageInput>>>;

/** The image of a program. */
export const imageOf = (name: ImageName, images: ImagesProps = {}): ImageInput => images[name] ?? IMAGES[name];
