import { LaunchTemplate } from '@pulumi/aws/ec2';
import { NodeGroup, type Cluster } from '@pulumi/aws/eks';
import type { input } from '@pulumi/aws/types';
import type * as pulumi from '@pulumi/pulumi';
import { isProtected } from '../cluster/settings/common';
import type { NodePool } from '../cluster/settings/node-pools';
import { statefulLabels } from '../cluster/stateful-pools';
import { podsPerNode } from './addresses';
import { kindOf, type MachineKind } from './machines';
import type { Network } from './network';
import type { ReadyRole } from './role';
import { named, partOf, POOL_LABEL, tagsOf, type Scope } from './scope';
import type { EksSettings } from './settings';
import { userData } from './user-data';

/** What EKS calls images. */
const IMAGES: Readonly<Record<NonNullable<EksSettings['nodeImage']>, Readonly<Record<MachineKind, string>>>> = {
  bottlerocket: { x86: 'BOTTLEROCKET_x86_64', arm: 'BOTTLEROCKET_ARM_64', nvidia: 'BOTTLEROCKET_x86_64_NVIDIA', 'nvidia-arm': 'BOTTLEROCKET_ARM_64_NVIDIA', neuron: 'AL2023_x86_64_NEURON' },
  'amazon-linux': { x86: 'AL2023_x86_64_STANDARD', arm: 'AL2023_ARM_64_STANDARD', nvidia: 'AL2023_x86_64_NVIDIA', 'nvidia-arm': 'AL2023_ARM_64_NVIDIA', neuron: 'AL2023_x86_64_NEURON' },
};

/** Size in GiB of the disk that Bottlerocket itself is on, which holds nothing else: more than any of its images needs. */
const SYSTEM_DISK = 8;

const EFFECTS = { NoSchedule: 'NO_SCHEDULE', PreferNoSchedule: 'PREFER_NO_SCHEDULE', NoExecute: 'NO_EXECUTE' } as const;

/** What node groups are made with. */
export interface ManagedNodes {
  readonly cluster: Cluster;
  readonly network: Network;
  readonly nodes: ReadyRole;
  readonly key: pulumi.Input<string> | undefined;
  /** What must be there before the first node: the network plugin. */
  readonly before: readonly pulumi.Resource[];
}

/** Makes a managed node group for every pool. */
export function makeNodeGroups(scope: Scope, from: ManagedNodes): NodeGroup[] {
  return Object.entries(scope.settings.nodePools).map(([name, pool]) => makeNodeGroup(scope, name, pool, from));
}

function makeNodeGroup(scope: Scope, poolName: string, pool: NodePool, { cluster, network, nodes, key, before }: ManagedNodes): NodeGroup {
  const name = `${scope.name}-${poolName}`;
  const amiType = IMAGES[scope.settings.nodeImage][kindOf(pool.machineType)];
  const template = makeLaunchTemplate(scope, name, pool, amiType, key);
  const { nodes: { min, max }, zones = network.zones.map(({ zone }) => zone) } = pool;
  // Without a name: what replaces it has another, and so comes before it goes.
  return new NodeGroup(name, {
    clusterName: cluster.name,
    version: cluster.version,
    nodeRoleArn: nodes.role.arn,
    subnetIds: network.zones.filter(({ zone }) => zones.includes(zone)).map((zone) => zone.private.id),
    amiType,
    capacityType: pool.spot ? 'SPOT' : 'ON_DEMAND',
    launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
    scalingConfig: { minSize: min, maxSize: max, desiredSize: Math.max(1, min) },
    updateConfig: updateConfig(pool),
    nodeRepairConfig: { enabled: true },
    // Eviction that a disruption budget forbids stops an upgrade; it is never forced.
    forceUpdateVersion: false,
    labels: { [POOL_LABEL]: poolName, ...pool.labels },
    ...(pool.taints.length === 0 ? {} : { taints: pool.taints.map(({ key: taint, value, effect }) => ({ key: taint, value, effect: EFFECTS[effect] })) }),
    tags: { ...named(name), ...statefulLabels(pool.stateful) },
  }, partOf(scope, {
    protect: pool.stateful && isProtected(scope.settings),
    // Autoscalers and people scale it.
    ignoreChanges: ['scalingConfig.desiredSize'],
    dependsOn: [...nodes.rights, ...network.routes, ...before],
  }));
}

/** As many nodes at a time as the pool says, of all that it can have. New ones come first, unless none may be added. */
function updateConfig({ nodes: { max }, upgrade: { surge, unavailable } }: NodePool): input.eks.NodeGroupUpdateConfig {
  const percentage = Math.round((100 * Math.max(surge, unavailable)) / max);
  return { maxUnavailablePercentage: Math.min(100, Math.max(1, percentage)), updateStrategy: surge === 0 ? 'MINIMAL' : 'DEFAULT' };
}

/** A change of it is rolled out node by node, within the group. */
function makeLaunchTemplate(scope: Scope, name: string, pool: NodePool, amiType: string, key: pulumi.Input<string> | undefined): LaunchTemplate {
  const bottlerocket = amiType.startsWith('BOTTLEROCKET');
  const disk = (deviceName: string, size: number) => ({
    deviceName,
    ebs: { volumeType: pool.disk.type, volumeSize: size, encrypted: 'true', deleteOnTermination: 'true', ...(key === undefined ? {} : { kmsKeyId: key }) },
  });
  const tags = { ...tagsOf(scope), ...named(name) };
  return new LaunchTemplate(name, {
    description: `Nodes of the pool ${name}`,
    instanceType: pool.machineType,
    updateDefaultVersion: true,
    // A token for every request, and none that reaches a pod: pods get their rights from their service account.
    metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1, instanceMetadataTags: 'disabled' },
    blockDeviceMappings: bottlerocket ? [disk('/dev/xvda', SYSTEM_DISK), disk('/dev/xvdb', pool.disk.size)] : [disk('/dev/xvda', pool.disk.size)],
    userData: userData(bottlerocket, pool.maxPodsPerNode ?? podsPerNode(scope.settings)),
    tagSpecifications: ['instance', 'volume', 'network-interface'].map((resourceType) => ({ resourceType, tags })),
    tags: named(name),
  }, partOf(scope));
}
