import { SecurityGroup, VpcEndpoint, type RouteTable, type Vpc } from '@pulumi/aws/ec2';
import { SecurityGroupIngressRule } from '@pulumi/aws/vpc';
import type * as pulumi from '@pulumi/pulumi';
import { endpointsOf } from './defaults';
import type { Zone } from './network';
import { named, partOf, type Scope } from './scope';

const HTTPS = { ipProtocol: 'tcp', fromPort: 443, toPort: 443 };

/** Endpoints of services within the VPC. S3, from where layers of images come, costs nothing this way, and much through NAT. */
export function makeEndpoints(scope: Scope, vpc: Vpc, zones: readonly Zone[], tables: readonly RouteTable[]): pulumi.Resource[] {
  const { name, settings } = scope;
  const service = (short: string) => `com.amazonaws.${settings.region}.${short}`;
  const s3 = new VpcEndpoint(`${name}-endpoint-s3`, {
    vpcId: vpc.id, vpcEndpointType: 'Gateway', serviceName: service('s3'), routeTableIds: tables.map(({ id }) => id), tags: named(`${name}-s3`),
  }, partOf(scope));
  const services = endpointsOf(settings);
  if (services.length === 0) return [s3];
  const group = makeGroup(scope, vpc);
  return [s3, ...services.map((short) => new VpcEndpoint(`${name}-endpoint-${short}`, {
    vpcId: vpc.id, vpcEndpointType: 'Interface', serviceName: service(short), privateDnsEnabled: true, subnetIds: zones.map(({ private: { id } }) => id), securityGroupIds: [group.id], tags: named(`${name}-${short}`),
  }, partOf(scope)))];
}

/** Lets all of the VPC, pods with a range of their own included, reach the endpoints. */
function makeGroup(scope: Scope, vpc: Vpc): SecurityGroup {
  const name = `${scope.name}-endpoints`;
  const group = new SecurityGroup(name, { vpcId: vpc.id, description: `Endpoints of services for the cluster ${scope.name}`, tags: named(name) }, partOf(scope));
  [scope.addresses.vpc, ...scope.addresses.secondary].forEach((range, index) => {
    new SecurityGroupIngressRule(`${name}-${index}`, { securityGroupId: group.id, description: 'HTTPS from the VPC', cidrIpv4: range, ...HTTPS }, partOf(scope, { parent: group }));
  });
  return group;
}
