import { zonesOfRegion } from './regions';
import type { Eks } from './schema';
import type { BuiltInPool } from './settings';

/** The zones of the cluster; none where nobody named any and the region is not known. */
export const zonesOf = ({ region, zones }: Pick<Eks, 'region' | 'zones'>): readonly string[] => zones ?? zonesOfRegion(region) ?? [];

/** How nodes reach the internet: production has NAT in every zone, so that none depends on another. */
export const natOf = ({ egress, production }: Pick<Eks, 'egress' | 'production'>): 'per-zone' | 'single' | 'none' => egress.nat ?? (production ? 'per-zone' : 'single');

/** Pools of Auto Mode's own. */
export function builtInPoolsOf({ autoMode, builtInPools, nodePools, podsFrom }: Pick<Eks, 'autoMode' | 'builtInPools' | 'nodePools' | 'podsFrom'>): readonly BuiltInPool[] {
  if (!autoMode) return [];
  if (builtInPools !== undefined) return [...new Set(builtInPools)].sort();
  // They take the addresses of pods from the subnets of the nodes, and nobody can tell them otherwise.
  if (podsFrom === 'secondary') return [];
  return Object.keys(nodePools).length === 0 ? ['general-purpose', 'system'] : ['system'];
}

/** Services that nodes and add-ons can't do without, for a VPC without NAT. S3 has an endpoint in every case. */
const NEEDED = ['autoscaling', 'ec2', 'ecr.api', 'ecr.dkr', 'eks', 'eks-auth', 'elasticloadbalancing', 'logs', 'sts'];

/** Services that are reached through endpoints in the VPC, besides S3. */
export function endpointsOf(settings: Pick<Eks, 'egress' | 'production' | 'sharedVolumes'>): readonly string[] {
  const needed = [...NEEDED, ...(settings.sharedVolumes ? ['elasticfilesystem'] : [])];
  return [...new Set(settings.egress.endpoints ?? (natOf(settings) === 'none' ? needed : []))].sort();
}
