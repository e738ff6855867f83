import type { Addresses } from '../settings/addresses';
import type { NodePool } from '../settings/node-pools';
import type { Reporter } from '../settings/read';
import { cut } from './allocate';
import { demandOf, describeDemand, totalNodes, type NodeDemand } from './demand';
import { planRanges, type Need } from './plan';
import { contains, parseRange, powerOfTwo, showRange, type Range } from './range';

/** Addresses of a subnet that AWS keeps: the first four and the last. */
const KEPT = 5;
/** Addresses of a zone's public subnet: load balancers take at least eight each, and NAT one. */
const PUBLIC = 64;
/** Addresses of a zone's subnet for the control plane's network interfaces, which AWS recommends to keep apart: a /28. */
const CONTROL_PLANE = 16;
/** Addresses of the largest range that a VPC takes: a /16. */
const LARGEST = 2 ** 16;
/** Pods take addresses from the VPC in blocks of this many. */
const BLOCK = 16;
/** Pods on a node, where nobody says how many: what EKS sets on all but the smallest and the largest machines. */
export const EKS_PODS_PER_NODE = 110;
/** Where pods get their addresses with a range of their own: RFC 6598, which no company's network is made of. */
const POD_RANGE = '100.64.0.0/10';

/** Ranges that EKS, or AWS, uses itself. */
const RESERVED = {
  '169.254.0.0/16': 'the metadata server',
  '172.17.0.0/16': "the nodes' own bridge",
};

/** What a plan for EKS is made from. */
export interface EksDemand {
  /** The settings. */
  readonly addresses: Addresses;
  /** The pools. */
  readonly nodePools: Readonly<Record<string, NodePool>>;
  /** Zones, in the order of the subnets. */
  readonly zones: readonly string[];
  /** Where pods get their addresses: `vpc`, the subnets of the nodes; `secondary`, a range of their own, which other networks can't reach. */
  readonly podsFrom: 'vpc' | 'secondary';
  /** Nodes that the cluster may make itself, where the settings leave `spareNodes` out. @default none */
  readonly ownNodes?: number;
}

/** Subnets of a zone. */
export interface ZoneSubnets {
  /** The zone. */
  readonly zone: string;
  /** Of the nodes. */
  readonly private: string;
  /** Of load balancers and NAT. */
  readonly public: string;
  /** Of the control plane's network interfaces. */
  readonly controlPlane: string;
  /** Of the pods. @default they are in that of the nodes */
  readonly pods?: string;
}

/** Ranges of a cluster of EKS. */
export interface EksAddresses {
  /** Of the VPC. */
  readonly vpc: string;
  /** Secondary ranges of the VPC, for the pods; none where they are in the subnets of the nodes. */
  readonly secondary: readonly string[];
  /** Of the Services. */
  readonly services: string;
  /** Subnets, zone by zone. */
  readonly subnets: readonly ZoneSubnets[];
}

/** Pods of a node: whole blocks, and one more that is kept warm. */
const podAddresses = ({ nodes, podsPerNode }: NodeDemand) => nodes * (Math.ceil(podsPerNode / BLOCK) + 1) * BLOCK;

/** What falls to a zone when one of the others is out. */
const share = (count: number, zones: number) => Math.ceil(count / Math.max(1, zones - 1));

/** What a zone needs. */
interface ZoneNeeds {
  /** Addresses of the subnet of the nodes. */
  readonly private: number;
  /** Addresses of the subnet of the pods; none where they are in that of the nodes. */
  readonly pods: number;
}

function needsOfZone(demand: readonly NodeDemand[], { zones, podsFrom }: EksDemand): ZoneNeeds {
  const nodes = share(totalNodes(demand), zones.length) + KEPT;
  const pods = share(demand.reduce((sum, kind) => sum + podAddresses(kind), 0), zones.length);
  return podsFrom === 'vpc' ? { private: nodes + pods, pods: 0 } : { private: nodes, pods: pods + KEPT };
}

/** Equal parts that a range is cut into: one for each zone and one for the rest. Four for up to three zones, so that they can come one by one. */
const partsOf = (zones: readonly string[]) => Math.max(4, powerOfTwo(zones.length + 1));

/** Addresses of a VPC: a part for the nodes of each zone, and the last one for all other subnets. */
const vpcAddresses = (needs: ZoneNeeds, zones: readonly string[]) => partsOf(zones) * powerOfTwo(Math.max(needs.private, zones.length * (PUBLIC + CONTROL_PLANE)));

/**
 * Plans the ranges of a VPC and its subnets: in every zone one for nodes, one for load balancers and one for the control
 * plane, and one for pods where they have a range of their own. Every zone has room for the nodes of one that is out.
 * Neither a VPC nor a subnet can grow later, so both get as much as AWS takes, or is free, whatever the numbers: no number of
 * nodes that fits ever moves a subnet. `addresses.nodes` is the range of the VPC, `addresses.pods` the secondary one.
 * @returns undefined when there is a mistake, which is reported
 */
