import { DefaultSecurityGroup, InternetGateway, Subnet, Vpc, VpcIpv4CidrBlockAssociation } from '@pulumi/aws/ec2';
import type * as pulumi from '@pulumi/pulumi';
import type { ZoneSubnets } from '../cluster/address-plan/eks';
import { makeEndpoints } from './endpoints';
import { makeFlowLogs } from './flow-logs';
import { makeRoutes } from './routes';
import { lasting, named, partOf, type Scope } from './scope';

/** Subnets of a zone. */
export interface Zone {
  readonly zone: string;
  readonly private: Subnet;
  readonly public: Subnet;
  /** Of the control plane's network interfaces; those of the nodes where Auto Mode would put nodes in them. */
  readonly controlPlane: Subnet;
  /** Of the pods. @default they are in that of the nodes */
  readonly pods?: Subnet;
}

/** The network of a cluster. */
export interface Network {
  readonly vpc: Vpc;
  readonly zones: readonly Zone[];
  /** What nodes need to reach the outside: they are gone before it goes. */
  readonly routes: readonly pulumi.Resource[];
}

/** Makes the VPC, its subnets in every zone, and the ways out. */
export function makeNetwork(scope: Scope, key: pulumi.Input<string> | undefined): Network {
  const { name, addresses } = scope;
  const vpc = new Vpc(`${name}-vpc`, { cidrBlock: addresses.vpc, enableDnsSupport: true, enableDnsHostnames: true, tags: named(name) }, lasting(scope));
  // What names no security group gets one that lets nothing through.
  new DefaultSecurityGroup(`${name}-default`, { vpcId: vpc.id, ingress: [], egress: [], tags: named(`${name}-default`) }, partOf(scope));
  const secondary = addresses.secondary.map((range, index) => new VpcIpv4CidrBlockAssociation(`${name}-pods-${index}`, { vpcId: vpc.id, cidrBlock: range }, partOf(scope)));
  const zones = addresses.subnets.map((subnets) => makeZone(scope, vpc, subnets, secondary));
  const gateway = new InternetGateway(`${name}-internet`, { vpcId: vpc.id, tags: named(name) }, partOf(scope));
  const { tables, routes } = makeRoutes(scope, vpc, zones, gateway);
  makeFlowLogs(scope, vpc, key);
  return { vpc, zones, routes: [...routes, ...makeEndpoints(scope, vpc, zones, tables)] };
}

function makeZone(scope: Scope, vpc: Vpc, { zone, ...ranges }: ZoneSubnets, secondary: readonly pulumi.Resource[]): Zone {
  const make = (kind: string, range: string, tags: Record<string, string>, dependsOn: readonly pulumi.Resource[] = []) => {
    const name = `${scope.name}-${kind}-${zone}`;
    const args = { vpcId: vpc.id, availabilityZone: zone, cidrBlock: range, mapPublicIpOnLaunch: false, tags: { ...named(name), ...tags } };
    return new Subnet(name, args, lasting(scope, { dependsOn: [...dependsOn] }));
  };
  // By these tags, controllers of load balancers find where to put them.
  const inner = make('private', ranges.private, { 'kubernetes.io/role/internal-elb': '1' });
  const outer = make('public', ranges.public, { 'kubernetes.io/role/elb': '1' });
  // The built-in pools of Auto Mode put nodes wherever the control plane is.
  const controlPlane = scope.settings.autoMode ? inner : make('control-plane', ranges.controlPlane, {});
  return { zone, private: inner, public: outer, controlPlane, ...(ranges.pods === undefined ? {} : { pods: make('pods', ranges.pods, {}, secondary) }) };
}
