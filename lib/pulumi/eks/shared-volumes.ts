import { SecurityGroup } from '@pulumi/aws/ec2';
import { FileSystem, MountTarget } from '@pulumi/aws/efs';
import { SecurityGroupIngressRule } from '@pulumi/aws/vpc';
import * as pulumi from '@pulumi/pulumi';
import type { Network } from './network';
import { lasting, named, partOf, type Scope } from './scope';

const NFS = { ipProtocol: 'tcp', fromPort: 2049, toPort: 2049 };

/**
 * A file system that nodes of all zones reach, for volumes that several pods write to.
 * @returns its id, once it can be reached; undefined where none is asked for
 */
export function makeSharedVolumes(scope: Scope, { vpc, zones }: Network, key: pulumi.Input<string> | undefined): pulumi.Output<string> | undefined {
  if (!scope.settings.sharedVolumes) return undefined;
  const name = `${scope.name}-shared`;
  const group = new SecurityGroup(name, { vpcId: vpc.id, description: `Shared volumes of the cluster ${scope.name}`, tags: named(name) }, partOf(scope));
  zones.forEach(({ private: { cidrBlock }, zone }) => {
    new SecurityGroupIngressRule(`${name}-${zone}`, { securityGroupId: group.id, description: `NFS from nodes in ${zone}`, cidrIpv4: cidrBlock.apply((range) => range!), ...NFS }, partOf(scope, { parent: group }));
  });
  const files = new FileSystem(name, { encrypted: true, ...(key === undefined ? {} : { kmsKeyId: key }), performanceMode: 'generalPurpose', throughputMode: 'elastic', tags: named(name) }, lasting(scope));
  const targets = zones.map(({ zone, private: { id: subnetId } }) => new MountTarget(`${name}-${zone}`, { fileSystemId: files.id, subnetId, securityGroups: [group.id] }, partOf(scope, { parent: files })));
  return pulumi.all([files.id, ...targets.map(({ id }) => id)]).apply(([id]) => id!);
}
