import type { Construct } from 'constructs';
import type { ReplicasInput } from '../availability/autoscaling';
import { Application } from '../core/application';
import { compact } from '../core/json';
import type { Manifest } from '../core/manifest';
import type { ApplicationInfo } from '../core/registry';
import { asObject } from '../core/shape';
import { readMetrics } from '../network/metrics';
import { readPorts, type PortsProps } from '../network/ports';
import type { ProbesProps } from '../pod/probes';
import { portsOfPod, readSidecars } from '../pod/sidecar';
import { announce } from './announce';
import { makeDeployment } from './deployment';
import { SERVING_KEYS, type ServingProps } from './serving';
import { ServingWorkload } from './workload';

/** Props of a {@link Worker}. */
export interface WorkerProps extends ServingProps {
  /** Number of pods, or limits within which they scale; with `triggers` down to zero. @default 2 */
  readonly replicas?: ReplicasInput;
  /** Ports for metrics and probes; a Worker has no Service. @default none */
  readonly ports?: PortsProps;
  /** How the kubelet asks how it is. @default not at all: what a port of a Worker answers is not known */
  readonly probes?: ProbesProps;
}

const KEYS: Record<keyof WorkerProps, true> = { ...SERVING_KEYS, replicas: true, ports: true };
const NO_PROBES: ProbesProps = { readiness: false, liveness: false, startup: false };

/**
 * An application that works without being asked: it reads a queue, follows a log, generates load.
 * Makes a Deployment and what keeps it safe and available; no Service, and no probe unless one is given.
 */
export class Worker extends ServingWorkload {
  public readonly application: ApplicationInfo;
  /** The Deployment. */
  public readonly deployment: Manifest;

  public constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id);
    const application = new Application(this, props, { type: 'Worker', component: 'worker', keys: KEYS });
    const ports = readPorts(application, props.ports, 'tcp');
    const sidecars = readSidecars(application, props.sidecars, ports);
    const metrics = readMetrics(application, props.metrics, portsOfPod(ports, sidecars));
    const probes: ProbesProps = { ...NO_PROBES, ...compact(asObject(application.problems, 'probes', props.probes)) };
    const { deployment, pod, slo } = makeDeployment(application, { ...props, probes }, { ports, sidecars, metrics, serves: false, replicas: props.replicas, toZero: true });
    this.deployment = deployment;
    this.application = announce(application, props, pod, { metrics, slo });
  }
}
