import { eksMachineSize } from '../machines/eks';
import { gkeMachineSize } from '../machines/gke';
import type { MachineSize } from '../machines/machine';
import type { PricedCloud, RegionPrices } from './prices/table';

/** What a type of machine has, and what it costs. */
export interface Machine extends MachineSize {
  /** Its list price, an hour. */
  readonly hourly: number;
}

/** What a type of machine has and costs in a region; undefined where the table does not have it. */
export function machineOf(cloud: PricedCloud, type: string, prices: RegionPrices): Machine | undefined {
  return cloud === 'gke' ? googleMachine(type, prices) : awsMachine(type, prices);
}

function googleMachine(type: string, { machines }: RegionPrices): Machine | undefined {
  const size = gkeMachineSize(type);
  const price = machines[type.split('-')[0]!];
  if (size === undefined || price === undefined || 'large' in price) return undefined;
  const { cpus, memory, paidCpus } = size;
  return { cpus, memory, hourly: paidCpus * price.vcpu + memory * price.gib };
}

function awsMachine(type: string, { machines }: RegionPrices): Machine | undefined {
  const size = eksMachineSize(type);
  const price = machines[type.split('.')[0]!];
  if (size === undefined || price === undefined || !('large' in price)) return undefined;
  const { cpus, memory, larges } = size;
  return { cpus, memory, hourly: larges * price.large };
}
