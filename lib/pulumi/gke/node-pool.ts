import type { Cluster } from '@pulumi/gcp/container';
import { NodePool } from '@pulumi/gcp/container';
import type { input } from '@pulumi/gcp/types';
import type * as pulumi from '@pulumi/pulumi';
import { parseSeconds } from '../../core/duration';
import { isProtected } from '../cluster/settings/common';
import type { NodePool as Pool } from '../cluster/settings/node-pools';
import { statefulLabels } from '../cluster/stateful-pools';
import { hardenedNode, type NodeHardening } from './node-hardening';
import { labelsOf, type Site } from './site';

/** Zones of a region, where nobody names them. */
const ZONES = 3;
/** Share of the nodes that a blue-green upgrade drains at a time. */
const BATCH = 0.25;

const EFFECTS = { NoSchedule: 'NO_SCHEDULE', PreferNoSchedule: 'PREFER_NO_SCHEDULE', NoExecute: 'NO_EXECUTE' } as const;

/**
 * A pool of nodes. It has no name of its own, so that a change that replaces it makes the new one first; the old one is
 * then drained with respect for disruption budgets.
 */
export function makeNodePool(site: Site, cluster: Cluster, pool: string, settings: Pool, hardening: NodeHardening): NodePool {
  const { name, parent, settings: all } = site;
  const options: pulumi.CustomResourceOptions = {
    parent,
    // What the pool began with; the autoscaler has it, and a change would replace the pool.
    ignoreChanges: ['initialNodeCount'],
    protect: settings.stateful && isProtected(all),
  };
  return new NodePool(`${name}-${pool}`, {
    project: all.project,
    location: all.region,
    cluster: cluster.name,
    ...(settings.zones === undefined ? {} : { nodeLocations: settings.zones }),
    initialNodeCount: Math.ceil(settings.nodes.min / (settings.zones ?? all.zones ?? { length: ZONES }).length),
    autoscaling: { totalMinNodeCount: settings.nodes.min, totalMaxNodeCount: settings.nodes.max, locationPolicy: settings.spot ? 'ANY' : 'BALANCED' },
    management: { autoRepair: true, autoUpgrade: true },
    ...(settings.maxPodsPerNode === undefined ? {} : { maxPodsPerNode: settings.maxPodsPerNode }),
    networkConfig: { enablePrivateNodes: all.privateNodes },
    upgradeSettings: upgradeSettings(settings),
    nodeDrainConfigs: [{ respectPdbDuringNodePoolDeletion: true }],
    nodeConfig: nodeConfig(site, pool, settings, hardening),
  }, options);
}

function nodeConfig(site: Site, pool: string, { machineType, spot, disk, labels, taints, stateful }: Pool, hardening: NodeHardening): input.container.NodePoolNodeConfig {
  return {
    ...hardenedNode(hardening),
    machineType,
    spot,
    diskSizeGb: disk.size,
    diskType: disk.type,
    labels: { 'fairlead.dev/pool': pool, ...labels },
    resourceLabels: { ...labelsOf(site), pool, ...statefulLabels(stateful) },
    ...(taints.length === 0 ? {} : { taints: taints.map(({ key, value, effect }) => ({ key, value, effect: EFFECTS[effect] })) }),
  };
}

function upgradeSettings({ upgrade: { strategy, surge, unavailable, soak } }: Pool): input.container.NodePoolUpgradeSettings {
  if (strategy === 'surge') return { strategy: 'SURGE', maxSurge: surge, maxUnavailable: unavailable };
  return { strategy: 'BLUE_GREEN', blueGreenSettings: { nodePoolSoakDuration: `${parseSeconds(soak)}s`, standardRolloutPolicy: { batchPercentage: BATCH, batchSoakDuration: '60s' } } };
}
