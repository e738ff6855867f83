export { observe, type MonitoredApplication, type WorkloadKind, type WorkloadReference } from './application';
export { CATALOGUE, jobOf, labelsByMetric, type JobMetrics, type PlatformJob } from './catalogue';
export * from './grafana';
export { IMAGES, type ImageName, type ImagesProps } from './images';
export { watch, Watched, type WatchProps } from './watch';
