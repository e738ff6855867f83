import type { Application } from '../core/application';
import type { DurationInput } from '../core/duration';
import { compact, type JsonObject } from '../core/json';
import { didYouMean } from '../core/suggest';
import { findPort, type Port } from '../network/ports';
import { readSeconds } from './shutdown';

/** How the kubelet asks a container how it is: exactly one of `http`, `grpc`, `tcp` and `exec`. */
export interface ProbeProps {
  /** Path of an HTTP GET, or path with port (name or number) and headers. */
  readonly http?: string | { readonly path: string; readonly port?: string | number; readonly headers?: Readonly<Record<string, string>> };
  /** gRPC health check: `true`, or the service and port to ask. */
  readonly grpc?: true | { readonly service?: string; readonly port?: string | number };
  /** A TCP connection: `true` for the primary port, or a port by name or number. */
  readonly tcp?: true | string | number;
  /** A command in the container; status 0 is good. */
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
  /** Whether the pod gets requests. @default from the primary port: HTTP GET `/healthz`, gRPC health or a TCP connection */
  readonly readiness?: ProbeProps | false;
  /** Whether the container is restarted. @default as readiness, but more patient */
  readonly liveness?: ProbeProps | false;
  /** Whether the container has started; the others wait for it. @default as liveness, for two minutes, unless liveness has an initial delay */
  readonly startup?: ProbeProps | false;
}

const KINDS = ['readiness', 'liveness', 'startup'] as const;
const HANDLERS = ['http', 'grpc', 'tcp', 'exec'] as const;
const KEYS: Record<keyof ProbeProps, true> = {
  http: true, grpc: true, tcp: true, exec: true, initialDelay: true, period: true, timeout: true, failureThreshold: true, successThreshold: true,
};
const PATH = '/healthz';

/** Reads the `probes` prop into the fields of a container. */
export function readProbes(application: Application, prop: string, probes: ProbesProps | undefined, ports: readonly Port[]): JsonObject {
  if (probes) application.problems.unknownKeys(prop, probes, KINDS, didYouMean);
  const given = probes ?? {};
  const readiness = given.readiness ?? derive(application, `${prop}.readiness`, ports, { period: '5s', timeout: '2s' });
  const liveness = given.liveness ?? derive(application, `${prop}.liveness`, ports, { period: '10s', timeout: '5s', failureThreshold: 6 }, given.readiness);
  const startup = given.startup ?? deriveStartup(application, `${prop}.startup`, liveness);
  const render = (kind: (typeof KINDS)[number], probe: ProbeProps | false | undefined) =>
    probe === undefined || probe === false ? undefined : renderProbe(application, `${prop}.${kind}`, kind, probe, ports);
  return compact({ readinessProbe: render('readiness', readiness), livenessProbe: render('liveness', liveness), startupProbe: render('startup', startup) }) ?? {};
}

const handlerOf = (probe: ProbeProps): Partial<ProbeProps> => Object.fromEntries(HANDLERS.filter((key) => probe[key] !== undefined).map((key) => [key, probe[key]]));

function derive(application: Application, prop: string, ports: readonly Port[], times: Partial<ProbeProps>, readiness?: ProbeProps | false): ProbeProps | undefined {
  if (readiness) return application.decide(prop, { ...handlerOf(readiness), ...times }, 'as readiness, with more patience');
  const primary = ports.find((port) => port.protocol !== 'udp');
  if (!primary) return undefined;
  const handler: ProbeProps = primary.protocol === 'http' ? { http: PATH } : primary.protocol === 'grpc' ? { grpc: true } : { tcp: true };
  return application.decide(prop, { ...handler, ...times }, `the primary port '${primary.name}' speaks ${primary.protocol}`);
}

function deriveStartup(application: Application, prop: string, liveness: ProbeProps | false | undefined): ProbeProps | undefined {
  if (!liveness || liveness.initialDelay !== undefined) return undefined;
  return application.decide(prop, { ...handlerOf(liveness), period: '2s', timeout: '2s', failureThreshold: 60 }, 'two minutes to start before liveness counts');
}

function renderProbe(application: Application, prop: string, kind: string, probe: ProbeProps, ports: readonly Port[]): JsonObject {
  const { problems } = application;
  problems.unknownKeys(prop, probe, Object.keys(KEYS), didYouMean);
  const handlers = HANDLERS.filter((key) => probe[key] !== undefined);
  if (handlers.length !== 1) problems.add(prop, probe, 'exactly one of http, grpc, tcp and exec is allowed');
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
  const port = (handler: string, wanted: string | number | undefined): number | undefined => {
    if (wanted !== undefined) return findPort(application, `${prop}.${handler}.port`, wanted, ports)?.port;
    const primary = ports.find((candidate) => candidate.protocol !== 'udp');
    if (!primary) problems.add(`${prop}.${handler}`, probe[handler as 'http'], "a workload without a port can't be asked over the network; use 'exec', or declare the port in 'ports'");
    return primary?.port;
  };
  if (probe.http !== undefined) {
    const { path, port: wanted, headers } = typeof probe.http === 'string' ? { path: probe.http, port: undefined, headers: undefined } : probe.http;
    if (typeof path !== 'string' || !path.startsWith('/')) problems.add(`${prop}.http`, path, 'a path that starts with "/" is allowed');
    const httpHeaders = Object.entries(headers ?? {}).map(([name, value]) => ({ name, value }));
    return { httpGet: compact({ path, port: port('http', wanted), httpHeaders: httpHeaders.length > 0 ? httpHeaders : undefined }) };
  }
  if (probe.grpc !== undefined) {
    const { service, port: wanted } = probe.grpc === true ? { service: undefined, port: undefined } : probe.grpc;
    return { grpc: compact({ port: port('grpc', wanted), service }) };
  }
  if (probe.tcp !== undefined) return { tcpSocket: compact({ port: port('tcp', probe.tcp === true ? undefined : probe.tcp) }) };
  if (probe.exec !== undefined) {
    if (probe.exec.length === 0) problems.add(`${prop}.exec`, probe.exec, 'a command of at least one word is allowed');
    return { exec: { command: [...probe.exec] } };
  }
  return {};
}
