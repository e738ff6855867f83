import { toYaml } from '../../synth/yaml';
import type { JsonObject } from '../../core/json';
import { ALERTMANAGER, CLOUDWATCH, LOKI, PROMETHEUS } from './sources';

/** Where Grafana looks for its sources and dashboards. */
const PROVISIONING = '/etc/grafana/provisioning';
/** Where the dashboards are mounted, a directory for each folder. */
export const DASHBOARDS = '/etc/grafana/dashboards';

/** Addresses of the sources inside the cluster. */
export interface SourceAddresses {
  readonly prometheus: string;
  readonly alertmanager?: string | undefined;
  readonly loki?: string | undefined;
  /** The region of CloudWatch. */
  readonly cloudwatch?: string | undefined;
  /** Time between two scrapes: the shortest step of a graph. */
  readonly scrapeInterval: string;
}

/** The files that tell Grafana of its sources and of the directories of dashboards. */
export function provisioningFiles(addresses: SourceAddresses): Readonly<Record<string, string>> {
  return {
    [`${PROVISIONING}/datasources/sources.yaml`]: toYaml([{ apiVersion: 1, prune: true, datasources: sources(addresses) }]),
    [`${PROVISIONING}/dashboards/folders.yaml`]: toYaml([{ apiVersion: 1, providers: [provider()] }]),
  };
}

function sources({ prometheus, alertmanager, loki, cloudwatch, scrapeInterval }: SourceAddresses): readonly JsonObject[] {
  const source = (name: string, reference: { readonly type: string; readonly uid: string }, url: string, jsonData: JsonObject) => ({ name, ...reference, url, access: 'proxy', editable: false, jsonData });
  return [
    {
      ...source('Prometheus', PROMETHEUS, prometheus, { httpMethod: 'POST', prometheusType: 'Prometheus', timeInterval: scrapeInterval, manageAlerts: true, ...(alertmanager === undefined ? {} : { alertmanagerUid: ALERTMANAGER.uid }) }),
      isDefault: true,
    },
    ...(alertmanager === undefined ? [] : [source('Alertmanager', ALERTMANAGER, alertmanager, { implementation: 'prometheus', handleGrafanaManagedAlerts: false })]),
    ...(loki === undefined ? [] : [source('Loki', LOKI, loki, { maxLines: 1_000 })]),
    // It shows who it is by the role of its service account.
    ...(cloudwatch === undefined ? [] : [{ name: 'CloudWatch', ...CLOUDWATCH, access: 'proxy', editable: false, jsonData: { authType: 'default', defaultRegion: cloudwatch } }]),
  ];
}

/** A dashboard that is no longer there goes from Grafana too; what is there cannot be changed in it. */
const provider = (): JsonObject => ({
  name: 'dashboards', type: 'file', orgId: 1, disableDeletion: false, allowUiUpdates: false, updateIntervalSeconds: 60, options: { path: DASHBOARDS, foldersFromFilesStructure: true },
});
