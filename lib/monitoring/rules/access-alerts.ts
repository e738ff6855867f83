import type { MonitoredApplication } from '../application';
import { regex, select } from '../promql';
import { highest, JOBS, title, type ApplicationAlert } from './definition';

const DAY = 86_400;

const volume = ({ namespace, claims }: MonitoredApplication, metric: string) => select(`kubelet_volume_stats_${metric}`, { job: JOBS.kubelet, namespace, persistentvolumeclaim: regex(claims.join('|')) });
const free = (app: MonitoredApplication) => `${highest(['persistentvolumeclaim'], volume(app, 'available_bytes'))} / ${highest(['persistentvolumeclaim'], volume(app, 'capacity_bytes'))}`;
const probe = ({ namespace, name }: MonitoredApplication, metric: string) => `max by (namespace, application, instance) (${select(metric, { job: JOBS.blackbox, namespace, application: name })})`;

/** Alerts on volumes, and on the way in from outside. */
export const ACCESS_ALERTS = {
  VolumeAlmostFull: {
    severity: 'critical',
    for: '1m',
    threshold: { value: 0.03, meaning: 'part of the volume that is free', min: 0, max: 1 },
    fits: ({ claims }) => claims.length > 0,
    expr: (app, threshold) => `${free(app)} < ${threshold}`,
    summary: (app) => `A volume of ${title(app)} is full`,
    description: () => 'Only {{ $value | humanizePercentage }} of the volume of claim {{ $labels.persistentvolumeclaim }} is free. Once it is full, writes fail.',
  },
  VolumeFillingUp: {
    severity: 'warning',
    for: '1h',
    threshold: { value: 0.15, meaning: 'part of the volume that is free, with less than four days left at the pace of the last six hours', min: 0, max: 1 },
    fits: ({ claims }) => claims.length > 0,
    expr: (app, threshold) => `(${free(app)} < ${threshold}) and (${highest(['persistentvolumeclaim'], `predict_linear(${volume(app, 'available_bytes')}[6h], ${4 * DAY})`)} < 0)`,
    summary: (app) => `A volume of ${title(app)} fills up`,
    description: () => '{{ $value | humanizePercentage }} of the volume of claim {{ $labels.persistentvolumeclaim }} is free; at the pace of the last hours it is full within four days.',
  },
  CertificateExpiring: {
    severity: 'warning',
    for: '1h',
    threshold: { value: 10, meaning: 'days until the certificate expires', min: 1, max: 365 },
    fits: ({ probes, tls }) => tls && probes.length > 0,
    expr: (app, days) => `${probe(app, 'probe_ssl_earliest_cert_expiry')} - time() < ${days * DAY}`,
    summary: (app) => `A certificate of ${title(app)} expires soon`,
    description: () => 'The certificate of {{ $labels.instance }} expires in {{ $value | humanizeDuration }}. It should have been renewed by itself long before.',
  },
  RouteUnreachable: {
    severity: 'critical',
    for: '5m',
    fits: ({ probes }) => probes.length > 0,
    expr: (app) => `${probe(app, 'probe_success')} == 0`,
    summary: (app) => `${title(app)} does not answer from outside`,
    description: () => '{{ $labels.instance }} does not answer as it should: name, load balancer, certificate or the application itself fails.',
  },
} satisfies Record<string, ApplicationAlert>;
