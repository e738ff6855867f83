import type { Construct } from 'constructs';
import type { ReplicasInput } from '../availability/autoscaling';
import { readReplicas } from '../availability/replicas';
import { readSpread } from '../availability/spread';
import { Application } from '../core/application';
import { compact, type JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import { checkServiceName } from '../core/names';
import type { ApplicationInfo } from '../core/registry';
import { asObject } from '../core/shape';
import { readMetrics } from '../network/metrics';
import { readPorts, type PortsProps } from '../network/ports';
import { makeHeadlessService, makeService } from '../network/service';
import { makePod } from '../pod/pod-template';
import { readShutdown } from '../pod/shutdown';
import { claimSpec, type PodVolumes } from '../pod/volumes';
import { portsOfPod, readSidecars } from '../pod/sidecar';
import { announce } from './announce';
import { readRollout, type Rollout, type RolloutProps } from './rollout';
import { readSlo, watchAnnotations } from './slo';
import { makeAvailability, SERVING_KEYS, versionLabel, waitFor, type ServingProps } from './serving';
import { ServingWorkload } from './workload';

/** What becomes of the claims of a StatefulService. */
export interface ClaimRetentionProps {
  /** When the workload is deleted. @default 'Retain' */
  readonly whenDeleted?: 'Retain' | 'Delete';
  /** When it is scaled down. @default 'Retain' */
  readonly whenScaled?: 'Retain' | 'Delete';
}

/** Props of a {@link StatefulService}. */
export interface StatefulServiceProps extends Omit<ServingProps, 'rollout'> {
  /** Ports by name, the primary one first. The name says what is spoken; anything but `http` and `grpc` is plain TCP. */
  readonly ports: PortsProps;
  /** Number of pods, or limits within which they scale. @default 1: more only make sense where the program replicates itself */
  readonly replicas?: ReplicasInput;
  /** How a new version takes over: pods are replaced one by one. @default 5 s ready before the next */
  readonly rollout?: Pick<RolloutProps, 'minReady' | 'revisionHistory'>;
  /** What becomes of the claims made by `Volume.claim`. @default they are kept */
  readonly claimRetention?: ClaimRetentionProps;
  /** Whether pods start one after the other or all at once. @default 'OrderedReady' */
  readonly podManagement?: 'OrderedReady' | 'Parallel';
  /** Annotations of the Service. @default none */
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
}

const KEYS: Record<keyof StatefulServiceProps, true> = { ...SERVING_KEYS, ports: true, replicas: true, claimRetention: true, podManagement: true, serviceAnnotations: true };
const ROLLOUT_KEYS = { minReady: true, revisionHistory: true } as const;
const RETENTION_KEYS: Record<keyof ClaimRetentionProps, true> = { whenDeleted: true, whenScaled: true };
/** The headless Service is the name and nine characters more; a pod's hostname adds an ordinal, its revision label a hash. */
const NAME_LIMIT = 52;

/**
 * A database, a cache, a queue: pods with a name and, through `Volume.claim`, a volume of their own.
 * Makes a StatefulSet, a Service for clients and a headless one that gives each pod its DNS name.
 */
export class StatefulService extends ServingWorkload {
  public readonly application: ApplicationInfo;
  /** The StatefulSet. */
  public readonly statefulSet: Manifest;
  /** The Service that clients talk to. */
  public readonly service: Manifest;
  /** The headless Service, `<name>-headless`: pod 0 is `<name>-0.<name>-headless`. */
  public readonly headlessService: Manifest;

  public constructor(scope: Construct, id: string, props: StatefulServiceProps) {
    super(scope, id);
    const application = new Application(this, props, { type: 'StatefulService', component: 'stateful', keys: KEYS, nameLimit: NAME_LIMIT, nameCheck: checkServiceName });
    const ports = readPorts(application, props.ports, 'tcp');
    if (ports.length === 0) application.problems.add('ports', props.ports, 'at least one port is required, such as { postgres: 5432 }');
    const sidecars = readSidecars(application, props.sidecars, ports);
    const metrics = readMetrics(application, props.metrics, portsOfPod(ports, sidecars));
    const slo = readSlo(application.problems, props.slo, metrics?.http);
    const replicas = readReplicas(application, props.replicas, { kind: 'StatefulSet', builtIn: 1, why: 'more pods need a program that replicates itself', toZero: false });
    const shutdown = readShutdown(application, props.shutdown, true);
    const rollout = readRollout(application, props.rollout, ROLLOUT_KEYS);
    const pod = makePod(application, props, { ports, sidecars, metrics, probes: { given: props.probes }, notice: shutdown.notice, grace: shutdown.grace });
    const topologySpreadConstraints = readSpread(application, props.spread, undefined);
    checkSharedVolume(application, pod.volumes, replicas.max);
    const headless = `${application.name}-headless`;
    this.statefulSet = application.manifest('statefulSet', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { labels: versionLabel(props.image), annotations: watchAnnotations(slo, metrics?.http) },
      spec: compact({
        replicas: replicas.fixed,
        serviceName: headless,
        ...replacement(application, props, rollout),
        selector: { matchLabels: { ...application.selector } },
        template: pod.template(() => undefined, compact({ topologySpreadConstraints })),
        ...claimTemplates(application, props, pod.volumes),
      }),
    });
    waitFor(application, this.statefulSet, props.after);
    this.service = makeService(application, pod.ports, props.serviceAnnotations);
    this.headlessService = makeHeadlessService(application, headless, pod.ports);
    makeAvailability(application, props, replicas, this.statefulSet);
    this.application = announce(application, props, pod, { ports: pod.ports, metrics, slo });
    if (replicas.max > 1) connectPeers(application, this.application);
  }
}

