import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { fromField } from '../../config/env';
import { contentHash } from '../../core/hash';
import type { PortsProps } from '../../network/ports';
import type { EgressProps } from '../../network/traffic';
import type { ImageInput } from '../../pod/image';
import type { ResourcesProps } from '../../pod/resources';
import { Volume, type ClaimProps, type MountInput } from '../../pod/volume';
import { toYaml } from '../../synth/yaml';
import { StatefulService, type StatefulServiceProps } from '../../workloads/stateful-service';
import { IMAGES } from '../images';
import type { Alerting } from './alerting';
import { alertmanagerConfig } from './config';
import { SECRETS_FOLDER } from './kind';
import { addressesOf, credentialsOf } from './receivers';
import { TEMPLATES } from './templates';

/** How Alertmanager runs. */
export interface AlertmanagerSettings extends Pick<StatefulServiceProps, 'connectsTo' | 'identity' | 'patches' | 'nodeSelector' | 'tolerations' | 'priorityClassName'> {
  /** Number of pods, 1 to 3; they tell each other what they have told. @default 1; 2 in a stack of size 'standard' */
  readonly replicas?: number;
  /** A volume for silences and for what was told already; `false` for none: they are gone with the last pod. @default false; 1Gi in a stack of size 'standard' */
  readonly storage?: Pick<ClaimProps, 'size' | 'storageClass'> | false;
  /** The address at which people reach it, for links in messages. @default none */
  readonly externalUrl?: string;
  /** Requests and limits. @default 10m and 64Mi, limited to 128Mi */
  readonly resources?: ResourcesProps;
  /** Addresses that it may reach. @default any outside, at port 443 and the ports of the receivers */
  readonly egress?: readonly EgressProps[] | 'any';
}

/** Props of an {@link Alertmanager}. */
export interface AlertmanagerProps extends AlertmanagerSettings {
  /** Who is told of what, as {@link readAlerting} gives it. */
  readonly alerting: Alerting;
  /** Its image. @default Alertmanager 0.34 */
  readonly image?: ImageInput;
}

const CONFIG_FILE = '/etc/alertmanager/config/alertmanager.yml';
const TEMPLATES_FOLDER = '/etc/alertmanager/templates';
const STORAGE = '/alertmanager';
const MESH = 9094;
/** The image's own user, nobody. */
export const USER = 65_534;
/** Enough for hundreds of alerts. */
export const RESOURCES = { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '128Mi' } };
/** Its ports: where several are, they tell each other what they have told. */
export const PORTS = (replicas: number): PortsProps => ({ http: 9093, ...(replicas > 1 ? { mesh: MESH, 'udp-mesh': { port: MESH, protocol: 'udp' } } : {}) });
/** The cloud's metadata service, which gives credentials to whoever asks. */
const METADATA = '169.254.0.0/16';

/**
 * Alertmanager: gathers alerts and tells the receivers. Its configuration is a ConfigMap whose name carries a hash, so that
 * a change rolls the pods; credentials are mounted from their Secrets, and a new value is read without a restart.
 */
export class Alertmanager extends StatefulService {
  public constructor(scope: Construct, id: string, { alerting, replicas = 1, storage = false, externalUrl, ...props }: AlertmanagerProps) {
    super(scope, id, {
      image: IMAGES.alertmanager,
      resources: RESOURCES,
      egress: egressOf(alerting),
      description: 'Gathers alerts and tells who must know of them',
      ...props,
      ports: PORTS(replicas),
      replicas,
      podManagement: 'Parallel',
      metrics: { port: 'http' },
      args: argsOf(id, Chart.of(scope).namespace ?? 'default', replicas, externalUrl),
      env: { POD_IP: fromField('status.podIP'), POD_NAME: fromField('metadata.name') },
      files: { [CONFIG_FILE]: toYaml([alertmanagerConfig(alerting, `${TEMPLATES_FOLDER}/*.tmpl`)]), [`${TEMPLATES_FOLDER}/fairlead.tmpl`]: TEMPLATES },
      mounts: { ...credentialMounts(alerting), ...(storage ? { [STORAGE]: Volume.claim('storage', storage) } : {}) },
      writablePaths: storage ? [] : [STORAGE],
      security: { runAsUser: USER, runAsGroup: USER, fsGroup: USER },
      probes: { readiness: { http: '/-/ready' }, liveness: { http: '/-/healthy' } },
    });
  }
}

function argsOf(name: string, namespace: string, replicas: number, externalUrl: string | undefined): string[] {
  const peers = Array.from({ length: replicas }, (_, index) => `--cluster.peer=${name}-${index}.${name}-headless:${MESH}`);
  const cluster = ['--cluster.listen-address=[$(POD_IP)]:9094', ...peers, '--cluster.peer-name=$(POD_NAME)', `--cluster.label=${namespace}/${name}`, '--cluster.reconnect-timeout=5m'];
  return [
    `--config.file=${CONFIG_FILE}`, `--storage.path=${STORAGE}`,
    ...(replicas > 1 ? cluster : ['--cluster.listen-address=']),
    ...(externalUrl === undefined ? [] : [`--web.external-url=${externalUrl}`]),
  ];
}

/** A folder for each Secret, with the keys that are needed of it; folders follow changes of their Secret, single files do not. */
export function credentialVolumes({ receivers }: Alerting): readonly { readonly path: string; readonly volume: Volume }[] {
  const keys = new Map<string, Set<string>>();
  for (const { name, key } of receivers.flatMap(credentialsOf)) keys.set(name, (keys.get(name) ?? new Set()).add(key));
  return [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([secret, wanted]) => {
    const items = Object.fromEntries([...wanted].sort().map((key) => [key, key]));
    return { path: `${SECRETS_FOLDER}/${secret}`, volume: Volume.secret(`secret-${contentHash(secret)}`, secret, { items }) };
  });
}

const credentialMounts = (alerting: Alerting): Record<string, MountInput> => Object.fromEntries(credentialVolumes(alerting).map(({ path, volume }) => [path, { volume, readOnly: true }]));

/** Anywhere outside but the cloud's metadata service, at the ports of the receivers. */
export const egressOf = (alerting: Alerting): EgressProps[] => [{ cidrs: ['0.0.0.0/0'], except: [METADATA], ports: portsOf(alerting) }];

/** The ports of the receivers' services: HTTPS, and those that an address names. */
function portsOf({ receivers }: Alerting): number[] {
  const named = receivers.flatMap(addressesOf).map(({ port, protocol }) => Number(port) || (protocol === 'http:' ? 80 : 443));
  return [...new Set([443, ...named])].sort((a, b) => a - b);
}
