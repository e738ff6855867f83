import type { Application } from '../core/application';
import { isPlainObject, type JsonObject } from '../core/json';
import { checkPortName } from '../core/names';
import { didYouMean } from '../core/suggest';

/** What is spoken on a port. */
export type PortProtocol = 'http' | 'grpc' | 'tcp' | 'udp';

/** A port of a workload. */
export interface PortProps {
  /** Port that the container listens on, 1 to 65535. */
  readonly port: number;
  /**
   * Port of the Service, 1 to 65535.
   * @default the container's port
   */
  readonly servicePort?: number;
  /**
   * What is spoken on it.
   * @default taken from the name: `grpc` and `grpc-…` speak gRPC, `tcp-…` TCP, `udp-…` UDP, `http` and others of a WebApp HTTP
   */
  readonly protocol?: PortProtocol;
}

/** Ports by name; a bare number is the container's port. */
export type PortsProps = Readonly<Record<string, number | PortProps>>;

/** A port, with everything derived. */
export interface Port {
  /** Its name. */
  readonly name: string;
  /** The container's port. */
  readonly port: number;
  /** The Service's port. */
  readonly servicePort: number;
  /** What is spoken on it. */
  readonly protocol: PortProtocol;
}

const PORT_KEYS: Record<keyof PortProps, true> = { port: true, servicePort: true, protocol: true };
const PROTOCOLS: readonly PortProtocol[] = ['http', 'grpc', 'tcp', 'udp'];
const isPort = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;

/** Whether the port is carried by UDP. */
export const transport = (port: Pick<Port, 'protocol'>): 'TCP' | 'UDP' => (port.protocol === 'udp' ? 'UDP' : 'TCP');

function protocolOf(name: string, fallback: PortProtocol): PortProtocol {
  const prefix = PROTOCOLS.find((protocol) => name === protocol || name.startsWith(`${protocol}-`));
  return prefix ?? fallback;
}

/** Reads the `ports` prop; the first port is the primary one. */
export function readPorts(application: Application, ports: PortsProps, fallback: PortProtocol): readonly Port[] {
  const { problems } = application;
  const read: Port[] = [];
  for (const [name, given] of Object.entries(ports)) {
    const props: PortProps = isPlainObject(given) ? (given as unknown as PortProps) : { port: given as number };
    if (isPlainObject(given)) problems.unknownKeys(`ports.${name}`, given, Object.keys(PORT_KEYS), didYouMean);
    const wrongName = checkPortName(name);
    if (wrongName) problems.add(`ports.${name}`, name, `${wrongName} in a port's name`);
    for (const key of ['port', 'servicePort'] as const) {
      const value = props[key];
      if ((key === 'port' || value !== undefined) && !isPort(value)) problems.add(`ports.${name}.${key}`, value, 'a whole number from 1 to 65535 is allowed');
    }
    if (props.protocol !== undefined && !PROTOCOLS.includes(props.protocol)) problems.add(`ports.${name}.protocol`, props.protocol, `${PROTOCOLS.join(', ')} are allowed`);
    const port: Port = { name, port: props.port, servicePort: props.servicePort ?? props.port, protocol: props.protocol ?? protocolOf(name, fallback) };
    const twin = read.find((other) => transport(other) === transport(port) && (other.port === port.port || other.servicePort === port.servicePort));
    if (twin) problems.add(`ports.${name}`, port.port, `'${twin.name}' has that port already; give each port a number of its own`);
    read.push(port);
  }
  return read;
}

/** Finds a port by name or number and reports one that does not exist. */
export function findPort(application: Application, prop: string, wanted: string | number, ports: readonly Port[]): Port | undefined {
  const found = ports.find((port) => port.name === wanted || port.port === wanted);
  if (!found) {
    const known = ports.map((port) => `${port.name} (${port.port})`).join(', ') || 'none';
    application.problems.add(prop, wanted, `no such port; the workload's ports are: ${known}`);
  }
  return found;
}

/** The ports as a container lists them. */
export function containerPorts(ports: readonly Port[]): JsonObject[] | undefined {
  if (ports.length === 0) return undefined;
  return ports.map((port) => ({ name: port.name, containerPort: port.port, ...(transport(port) === 'UDP' ? { protocol: 'UDP' } : {}) }));
}
