import { Chart } from 'cdk8s';
import { App, CronTask, StatefulService, Volume, WebApp, Worker } from '../../lib';
import { observe, type MonitoredApplication } from '../../lib/monitoring';
import type { DashboardContext } from '../../lib/monitoring/grafana';

/** The environment of the pictures: everything is collected. */
export const CONTEXT: DashboardContext = { environment: 'production', logs: true, alertmanager: true, blackbox: true, nodes: true, fluentd: true, prometheus: true, alertmanagerMetrics: true, runbooks: 'https://example.com/runbooks' };

const image = (name: string) => `ghcr.io/acme/${name}:1.4.2`;

/** A small shop, as the pictures show it. */
export function sampleApplications(): readonly MonitoredApplication[] {
  const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
  const http = { ports: { http: 8080 }, metrics: { http: 'prometheus' as const } };
  const applications = [
    new WebApp(chart, 'frontend', {
      ...http, image: image('frontend'), owner: 'storefront', replicas: { min: 2, max: 10 }, resources: { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } },
      route: { hosts: ['shop.example.com'], tls: { issuer: 'letsencrypt' } }, slo: { objective: 0.999, latency: { threshold: '250ms', objective: 0.95 } }, links: { runbook: 'https://example.com/frontend' },
    }),
    new WebApp(chart, 'cart', { ...http, image: image('cart'), owner: 'storefront' }),
    new WebApp(chart, 'payment', { ...http, image: image('payment'), owner: 'payments', slo: { objective: 0.9995 } }),
    new Worker(chart, 'mailer', { image: image('mailer'), owner: 'storefront' }),
    new StatefulService(chart, 'orders-db', { image: image('orders-db'), owner: 'payments', ports: { postgres: 5432 }, mounts: { '/data': Volume.claim('data', { size: '20Gi' }) } }),
    new CronTask(chart, 'nightly-report', { image: image('report'), owner: 'storefront', schedule: '15 3 * * *' }),
    new CronTask(chart, 'settlement', { image: image('settlement'), owner: 'payments', schedule: '0 * * * *' }),
  ];
  return applications.map((application) => observe(application));
}
