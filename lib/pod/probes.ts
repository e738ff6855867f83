import type { Application } from '../core/application';
import type { DurationInput } from '../core/duration';
import { readObject, readTexts, type Shapes } from '../core/forms';
import { compact, isPlainObject, nonEmpty, type JsonObject } from '../core/json';
import { asObject } from '../core/shape';
import { findPort, type Port } from '../network/ports';
import { readSeconds } from './shutdown';

/** An HTTP GET; status 200 to 399 is good. */
export interface HttpProbe {
  /** Path: `'/healthz'`. */
  readonly path: string;
  /** Port by name or number. @default the primary port */
  readonly port?: string | number;
  /** Headers. @default none */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A gRPC health check. */
export interface GrpcProbe {
  /** The service to ask after. @default the server as a whole */
  readonly service?: string;
  /** Port by name or number. @default the primary port */
  readonly port?: string | number;
}

/** How the kubelet asks a container how it is: exactly one of `http`, `grpc`, `tcp` and `exec`. */
export interface ProbeProps {
  /** Path of an HTTP GET, or path with port (name or number) and headers. @default not asked by HTTP */
  readonly http?: string | HttpProbe;
  /** gRPC health check: `true`, or the service and port to ask. @default not asked by gRPC */
  readonly grpc?: true | GrpcProbe;
  /** A TCP connection: `true` for the primary port, or a port by name or number. @default not asked by TCP */
  readonly tcp?: true | string | number;
  /** A command in the container; status 0 is good. @default not asked by command */
  readonly exec?: readonly string[];
  /** Time before the first check. @default 0 s */
  readonly initialDelay?: DurationInput;
  /** Time between checks. @default 10 s */
  readonly period?: DurationInput;
  /** Time that an answer may take. @default 1 s */
  readonly timeout?: DurationInput;
  /** Failures in a row that count. @default 3 */
  readonly failureThreshold?: number;
  /** Successes in a row that count (1 for liveness and startup). @default 1 */
  readonly successThreshold?: number;
}

/** The three probes; `false` leaves one out. */
export interface ProbesProps {
  /** Whether the pod gets requests. @default from the primary port: HTTP GET `/healthz`, gRPC health or a TCP connection; every 5 s, for 2 s */
  readonly readiness?: ProbeProps | false;
  /** Whether the container is restarted. @default as the derived readiness, or a TCP connection where readiness is given; every 10 s, for 5 s; six failures count */
  readonly liveness?: ProbeProps | false;
  /** Whether the container has started; the others wait for it. @default asks as liveness does, for two minutes; none without liveness or where that has an initial delay */
  readonly startup?: ProbeProps | false;
}

const KINDS: Record<keyof ProbesProps, true> = { readiness: true, liveness: true, startup: true };
const HANDLERS = ['http', 'grpc', 'tcp', 'exec'] as const;
const SHAPES: Shapes<ProbeProps> = {
  http: 'any', grpc: 'any', tcp: 'any', exec: 'texts', initialDelay: 'any', period: 'any', timeout: 'any', failureThreshold: 'any', successThreshold: 'any',
};
const HTTP_SHAPES: Shapes<HttpProbe> = { path: 'any', port: 'any', headers: 'map' };
const GRPC_SHAPES: Shapes<GrpcProbe> = { service: 'text', port: 'any' };
const PATH = '/healthz';

/** Reads the `probes` prop into the fields of a container. */
export function readProbes(application: Application, prop: string, probes: ProbesProps | undefined, ports: readonly Port[]): JsonObject {
  const given = asObject(application.problems, prop, probes, KINDS);
  const render = (kind: keyof ProbesProps, probe: ProbeProps | false | undefined) => {
    const before = application.problems.messages.length;
    const rendered = probe === undefined || probe === false ? undefined : renderProbe(application, `${prop}.${kind}`, kind, probe, ports);
    // What is wrong with a probe is not said again, of what is rendered or of those that ask as it does.
    return application.problems.messages.length === before ? { rendered, source: probe } : { rendered: undefined, source: false as const };
  };
  const readiness = render('readiness', given.readiness ?? derive(application, `${prop}.readiness`, ports, { period: '5s', timeout: '2s' }));
  const patient = () => (given.readiness && !readiness.source ? undefined : derive(application, `${prop}.liveness`, ports, { period: '10s', timeout: '5s', failureThreshold: 6 }, given.readiness));
  const liveness = render('liveness', given.liveness ?? patient());
  const startup = render('startup', given.startup ?? deriveStartup(application, `${prop}.startup`, liveness.source));
  return compact({ readinessProbe: readiness.rendered, livenessProbe: liveness.rendered, startupProbe: startup.rendered }) ?? {};
}

const handlerOf = (probe: ProbeProps): Partial<ProbeProps> => Object.fromEntries(HANDLERS.filter((key) => probe[key] !== undefined).map((key) => [key, probe[key]]));

function derive(application: Application, prop: string, ports: readonly Port[], times: Partial<ProbeProps>, readiness?: ProbeProps | false): ProbeProps | undefined {
  if (readiness) return deriveFrom(application, prop, readiness, ports, times);
  const primary = ports.find((port) => port.protocol !== 'udp');
  if (!primary) return undefined;
  const handler: ProbeProps = primary.protocol === 'http' ? { http: PATH } : primary.protocol === 'grpc' ? { grpc: true } : { tcp: true };
  return application.decide(prop, { ...handler, ...times }, `the primary port '${primary.name}' speaks ${primary.protocol}`);
}

/** A given readiness may look at databases and the like; a restart would not mend those, so liveness only knocks at the port. */
function deriveFrom(application: Application, prop: string, { http, grpc, tcp }: ProbeProps, ports: readonly Port[], times: Partial<ProbeProps>): ProbeProps | undefined {
  const named = (handler: unknown) => (isPlainObject(handler) ? (handler as { port?: string | number }).port : undefined);
  const port = typeof tcp === 'string' || typeof tcp === 'number' ? tcp : named(http) ?? named(grpc);
  if (port === undefined && !ports.some(({ protocol }) => protocol !== 'udp')) return undefined;
  return application.decide(prop, { tcp: port ?? true, ...times }, 'readiness may look at what a restart would not mend, so liveness only knocks at the port');
}

function deriveStartup(application: Application, prop: string, liveness: ProbeProps | false | undefined): ProbeProps | undefined {
  if (!liveness || liveness.initialDelay !== undefined) return undefined;
  return application.decide(prop, { ...handlerOf(liveness), period: '2s', timeout: '2s', failureThreshold: 60 }, 'two minutes to start before liveness counts');
}

function renderProbe(application: Application, prop: string, kind: string, given: ProbeProps, ports: readonly Port[]): JsonObject {
  const { problems } = application;
  const probe = readObject(problems, prop, given, SHAPES);
  if (isPlainObject(given) && HANDLERS.filter((key) => given[key] !== undefined).length !== 1) problems.add(prop, given, 'exactly one of http, grpc, tcp and exec is allowed');
  if (kind !== 'readiness' && (probe.successThreshold ?? 1) !== 1) problems.add(`${prop}.successThreshold`, probe.successThreshold, `only 1 is allowed for ${kind}`);
  for (const key of ['failureThreshold', 'successThreshold'] as const) {
    const value = probe[key];
    if (value !== undefined && !(Number.isInteger(value) && value >= 1)) problems.add(`${prop}.${key}`, value, 'a whole number of at least 1 is allowed');
  }
  return compact({
    ...renderHandler(application, prop, probe, ports),
    initialDelaySeconds: readSeconds(application, `${prop}.initialDelay`, probe.initialDelay, 0),
    periodSeconds: readSeconds(application, `${prop}.period`, probe.period, 1),
    timeoutSeconds: readSeconds(application, `${prop}.timeout`, probe.timeout, 1),
    failureThreshold: probe.failureThreshold,
    successThreshold: probe.successThreshold,
  })!;
}

function renderHandler(application: Application, prop: string, probe: ProbeProps, ports: readonly Port[]): JsonObject {
  const { problems } = application;
  if (probe.http !== undefined) {
    const { path, port, headers = {} } = typeof probe.http === 'string' ? { path: probe.http } : readObject(problems, `${prop}.http`, probe.http, HTTP_SHAPES);
    if (typeof path !== 'string' || !path.startsWith('/')) problems.add(`${prop}.http`, path, 'a path that starts with "/" is allowed');
    const httpHeaders = readTexts(problems, `${prop}.http.headers`, headers).map(([name, value]) => ({ name, value }));
    return { httpGet: compact({ path, port: probePort(application, `${prop}.http`, probe.http, port, ports), httpHeaders: nonEmpty(httpHeaders) }) };
  }
  if (probe.grpc !== undefined) {
    const { service, port }: Partial<GrpcProbe> = probe.grpc === true ? {} : readObject(problems, `${prop}.grpc`, probe.grpc, GRPC_SHAPES);
    return { grpc: compact({ port: probePort(application, `${prop}.grpc`, probe.grpc, port, ports), service }) };
  }
  if (probe.tcp !== undefined) return { tcpSocket: compact({ port: probePort(application, `${prop}.tcp`, probe.tcp, probe.tcp === true ? undefined : probe.tcp, ports) }) };
  if (probe.exec === undefined) return {};
  if (probe.exec.length === 0) problems.add(`${prop}.exec`, probe.exec, 'a command of at least one word is allowed');
  return { exec: { command: [...probe.exec] } };
}

/** The port that a probe asks at: the one it names, or the primary one. */
function probePort(application: Application, prop: string, handler: unknown, wanted: string | number | undefined, ports: readonly Port[]): number | undefined {
  const port = wanted === undefined ? ports.find(({ protocol }) => protocol !== 'udp') : findPort(application, `${prop}.port`, wanted, ports);
  if (!port && wanted === undefined) application.problems.add(prop, handler, "a workload without a port can't be asked over the network; use 'exec', or declare the port in 'ports'");
  if (port?.protocol === 'udp') application.problems.add(`${prop}.port`, wanted, 'the kubelet asks over TCP, and this port speaks UDP; name another');
  return port?.port;
}
