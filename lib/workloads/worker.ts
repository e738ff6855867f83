import { Construct } from 'constructs';
import type { ReplicasInput } from '../availability/autoscaling';
import { Application } from '../core/application';
import type { Manifest } from '../core/manifest';
import type { ApplicationInfo, IApplication } from '../core/registry';
import { readMetrics } from '../network/metrics';
import { readNetwork } from '../network/network-policy';
import { readPorts, type PortsProps } from '../network/ports';
import { makeDeployment } from './deployment';
import { SERVING_KEYS, type ServingProps } from './serving';

/** Props of a {@link Worker}. */
export interface WorkerProps extends ServingProps {
  /** Number of pods, or limits within which they scale; with `triggers` down to zero. @default 2 */
  readonly replicas?: ReplicasInput;
  /** Ports for metrics and probes; a Worker has no Service. @default none */
  readonly ports?: PortsProps;
}

const KEYS: Record<keyof WorkerProps, true> = { ...SERVING_KEYS, replicas: true, ports: true };

/**
 * An application that works without being asked: it reads a queue, follows a log, generates load.
 * Makes a Deployment and what keeps it safe and available; no Service, and no probe unless one is given.
 */
export class Worker extends Construct implements IApplication {
  public readonly application: ApplicationInfo;
  public readonly deployment: Manifest;
  /** The workload's own service account; undefined where an existing one was given. */
  public readonly serviceAccount: Manifest | undefined;
  public readonly role: Manifest | undefined;
  public readonly roleBinding: Manifest | undefined;
  /** The ConfigMap of the `config` prop. */
  public readonly config: Manifest | undefined;
  /** The ConfigMap of the `files` prop. */
  public readonly files: Manifest | undefined;
  /** The PersistentVolumeClaims of volumes made by `Volume.claim`. */
  public readonly claims: readonly Manifest[];
  public readonly networkPolicy: Manifest | undefined;
  public readonly horizontalPodAutoscaler: Manifest | undefined;
  public readonly scaledObject: Manifest | undefined;
  public readonly verticalPodAutoscaler: Manifest | undefined;
  public readonly podDisruptionBudget: Manifest | undefined;

  public constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id);
    const application = new Application(this, props, { type: 'Worker', component: 'worker', keys: KEYS });
    const ports = readPorts(application, props.ports ?? {}, 'tcp');
    const metrics = readMetrics(application, props.metrics, ports);
    // A port of a Worker serves metrics or a given probe; what the process does with it otherwise is not known.
    const probes = { readiness: false, liveness: false, startup: false, ...props.probes } as const;
    const made = makeDeployment(application, { ...props, probes }, { ports, metrics, serves: false, replicas: props.replicas, toZero: true });
    this.application = application.register({ ports: [], metrics, hosts: [] });
    this.deployment = made.deployment;
    this.networkPolicy = readNetwork(application, props, { info: this.application, callsApiServer: made.pod.serviceAccount.mountsToken, hasIdentity: props.identity !== undefined });
    this.serviceAccount = made.pod.serviceAccount.object;
    this.role = made.pod.serviceAccount.role;
    this.roleBinding = made.pod.serviceAccount.roleBinding;
    this.config = made.pod.main.config;
    this.files = made.pod.main.files;
    this.claims = made.claims;
    this.horizontalPodAutoscaler = made.horizontalPodAutoscaler;
    this.scaledObject = made.scaledObject;
    this.verticalPodAutoscaler = made.verticalPodAutoscaler;
    this.podDisruptionBudget = made.podDisruptionBudget;
  }
}
