import type { Application } from '../core/application';
import { compact } from '../core/json';
import type { Port } from './ports';
import type { Route } from './route';
import { tlsSecretName, type IngressTls } from './tls';

/** A Gateway that routes attach to. */
export interface GatewayReference {
  /** Its name. */
  readonly name: string;
  /** Its namespace. @default the workload's */
  readonly namespace?: string;
  /** The listener. @default all that admit the route */
  readonly sectionName?: string;
}

/** Makes the HTTPRoute or GRPCRoute of a route, and a Certificate where an issuer is named. */
export function makeGatewayRoute(application: Application, route: Route, port: Port, gateway: GatewayReference): void {
  const grpc = port.protocol === 'grpc';
  if (grpc && route.paths.join() !== '/') application.problems.add('route.paths', route.paths, 'a gRPC route is matched by host; remove the paths');
  const backendRefs = [{ name: application.name, port: port.servicePort }];
  const matches = route.paths.map((value) => ({ path: { type: 'PathPrefix', value } }));
  application.manifest(grpc ? 'grpcRoute' : 'httpRoute', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: grpc ? 'GRPCRoute' : 'HTTPRoute',
    metadata: { annotations: route.annotations },
    spec: {
      parentRefs: [compact({ name: gateway.name, namespace: gateway.namespace, sectionName: gateway.sectionName })],
      hostnames: route.hosts,
      rules: [grpc ? { backendRefs } : { matches, backendRefs }],
    },
  });
  if (route.tls && route.tls.issuer !== undefined) makeCertificate(application, route.tls, route.hosts);
}

function makeCertificate(application: Application, tls: IngressTls, hosts: readonly string[]): void {
  application.manifest('certificate', {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    spec: { secretName: tlsSecretName(application, tls), dnsNames: hosts, issuerRef: { group: 'cert-manager.io', kind: tls.issuerKind ?? 'ClusterIssuer', name: tls.issuer } },
  });
}
