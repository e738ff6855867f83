import * as fc from 'fast-check';
import { machineOf } from '../../lib/cost/machines';
import { EKS_PRICES } from '../../lib/cost/prices/eks';
import { GKE_PRICES } from '../../lib/cost/prices/gke';
import { EKS_MACHINES, eksMachineSize } from '../../lib/machines/eks';
import { GKE_MACHINES, gkeMachineSize } from '../../lib/machines/gke';
import { largestMachine, machineFor } from '../../lib/machines/machine';
import { gkeSchema } from '../../lib/pulumi/gke/schema';
import { eksSchema } from '../../lib/pulumi/eks/schema';

const CLOUDS = [
  { cloud: 'gke', machines: GKE_MACHINES, sizeOf: gkeMachineSize, prices: GKE_PRICES.regions['europe-west6']! },
  { cloud: 'eks', machines: EKS_MACHINES, sizeOf: eksMachineSize, prices: EKS_PRICES.regions['us-east-1']! },
] as const;

/** Every choice is a promise: with another one, pools that are there would be replaced. */
it.each([
  [1, '1Gi', 'e2-highcpu-2', 'c7i.large'],
  [2, '4Gi', 'e2-standard-2', 'c7i.large'],
  [2, '8Gi', 'e2-standard-2', 'm6i.large'],
  [2, '8.5Gi', 'e2-highmem-2', 'r6i.large'],
  [4, '4Gi', 'e2-highcpu-4', 'c7i.xlarge'],
  [4, '16Gi', 'e2-standard-4', 'm6i.xlarge'],
  [4, '16G', 'e2-standard-4', 'm6i.xlarge'],
  [4, '16384Mi', 'e2-standard-4', 'm6i.xlarge'],
  [3, '20Gi', 'e2-highmem-4', 'r6i.xlarge'],
  [8, '64Gi', 'e2-highmem-8', 'r6i.2xlarge'],
  [32, '128Gi', 'e2-standard-32', 'm6i.8xlarge'],
  [16, '200Gi', 'n2-highmem-32', 'r6i.8xlarge'],
  [48, '48Gi', 'n2-highcpu-48', 'c7i.12xlarge'],
  [96, '768Gi', 'n2-highmem-96', 'r6i.24xlarge'],
])('%i vCPUs and %s are %s on GKE and %s on EKS', (cpus, memory, gke, eks) => {
  expect([machineFor({ cpus, memory }, GKE_MACHINES)?.type, machineFor({ cpus, memory }, EKS_MACHINES)?.type]).toEqual([gke, eks]);
});

describe.each(CLOUDS)('the machines of $cloud', ({ cloud, machines, sizeOf, prices }) => {
  it('have what their types say, and each is there once', () => {
    for (const { type, cpus, memory } of machines) expect(sizeOf(type)).toMatchObject({ cpus, memory });
    expect(new Set(machines.map(({ type }) => type)).size).toBe(machines.length);
  });

  it('are chosen so that no other one with enough costs less', () => {
    const hourly = (type: string) => machineOf(cloud, type, prices)!.hourly;
    fc.assert(fc.property(fc.integer({ min: 1, max: 96 }), fc.integer({ min: 1, max: 768 }), (cpus, memory) => {
      const enough = machines.filter((machine) => machine.cpus >= cpus && machine.memory >= memory);
      const chosen = machineFor({ cpus, memory: `${memory}Gi` }, machines)!;
      expect(enough).toContain(chosen);
      expect(hourly(chosen.type)).toBeLessThanOrEqual(1.01 * Math.min(...enough.map(({ type }) => hourly(type))));
    }));
  });

  it('have a largest one, with at least as much as any other', () => {
    const { cpus, memory } = largestMachine(machines);
    expect({ cpus, memory }).toEqual({ cpus: 96, memory: 768 });
    expect(machines.filter((machine) => machine.cpus > cpus || machine.memory > memory)).toEqual([]);
    expect(machineFor({ cpus: 97, memory: '1Gi' }, machines)).toBeUndefined();
  });
});

it('a machine that is described is one that the schema takes by its type, too', () => {
  const POOL = { nodes: { max: 3 } };
  const gke = { project: 'acme-shop', region: 'europe-west6' };
  const eks = { account: '123456789012', region: 'eu-central-2', admins: { platform: 'arn:aws:iam::123456789012:role/platform' } };
  for (const { type } of GKE_MACHINES) expect(gkeSchema.parse({ ...gke, nodePools: { workers: { ...POOL, machineType: type } } }).nodePools.workers).toMatchObject({ machineType: type });
  for (const { type } of EKS_MACHINES) expect(eksSchema.parse({ ...eks, nodePools: { workers: { ...POOL, machineType: type } } }).nodePools.workers).toMatchObject({ machineType: type });
  const described = { workers: { ...POOL, machine: { cpus: 4, memory: '16Gi' } } };
  expect(gkeSchema.parse({ ...gke, nodePools: described })).toEqual(gkeSchema.parse({ ...gke, nodePools: { workers: { ...POOL, machineType: 'e2-standard-4' } } }));
  expect(eksSchema.parse({ ...eks, nodePools: described })).toEqual(eksSchema.parse({ ...eks, nodePools: { workers: { ...POOL, machineType: 'm6i.xlarge' } } }));
});
