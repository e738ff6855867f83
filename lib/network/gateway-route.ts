import type { Application } from '../core/application';
import { compact } from '../core/json';
import { isGkeClass, makeGkePolicies } from './gke-policies';
import type { Backend } from './health-check';
import type { Port } from './ports';
import type { Route } from './route';
import { isOfCluster, tlsSecretName, type IngressTls } from './tls';

/** A Gateway that routes attach to. */
export interface GatewayReference {
  /** Its name. */
  readonly name: string;
  /** Its namespace. @default the workload's */
  readonly namespace?: string;
  /** The listener. @default all that admit the route */
  readonly sectionName?: string;
  /** Its class. With one of GKE (`gke-l7-…`) the load balancer is told to ask what the readiness probe asks. @default nobody knows */
  readonly className?: string;
}

/** Makes the HTTPRoute or GRPCRoute of a route, a Certificate where an issuer is named, and what the Gateway's class must be told. */
export function makeGatewayRoute(application: Application, route: Route, port: Port, gateway: GatewayReference, backend: Backend): void {
  const grpc = port.protocol === 'grpc';
  if (grpc && route.paths.join() !== '/') application.problems.add('route.paths', route.paths, 'a gRPC route is matched by host; remove the paths');
  const backendRefs = [{ name: application.name, port: port.servicePort }];
  const matches = route.paths.map((value) => ({ path: { type: 'PathPrefix', value } }));
  // The policies come first, so that no pod is asked for what it has not.
  const policies = isGkeClass(gateway.className) ? makeGkePolicies(application, backend) : [];
  const made = application.manifest(grpc ? 'grpcRoute' : 'httpRoute', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: grpc ? 'GRPCRoute' : 'HTTPRoute',
    metadata: { annotations: route.annotations },
    spec: {
      parentRefs: [compact({ name: gateway.name, namespace: gateway.namespace, sectionName: gateway.sectionName })],
      hostnames: route.hosts,
      rules: [grpc ? { backendRefs } : { matches, backendRefs }],
    },
  });
  if (policies.length > 0) made.node.addDependency(...policies);
  if (isOfCluster(route.tls) && route.tls.issuer !== undefined) makeCertificate(application, route.tls, route.hosts);
}

function makeCertificate(application: Application, tls: IngressTls, hosts: readonly string[]): void {
  application.manifest('certificate', {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    spec: { secretName: tlsSecretName(application, tls), dnsNames: hosts, issuerRef: { group: 'cert-manager.io', kind: tls.issuerKind ?? 'ClusterIssuer', name: tls.issuer } },
  });
}
