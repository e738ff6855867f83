import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { fromField } from '../../config/env';
import type { FileSource } from '../../config/files';
import { compact } from '../../core/json';
import { Manifest } from '../../core/manifest';
import type { Problems } from '../../core/problems';
import { Registry, type ApplicationInfo, type IApplication } from '../../core/registry';
import type { EgressProps } from '../../network/traffic';
import { Volume, type MountInput } from '../../pod/volume';
import { toYaml } from '../../synth/yaml';
import { StatefulService } from '../../workloads/stateful-service';
import { imageOf, type ImagesProps } from '../images';
import { grantCluster, grantIn, reading } from '../rbac';
import { CONFIG_DIRECTORY, CONFIG_FILE, RULES_DIRECTORY } from './assemble';
import type { PrometheusConfig } from './config';
import type { PrometheusSettings } from './props';
import { secretPath } from './remote-write';
import { ruleFiles, type RenderedGroup } from './rule-files';

/** What a {@link Prometheus} is made from. */
export interface PrometheusParts {
  readonly settings: PrometheusSettings;
  readonly config: PrometheusConfig;
  readonly groups: readonly RenderedGroup[];
  readonly images: ImagesProps;
  /** The namespaces that it looks for pods in. */
  readonly namespaces: readonly string[];
  /** Whether it asks the kubelets, and the API servers. */
  readonly asks: { readonly kubelets: boolean; readonly apiServer: boolean };
  /** Addresses and ports of nodes that it asks. */
  readonly egress: readonly EgressProps[];
  readonly problems: Problems;
}

/** The user `nobody` of the image. */
export const USER = 65534;
/** Most that a ConfigMap holds. */
const LIMIT = 1_048_576;
/** The port that it answers on. */
export const PORT = 9090;
/** Closing a large head block takes minutes. */
const GRACE = '600s';
/** Addresses that are nobody's on the Internet: another store is not there unless it says so. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'];

const PROBES = {
  startup: { http: '/-/ready', period: '15s', timeout: '3s', failureThreshold: 60 },
  readiness: { http: '/-/ready', period: '5s', timeout: '3s', failureThreshold: 3 },
  liveness: { http: '/-/healthy', period: '5s', timeout: '3s', failureThreshold: 6 },
} as const;

/** The Prometheus of a monitoring stack: one pod or a pair, with its configuration, its rules and what it may see. */
export class Prometheus extends Construct implements IApplication {
  /** What others know of it. */
  public readonly application: ApplicationInfo;
  /** The workload. */
  public readonly workload: StatefulService;
  /** Its configuration. */
  public readonly config: PrometheusConfig;

  public constructor(scope: Construct, id: string, parts: PrometheusParts) {
    super(scope, id);
    const { settings, images } = parts;
    this.config = parts.config;
    this.workload = new StatefulService(this, 'prometheus', {
      description: 'Keeps the metrics and watches them by its rules',
      image: imageOf('prometheus', images),
      args: [`--config.file=${CONFIG_DIRECTORY}/${CONFIG_FILE}`, '--storage.tsdb.path=/prometheus', '--config.auto-reload'],
      env: { POD_NAME: fromField('metadata.name') },
      ports: { http: PORT },
      metrics: { port: 'http' },
      replicas: settings.replicas,
      podManagement: 'Parallel',
      shutdown: { grace: GRACE },
      probes: PROBES,
      mounts: { ...this.mounts(parts), '/prometheus': settings.data },
      security: { runAsUser: USER, runAsGroup: USER, fsGroup: USER },
      mountServiceAccountToken: true,
      egress: [...parts.egress, ...settings.remoteWrites.map(egressTo)],
      resources: settings.resources,
      ...(settings.identity ? { identity: settings.identity } : {}),
    });
    this.application = this.workload.application;
    this.makeFiles(parts);
    // The API servers are found behind the Service in `default`.
    grantDiscovery(this.workload, this.application, { ...parts, services: parts.asks.apiServer ? ['default'] : [] });
  }

