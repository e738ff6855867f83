import type { MonitoredApplication } from '../application';
import type { AlertmanagerConfig, PrometheusConfig, RemoteWriteConfig, ScrapeConfig } from './config';
import { applicationScrape, type ScrapedPods } from './pod-scrape';
import type { Retention } from './retention';

/** Where the configuration and the rules stand in the pod: directories, so that changes arrive. */
export const CONFIG_DIRECTORY = '/etc/prometheus/config';
export const CONFIG_FILE = 'prometheus.yml';
export const RULES_DIRECTORY = '/etc/prometheus/rules';

/** The label that tells the two of a pair apart; alerts drop it, so that both send the same. */
export const REPLICA = 'replica';
/** How often rules are evaluated. */
export const EVALUATION_INTERVAL = '30s';

/** What a configuration is made of. */
export interface ConfigParts {
  readonly environment: string | undefined;
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly scrapeInterval: string;
  readonly retention: Retention;
  readonly applications: readonly MonitoredApplication[];
  /** The jobs of the platform and those that the user adds. */
  readonly jobs: readonly ScrapeConfig[];
  readonly alertmanagers: readonly AlertmanagerConfig[];
  readonly remoteWrite: readonly RemoteWriteConfig[];
  readonly hasRules: boolean;
}

const servesMetrics = (application: MonitoredApplication): application is MonitoredApplication & ScrapedPods => application.metrics !== undefined;

/** An answer that takes longer than the interval would pile up; ten seconds are plenty. */
export const timeoutOf = (interval: string): string => (['1s', '2s', '5s', '10s'].includes(interval) ? interval : '10s');

/** Puts the configuration together; the same parts give the same bytes. */
export function assembleConfig(parts: ConfigParts): PrometheusConfig {
  const { environment, retention, alertmanagers, remoteWrite } = parts;
  return {
    global: {
      scrape_interval: parts.scrapeInterval,
      scrape_timeout: timeoutOf(parts.scrapeInterval),
      evaluation_interval: EVALUATION_INTERVAL,
      // Prometheus puts the variable in: each of a pair has its own.
      external_labels: { ...parts.externalLabels, ...(environment === undefined ? {} : { environment }), [REPLICA]: '${POD_NAME}' },
    },
    storage: { tsdb: { retention } },
    ...(parts.hasRules ? { rule_files: [`${RULES_DIRECTORY}/*.yml`] } : {}),
    ...(alertmanagers.length > 0 ? { alerting: { alert_relabel_configs: [{ action: 'labeldrop', regex: REPLICA }], alertmanagers } } : {}),
    scrape_configs: [...parts.applications.filter(servesMetrics).map(applicationScrape), ...parts.jobs],
    ...(remoteWrite.length > 0 ? { remote_write: remoteWrite } : {}),
  };
}
