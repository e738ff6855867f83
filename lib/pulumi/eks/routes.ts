import { Eip, NatGateway, Route, RouteTable, RouteTableAssociation, type InternetGateway, type Subnet, type Vpc } from '@pulumi/aws/ec2';
import type * as pulumi from '@pulumi/pulumi';
import { natOf } from './defaults';
import type { Zone } from './network';
import { named, partOf, type Scope } from './scope';

const ANYWHERE = '0.0.0.0/0';

/** Ways out of the subnets. */
export interface Routes {
  /** Tables of the private subnets. */
  readonly tables: readonly RouteTable[];
  /** All that makes up the ways. */
  readonly routes: readonly pulumi.Resource[];
}

/** Public subnets lead to the internet; private ones to NAT, and no way leads back in. */
export function makeRoutes(scope: Scope, vpc: Vpc, zones: readonly Zone[], gateway: InternetGateway): Routes {
  const { name } = scope;
  const table = (suffix: string) => new RouteTable(`${name}-${suffix}`, { vpcId: vpc.id, tags: named(`${name}-${suffix}`) }, partOf(scope));
  const attach = (suffix: string, { id: routeTableId }: RouteTable, { id: subnetId }: Subnet) => new RouteTableAssociation(`${name}-${suffix}`, { routeTableId, subnetId }, partOf(scope));
  const outer = table('public');
  const open = new Route(`${name}-public`, { routeTableId: outer.id, destinationCidrBlock: ANYWHERE, gatewayId: gateway.id }, partOf(scope));
  const gateways = makeNat(scope, zones, open);
  const ways = zones.map((zone, index) => {
    const inner = table(`private-${zone.zone}`);
    const nat = gateways[index % Math.max(1, gateways.length)];
    const way = nat === undefined ? [] : [new Route(`${name}-private-${zone.zone}`, { routeTableId: inner.id, destinationCidrBlock: ANYWHERE, natGatewayId: nat.id }, partOf(scope))];
    const attached = [attach(`public-${zone.zone}`, outer, zone.public), attach(`private-${zone.zone}`, inner, zone.private)];
    if (zone.controlPlane !== zone.private) attached.push(attach(`control-plane-${zone.zone}`, inner, zone.controlPlane));
    if (zone.pods !== undefined) attached.push(attach(`pods-${zone.zone}`, inner, zone.pods));
    return { inner, resources: [...way, ...attached] };
  });
  return { tables: ways.map(({ inner }) => inner), routes: [open, ...ways.flatMap(({ resources }) => resources)] };
}

/** NAT in every zone, or in the first for all. */
function makeNat(scope: Scope, zones: readonly Zone[], open: Route): NatGateway[] {
  const nat = natOf(scope.settings);
  const places = nat === 'none' ? [] : nat === 'single' ? zones.slice(0, 1) : zones;
  return places.map(({ zone, public: { id: subnetId } }) => {
    const name = `${scope.name}-nat-${zone}`;
    const address = new Eip(name, { domain: 'vpc', tags: named(name) }, partOf(scope));
    // An address of the internet can be used only where a way leads there.
    return new NatGateway(name, { allocationId: address.allocationId, subnetId, connectivityType: 'public', tags: named(name) }, partOf(scope, { dependsOn: [open] }));
  });
}
