import { SecurityGroup } from '@pulumi/aws/ec2';
import { Cluster, type ClusterArgs } from '@pulumi/aws/eks';
import { SecurityGroupIngressRule } from '@pulumi/aws/vpc';
import type * as pulumi from '@pulumi/pulumi';
import { isProtected } from '../cluster/settings/common';
import { builtInPoolsOf } from './defaults';
import { forDeployer } from './deployer';
import { makeLogGroup } from './logs';
import type { Network } from './network';
import { keyStatements, type Statement } from './policy-document';
import { makeRole, trustedService, type ReadyRole } from './role';
import { lasting, named, partOf, type Scope } from './scope';
import type { ControlPlaneLog } from './settings';

/** What EKS calls its logs. */
const LOGS: Readonly<Record<ControlPlaneLog, string>> = { 'api-server': 'api', audit: 'audit', authenticator: 'authenticator', scheduler: 'scheduler', 'controller-manager': 'controllerManager' };

/** What the control plane may do with machines, disks and load balancers in Auto Mode. */
const AUTO_POLICIES = ['AmazonEKSComputePolicy', 'AmazonEKSBlockStoragePolicy', 'AmazonEKSLoadBalancingPolicy', 'AmazonEKSNetworkingPolicy'];

/** Makes the control plane, with its role and logs. */
export function makeControlPlane(scope: Scope, network: Network, nodes: ReadyRole, key: pulumi.Input<string> | undefined): Cluster {
  const { name, settings } = scope;
  const logs = makeLogGroup(scope, 'control-plane', `/aws/eks/${name}/cluster`, key);
  const { role, rights } = makeClusterRole(scope, key);
  const access = makeAccessGroup(scope, network);
  const args: ClusterArgs = {
    name: forDeployer(scope, name),
    version: settings.version,
    roleArn: role.arn,
    accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
    bootstrapSelfManagedAddons: false,
    deletionProtection: isProtected(settings),
    enabledClusterLogTypes: settings.logs.map((log) => LOGS[log]),
    upgradePolicy: { supportType: settings.support === 'standard' ? 'STANDARD' : 'EXTENDED' },
    zonalShiftConfig: { enabled: settings.zonalShift },
    controlPlaneScalingConfig: { tier: settings.controlPlaneTier },
    vpcConfig: { ...endpointsOf(scope), subnetIds: network.zones.map(({ controlPlane }) => controlPlane.id), securityGroupIds: access.map(({ id }) => id) },
    ...(key === undefined ? {} : { encryptionConfig: { provider: { keyArn: key }, resources: ['secrets'] } }),
    ...autoModeOf(scope, nodes),
    tags: named(name),
  };
  // Logs that come before their group would make one of their own, without key and term.
  return new Cluster(name, args, lasting(scope, { dependsOn: [...rights, ...nodes.rights, logs, ...network.routes] }));
}

function makeClusterRole(scope: Scope, key: pulumi.Input<string> | undefined): ReadyRole {
  const { name, settings: { autoMode } } = scope;
  return makeRole(scope, `${name}-cluster`, {
    description: `The control plane of the cluster ${name}`,
    trust: trustedService('eks.amazonaws.com', ['sts:AssumeRole', 'sts:TagSession']),
    managed: ['AmazonEKSClusterPolicy', ...(autoMode ? AUTO_POLICIES : [])],
    statements: [...(key === undefined ? [] : keyStatements(key)), ...(autoMode ? taggingStatements() : [])],
  });
}

/** Lets Auto Mode tag what it makes for this cluster with the tags of its cost; by itself it may set only its own. */
function taggingStatements(): Statement[] {
  const ours = { 'aws:RequestTag/eks:eks-cluster-name': '${aws:PrincipalTag/eks:eks-cluster-name}' };
  const statement = (sid: string, actions: readonly string[], tags: Record<string, string> = {}): Statement => ({
    Sid: sid, Action: actions, Resource: '*', Condition: { StringEquals: ours, ...(Object.keys(tags).length === 0 ? {} : { StringLike: tags }) },
  });
  return [
    statement('TagNodes', ['ec2:CreateFleet', 'ec2:RunInstances', 'ec2:CreateLaunchTemplate'], { 'aws:RequestTag/eks:kubernetes-node-class-name': '*', 'aws:RequestTag/eks:kubernetes-node-pool-name': '*' }),
    statement('TagVolumes', ['ec2:CreateVolume', 'ec2:CreateSnapshot']),
    statement('TagInterfaces', ['ec2:CreateNetworkInterface'], { 'aws:RequestTag/eks:kubernetes-cni-node-name': '*' }),
    statement('TagLoadBalancers', ['elasticloadbalancing:CreateLoadBalancer', 'elasticloadbalancing:CreateTargetGroup', 'elasticloadbalancing:CreateListener', 'elasticloadbalancing:CreateRule', 'ec2:CreateSecurityGroup']),
  ];
}

/** Nodes always take the private way; the public one is there for the ranges that are named. */
function endpointsOf({ settings: { controlPlane: { access, authorizedNetworks } } }: Scope) {
  if (access === 'private') return { endpointPrivateAccess: true, endpointPublicAccess: false };
  return { endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: Object.values(authorizedNetworks) };
}

/** Machines, disks and load balancers are switched on together: EKS takes them in no other way. */
function autoModeOf(scope: Scope, { role: { arn } }: ReadyRole): Pick<ClusterArgs, 'computeConfig' | 'storageConfig' | 'kubernetesNetworkConfig'> {
  const { settings, addresses } = scope;
  const enabled = settings.autoMode;
  const nodePools = [...builtInPoolsOf(settings)];
  return {
    // A role without a pool of its own is refused.
    computeConfig: { enabled, ...(nodePools.length === 0 ? {} : { nodePools, nodeRoleArn: arn }) },
    storageConfig: { blockStorage: { enabled } },
    kubernetesNetworkConfig: { ipFamily: 'ipv4', serviceIpv4Cidr: addresses.services, elasticLoadBalancing: { enabled } },
  };
}

/** Lets ranges that are not of the VPC, such as an office behind a VPN, reach the private endpoint. */
function makeAccessGroup(scope: Scope, { vpc }: Network): SecurityGroup[] {
  const { controlPlane: { access, authorizedNetworks } } = scope.settings;
  const ranges = Object.entries(authorizedNetworks);
  if (access === 'public' || ranges.length === 0) return [];
  const name = `${scope.name}-api`;
  const group = new SecurityGroup(name, { vpcId: vpc.id, description: `Who reaches the API server of the cluster ${scope.name}`, tags: named(name) }, partOf(scope));
  for (const [network, range] of ranges) {
    const args = { securityGroupId: group.id, description: network, cidrIpv4: range, ipProtocol: 'tcp', fromPort: 443, toPort: 443 };
    new SecurityGroupIngressRule(`${name}-${network}`, args, partOf(scope, { parent: group }));
  }
  return [group];
}
