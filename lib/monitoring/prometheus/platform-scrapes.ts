import { API_SERVER, CADVISOR, KUBELET } from '../catalogue/nodes';
import type { Metrics } from '../catalogue/family';
import type { MonitoredApplication } from '../application';
import type { KubernetesSd, RelabelConfig, ScrapeConfig, StaticTargets } from './config';
import { copy, keep, keepAny, set } from './relabel';

/** The service account's directory in a pod. */
export const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

const TOKEN = { authorization: { credentials_file: `${SERVICE_ACCOUNT}/token` } };
const NODES: readonly KubernetesSd[] = [{ role: 'node' }];
const NODE_LABELS: readonly RelabelConfig[] = [copy('__meta_kubernetes_node_name', 'node'), copy('__meta_kubernetes_node_name', 'instance')];

/** Kubelets sign their own certificates unless the cluster approves better ones. */
const kubeletTls = (verify: boolean) => ({ tls_config: { ca_file: `${SERVICE_ACCOUNT}/ca.crt`, ...(verify ? {} : { insecure_skip_verify: true }) } });

/** What the kubelets say, of the volumes of these namespaces. */
export function kubeletScrape(namespaces: readonly string[], verify: boolean): ScrapeConfig {
  return {
    job_name: 'kubelet', scheme: 'https', ...TOKEN, ...kubeletTls(verify), honor_labels: true,
    kubernetes_sd_configs: NODES, relabel_configs: NODE_LABELS,
    metric_relabel_configs: [keepAny('namespace', namespaces, true), keepNamed(KUBELET)],
  };
}

/** What cAdvisor says of the containers in these namespaces. */
export function cadvisorScrape(namespaces: readonly string[], verify: boolean): ScrapeConfig {
  return {
    job_name: 'cadvisor', scheme: 'https', metrics_path: '/metrics/cadvisor', ...TOKEN, ...kubeletTls(verify), honor_labels: true,
    kubernetes_sd_configs: NODES, relabel_configs: NODE_LABELS,
    metric_relabel_configs: [keepAny('namespace', namespaces), keepNamed(CADVISOR)],
  };
}

/** What the API servers say; only what is used, for they say very much. */
export function apiServerScrape(): ScrapeConfig {
  return {
    job_name: 'apiserver', scheme: 'https', ...TOKEN, tls_config: { ca_file: `${SERVICE_ACCOUNT}/ca.crt`, server_name: 'kubernetes.default.svc' },
    kubernetes_sd_configs: [{ role: 'endpointslice', namespaces: { names: ['default'] } }],
    relabel_configs: [keep({ __meta_kubernetes_service_name: 'kubernetes', __meta_kubernetes_endpointslice_port_name: 'https' })],
    metric_relabel_configs: [keepNamed(API_SERVER)],
  };
}

/** The jobs whose programs say far more than anybody looks at. */
const keepNamed = (metrics: Metrics): RelabelConfig => keepAny('__name__', Object.keys(metrics));

/** The probes of the public addresses, through the exporter at that address. */
export function blackboxScrape(applications: readonly MonitoredApplication[], exporter: string): ScrapeConfig {
  const groups = applications.filter(({ probes }) => probes.length > 0).map(({ name, namespace, owner, tls, probes }): StaticTargets => ({
    targets: probes,
    labels: { __param_module: tls ? 'https' : 'http', application: name, namespace, ...(owner === undefined ? {} : { owner }) },
  }));
  return {
    job_name: 'blackbox', metrics_path: '/probe', scrape_interval: '1m', scrape_timeout: '15s',
    static_configs: groups,
    relabel_configs: [copy('__address__', '__param_target'), copy('__address__', 'instance'), set('__address__', exporter)],
  };
}
