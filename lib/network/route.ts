import type { Application } from '../core/application';
import { checkAnnotations } from '../core/application';
import { compact, type JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import { checkDnsSubdomain, checkHost } from '../core/names';
import type { ApplicationInfo } from '../core/registry';
import { didYouMean } from '../core/suggest';
import { checkTrafficSource, type TrafficSource } from './network-policy';
import { findPort, type Port } from './ports';

/** Where the certificate comes from: a cert-manager issuer, or a Secret that exists. */
export interface IngressTls {
  /** Name of the cert-manager issuer. @default none */
  readonly issuer?: string;
  /** Whether the issuer serves the cluster or the namespace. @default 'ClusterIssuer' */
  readonly issuerKind?: 'ClusterIssuer' | 'Issuer';
  /** Name of the Secret with the certificate. @default `<name>-tls`, where an issuer fills it */
  readonly secretName?: string;
}

/** A Gateway that routes attach to. */
export interface GatewayReference {
  /** Its name. */
  readonly name: string;
  /** Its namespace. @default the workload's */
  readonly namespace?: string;
  /** The listener. @default all that admit the route */
  readonly sectionName?: string;
}

/** A route from outside the cluster. */
export interface RouteProps {
  /** Host names; one leading `*.` is allowed. */
  readonly hosts: readonly string[];
  /** Path prefixes. @default ['/'] */
  readonly paths?: readonly string[];
  /** Port by name or number. @default the primary port */
  readonly port?: string | number;
  /** TLS: an issuer or Secret, or `false` for plain HTTP. Must be said, here or as a default; a Gateway has its own. */
  readonly tls?: IngressTls | false;
  /** Ingress class. @default the nearest default, or the cluster's */
  readonly ingressClass?: string;
  /** A Gateway, in place of an Ingress. @default the nearest default, or an Ingress */
  readonly gateway?: GatewayReference;
  /** Where the requests come from. @default the namespace `ingress-nginx`, or the Gateway's */
  readonly traffic?: TrafficSource;
  /** Annotations of the Ingress or route. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

const KEYS: Record<keyof RouteProps, true> = { hosts: true, paths: true, port: true, tls: true, ingressClass: true, gateway: true, traffic: true, annotations: true };
const TLS_KEYS: Record<keyof IngressTls, true> = { issuer: true, issuerKind: true, secretName: true };
const GATEWAY_KEYS: Record<keyof GatewayReference, true> = { name: true, namespace: true, sectionName: true };

/** A route as read: the port it leads to and where requests come from. */
export interface Route {
  readonly props: RouteProps;
  readonly port: Port | undefined;
  readonly paths: readonly string[];
  readonly gateway: GatewayReference | undefined;
  readonly tls: IngressTls | false | undefined;
  readonly ingressClass: string | undefined;
  readonly traffic: TrafficSource;
}

/** Reads the `route` prop. */
export function readRoute(application: Application, props: RouteProps, ports: readonly Port[]): Route {
  const { problems } = application;
  problems.unknownKeys('route', props, Object.keys(KEYS), didYouMean);
  const hosts = Array.isArray(props.hosts) ? props.hosts : [];
  if (hosts.length === 0) problems.add('route.hosts', props.hosts, 'at least one host name is required');
  for (const host of hosts) {
    const wrong = checkHost(host);
    if (wrong) problems.add('route.hosts', host, wrong);
  }
  const paths = props.paths ?? ['/'];
  for (const path of paths) if (!path.startsWith('/')) problems.add('route.paths', path, 'a path that starts with "/" is allowed');
  const gateway = props.ingressClass === undefined ? application.setting('gateway', props.gateway) : props.gateway;
  const ingressClass = gateway ? undefined : application.setting('ingressClass', props.ingressClass);
  checkNames(application, props, ingressClass, gateway);
  const port = props.port === undefined ? ports[0] : findPort(application, 'route.port', props.port, ports);
  const from = gateway ? { namespaces: [gateway.namespace ?? application.namespace ?? 'default'] } : { namespaces: ['ingress-nginx'] };
  const traffic = application.setting('ingressTraffic', props.traffic, from, gateway ? "the Gateway's namespace" : 'where ingress-nginx usually stands');
  checkTrafficSource(application, 'route.traffic', traffic);
  return { props: { ...props, hosts }, port, paths, gateway, ingressClass, traffic, tls: readTls(application, props, gateway) };
}

function checkNames(application: Application, props: RouteProps, ingressClass: string | undefined, gateway: GatewayReference | undefined): void {
  const { problems } = application;
  if (props.gateway && props.ingressClass !== undefined) problems.add('route.ingressClass', props.ingressClass, "a route goes through an Ingress or a Gateway; remove 'ingressClass' or 'gateway'");
  if (gateway) problems.unknownKeys('route.gateway', gateway, Object.keys(GATEWAY_KEYS), didYouMean);
  const names = { ingressClass, 'gateway.name': gateway?.name, 'gateway.namespace': gateway?.namespace };
  for (const [key, name] of Object.entries(names)) {
    const wrong = name === undefined ? undefined : checkDnsSubdomain(name);
    if (wrong) problems.add(`route.${key}`, name, wrong);
  }
  checkAnnotations(problems, 'route.annotations', props.annotations ?? {});
}

function readTls(application: Application, props: RouteProps, gateway: GatewayReference | undefined): IngressTls | false | undefined {
  const { problems } = application;
  const tls = gateway ? props.tls : application.setting('tls', props.tls);
  if (tls === undefined) {
    if (!gateway) problems.add('route.tls', undefined, "TLS is required: { issuer: 'name' } for a cert-manager issuer, { secretName: 'name' } for a certificate that exists, or false to serve plain HTTP");
    return undefined;
  }
  if (tls === false) {
    if (gateway) problems.add('route.tls', false, 'TLS ends at the listeners of the Gateway, not here; remove it');
    return false;
  }
  problems.unknownKeys('route.tls', tls, Object.keys(TLS_KEYS), didYouMean);
  if (tls.issuer === undefined && tls.secretName === undefined) problems.add('route.tls', tls, "'issuer' or 'secretName' is required");
  if (gateway && tls.issuer === undefined) problems.add('route.tls', tls, "the listeners of the Gateway name their certificates; with a Gateway only 'issuer' is allowed, which makes a Certificate for them");
  if (tls.issuerKind !== undefined && tls.issuer === undefined) problems.add('route.tls.issuerKind', tls.issuerKind, "it needs an 'issuer'");
  for (const key of ['issuer', 'secretName'] as const) {
    const wrong = tls[key] === undefined ? undefined : checkDnsSubdomain(tls[key]);
    if (wrong) problems.add(`route.tls.${key}`, tls[key], wrong);
  }
  return tls;
}

/** The objects of a route. */
export interface RouteObjects {
  readonly ingress?: Manifest;
  readonly httpRoute?: Manifest;
  readonly grpcRoute?: Manifest;
  readonly certificate?: Manifest;
}

/** Makes the Ingress or Gateway API route and claims its hosts. */
export function makeRoute(application: Application, route: Route, info: ApplicationInfo): RouteObjects {
  for (const host of new Set(route.props.hosts)) {
    for (const path of new Set(route.paths)) {
      const other = application.registry.claimHost(`${host}${path}`, info);
      if (other) application.problems.add('route.hosts', host, `'${other.scope.node.path}' routes ${host}${path} already; give one of them another host or path`);
    }
  }
  const doubled = route.props.hosts.find((host, index) => route.props.hosts.indexOf(host) !== index);
  if (doubled !== undefined) application.problems.add('route.hosts', doubled, 'it stands in the list twice; remove one');
  if (!route.port) return {};
  return route.gateway ? gatewayRoute(application, route, route.port, route.gateway) : { ingress: ingress(application, route, route.port) };
}

function ingress(application: Application, route: Route, port: Port): Manifest {
  const { tls } = route;
  const hosts = [...route.props.hosts];
  const backend = { service: { name: application.name, port: { number: port.servicePort } } };
  const paths = route.paths.map((path) => ({ path, pathType: 'Prefix', backend }));
  return application.manifest('ingress', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { annotations: { ...(tls ? issuerAnnotation(tls) : {}), ...grpcIngressAnnotation(application, route, port), ...route.props.annotations } },
    spec: compact({
      ingressClassName: route.ingressClass,
      tls: tls ? [{ hosts, secretName: tls.secretName ?? `${application.name}-tls` }] : undefined,
      rules: hosts.map((host) => ({ host, http: { paths } })),
    }),
  });
}

const issuerAnnotation = ({ issuer, issuerKind }: IngressTls): JsonObject => (issuer === undefined ? {} : { [issuerKind === 'Issuer' ? 'cert-manager.io/issuer' : 'cert-manager.io/cluster-issuer']: issuer });

/** An Ingress has no word for gRPC; each controller has its annotation. */
function grpcIngressAnnotation(application: Application, route: Route, port: Port): JsonObject {
  if (port.protocol !== 'grpc') return {};
  if (route.ingressClass === 'nginx') return { 'nginx.ingress.kubernetes.io/backend-protocol': 'GRPC' };
  const said = Object.keys(route.props.annotations ?? {}).length > 0;
  if (!said) application.problems.add('route', port.name, "an Ingress has no word for gRPC; use 'gateway', set ingressClass 'nginx', or give your controller's annotation for it in 'route.annotations'");
  return {};
}

function gatewayRoute(application: Application, route: Route, port: Port, gateway: GatewayReference): RouteObjects {
  const grpc = port.protocol === 'grpc';
  if (grpc && route.props.paths) application.problems.add('route.paths', route.props.paths, 'a gRPC route is matched by host; remove the paths');
  const backendRefs = [{ name: application.name, port: port.servicePort }];
  const matches = route.paths.map((value) => ({ path: { type: 'PathPrefix', value } }));
  const object = application.manifest(grpc ? 'grpcRoute' : 'httpRoute', {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: grpc ? 'GRPCRoute' : 'HTTPRoute',
    metadata: { annotations: route.props.annotations },
    spec: { parentRefs: [compact({ name: gateway.name, namespace: gateway.namespace, sectionName: gateway.sectionName })], hostnames: [...route.props.hosts], rules: [grpc ? { backendRefs } : { matches, backendRefs }] },
  });
  const certificate = route.tls && route.tls.issuer !== undefined ? makeCertificate(application, route.tls, route.props.hosts) : undefined;
  return { ...(grpc ? { grpcRoute: object } : { httpRoute: object }), ...(certificate ? { certificate } : {}) };
}

function makeCertificate(application: Application, tls: IngressTls, hosts: readonly string[]): Manifest {
  return application.manifest('certificate', {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    spec: { secretName: tls.secretName ?? `${application.name}-tls`, dnsNames: [...hosts], issuerRef: { group: 'cert-manager.io', kind: tls.issuerKind ?? 'ClusterIssuer', name: tls.issuer } },
  });
}
