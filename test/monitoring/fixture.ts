import { Chart } from 'cdk8s';
import { App, CronTask, ReleaseTask, StatefulService, Volume, WebApp, Worker, type IApplication } from '../../lib';
import { observe, type MonitoredApplication } from '../../lib/monitoring/application';
import type { Platform } from '../../lib/monitoring/rules';
import { watch } from '../../lib/monitoring/watch';
import { IMAGE } from '../builders';

/** One application of every kind, with all that can be watched; each kind besides with the least. */
export function fixtureApplications(): readonly MonitoredApplication[] {
  const applications = addFixtureApplications(new Chart(new App(), 'chart', { namespace: 'shop' }));
  const agent = watch({ name: 'agent', namespace: 'ops', selector: { app: 'agent' }, workload: { kind: 'DaemonSet', name: 'agent' }, owner: 'platform', metrics: { port: 9100 } });
  return [...applications.map((application) => observe(application)), agent.application];
}

/** Those that are ours. */
export function addFixtureApplications(chart: Chart): readonly IApplication[] {
  const metrics = { port: 'http', http: 'prometheus' } as const;
  const limits = { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '200m', memory: '128Mi' } };
  const slo = { objective: 0.999, latency: { threshold: '250ms', objective: 0.99 } };
  return [
    new WebApp(chart, 'web', {
      image: IMAGE, ports: { http: 8080 }, owner: 'shop', metrics, slo, resources: limits, replicas: { min: 2, max: 6, cpu: 70 },
      route: { hosts: ['shop.example.com'], tls: { issuer: 'letsencrypt' } }, links: { runbook: 'https://example.com/web' },
    }),
    new WebApp(chart, 'plain', { image: IMAGE, ports: { http: 8080 } }),
    new WebApp(chart, 'otel', { image: IMAGE, ports: { http: 8080 }, owner: 'search', metrics: { http: 'opentelemetry' }, slo: { objective: 0.9, latency: { threshold: '1s', objective: 0.95 }, window: '7d' } }),
    new Worker(chart, 'mailer', { image: IMAGE, owner: 'shop', resources: limits }),
    new StatefulService(chart, 'db', { image: IMAGE, ports: { postgres: 5432, metrics: 9187 }, owner: 'data', metrics: { port: 'metrics' }, replicas: 3, mounts: { '/data': Volume.claim('data', { size: '10Gi' }) } }),
    new CronTask(chart, 'report', { image: IMAGE, schedule: '15 3 * * *', owner: 'data', resources: limits }),
    new CronTask(chart, 'ping', { image: IMAGE, schedule: '*/5 * * * *' }),
    new CronTask(chart, 'resting', { image: IMAGE, schedule: '@hourly', suspend: true }),
    new ReleaseTask(chart, 'migrate', { image: IMAGE, owner: 'shop' }),
  ];
}

/** A cluster in which everything can be seen. */
export const PLATFORM: Platform = {
  namespaces: ['shop', 'ops'], namespace: 'monitoring', owner: 'platform', controlPlane: true, nodeExporter: true, fluentd: true, prometheus: true, alertmanagers: 2, remoteWrite: true, watchdog: true,
};

/** Links as a MonitoringStack makes them. */
export const LINKS = {
  runbook: (alert: string) => `https://example.com/runbooks/${alert}`,
  dashboard: (application: MonitoredApplication | undefined) => `https://grafana.example.com/d/${application?.name ?? 'platform'}`,
  logs: (application: MonitoredApplication | undefined) => `https://grafana.example.com/explore/${application?.name ?? 'platform'}`,
};