  /** The configuration and the rules, in directories that follow their ConfigMaps, and the Secrets. */
  private mounts({ groups, settings }: PrometheusParts): Record<string, MountInput> {
    const rules = ruleFiles(groups);
    const secrets = Object.entries(bySecret(settings.remoteWrites.flatMap(({ secrets: needed }) => needed)));
    return {
      [CONFIG_DIRECTORY]: Volume.config('config', configMapName('config')),
      ...(rules.length > 0 ? { [RULES_DIRECTORY]: Volume.projected('rules', rules.map((_, index) => ({ configMap: { name: configMapName(`rules-${index}`) } }))) } : {}),
      ...Object.fromEntries(secrets.map(([name, keys]) => [secretDirectory(keys[0]!), Volume.secret(`secret-${name}`, name, { items: Object.fromEntries(keys.map(({ key }) => [key, key])) })])),
    };
  }

  private makeFiles({ config, groups, problems }: PrometheusParts): void {
    const text = toYaml([{ ...config }]);
    if (Buffer.byteLength(text) > LIMIT) problems.add('applications', `${config.scrape_configs.length} jobs`, 'the configuration of Prometheus does not fit into a ConfigMap of 1 MiB; split the applications among several MonitoringStacks');
    this.configMap('config-map', 'config', { [CONFIG_FILE]: text });
    ruleFiles(groups).forEach((files, index) => this.configMap(`rules-${index}`, `rules-${index}`, files));
  }

  /** Not named by its content: a change must arrive in the pods that run, which read it again on their own. */
  private configMap(id: string, name: string, data: Readonly<Record<string, string>>): void {
    new Manifest(this.workload, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: configMapName(name), labels: { 'app.kubernetes.io/managed-by': 'fairlead' } }, data });
  }
}

/** What service discovery and the scrapes need to be allowed; nothing else, and no Secrets. */
export function grantDiscovery(scope: Construct, application: ApplicationInfo, { namespaces, services, asks }: { readonly namespaces: readonly string[]; readonly services: readonly string[]; readonly asks: PrometheusParts['asks'] }): void {
  const subject = { name: application.name, namespace: Chart.of(scope).namespace! };
  grantIn(scope, subject, namespaces.filter((name) => !services.includes(name)), [reading('', 'pods')]);
  // Service discovery by slices reads the Services and pods behind them too.
  grantIn(scope, subject, services, [reading('', 'pods', 'services'), reading('discovery.k8s.io', 'endpointslices')]);
  const rules = [
    ...(asks.kubelets ? [reading('', 'nodes'), { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] }] : []),
    ...(asks.kubelets || asks.apiServer ? [{ nonResourceURLs: ['/metrics', ...(asks.kubelets ? ['/metrics/cadvisor'] : [])], verbs: ['get'] }] : []),
  ];
  if (rules.length > 0) grantCluster(scope, subject, rules);
}

/** Lets it fetch metrics from these pods; both ends get the policy for it. */
export function scrapes(from: ApplicationInfo, targets: readonly { readonly namespace: string; readonly name: string; readonly selector: Readonly<Record<string, string>>; readonly metrics?: { readonly port: number } | undefined }[]): void {
  const registry = Registry.of(from.scope);
  for (const { namespace, name, selector, metrics } of targets) if (metrics) registry.scrape({ from, namespace, name, selector, port: metrics.port });
}

const configMapName = (name: string): string => `prometheus-${name}`;

const secretDirectory = (source: FileSource): string => secretPath(source).slice(0, -source.key.length - 1);

function bySecret(sources: readonly FileSource[]): Record<string, FileSource[]> {
  const grouped: Record<string, FileSource[]> = {};
  for (const source of sources) (grouped[source.name] ??= []).push(source);
  return grouped;
}

/** The way to another store. */
export const egressTo = ({ port, cidrs }: PrometheusSettings['remoteWrites'][number]): EgressProps =>
  compact({ cidrs: cidrs ?? ['0.0.0.0/0'], except: cidrs ? undefined : PRIVATE, ports: [port] }) as unknown as EgressProps;
