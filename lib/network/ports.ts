import type { Application } from '../core/application';
import type { JsonObject } from '../core/json';
import { checkPortName } from '../core/names';
import { asObject } from '../core/shape';
import { sentenceList } from '../core/suggest';

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

/** Whether the value is the number of a port. */
export const isPort = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 65535;

/** What is allowed as the number of a port, for messages. */
export const PORT_FORM = 'a whole number from 1 to 65535 is allowed';

/** What carries the port. */
export const transport = (port: Pick<Port, 'protocol'>): 'TCP' | 'UDP' => (port.protocol === 'udp' ? 'UDP' : 'TCP');

/** Ports as messages list them. */
export const listPorts = (ports: readonly Port[]): string => ports.map((port) => `${port.name} (${port.port})`).join(', ') || 'none';

/** Reads the `ports` prop; the first port is the primary one. */
export function readPorts(application: Application, given: PortsProps | undefined, fallback: PortProtocol, prop = 'ports'): readonly Port[] {
  const { problems } = application;
  const read: Port[] = [];
  for (const [name, input] of Object.entries(asObject(problems, prop, given))) {
    const port = readPort(application, `${prop}.${name}`, name, input as number | PortProps, fallback);
    for (const key of ['port', 'servicePort'] as const) {
      const twin = isPort(port[key]) && read.find((other) => transport(other) === transport(port) && other[key] === port[key]);
      if (!twin) continue;
      problems.add(`${prop}.${name}`, port[key], `'${twin.name}' has that ${key === 'port' ? 'port' : 'port of the Service'} already; give each a number of its own`);
      break;
    }
    read.push(port);
  }
  return read;
}

function readPort(application: Application, prop: string, name: string, input: number | PortProps, fallback: PortProtocol): Port {
  const { problems } = application;
  const wrongName = checkPortName(name);
  if (wrongName) problems.add(prop, name, `${wrongName} in a port's name`);
  if (typeof input !== 'object' || input === null) {
    if (!isPort(input)) problems.add(prop, input, PORT_FORM);
    return { name, port: input, servicePort: input, protocol: protocolOf(name) ?? fallback };
  }
  problems.unknownKeys(prop, input, Object.keys(PORT_KEYS));
  const { port, servicePort = port, protocol = protocolOf(name) ?? fallback } = input;
  if (!isPort(port)) problems.add(`${prop}.port`, port, PORT_FORM);
  else if (!isPort(servicePort)) problems.add(`${prop}.servicePort`, servicePort, PORT_FORM);
  if (!PROTOCOLS.includes(protocol)) problems.add(`${prop}.protocol`, protocol, `${sentenceList(PROTOCOLS)} are allowed`);
  return { name, port, servicePort, protocol };
}

const protocolOf = (name: string): PortProtocol | undefined => PROTOCOLS.find((protocol) => name === protocol || name.startsWith(`${protocol}-`));

/** Finds a port by name or number and reports one that does not exist. */
export function findPort(application: Application, prop: string, wanted: string | number, ports: readonly Port[]): Port | undefined {
  const found = ports.find((port) => port.name === wanted || port.port === wanted);
  if (!found) application.problems.add(prop, wanted, `no such port; the workload's ports are: ${listPorts(ports)}`);
  return found;
}

/** The ports as a container lists them. */
export function containerPorts(ports: readonly Port[]): JsonObject[] | undefined {
  if (ports.length === 0) return undefined;
  return ports.map((port) => ({ name: port.name, containerPort: port.port, ...(transport(port) === 'UDP' ? { protocol: 'UDP' } : {}) }));
}
