import type { Application } from '../core/application';
import type { MetricsEndpoint } from '../core/registry';
import { asObject } from '../core/shape';
import { readHttpMetrics, type HttpMetricsInput } from './http-metrics';
import { findPort, type Port } from './ports';

/** Where a workload serves its metrics. */
export interface MetricsProps {
  /** The port, by name or number; one of `ports`. @default the primary port */
  readonly port?: string | number;
  /** HTTP path. @default '/metrics' */
  readonly path?: string;
  /** The metrics that count its HTTP requests: rates, errors and durations are watched by them. @default none known, so none watched */
  readonly http?: HttpMetricsInput;
}

const KEYS: Record<keyof MetricsProps, true> = { port: true, path: true, http: true };

/** Reads the `metrics` prop: what the monitoring needs to find the pods. */
export function readMetrics(application: Application, props: MetricsProps | undefined, ports: readonly Port[]): MetricsEndpoint | undefined {
  if (props === undefined) return undefined;
  const { problems } = application;
  const { path = '/metrics', port: wanted, http: names } = asObject(problems, 'metrics', props, KEYS);
  problems.check('metrics.path', path, (text) => (text.startsWith('/') ? undefined : 'a path that starts with "/" is allowed'));
  if (wanted === undefined && ports.length === 0) problems.add('metrics.port', undefined, "the workload has no ports; declare one in 'ports', such as { metrics: 9090 }");
  const port = wanted === undefined ? ports[0] : findPort(application, 'metrics.port', wanted, ports);
  if (port?.protocol === 'udp' || port?.protocol === 'grpc') problems.add('metrics.port', wanted ?? port.name, `it speaks ${port.protocol}, and metrics are fetched over HTTP; name the port that serves them`);
  const http = readHttpMetrics(problems, 'metrics.http', names);
  return port && { port: port.port, path, ...(http ? { http } : {}) };
}
