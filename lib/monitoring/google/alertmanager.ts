import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { FileSource } from '../../config/files';
import { Manifest } from '../../core/manifest';
import type { Mistakes } from '../../core/problems';
import { toYaml } from '../../synth/yaml';
import { alertmanagerConfig, type Alerting } from '../alertmanager';
import { withTemplates } from '../alertmanager/inline-templates';
import { PUBLIC_NAMESPACE } from './places';

/** The Secret that Google's Alertmanager reads, and its key. */
export const MANAGED_CONFIGURATION = { name: 'alertmanager', key: 'alertmanager.yaml' } as const;

/** The configuration of Google's own Alertmanager, which mounts nothing else: a receiver with a credential can't be told to it without putting that in the clear. */
export function makeManagedConfiguration(scope: Construct, problems: Mistakes, alerting: Alerting): void {
  for (const { prop, props } of alerting.receivers.flatMap(({ notifications }) => notifications)) {
    for (const [key, value] of Object.entries(props)) {
      if (value instanceof FileSource) problems.refuse(`${prop}.${key}`, "Google's Alertmanager mounts no Secrets, so the credential would have to stand in its configuration; remove google.alertmanager, which gives the stack an Alertmanager of its own, or take a receiver without a credential");
    }
  }
  const { templates: _, ...config } = alertmanagerConfig(alerting, '');
  const chart = new Chart(scope, 'managed-alertmanager', { namespace: PUBLIC_NAMESPACE });
  new Manifest(chart, 'configuration', {
    apiVersion: 'v1', kind: 'Secret', metadata: { name: MANAGED_CONFIGURATION.name, labels: { 'app.kubernetes.io/managed-by': 'fairlead' } }, type: 'Opaque',
    stringData: { [MANAGED_CONFIGURATION.key]: toYaml([withTemplates(config)]) },
  });
}
