import { CERT_MANAGER } from '../catalogue/monitoring';
import type { ScrapeConfig } from './config';
import { programScrape, type ForeignPods } from './pod-scrape';
import { keepAny } from './relabel';

/** Where cert-manager stands, unless it was installed elsewhere. */
export const CERT_MANAGER_NAMESPACE = 'cert-manager';

/** The pods of its controller, as its chart and its manifests label them. */
export const certManagerPods = (namespace: string): ForeignPods => ({
  namespace, name: 'cert-manager', selector: { 'app.kubernetes.io/component': 'controller', 'app.kubernetes.io/name': 'cert-manager' }, metrics: { port: 9402, path: '/metrics' },
});

/** What it says of the certificates in these namespaces: it looks after those of the whole cluster. */
export function certManagerScrape(pods: ForeignPods, namespaces: readonly string[]): ScrapeConfig {
  const kept = [keepAny('namespace', namespaces), keepAny('__name__', Object.keys(CERT_MANAGER))];
  return programScrape('cert-manager', pods, { hidden: true, honor_labels: true, metric_relabel_configs: kept });
}
