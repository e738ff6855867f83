import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { DURATION_FORM, parseSeconds, type DurationInput } from '../../core/duration';
import { readObject, type Shapes } from '../../core/forms';
import { Problems, type Mistakes } from '../../core/problems';
import type { ApplicationInfo, IApplication } from '../../core/registry';
import { Volume } from '../../pod/volume';
import type { ResourcesProps } from '../../pod/resources';
import { toYaml } from '../../synth/yaml';
import { StatefulService } from '../../workloads/stateful-service';
import { imageOf, type ImagesProps } from '../images';
import { DATA, FORWARD_PORT, HTTP_PORT, lokiConfig, RELAY_DATA, RELAY_PORT, relayConfig } from './config';

export { STREAM_LABELS } from './config';

/** A volume for the logs. */
export interface LogStorage {
  /** Size: `'10Gi'`. */
  readonly size: string;
  /** Name of the StorageClass. @default the cluster's default class */
  readonly storageClass?: string;
}

/** Props of a {@link LogStore}. */
export interface LogStoreProps {
  /** For how long logs are kept; at least a day. @default 24h, 7d with a volume */
  readonly retention?: DurationInput;
  /** A volume. @default none: logs go with the pod */
  readonly storage?: LogStorage;
  /** Most that it takes of the node's disk without a volume. @default 2Gi */
  readonly scratch?: string;
  /** Requests and limits of Loki. @default 50m and 192Mi, at most 512Mi */
  readonly resources?: ResourcesProps;
}

const SHAPES: Shapes<LogStoreProps> = { retention: 'any', storage: 'any', scratch: 'text', resources: 'any' };
const STORAGE_SHAPES: Shapes<LogStorage> = { size: 'text', storageClass: 'text' };
/** The user of Loki's image; Fluent Bit runs as any. */
const USER = 10_001;
const DAY = 86_400;
const RESOURCES = { requests: { cpu: '50m', memory: '192Mi' }, limits: { memory: '512Mi' } };
const RELAY_RESOURCES = { requests: { cpu: '20m', memory: '32Mi' }, limits: { memory: '128Mi' } };
const LOKI_FILE = '/etc/loki/loki.yaml';
const RELAY_FILE = '/etc/relay/fluent-bit.yaml';
/** It says that it is ready only after its ring has settled. */
const PROBES = {
  startup: { http: '/ready', period: '5s', timeout: '3s', failureThreshold: 60 },
  readiness: { http: '/ready', period: '10s', timeout: '3s' },
  liveness: { http: '/loki/api/v1/status/buildinfo', period: '15s', timeout: '5s', failureThreshold: 6 },
} as const;

/** Reads the props, and leaves out what is wrong, which is reported. */
export const readLogStore = (problems: Mistakes, prop: string, given: LogStoreProps | undefined): LogStoreProps => readObject<LogStoreProps>(problems, prop, given, SHAPES);

/**
 * A small Loki in the cluster, one pod on one disk, for environments that keep their logs for days and can lose them.
 * Beside it stands a relay that takes what FluentD forwards.
 */
export class LogStore extends Construct implements IApplication {
  /** What others know of it. */
  public readonly application: ApplicationInfo;
  /** The workload. */
  public readonly workload: StatefulService;
  /** Address for queries. */
  public readonly url: string;
  /** Where FluentD forwards to. */
  public readonly forward: { readonly host: string; readonly port: number };

  public constructor(scope: Construct, id: string, props: LogStoreProps & { readonly images?: ImagesProps } = {}) {
    super(scope, id);
    const { images = {}, ...own } = props;
    const problems = new Problems(this);
    const given = readLogStore(problems, '', own);
    const retention = readRetention(problems, given);
    this.workload = new StatefulService(this, id, {
      description: 'Keeps the logs for a while and answers questions about them',
      image: imageOf('loki', images),
      args: [`-config.file=${LOKI_FILE}`],
      files: { [LOKI_FILE]: toYaml([lokiConfig(retention)]) },
      mounts: { [DATA]: dataVolume(problems, given) },
      writablePaths: ['/tmp'],
      ports: { http: HTTP_PORT },
      metrics: { port: 'http' },
      probes: PROBES,
      // What is in memory is written to disk first.
      shutdown: { grace: '120s' },
      security: { runAsUser: USER, runAsGroup: USER, fsGroup: USER },
      resources: given.resources ?? RESOURCES,
      sidecars: { relay: relay(images) },
    });
    this.application = this.workload.application;
    const host = `${this.application.name}.${Chart.of(this).namespace ?? 'default'}.svc`;
    this.url = `http://${host}:${HTTP_PORT}`;
    this.forward = { host, port: FORWARD_PORT };
  }
}

function relay(images: ImagesProps) {
  return {
    image: imageOf('fluentBit', images),
    command: ['/fluent-bit/bin/fluent-bit'],
    args: ['-c', RELAY_FILE],
    files: { [RELAY_FILE]: toYaml([relayConfig()]) },
    writablePaths: [RELAY_DATA],
    ports: { forward: FORWARD_PORT, 'http-relay': RELAY_PORT },
    probes: { liveness: { http: { path: '/', port: 'http-relay' }, period: '15s', timeout: '3s' } },
    resources: RELAY_RESOURCES,
  };
}

function readRetention(problems: Mistakes, { retention, storage }: LogStoreProps): number {
  const seconds = parseSeconds(retention ?? (storage ? '7d' : '24h'));
  if (seconds === undefined) problems.add('retention', retention, DURATION_FORM);
  else if (seconds < DAY) problems.add('retention', retention, 'at least a day is allowed: Loki forgets in whole days of its index');
  return seconds ?? DAY;
}

function dataVolume(problems: Mistakes, { storage, scratch }: LogStoreProps): Volume {
  if (storage === undefined) return Volume.emptyDir('data', { size: scratch ?? '2Gi' });
  if (scratch !== undefined) problems.add('scratch', scratch, "it is for a store without a volume; remove it, or 'storage'");
  const { size = '', storageClass } = readObject<LogStorage>(problems, 'storage', storage, STORAGE_SHAPES);
  return Volume.claim('data', { size, ...(storageClass === undefined ? {} : { storageClass }) });
}
