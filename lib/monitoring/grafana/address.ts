import { Construct } from 'constructs';
import type { Mistakes } from '../../core/problems';
import { readObject, type Shapes } from '../../core/forms';
import type { IApplication } from '../../core/registry';
import type { ConnectionInput } from '../../network/connections';

/** A source that is none of our workloads. */
export interface SourceProps {
  /** Its address: `http://prometheus.monitoring:9090`. */
  readonly url: string;
  /** The workload of the app behind it, for the network policies. @default none: name its addresses in `egress` */
  readonly connectsTo?: ConnectionInput;
}

/** Where Grafana reads: a workload, by the Service of its first port, or an address. */
export type SourceInput = IApplication | SourceProps;

/** A source as read. */
export interface Source {
  readonly url: string;
  readonly connection: ConnectionInput | undefined;
}

const SHAPES: Shapes<SourceProps> = { url: 'text', connectsTo: 'any' };

/** Reads where a source stands. */
export function readSource(problems: Mistakes, prop: string, given: SourceInput | undefined): Source | undefined {
  if (given === undefined) return undefined;
  if (Construct.isConstruct(given)) return ofWorkload(problems, prop, given as IApplication);
  const { url = '', connectsTo } = readObject<SourceProps>(problems, prop, given as SourceProps, SHAPES);
  problems.check(`${prop}.url`, url, (text) => (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? undefined : 'an http or https address is allowed'));
  return { url, connection: connectsTo };
}

function ofWorkload(problems: Mistakes, prop: string, workload: IApplication): Source | undefined {
  const { name, namespace, ports } = workload.application;
  const [port] = ports;
  if (!port) problems.add(prop, name, 'it has no port to read from; name a workload that has one, or give { url }');
  return port && { url: `http://${name}${namespace === undefined ? '' : `.${namespace}`}:${port.servicePort}`, connection: { to: workload, ports: [port.name] } };
}
