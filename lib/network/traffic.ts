import { BlockList, isIP } from 'node:net';
import type { Application } from '../core/application';
import type { JsonObject } from '../core/json';
import { checkDnsLabel } from '../core/names';
import { asList, asObject } from '../core/shape';
import { isPort, PORT_FORM } from './ports';

/** Where requests come from: namespaces, address ranges, or both. */
export interface TrafficSource {
  /** Names of namespaces. @default none */
  readonly namespaces?: readonly string[];
  /** Address ranges. @default none */
  readonly cidrs?: readonly string[];
}

/** Addresses outside the cluster that pods may reach. */
export interface EgressProps {
  /** Address ranges: `'203.0.113.0/24'`. */
  readonly cidrs: readonly string[];
  /** Ranges within them that stay closed. @default none */
  readonly except?: readonly string[];
  /** Ports. @default every port */
  readonly ports?: readonly (number | EgressPort)[];
}

/** A port, or a range of them. */
export interface EgressPort {
  /** The port, or the first of a range. */
  readonly port: number;
  /** The last port of a range. @default none: one port */
  readonly endPort?: number;
  /** What carries it. @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
}

/** The label by which policies know a namespace. */
export const NAMESPACE_LABEL = 'kubernetes.io/metadata.name';

const SOURCE_KEYS: Record<keyof TrafficSource, true> = { namespaces: true, cidrs: true };
const EGRESS_KEYS: Record<keyof EgressProps, true> = { cidrs: true, except: true, ports: true };
const PORT_KEYS: Record<keyof EgressPort, true> = { port: true, endPort: true, protocol: true };

/** Reads a traffic source into the peers of a policy. */
export function readTrafficSource(application: Application, prop: string, source: TrafficSource): JsonObject[] {
  const { problems } = application;
  const given = asObject(problems, prop, source, SOURCE_KEYS);
  const namespaces = asList(problems, `${prop}.namespaces`, given.namespaces);
  const cidrs = asList(problems, `${prop}.cidrs`, given.cidrs);
  for (const name of namespaces) problems.check(`${prop}.namespaces`, name, checkDnsLabel);
  for (const cidr of cidrs) readRange(application, `${prop}.cidrs`, cidr);
  if (namespaces.length + cidrs.length === 0) problems.add(prop, source, 'at least one namespace or address range is required: an empty list would mean everyone');
  return [...namespaces.map((name) => ({ namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: name } } })), ...cidrs.map((cidr) => ({ ipBlock: { cidr } }))];
}

/** Reads the `egress` prop into the rules of a policy. */
export function readEgress(application: Application, egress: readonly EgressProps[] | 'any' | undefined): JsonObject[] {
  if (egress === 'any') return [{}];
  if (typeof egress === 'string') application.problems.add('egress', egress, "a list of address ranges, or 'any', is allowed");
  return typeof egress === 'string' ? [] : asList(application.problems, 'egress', egress).map((rule, index) => readRule(application, `egress[${index}]`, rule));
}

function readRule(application: Application, prop: string, rule: EgressProps): JsonObject {
  const { problems } = application;
  const given = asObject(problems, prop, rule, EGRESS_KEYS);
  const cidrs = asList(problems, `${prop}.cidrs`, given.cidrs);
  if (cidrs.length === 0) problems.add(`${prop}.cidrs`, given.cidrs, "at least one address range is required; write 'any' in place of the list for all");
  const ranges = cidrs.map((cidr) => ({ cidr, range: readRange(application, `${prop}.cidrs`, cidr) }));
  const closed = asList(problems, `${prop}.except`, given.except).map((cidr) => ({ cidr, range: readRange(application, `${prop}.except`, cidr) }));
  for (const { cidr, range } of closed) {
    if (range && !ranges.some((outer) => outer.range && contains(outer.range, range))) problems.add(`${prop}.except`, cidr, "it lies in none of the 'cidrs', or is all of one; name a part of one of them, or remove it");
  }
  const to = ranges.map(({ cidr, range }) => {
    const except = closed.filter((inner) => range && inner.range && contains(range, inner.range)).map((inner) => inner.cidr);
    return { ipBlock: { cidr, ...(except.length > 0 ? { except } : {}) } };
  });
  if (given.ports === undefined) return { to };
  const ports = asList(problems, `${prop}.ports`, given.ports).map((port) => readPort(application, `${prop}.ports`, port));
  if (ports.length === 0) problems.add(`${prop}.ports`, given.ports, 'at least one port is required; leave it out for every port');
  return { to, ports };
}

function readPort(application: Application, prop: string, given: number | EgressPort): JsonObject {
  const { problems } = application;
  const { port, endPort, protocol = 'TCP' } = typeof given === 'object' ? asObject(problems, prop, given, PORT_KEYS) : { port: given };
  if (!isPort(port)) problems.add(prop, port, PORT_FORM);
  if (endPort !== undefined && (!isPort(endPort) || endPort < Number(port))) problems.add(`${prop}.endPort`, endPort, 'a whole number from the first port to 65535 is allowed');
  if (protocol !== 'TCP' && protocol !== 'UDP') problems.add(`${prop}.protocol`, protocol, 'TCP and UDP are allowed');
  return { protocol, port, ...(endPort === undefined ? {} : { endPort }) };
}

interface Range {
  readonly address: string;
  readonly bits: number;
  readonly family: 'ipv4' | 'ipv6';
}

function readRange(application: Application, prop: string, cidr: string): Range | undefined {
  const [address = '', bits = '', ...rest] = String(cidr).split('/');
  const version = isIP(address);
  const valid = version !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
  if (!valid) application.problems.add(prop, cidr, 'an address range is allowed, such as "10.0.0.0/8"');
  return valid ? { address, bits: Number(bits), family: version === 4 ? 'ipv4' : 'ipv6' } : undefined;
}

/** Whether the inner range is a part of the outer, and not all of it: what a policy takes as an exception. */
function contains(outer: Range, inner: Range): boolean {
  if (outer.family !== inner.family || inner.bits <= outer.bits) return false;
  const list = new BlockList();
  list.addSubnet(outer.address, outer.bits, outer.family);
  return list.check(inner.address, inner.family);
}
