import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { App, CronTask, ReleaseTask, StatefulService, Volume, WebApp, Worker, type IApplication } from '../../../lib';
import { observe, type MonitoredApplication } from '../../../lib/monitoring';
import type { DashboardContext } from '../../../lib/monitoring/grafana';

export const IMAGE = 'ghcr.io/acme/shop:1.4.2';

/** Everything is there. */
export const ALL: DashboardContext = { environment: 'production', logs: true, alertmanager: true, blackbox: true, nodes: true, fluentd: true, prometheus: true, alertmanagerMetrics: true, runbooks: 'https://example.com/runbooks' };
/** Nothing but Prometheus. */
export const LEAST: DashboardContext = { environment: 'local', logs: false, alertmanager: false, blackbox: false, nodes: false, fluentd: false, prometheus: false, alertmanagerMetrics: false };

/** One application of each kind, with all that can be watched of it, in namespace `shop`. */
export function shop(chart: Construct): readonly IApplication[] {
  const limits = { limits: { cpu: '1', memory: '512Mi' } };
  return [
    new WebApp(chart, 'frontend', {
      image: IMAGE, ports: { http: 8080 }, owner: 'checkout', replicas: { min: 2, max: 10 }, resources: { requests: { cpu: '250m', memory: '256Mi' }, ...limits }, description: 'Sells things.',
      route: { hosts: ['shop.example.com'], tls: { issuer: 'letsencrypt' } }, links: { source: 'https://example.com/source', runbook: 'https://example.com/runbook' },
      metrics: { http: 'prometheus' }, slo: { objective: 0.999, latency: { threshold: '250ms', objective: 0.95 } },
    }),
    new WebApp(chart, 'api', { image: IMAGE, ports: { http: 8080 }, owner: 'payments', metrics: { http: 'opentelemetry' } }),
    new Worker(chart, 'mailer', { image: IMAGE }),
    new StatefulService(chart, 'db', { image: IMAGE, ports: { postgres: 5432 }, owner: 'storage', mounts: { '/data': Volume.claim('data', { size: '10Gi' }) } }),
    new CronTask(chart, 'report', { image: IMAGE, schedule: '15 3 * * *', owner: 'checkout' }),
    new ReleaseTask(chart, 'migrate', { image: IMAGE, owner: 'storage' }),
  ];
}

/** The same as the monitoring sees it. */
export function monitoredShop(namespace = 'shop'): readonly MonitoredApplication[] {
  return shop(new Chart(new App(), 'chart', { namespace })).map((application) => observe(application));
}

/** The application of that name. */
export const named = (name: string): MonitoredApplication => monitoredShop().find((application) => application.name === name)!;

