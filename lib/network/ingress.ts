import type { Application } from '../core/application';
import { compact, type JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import { ALB, albAnnotations } from './alb';
import type { Backend } from './health-check';
import type { Port } from './ports';
import type { Route } from './route';
import { isOfCluster, tlsSecretName, type IngressTls } from './tls';

/** Makes the Ingress of a route. */
export function makeIngress(application: Application, route: Route, port: Port, pods: Backend): Manifest {
  const { tls, hosts } = route;
  const backend = { service: { name: application.name, port: { number: port.servicePort } } };
  const paths = route.paths.map((path) => ({ path, pathType: 'Prefix', backend }));
  return application.manifest('ingress', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { annotations: { ...(isOfCluster(tls) ? issuerAnnotation(tls) : {}), ...(route.ingressClass === ALB ? albAnnotations(port, pods, tls === 'loadBalancer') : {}), ...grpcAnnotation(application, route, port), ...route.annotations } },
    spec: compact({
      ingressClassName: route.ingressClass,
      tls: tls ? [{ hosts, ...(isOfCluster(tls) ? { secretName: tlsSecretName(application, tls) } : {}) }] : undefined,
      rules: hosts.map((host) => ({ host, http: { paths } })),
    }),
  });
}

function issuerAnnotation({ issuer, issuerKind }: IngressTls): JsonObject {
  return issuer === undefined ? {} : { [issuerKind === 'Issuer' ? 'cert-manager.io/issuer' : 'cert-manager.io/cluster-issuer']: issuer };
}

/** An Ingress has no word for gRPC; each controller has its annotation. */
function grpcAnnotation(application: Application, route: Route, port: Port): JsonObject {
  if (port.protocol !== 'grpc') return {};
  if (route.ingressClass === 'nginx') return { 'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC' };
  if (Object.keys(route.annotations).length === 0) {
    application.problems.add('route.port', port.name, "an Ingress has no word for gRPC; use 'gateway', set ingressClass 'nginx', or give your controller's annotation for it in 'route.annotations'");
  }
  return {};
}
