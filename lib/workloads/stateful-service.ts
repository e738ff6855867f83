import { Construct } from 'constructs';
import type { ReplicasInput } from '../availability/autoscaling';
import { readReplicas } from '../availability/replicas';
import { readSpread } from '../availability/spread';
import { Application } from '../core/application';
import { compact, type JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import { checkServiceName } from '../core/names';
import type { ApplicationInfo, IApplication } from '../core/registry';
import { didYouMean } from '../core/suggest';
import { readMetrics } from '../network/metrics';
import { readNetwork } from '../network/network-policy';
import { readPorts, type PortsProps } from '../network/ports';
import { makeService } from '../network/service';
import { makePod } from '../pod/pod-template';
import { readShutdown } from '../pod/shutdown';
import { claimSpec } from '../pod/volumes';
import { versionLabel } from './deployment';
import { readRollout, type Rollout, type RolloutProps } from './rollout';
import { makeAvailability, SERVING_KEYS, waitFor, type ServingProps } from './serving';

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
/** The headless Service is the name and nine characters more; a pod's hostname adds an ordinal, its revision label a hash. */
const NAME_LIMIT = 52;

/**
 * A database, a cache, a queue: pods with a name and, through `Volume.claim`, a volume of their own.
 * Makes a StatefulSet, a Service for clients and a headless one that gives each pod its DNS name.
 */
export class StatefulService extends Construct implements IApplication {
  public readonly application: ApplicationInfo;
  public readonly statefulSet: Manifest;
  public readonly service: Manifest;
  public readonly headlessService: Manifest;
  /** The workload's own service account; undefined where an existing one was given. */
  public readonly serviceAccount: Manifest | undefined;
  public readonly role: Manifest | undefined;
  public readonly roleBinding: Manifest | undefined;
  /** The ConfigMap of the `config` prop. */
  public readonly config: Manifest | undefined;
  /** The ConfigMap of the `files` prop. */
  public readonly files: Manifest | undefined;
  public readonly networkPolicy: Manifest | undefined;
  public readonly horizontalPodAutoscaler: Manifest | undefined;
  public readonly scaledObject: Manifest | undefined;
  public readonly verticalPodAutoscaler: Manifest | undefined;
  public readonly podDisruptionBudget: Manifest | undefined;

  public constructor(scope: Construct, id: string, props: StatefulServiceProps) {
    super(scope, id);
    const application = new Application(this, props, { type: 'StatefulService', component: 'stateful', keys: KEYS, nameLimit: NAME_LIMIT, nameCheck: checkServiceName });
    const ports = readPorts(application, props.ports ?? {}, 'tcp');
    if (ports.length === 0) application.problems.add('ports', props.ports, 'at least one port is required, such as { postgres: 5432 }');
    const metrics = readMetrics(application, props.metrics, ports);
    const replicas = readReplicas(application, props.replicas, { kind: 'StatefulSet', builtIn: 1, why: 'more pods need a program that replicates itself', toZero: false });
    const shutdown = readShutdown(application, props.shutdown, true);
    const rollout = readRollout(application, props.rollout, ['minReady', 'revisionHistory']);
    const pod = makePod(application, props, { ports, metrics, probes: { given: props.probes }, notice: shutdown.notice, grace: shutdown.grace });
    const topologySpreadConstraints = readSpread(application, props.spread, replicas.max, undefined);
    checkSharedVolume(application, pod.volumes.exclusive, replicas.max);
    this.statefulSet = application.manifest('statefulSet', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { labels: versionLabel(props.image) },
      spec: compact({
        replicas: replicas.fixed,
        serviceName: `${application.name}-headless`,
        ...statefulFields(application, props, rollout),
        selector: { matchLabels: { ...application.selector } },
        template: pod.template(() => undefined, compact({ topologySpreadConstraints })),
        ...claimFields(application, props, pod.volumes.claims),
      }),
    });
    waitFor(application, this.statefulSet, props.after);
    this.application = application.register({ ports: pod.ports, metrics, hosts: [] });
    this.service = makeService(application, 'service', pod.ports, { annotations: props.serviceAnnotations });
    this.headlessService = makeService(application, 'headlessService', pod.ports, { name: `${application.name}-headless`, headless: true });
    this.networkPolicy = readNetwork(application, props, { info: this.application, callsApiServer: pod.serviceAccount.mountsToken, hasIdentity: props.identity !== undefined });
    const { requests } = pod.main.spec.resources as { requests: JsonObject };
    const available = makeAvailability(application, props, replicas, this.statefulSet, requests);
    this.horizontalPodAutoscaler = available.horizontalPodAutoscaler;
    this.scaledObject = available.scaledObject;
    this.verticalPodAutoscaler = available.verticalPodAutoscaler;
    this.podDisruptionBudget = available.podDisruptionBudget;
    this.serviceAccount = pod.serviceAccount.object;
    this.role = pod.serviceAccount.role;
    this.roleBinding = pod.serviceAccount.roleBinding;
    this.config = pod.main.config;
    this.files = pod.main.files;
  }
}

function checkSharedVolume(application: Application, exclusive: { readonly name: string; readonly source: { readonly type: string } } | undefined, max: number): void {
  if (exclusive && exclusive.source.type !== 'claim' && max > 1) {
    application.problems.add('replicas', max, `the volume '${exclusive.name}' is one claim that one node alone can mount; use Volume.claim, which gives each pod its own`);
  }
}

function statefulFields(application: Application, props: StatefulServiceProps, rollout: Rollout): JsonObject {
  const { podManagement = 'OrderedReady' } = props;
  if (podManagement !== 'OrderedReady' && podManagement !== 'Parallel') application.problems.add('podManagement', podManagement, "'OrderedReady' and 'Parallel' are allowed");
  return { podManagementPolicy: podManagement, revisionHistoryLimit: rollout.revisionHistoryLimit, minReadySeconds: rollout.minReadySeconds, updateStrategy: { type: 'RollingUpdate' } };
}

function claimFields(application: Application, { claimRetention }: StatefulServiceProps, claims: ReturnType<() => readonly { name: string; claim: Parameters<typeof claimSpec>[0] }[]>): JsonObject {
  const { problems } = application;
  if (claimRetention) {
    problems.unknownKeys('claimRetention', claimRetention, ['whenDeleted', 'whenScaled'], didYouMean);
    if (claims.length === 0) problems.add('claimRetention', claimRetention, 'there is no claim to keep; mount a Volume.claim, or remove it');
    for (const [key, value] of Object.entries(claimRetention)) if (value !== 'Retain' && value !== 'Delete') problems.add(`claimRetention.${key}`, value, "'Retain' and 'Delete' are allowed");
  }
  if (claims.length === 0) return {};
  return {
    persistentVolumeClaimRetentionPolicy: { whenDeleted: claimRetention?.whenDeleted ?? 'Retain', whenScaled: claimRetention?.whenScaled ?? 'Retain' },
    volumeClaimTemplates: claims.map(({ name, claim }) => ({ metadata: { name }, spec: claimSpec(claim) })),
  };
}
