import { costedCluster } from '../../lib/cost';
import type { GkeSettings } from '../../lib/pulumi/gke';
import { gkeSchema } from '../../lib/pulumi/gke/schema';

const pools = { main: { machineType: 'e2-standard-4', nodes: { max: 9 } } };
const gke: GkeSettings = { project: 'acme-shop', region: 'europe-west6', nodePools: pools };

describe('the settings of a cluster', () => {
  it('of GKE cost the same as given and filled in', () => {
    expect(costedCluster('gke', gke)).toEqual({ cloud: 'gke', region: 'europe-west6', nodePools: pools, managedNodes: false, natAddresses: 1, keys: 4, dnsZones: 0, uncounted: [] });
    const { nodePools, ...filled } = costedCluster('gke', gkeSchema.parse({ ...gke, nodePools: pools }));
    expect(filled).toMatchObject({ cloud: 'gke', region: 'europe-west6', managedNodes: false, uncounted: [] });
    expect(nodePools).toMatchObject({ main: { machineType: 'e2-standard-4', nodes: { min: 1, max: 9 }, spot: false, disk: { size: 50, type: 'pd-balanced' } } });
  });

  it('say who makes the nodes', () => {
    expect(costedCluster('gke', { region: 'europe-west6', autopilot: true })).toMatchObject({ managedNodes: true, nodePools: {} });
    expect(costedCluster('eks', { region: 'eu-central-1' })).toMatchObject({ managedNodes: true, uncounted: [] });
    expect(costedCluster('eks', { region: 'eu-central-1', autoMode: false, nodePools: pools })).toMatchObject({ managedNodes: false, uncounted: [] });
  });

  it('say how many addresses are kept for the way out', () => {
    expect(costedCluster('gke', { ...gke, egress: { staticAddresses: 4 } }).natAddresses).toBe(4);
  });

  it('say what nobody can count', () => {
    expect(costedCluster('gke', { ...gke, autoProvisioning: { cpu: { max: 64 }, memory: { max: 256 } } }).uncounted).toEqual(['nodes that the cluster makes itself, of up to 64 vCPU and 256 GiB in all']);
    expect(costedCluster('eks', { region: 'eu-central-1', controlPlaneTier: 'tier-xl', nodePools: pools }).uncounted).toEqual(['a control plane of size tier-xl, over the standard one', "nodes of Auto Mode's own pools"]);
  });

  it.each([
    ['one for each zone in production', {}, 3],
    ['one for each zone that is named', { zones: ['eu-central-1a', 'eu-central-1b'] }, 2],
    ['one elsewhere', { production: false }, 1],
    ['as it is said', { egress: { nat: 'single' } }, 1],
    ['none where there is no way out', { egress: { nat: 'none' } }, 0],
  ] as const)('of EKS have NAT gateways: %s', (_, settings, count) => expect(costedCluster('eks', { region: 'eu-central-1', ...settings }).natGateways).toBe(count));
});