export function planEksAddresses(demand: EksDemand, reporter: Reporter, at: readonly string[] = ['addresses']): EksAddresses | undefined {
  const { addresses, nodePools, zones, ownNodes } = demand;
  const { range, taken, maxServices, maxPodsPerNode = EKS_PODS_PER_NODE } = addresses;
  const required = addresses.spareNodes ?? ownNodes ?? 0;
  const least = needsOfZone(demandOf(nodePools, maxPodsPerNode, required), demand);
  const reason = `${describeDemand(nodePools, required)} in ${zones.length} zones, where one may be out`;
  const needs: Need[] = [
    { key: 'nodes', given: addresses.nodes, least: vpcAddresses(least, zones), most: LARGEST, reason, largest: 16, smallest: 24 },
    { key: 'services', given: addresses.services, least: maxServices, reason: `${maxServices} Services`, largest: 12, smallest: 24 },
  ];
  if (addresses.controlPlane !== undefined) reporter.add([...at, 'controlPlane'], addresses.controlPlane, 'nothing: on EKS the control plane is in subnets of the range of the nodes');
  const podNeeds = needsOfPods(demand, least.pods, reason, reporter, at);
  const ranges = planRanges({ range, needs: [...needs, ...podNeeds], taken, reserved: RESERVED, at }, reporter);
  if (ranges.size < needs.length + podNeeds.length || addresses.controlPlane !== undefined) return undefined;
  const secondary = podNeeds.map(({ key }) => ranges.get(key)!);
  if (reportPlaces(addresses, ranges, secondary, reporter, at)) return undefined;
  return { vpc: showRange(ranges.get('nodes')!), services: showRange(ranges.get('services')!), secondary: secondary.map(showRange), subnets: subnetsOf(demand, ranges.get('nodes')!, secondary) };
}

/** The blocks of RFC 1918. */
const BLOCKS = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((text) => parseRange(text)!);

/** Reports ranges that AWS does not take where they are. @returns whether there are any */
function reportPlaces(addresses: Addresses, ranges: ReadonlyMap<string, Range>, secondary: readonly Range[], reporter: Reporter, at: readonly string[]): boolean {
  const blockOf = (range: Range) => BLOCKS.find((block) => contains(block, range));
  const services = ranges.get('services')!;
  const vpc = ranges.get('nodes')!;
  const strange = secondary.find((range) => blockOf(range) !== undefined && blockOf(range) !== blockOf(vpc));
  const known = blockOf(services) !== undefined;
  if (!known) reporter.add([...at, 'services'], addresses.services, `a range within ${BLOCKS.map(showRange).join(', ')}: EKS takes no other, and planned would be ${showRange(services)}`);
  if (strange !== undefined) reporter.add([...at, 'pods'], showRange(strange), `a range within ${POD_RANGE}, or within the same of ${BLOCKS.map(showRange).join(', ')} as the VPC, ${showRange(vpc)}: AWS joins no others`);
  return !known || strange !== undefined;
}

/** One secondary range; or one for every zone, where a single one would be larger than AWS takes. */
function needsOfPods({ addresses, zones, podsFrom }: EksDemand, least: number, reason: string, reporter: Reporter, at: readonly string[]): Need[] {
  if (podsFrom === 'vpc') {
    if (addresses.pods !== undefined) reporter.add([...at, 'pods'], addresses.pods, "nothing, as pods get addresses of the nodes' subnets; or pods from a secondary range");
    return [];
  }
  const need = { reason: `the pods of ${reason}`, largest: 16, smallest: 28, range: POD_RANGE };
  const all = partsOf(zones) * powerOfTwo(least);
  if (addresses.pods !== undefined || all <= LARGEST) return [{ ...need, key: 'pods', given: addresses.pods, least: all, most: LARGEST }];
  return zones.map((zone) => ({ ...need, key: `pods of ${zone}`, least, most: LARGEST }));
}

function subnetsOf({ zones, podsFrom }: EksDemand, vpc: Range, secondary: readonly Range[]): ZoneSubnets[] {
  const parts = partsOf(zones);
  const nodes = cut(vpc, zones.length, vpc.size / parts);
  const others = (index: number, size: number, before: number): Range => ({ first: vpc.first + (vpc.size * (parts - 1)) / parts + before + index * size, size });
  const pods = secondary.length === 1 ? cut(secondary[0]!, zones.length, secondary[0]!.size / parts) : secondary;
  return zones.map((zone, index) => ({
    zone,
    private: showRange(nodes[index]!),
    public: showRange(others(index, PUBLIC, 0)),
    // From the end of the part, so that it does not move when a zone is added.
    controlPlane: showRange(others(zones.length - 1 - index, CONTROL_PLANE, vpc.size / parts - zones.length * CONTROL_PLANE)),
    ...(podsFrom === 'secondary' ? { pods: showRange(pods[index]!) } : {}),
  }));
}
