/** What every environment of `stacks/` renders of its monitoring. */
import type { JsonObject } from '../../lib';
import { MonitoringStack } from '../../lib/monitoring';
import { boutiqueApp } from '../../stacks/boutique/app';
import { ENVIRONMENTS } from '../stacks/rendered';

/** A ConfigMap as it is rendered. */
export interface ConfigMap {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data: Readonly<Record<string, string>>;
}

/** An environment with its monitoring. */
export interface MonitoredEnvironment {
  readonly name: string;
  /** The namespace of the shop. */
  readonly namespace: string;
  readonly stack: MonitoringStack;
  readonly configMaps: readonly ConfigMap[];
}

/** The ConfigMaps among objects. */
export const configMapsOf = (manifests: readonly JsonObject[]): ConfigMap[] => manifests.filter(({ kind }) => kind === 'ConfigMap') as unknown as ConfigMap[];

/** All that have one; a test says that these are all there are. */
export const MONITORED: readonly MonitoredEnvironment[] = ENVIRONMENTS.flatMap(({ environment }) => {
  const app = boutiqueApp(environment, 'out');
  const stack = app.node.findAll().find((construct): construct is MonitoringStack => construct instanceof MonitoringStack);
  return stack ? [{ name: environment.name, namespace: environment.config.namespace, stack, configMaps: configMapsOf(app.render().files.flatMap(({ objects }) => objects.map(({ manifest }) => manifest))) }] : [];
});

/** Those with the files of Prometheus. */
export const prometheusMaps = (maps: readonly ConfigMap[]): ConfigMap[] => maps.filter(({ metadata }) => /^prometheus-(config|rules-\d+)$/.test(metadata.name));

/** The rule files by name. */
export const ruleFilesOf = ({ configMaps }: MonitoredEnvironment): ReadonlyMap<string, string> =>
  new Map(configMaps.filter(({ metadata }) => /^prometheus-rules-\d+$/.test(metadata.name)).flatMap(({ data }) => Object.entries(data)));

/** A file of Alertmanager, by the end of its name. */
export function alertmanagerFile({ configMaps }: MonitoredEnvironment, end: string): string {
  const [, text] = configMaps.filter(({ metadata }) => metadata.name.startsWith('alertmanager-files-')).flatMap(({ data }) => Object.entries(data)).find(([name]) => name.endsWith(end)) ?? [];
  if (text === undefined) throw new Error(`Alertmanager has no file that ends in ${end}`);
  return text;
}
