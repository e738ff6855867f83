import { Address, Network, Router, RouterNat, Subnetwork } from '@pulumi/gcp/compute';
import type { GkeAddresses } from '../cluster/address-plan/gke';
import { kept, labelsOf, made, type Site } from './site';

/** Names of the secondary ranges. */
export const PODS = 'pods';
/** See {@link PODS}. */
export const SERVICES = 'services';

/** A network of the cluster's own. */
export interface GkeNetwork {
  readonly network: Network;
  readonly subnetwork: Subnetwork;
  /** The way out; none where nodes have addresses on the internet. */
  readonly nat: RouterNat | undefined;
}

/** A network with one subnetwork, whose connections are logged, and a way out through NAT. */
export function makeNetwork(site: Site, addresses: GkeAddresses): GkeNetwork {
  const { name, settings: { project, region, privateNodes, flowLogs, flowLogShare } } = site;
  const network = new Network(`${name}-network`, { project, autoCreateSubnetworks: false, routingMode: 'REGIONAL' }, kept(site));
  const subnetwork = new Subnetwork(`${name}-subnetwork`, {
    project, region,
    network: network.id,
    ipCidrRange: addresses.nodes,
    secondaryIpRanges: [{ rangeName: PODS, ipCidrRange: addresses.pods }, { rangeName: SERVICES, ipCidrRange: addresses.services }],
    privateIpGoogleAccess: true,
    stackType: 'IPV4_ONLY',
    ...(flowLogs ? { logConfig: { aggregationInterval: 'INTERVAL_5_SEC', flowSampling: flowLogShare, metadata: 'INCLUDE_ALL_METADATA' } } : {}),
  }, kept(site));
  return { network, subnetwork, nat: privateNodes ? makeNat(site, network, subnetwork) : undefined };
}

function makeNat(site: Site, network: Network, subnetwork: Subnetwork): RouterNat {
  const { name, settings: { project, region, egress: { staticAddresses, logs } } } = site;
  const router = new Router(`${name}-router`, { project, region, network: network.id }, made(site));
  const addresses = Array.from({ length: staticAddresses }, (_, index) => new Address(`${name}-egress-${index}`, { project, region, addressType: 'EXTERNAL', labels: labelsOf(site) }, kept(site)));
  return new RouterNat(`${name}-nat`, {
    project, region,
    router: router.name,
    natIpAllocateOption: addresses.length > 0 ? 'MANUAL_ONLY' : 'AUTO_ONLY',
    ...(addresses.length > 0 ? { natIps: addresses.map(({ id }) => id) } : {}),
    sourceSubnetworkIpRangesToNat: 'LIST_OF_SUBNETWORKS',
    subnetworks: [{ name: subnetwork.id, sourceIpRangesToNats: ['ALL_IP_RANGES'] }],
    // A node has as many pods as it has, so ports go to those who need them; the two exclude each other.
    enableDynamicPortAllocation: true,
    enableEndpointIndependentMapping: false,
    logConfig: { enable: logs !== 'none', filter: logs === 'all' ? 'ALL' : 'ERRORS_ONLY' },
  }, made(site));
}
