import type * as pulumi from '@pulumi/pulumi';
import type { Statement } from './policy-document';
import { keyStatements } from './policy-document';
import type { Network } from './network';
import type { Scope } from './scope';

/** A service account of an add-on, and what it may do on AWS. */
export interface OurIdentity {
  readonly namespace: string;
  readonly managed: readonly string[];
  readonly statements: readonly Statement[];
}

/** An add-on that we install without being told. */
export interface OurAddon {
  /** Whether it must be there before the first node. @default false */
  readonly first?: boolean;
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly identities?: Readonly<Record<string, OurIdentity>>;
}

/** What add-ons have to do with. */
export interface AddonSurroundings {
  readonly network: Network;
  readonly key: pulumi.Input<string> | undefined;
  readonly clusterGroup: pulumi.Output<string>;
  /** ARN of the zone of the hosts. @default there are none */
  readonly zoneArn?: pulumi.Input<string>;
}

const identity = (managed: readonly string[], statements: readonly Statement[] = [], namespace = 'kube-system'): OurIdentity => ({ namespace, managed, statements });

/** The add-ons of a cluster, by name. */
export function ourAddons(scope: Scope, from: AddonSurroundings): Readonly<Record<string, OurAddon>> {
  const { settings: { autoMode, sharedVolumes } } = scope;
  return {
    ...(autoMode ? {} : addonsOfNodes(scope, from)),
    // What autoscalers measure with, and what takes snapshots of volumes.
    'metrics-server': {},
    'snapshot-controller': {},
    ...(sharedVolumes ? { 'aws-efs-csi-driver': { identities: { 'efs-csi-controller-sa': identity(['service-role/AmazonEFSCSIDriverPolicy']) } } } : {}),
    ...(from.zoneArn === undefined ? {} : { 'external-dns': externalDns(scope, from.zoneArn) }),
  };
}

/** What Auto Mode has built in, for nodes that are not its own. */
function addonsOfNodes(scope: Scope, from: AddonSurroundings): Record<string, OurAddon> {
  return {
    'vpc-cni': { first: true, configuration: networkPlugin(scope, from), identities: { 'aws-node': identity(['AmazonEKS_CNI_Policy']) } },
    'kube-proxy': { first: true },
    'eks-pod-identity-agent': { first: true },
    coredns: { configuration: { autoScaling: { enabled: true, minReplicas: 2 } } },
    'aws-ebs-csi-driver': { identities: { 'ebs-csi-controller-sa': identity(['service-role/AmazonEBSCSIDriverPolicy'], from.key === undefined ? [] : keyStatements(from.key)) } },
    'eks-node-monitoring-agent': {},
  };
}

/** Holds to network policies; gives pods addresses in blocks, from their own subnets where they have some. */
function networkPlugin({ settings: { region } }: Scope, { network, clusterGroup }: AddonSurroundings) {
  const subnets = network.zones.flatMap(({ zone, pods }) => (pods === undefined ? [] : [[zone, { id: pods.id, securityGroups: [clusterGroup] }] as const]));
  const blocks = { ENABLE_PREFIX_DELEGATION: 'true', WARM_PREFIX_TARGET: '1' };
  if (subnets.length === 0) return { enableNetworkPolicy: 'true', env: blocks };
  return {
    enableNetworkPolicy: 'true',
    env: { ...blocks, AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: 'true', ENI_CONFIG_LABEL_DEF: 'topology.kubernetes.io/zone' },
    eniConfig: { create: true, region, subnets: Object.fromEntries(subnets) },
  };
}

/** Keeps the records of the hosts, in their zone and nowhere else. */
function externalDns({ name, settings: { hosts } }: Scope, zoneArn: pulumi.Input<string>): OurAddon {
  const statements = [
    { Action: ['route53:ChangeResourceRecordSets', 'route53:ListResourceRecordSets', 'route53:ListTagsForResources'], Resource: zoneArn },
    { Action: ['route53:ListHostedZones'], Resource: '*' },
  ];
  return { configuration: { domainFilters: [hosts!.domain], policy: 'sync', txtOwnerId: name }, identities: { 'external-dns': identity([], statements, 'external-dns') } };
}
