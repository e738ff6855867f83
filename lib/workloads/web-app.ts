import type { Construct } from 'constructs';
import type { ReplicasInput } from '../availability/autoscaling';
import { Application } from '../core/application';
import type { JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import { checkServiceName } from '../core/names';
import type { ApplicationInfo } from '../core/registry';
import { readMetrics } from '../network/metrics';
import { readPorts, type PortsProps } from '../network/ports';
import { makeRoute, reachesPods, readRoute, type RouteProps } from '../network/route';
import { makeService } from '../network/service';
import { NOTICE_OF_CLOUD } from '../pod/shutdown';
import { portsOfPod, readSidecars } from '../pod/sidecar';
import { announce } from './announce';
import { makeDeployment } from './deployment';
import { SERVING_KEYS, type ServingProps } from './serving';
import { ServingWorkload } from './workload';

/** Props of a {@link WebApp}. */
export interface WebAppProps extends ServingProps {
  /** Ports by name, the primary one first: `{ http: 8080 }`, `{ grpc: 9090 }`, `{ http: { port: 8080, servicePort: 80 } }`. */
  readonly ports: PortsProps;
  /** Number of pods, or limits within which they scale. @default 2 */
  readonly replicas?: ReplicasInput;
  /** The route from outside the cluster. @default none: reached from inside only */
  readonly route?: RouteProps;
  /** Annotations of the Service. @default none */
  readonly serviceAnnotations?: Readonly<Record<string, string>>;
}

const KEYS: Record<keyof WebAppProps, true> = { ...SERVING_KEYS, ports: true, replicas: true, route: true, serviceAnnotations: true };

/**
 * An application that answers requests, HTTP or gRPC, with or without a route from outside.
 * Makes a Deployment, a Service and what keeps them safe and available.
 */
export class WebApp extends ServingWorkload {
  public readonly application: ApplicationInfo;
  /** The Deployment. */
  public readonly deployment: Manifest;
  /** The Service that clients talk to. */
  public readonly service: Manifest;

  public constructor(scope: Construct, id: string, props: WebAppProps) {
    super(scope, id);
    const application = new Application(this, props, { type: 'WebApp', component: 'web', keys: KEYS, nameCheck: checkServiceName });
    const ports = readPorts(application, props.ports, 'http');
    if (ports.length === 0) application.problems.add('ports', props.ports, 'at least one port is required, such as { http: 8080 }; a workload without one is a Worker');
    const sidecars = readSidecars(application, props.sidecars, ports);
    const all = portsOfPod(ports, sidecars);
    const metrics = readMetrics(application, props.metrics, all);
    const route = props.route === undefined ? undefined : readRoute(application, props.route, all);
    const { deployment, pod, slo, grace } = makeDeployment(application, props, { ports, sidecars, metrics, serves: true, notice: route && reachesPods(route) ? NOTICE_OF_CLOUD : undefined, replicas: props.replicas, toZero: false });
    this.deployment = deployment;
    this.service = makeService(application, pod.ports, props.serviceAnnotations);
    const backend = { readiness: pod.main.spec.readinessProbe as JsonObject | undefined, grace };
    this.application = announce(application, props, pod, { ports: pod.ports, metrics, routed: route && { route, backend }, slo });
    if (route) makeRoute(application, route, this.application, backend);
  }

  /** The Ingress of the route; undefined without one or with a Gateway. */
  public get ingress(): Manifest | undefined {
    return this.object('ingress');
  }

  /** The HTTPRoute, where the route goes through a Gateway. */
  public get httpRoute(): Manifest | undefined {
    return this.object('httpRoute');
  }

  /** The GRPCRoute, where the route goes through a Gateway to a port that speaks gRPC. */
  public get grpcRoute(): Manifest | undefined {
    return this.object('grpcRoute');
  }

  /** GKE's HealthCheckPolicy, where the route goes through a Gateway of GKE. */
  public get healthCheckPolicy(): Manifest | undefined {
    return this.object('healthCheckPolicy');
  }

  /** GKE's GCPBackendPolicy, where the route goes through a Gateway of GKE. */
  public get backendPolicy(): Manifest | undefined {
    return this.object('backendPolicy');
  }

  /** The Certificate, where the route goes through a Gateway and names an issuer. */
  public get certificate(): Manifest | undefined {
    return this.object('certificate');
  }
}
