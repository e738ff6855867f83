import { Construct } from 'constructs';
import type { ReplicasInput } from '../availability/autoscaling';
import { Application } from '../core/application';
import type { Manifest } from '../core/manifest';
import { checkServiceName } from '../core/names';
import type { ApplicationInfo, IApplication } from '../core/registry';
import { readMetrics } from '../network/metrics';
import { readNetwork } from '../network/network-policy';
import { readPorts, type PortsProps } from '../network/ports';
import { makeRoute, readRoute, type RouteProps } from '../network/route';
import { makeService } from '../network/service';
import { makeDeployment } from './deployment';
import { SERVING_KEYS, type ServingProps } from './serving';

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
export class WebApp extends Construct implements IApplication {
  public readonly application: ApplicationInfo;
  public readonly deployment: Manifest;
  public readonly service: Manifest;
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
  public readonly ingress: Manifest | undefined;
  public readonly httpRoute: Manifest | undefined;
  public readonly grpcRoute: Manifest | undefined;
  public readonly certificate: Manifest | undefined;

  public constructor(scope: Construct, id: string, props: WebAppProps) {
    super(scope, id);
    const application = new Application(this, props, { type: 'WebApp', component: 'web', keys: KEYS, nameCheck: checkServiceName });
    const ports = readPorts(application, props.ports ?? {}, 'http');
    if (ports.length === 0) application.problems.add('ports', props.ports, 'at least one port is required, such as { http: 8080 }; a workload without one is a Worker');
    const metrics = readMetrics(application, props.metrics, ports);
    const route = props.route && readRoute(application, props.route, ports);
    const made = makeDeployment(application, props, { ports, metrics, serves: true, replicas: props.replicas, toZero: false });
    this.application = application.register({ ports: made.pod.ports, metrics, hosts: route?.props.hosts ?? [] });
    this.deployment = made.deployment;
    this.service = makeService(application, 'service', made.pod.ports, { annotations: props.serviceAnnotations });
    const objects = route && makeRoute(application, route, this.application);
    this.ingress = objects?.ingress;
    this.httpRoute = objects?.httpRoute;
    this.grpcRoute = objects?.grpcRoute;
    this.certificate = objects?.certificate;
    this.networkPolicy = readNetwork(application, props, {
      info: this.application,
      routed: route?.port && { ports: [route.port], from: route.traffic },
      callsApiServer: made.pod.serviceAccount.mountsToken,
      hasIdentity: props.identity !== undefined,
    });
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
