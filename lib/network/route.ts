import type { Application } from '../core/application';
import { readObject, type Shapes } from '../core/forms';
import type { JsonObject } from '../core/json';
import { checkDnsLabel, checkDnsSubdomain, checkHost, type Check } from '../core/names';
import type { ApplicationInfo } from '../core/registry';
import { asList, asObject } from '../core/shape';
import { readAnnotations } from './annotations';
import { makeGatewayRoute, type GatewayReference } from './gateway-route';
import { ALB } from './alb';
import { isGkeClass } from './gke-policies';
import { healthCheckOf, type Backend } from './health-check';
import { makeIngress } from './ingress';
import { findPort, type Port } from './ports';
import { readTls, type RouteTls } from './tls';
import { readTrafficSource, type TrafficSource } from './traffic';

/** A route from outside the cluster. */
export interface RouteProps {
  /** Host names; one leading `*.` is allowed. */
  readonly hosts: readonly string[];
  /** Path prefixes. @default ['/'] */
  readonly paths?: readonly string[];
  /** Port by name or number; it must speak http or grpc. @default the primary port */
  readonly port?: string | number;
  /** TLS: an issuer or Secret, `loadBalancer` where that has a certificate of its own, or `false` for plain HTTP. Must be said, here or as a default; a Gateway has its own. @default the nearest default; without one it is refused */
  readonly tls?: RouteTls;
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
const GATEWAY_SHAPES: Shapes<GatewayReference> = { name: 'text', namespace: 'text', sectionName: 'text', className: 'text' };

/** A route as read. */
export interface Route {
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  readonly port: Port | undefined;
  readonly gateway: GatewayReference | undefined;
  readonly tls: RouteTls | undefined;
  readonly ingressClass: string | undefined;
  readonly annotations: Readonly<Record<string, string>>;
  /** The peers that requests come from, as a policy lists them. */
  readonly from: readonly JsonObject[];
}

/** Reads the `route` prop. */
export function readRoute(application: Application, given: RouteProps, ports: readonly Port[]): Route {
  const { problems } = application;
  const props = asObject(problems, 'route', given, KEYS);
  const hosts = distinct(application, 'route.hosts', props.hosts, 'at least one host name is required', checkHost);
  const paths = props.paths === undefined ? ['/'] : distinct(application, 'route.paths', props.paths, 'at least one path is required; leave it out for all', checkPath);
  const gateway = readGateway(application, props);
  const ingressClass = gateway ? undefined : application.setting('ingressClass', props.ingressClass);
  if (ingressClass !== undefined) problems.check('route.ingressClass', ingressClass, checkDnsSubdomain);
  const annotations = readAnnotations(problems, 'route.annotations', props.annotations);
  return { hosts, paths, port: readRoutePort(application, props, ports), gateway, ingressClass, annotations, tls: readTls(application, props.tls, gateway !== undefined), from: readFrom(application, props, gateway) };
}

/** Makes the Ingress or Gateway API route and claims its hosts. */
export function makeRoute(application: Application, route: Route, info: ApplicationInfo, backend: Backend): void {
  for (const host of route.hosts) {
    for (const path of route.paths) {
      const other = application.registry.claimHost(`${host}${path.replace(/(.)\/$/, '$1')}`, info);
      if (other) application.problems.add('route.hosts', host, `'${other.scope.node.path}' routes ${host}${path} already; give one of them another host or path`);
    }
  }
  if (!route.port) return;
  if (route.gateway) makeGatewayRoute(application, route, route.port, route.gateway, backend);
  else makeIngress(application, route, route.port, backend);
}

/** Whether a load balancer of the cloud sends requests to the pods themselves, without a controller in the cluster between. */
export const reachesPods = ({ gateway, ingressClass }: Pick<Route, 'gateway' | 'ingressClass'>): boolean => isGkeClass(gateway?.className) || ingressClass === ALB;

/** The ports that requests of a route come in at: its own, and that of the readiness probe where the load balancer asks the pods itself. */
export function portsOfRoute(route: Route, backend: Backend): readonly number[] {
  const { port } = route;
  if (!port) return [];
  const asked = reachesPods(route) ? healthCheckOf(backend).port : undefined;
  return [...new Set([port.port, asked ?? port.port])];
}

/** A list of at least one good value, each once. */
function distinct(application: Application, prop: string, given: readonly string[] | undefined, none: string, check: Check): readonly string[] {
  const { problems } = application;
  const list = asList(problems, prop, given);
  if (list.length === 0 && (given === undefined || Array.isArray(given))) problems.add(prop, given, none);
  list.forEach((value, index) => {
    problems.check(prop, value, check);
    if (list.indexOf(value) !== index) problems.add(prop, value, 'it stands in the list twice; remove one');
  });
  return [...new Set(list.filter((value) => typeof value === 'string'))];
}

/** A path prefix that an Ingress takes. */
const checkPath: Check = (path) => {
  if (!path.startsWith('/')) return 'a path that starts with "/" is allowed';
  return /\/\/|\/\.\.?(\/|$)|%2f/i.test(path) ? 'a plain path is allowed, without "//", "/./", "/../" and "%2F"' : undefined;
};

function readRoutePort(application: Application, props: Partial<RouteProps>, ports: readonly Port[]): Port | undefined {
  const port = props.port === undefined ? ports[0] : findPort(application, 'route.port', props.port, ports);
  if (!port || port.protocol === 'http' || port.protocol === 'grpc') return port;
  application.problems.add('route.port', props.port ?? port.name, `it speaks ${port.protocol}; a route leads to a port that speaks http or grpc`);
  return undefined;
}

function readGateway(application: Application, props: Partial<RouteProps>): GatewayReference | undefined {
  const { problems } = application;
  if (props.gateway && props.ingressClass !== undefined) problems.add('route.ingressClass', props.ingressClass, "a route goes through an Ingress or a Gateway; remove 'ingressClass' or 'gateway'");
  const given = props.ingressClass === undefined ? application.setting('gateway', props.gateway) : props.gateway;
  if (given === undefined) return undefined;
  const gateway = readObject(problems, 'route.gateway', given, GATEWAY_SHAPES);
  if (given?.name === undefined) problems.add('route.gateway.name', undefined, 'the name of a Gateway is required');
  for (const [key, check] of [['name', checkDnsSubdomain], ['namespace', checkDnsLabel], ['sectionName', checkDnsSubdomain], ['className', checkDnsSubdomain]] as const) {
    if (gateway[key] !== undefined) problems.check(`route.gateway.${key}`, gateway[key], check);
  }
  return gateway as GatewayReference;
}

function readFrom(application: Application, props: Partial<RouteProps>, gateway: GatewayReference | undefined): JsonObject[] {
  const namespace = gateway ? gateway.namespace ?? application.namespace ?? 'default' : 'ingress-nginx';
  const traffic = application.setting('ingressTraffic', props.traffic, { namespaces: [namespace] }, gateway ? "the Gateway's namespace" : 'where ingress-nginx usually stands');
  return readTrafficSource(application, props.traffic === undefined ? 'defaults.ingressTraffic' : 'route.traffic', traffic);
}
