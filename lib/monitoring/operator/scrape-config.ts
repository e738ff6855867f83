import { camelCase } from '../../core/names';
import { compact, defined, type JsonObject } from '../../core/json';
import type { Mistakes } from '../../core/problems';
import type { KubernetesSd, ScrapeConfig } from '../prometheus/config';
import { relabelings } from './relabel';

const ROLES: Readonly<Record<KubernetesSd['role'], string>> = { pod: 'Pod', node: 'Node', endpointslice: 'EndpointSlice' };
/** What is called the same there, but for the case. */
const SAME = ['scrape_interval', 'scrape_timeout', 'honor_labels', 'metrics_path', 'params', 'fallback_scrape_protocol', 'sample_limit'] as const;

/** A job as the operator's ScrapeConfig has it; what that can't say is reported. */
export function scrapeConfigSpec(problems: Mistakes, prop: string, job: ScrapeConfig, label: string): JsonObject {
  const files = { 'authorization.credentials_file': job.authorization?.credentials_file, 'tls_config.ca_file': job.tls_config?.ca_file };
  for (const [key, file] of Object.entries(defined(files))) {
    problems.add(`${prop}.${key}`, file, "the operator's ScrapeConfig reads keys of Secrets and no files; take mode: 'plain', or make a ServiceMonitor of your own with the labels in 'operator.labels'");
  }
  const same = Object.fromEntries(SAME.map((key) => [camelCase(key.replaceAll('_', '-')), job[key]]));
  const { server_name: serverName, insecure_skip_verify: insecureSkipVerify } = job.tls_config ?? {};
  return compact({
    jobName: label, ...same,
    scheme: job.scheme?.toUpperCase(),
    tlsConfig: compact({ serverName, insecureSkipVerify }),
    kubernetesSDConfigs: job.kubernetes_sd_configs?.map(({ role, namespaces }) => compact({ role: ROLES[role], namespaces })),
    staticConfigs: job.static_configs,
    relabelings: job.relabel_configs && relabelings(job.relabel_configs),
    metricRelabelings: job.metric_relabel_configs && relabelings(job.metric_relabel_configs),
  })!;
}
