import type { Application } from '../core/application';
import type { MetricsEndpoint } from '../core/registry';
import { didYouMean } from '../core/suggest';
import { findPort, type Port } from './ports';

/** Where a workload serves its metrics. */
export interface MetricsProps {
  /** The port, by name or number; one of `ports`. @default the primary port */
  readonly port?: string | number;
  /** HTTP path. @default '/metrics' */
  readonly path?: string;
}

/** Reads the `metrics` prop: what the monitoring needs to find the pods. */
export function readMetrics(application: Application, props: MetricsProps | undefined, ports: readonly Port[]): MetricsEndpoint | undefined {
  if (props === undefined) return undefined;
  application.problems.unknownKeys('metrics', props, ['port', 'path'], didYouMean);
  const { path = '/metrics' } = props;
  if (!path.startsWith('/')) application.problems.add('metrics.path', path, 'a path that starts with "/" is allowed');
  if (props.port === undefined && ports.length === 0) application.problems.add('metrics.port', undefined, "the workload has no ports; declare one in 'ports', such as { metrics: 9090 }");
  const port = props.port === undefined ? ports[0] : findPort(application, 'metrics.port', props.port, ports);
  return port && { port: port.port, path };
}
