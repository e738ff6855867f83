import { readObject, type Shapes } from '../../core/forms';
import { checkLabelValue } from '../../core/names';
import type { Mistakes } from '../../core/problems';
import type { ResourcesProps } from '../../pod/resources';
import type { IdentityProps } from '../../pod/service-account';
import { Volume, type ClaimProps } from '../../pod/volume';
import { ownsPrometheus, type Mode } from '../modes/props';
import type { ScrapeConfig } from './config';
import { readRemoteWrites, type RemoteWrite, type RemoteWriteProps } from './remote-write';
import { readRetention, type Retention, type RetentionProps } from './retention';

/** How much the monitoring takes: `small` is one of everything without volumes, `standard` pairs with volumes. */
export type MonitoringSize = 'small' | 'standard';

/** The Prometheus of a {@link MonitoringStack}. */
export interface PrometheusProps {
  /** One, or a pair that both scrape everything. @default 1 where `size` is small, else 2 */
  readonly replicas?: 1 | 2;
  /** The volume of each; `false` for space that goes with the pod. @default none where `size` is small, else 50Gi */
  readonly storage?: ClaimProps | false;
  /** How much is kept. @default by the volume */
  readonly retention?: RetentionProps;
  /** How often targets are scraped. @default '30s' */
  readonly scrapeInterval?: string;
  /** Other stores that samples are sent to. @default none */
  readonly remoteWrite?: readonly RemoteWriteProps[];
  /** Further jobs, as Prometheus writes them. @default none */
  readonly scrapeConfigs?: readonly ScrapeConfig[];
  /** Labels on what leaves for other stores and for Alertmanager, beside `environment`. @default none */
  readonly externalLabels?: Readonly<Record<string, string>>;
  /** The cloud identity that it writes to other stores with. @default none */
  readonly identity?: IdentityProps;
  /** Requests and limits. @default by `size` */
  readonly resources?: ResourcesProps;
}

const SHAPES: Shapes<PrometheusProps> = {
  replicas: 'any', storage: 'any', retention: 'any', scrapeInterval: 'text', remoteWrite: 'list', scrapeConfigs: 'list', externalLabels: 'map', identity: 'any', resources: 'any',
};

/** What each size takes. A series takes some 8 KiB of memory: 1 GiB holds the series of some sixty small workloads. */
const SIZES = {
  small: { replicas: 1, storage: false, resources: { requests: { cpu: '50m', memory: '400Mi' }, limits: { memory: '1Gi' } } },
  standard: { replicas: 2, storage: { size: '50Gi' }, resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { memory: '4Gi' } } },
} as const;
/** Space that goes with the pod. */
const SCRATCH = '5Gi';

/** The props as read. */
export interface PrometheusSettings {
  readonly replicas: number;
  readonly data: Volume;
  readonly retention: Retention;
  readonly scrapeInterval: string;
  readonly remoteWrites: readonly RemoteWrite[];
  readonly scrapeConfigs: readonly ScrapeConfig[];
  readonly externalLabels: Readonly<Record<string, string>>;
  readonly identity: IdentityProps | undefined;
  readonly resources: ResourcesProps;
}

/** Reads the `prometheus` prop. */
export function readPrometheus(problems: Mistakes, given: PrometheusProps | undefined, size: MonitoringSize, mode: Mode): PrometheusSettings {
  const props = readObject<PrometheusProps>(problems, 'prometheus', given, SHAPES);
  refuseForeign(problems, props, mode);
  const usual = SIZES[size];
  const { replicas = usual.replicas, storage = usual.storage, scrapeInterval = '30s', externalLabels = {}, scrapeConfigs = [] } = props;
  if (replicas !== 1 && replicas !== 2) problems.add('prometheus.replicas', replicas, '1 and 2 are allowed: both of a pair scrape everything, so more would only cost more');
  if (!/^([1-9]|[1-5]\d)s$|^[1-5]m$/.test(scrapeInterval)) problems.add('prometheus.scrapeInterval', scrapeInterval, 'whole seconds from "1s" to "59s" or minutes from "1m" to "5m" are allowed: what comes more rarely is stale between');
  for (const [name, value] of Object.entries(externalLabels)) {
    if (name === 'environment' || name === 'replica') problems.add(`prometheus.externalLabels.${name}`, value, name === 'replica' ? 'it tells a pair apart and is set already; remove it' : "'environment' of the MonitoringStack sets it; use that");
    else problems.check(`prometheus.externalLabels.${name}`, value, checkLabelValue);
  }
  checkJobs(problems, scrapeConfigs);
  const kept = storage !== false;
  return {
    replicas, scrapeInterval, externalLabels, scrapeConfigs,
    data: storage === false ? Volume.emptyDir('data', { size: SCRATCH }) : Volume.claim('data', storage),
    retention: readRetention(problems, 'prometheus.retention', props.retention, { size: storage === false ? SCRATCH : (storage?.size ?? ''), kept }),
    remoteWrites: readRemoteWrites(problems, 'prometheus.remoteWrite', props.remoteWrite),
    identity: props.identity,
    resources: props.resources ?? usual.resources,
  };
}

/** What can be said of a Prometheus that is none of the stack's own. */
const FOREIGN: Readonly<Record<'operator' | 'google', readonly (keyof PrometheusProps)[]>> = { operator: ['scrapeInterval', 'scrapeConfigs'], google: ['scrapeInterval'] };
const MENDS = {
  operator: 'the Prometheus that stands already is set up elsewhere; say it there, or remove operator.existing',
  google: "Google Cloud scrapes, keeps and evaluates by itself; remove it, or take mode: 'plain' or 'operator'",
} as const;

function refuseForeign(problems: Mistakes, props: Partial<PrometheusProps>, mode: Mode): void {
  if (mode.kind === 'plain' || ownsPrometheus(mode)) return;
  for (const key of Object.keys(props) as (keyof PrometheusProps)[]) {
    if (!FOREIGN[mode.kind].includes(key)) problems.refuse(`prometheus.${key}`, MENDS[mode.kind]);
  }
}

function checkJobs(problems: Mistakes, jobs: readonly ScrapeConfig[]): void {
  jobs.forEach((job, index) => {
    if (typeof job?.job_name !== 'string' || job.job_name === '') problems.add(`prometheus.scrapeConfigs[${index}].job_name`, job?.job_name, 'a name is required');
  });
}
