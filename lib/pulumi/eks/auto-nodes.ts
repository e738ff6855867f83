import type { Cluster } from '@pulumi/aws/eks';
import type * as pulumi from '@pulumi/pulumi';
import { coresOf } from '../../machines/eks';
import { isProtected } from '../cluster/settings/common';
import type { NodePool } from '../cluster/settings/node-pools';
import { statefulObjectLabels } from '../cluster/stateful-pools';
import { KubernetesObject } from '../kubernetes-object';
import { budgets } from './disruption';
import type { Network, Zone } from './network';
import type { ReadyRole } from './role';
import { POOL_LABEL, tagsOf, type Scope } from './scope';

/** Hours after which a node is renewed, whatever runs on it; Auto Mode takes at most 504. */
const LIFETIME = '336h';
/** How long a node waits for pods whose disruption budget forbids their eviction. */
const PATIENCE = '24h0m0s';

/** What pools of Auto Mode are made with. */
export interface AutoNodes {
  readonly cluster: Cluster;
  readonly network: Network;
  readonly nodes: ReadyRole;
  readonly key: pulumi.Input<string> | undefined;
}

/** Makes the pools that are described, and for each a class that says what its nodes are like. */
export function makeAutoPools(scope: Scope, from: AutoNodes, options: pulumi.CustomResourceOptions): pulumi.Resource[] {
  return Object.entries(scope.settings.nodePools).flatMap(([name, pool]) => {
    const nodeClass = new KubernetesObject(`${scope.name}-NodeClass/${name}`, nodeClassOf(scope, name, pool, from), options);
    const protect = pool.stateful && isProtected(scope.settings);
    return [nodeClass, new KubernetesObject(`${scope.name}-NodePool/${name}`, nodePoolOf(scope, name, pool), { ...options, protect, dependsOn: [nodeClass] })];
  });
}

function nodeClassOf(scope: Scope, name: string, { disk }: NodePool, { cluster, network, nodes, key }: AutoNodes) {
  const group = [{ id: cluster.vpcConfig.clusterSecurityGroupId }];
  const ids = (pick: (zone: Zone) => Zone['pods']) => network.zones.flatMap((zone) => pick(zone) ?? []).map(({ id }) => ({ id }));
  const podSubnets = ids(({ pods }) => pods);
  return {
    apiVersion: 'eks.amazonaws.com/v1',
    kind: 'NodeClass',
    metadata: { name },
    spec: {
      role: nodes.role.name,
      subnetSelectorTerms: ids((zone) => zone.private),
      securityGroupSelectorTerms: group,
      ...(podSubnets.length === 0 ? {} : { podSubnetSelectorTerms: podSubnets, podSecurityGroupSelectorTerms: group }),
      ephemeralStorage: { size: `${disk.size}Gi`, ...(key === undefined ? {} : { kmsKeyID: key }) },
      networkPolicy: 'DefaultAllow',
      networkPolicyEventLogs: 'Disabled',
      snatPolicy: 'Random',
      tags: tagsOf(scope),
    },
  };
}

function nodePoolOf({ settings: { maintenance } }: Scope, name: string, pool: NodePool) {
  const { machineType, spot, zones, labels, taints, nodes: { max }, stateful } = pool;
  const requirement = (key: string, values: readonly string[]) => ({ key, operator: 'In', values });
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name, ...(stateful ? { labels: statefulObjectLabels(stateful) } : {}) },
    spec: {
      template: {
        metadata: { labels: { [POOL_LABEL]: name, ...labels } },
        spec: {
          nodeClassRef: { group: 'eks.amazonaws.com', kind: 'NodeClass', name },
          requirements: [
            requirement('node.kubernetes.io/instance-type', [machineType]),
            requirement('karpenter.sh/capacity-type', [spot ? 'spot' : 'on-demand']),
            ...(zones === undefined ? [] : [requirement('topology.kubernetes.io/zone', zones)]),
          ],
          ...(taints.length === 0 ? {} : { taints: taints.map((taint) => ({ ...taint })) }),
          expireAfter: LIFETIME,
          terminationGracePeriod: PATIENCE,
        },
      },
      // What holds state is not moved to save a machine.
      disruption: { consolidationPolicy: stateful ? 'WhenEmpty' : 'WhenEmptyOrUnderutilized', consolidateAfter: '5m', budgets: budgets(maintenance, pool.upgrade) },
      limits: { cpu: String(max * coresOf(machineType)!) },
    },
  };
}