/** Pods that replicate themselves talk to each other. */
function connectPeers(application: Application, own: ApplicationInfo): void {
  application.decide('connectsTo', [own.name], 'pods that replicate themselves talk to each other');
  application.registry.connect({ from: own, to: own, ports: undefined });
}

function checkSharedVolume(application: Application, { exclusive }: PodVolumes, max: number): void {
  const shared = exclusive.find(({ source }) => source.type !== 'claim');
  if (shared && max > 1) {
    application.problems.add('replicas', max, `the volume '${shared.name}' is one claim that one node alone can mount; use Volume.claim, which gives each pod its own`);
  }
}

function replacement(application: Application, props: StatefulServiceProps, rollout: Rollout): JsonObject {
  const { podManagement = 'OrderedReady' } = props;
  if (podManagement !== 'OrderedReady' && podManagement !== 'Parallel') application.problems.add('podManagement', podManagement, "'OrderedReady' and 'Parallel' are allowed");
  return { podManagementPolicy: podManagement, revisionHistoryLimit: rollout.revisionHistoryLimit, minReadySeconds: rollout.minReadySeconds, updateStrategy: { type: 'RollingUpdate' } };
}

function claimTemplates(application: Application, { claimRetention }: StatefulServiceProps, { claims }: PodVolumes): JsonObject {
  const { problems } = application;
  const retention = asObject(problems, 'claimRetention', claimRetention, RETENTION_KEYS);
  const read = (key: keyof ClaimRetentionProps) => {
    const value = retention[key] ?? 'Retain';
    if (value !== 'Retain' && value !== 'Delete') problems.add(`claimRetention.${key}`, value, "'Retain' and 'Delete' are allowed");
    return value;
  };
  const persistentVolumeClaimRetentionPolicy = { whenDeleted: read('whenDeleted'), whenScaled: read('whenScaled') };
  if (claims.length > 0) return { persistentVolumeClaimRetentionPolicy, volumeClaimTemplates: claims.map(({ name, claim }) => ({ metadata: { name }, spec: claimSpec(claim) })) };
  if (claimRetention !== undefined) problems.add('claimRetention', claimRetention, 'there is no claim to keep; mount a Volume.claim, or remove it');
  return {};
}
