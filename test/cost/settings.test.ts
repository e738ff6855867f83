import { costedCluster } from '../../lib/cost';
import type { GkeSettings } from '../../lib/pulumi/gke';
import type { EksSettings } from '../../lib/pulumi/eks';
import { eksSchema } from '../../lib/pulumi/eks/schema';
import type { MachineSettings } from '../../lib/machines/machine';
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

  it('of EKS cost the same as given and filled in', () => {
    const eks: EksSettings = { account: '123456789012', region: 'eu-central-1', admins: { platform: 'arn:aws:iam::123456789012:role/platform' }, zones: ['eu-central-1a', 'eu-central-1b'], nodePools: { main: { machine: { cpus: 2, memory: '8Gi' }, nodes: { min: 2, max: 9 } } } };
    const filled = costedCluster('eks', eksSchema.parse(eks));
    expect(filled).toMatchObject(costedCluster('eks', eks));
    expect(filled).toMatchObject({ cloud: 'eks', managedNodes: true, natGateways: 2, nodePools: { main: { machineType: 'm6i.large', nodes: { min: 0, max: 9 }, spot: false, disk: { size: 50, type: 'gp3' } } } });
    expect(costedCluster('eks', eksSchema.parse({ ...eks, autoMode: false })).nodePools).toMatchObject({ main: { nodes: { min: 2, max: 9 } } });
  });

  it('say of a machine what it has, and of one that there is not what was asked for', () => {
    const typeOf = (machine: MachineSettings) => costedCluster('gke', { ...gke, nodePools: { main: { machine, nodes: { max: 9 } } } }).nodePools!.main!.machineType;
    expect(typeOf({ cpus: 4, memory: '16Gi' })).toBe('e2-standard-4');
    expect(typeOf({ cpus: 400, memory: '16Gi' })).toBe('400 vCPUs and 16Gi');
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
