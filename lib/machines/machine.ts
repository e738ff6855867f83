import { gibOf } from '../core/quantity';

/** What a machine has. */
export interface MachineSize {
  /** Its processors (vCPUs). */
  readonly cpus: number;
  /** Its memory, in GiB. */
  readonly memory: number;
}

/** A type of machine that is chosen by what it has. */
export interface MachineType extends MachineSize {
  /** Its name, as the cloud has it. */
  readonly type: string;
}

/**
 * What a machine has at least. It becomes the cheapest type of the cloud with so much, always the same one: on GKE of e2, and
 * of n2 for what e2 does not have; on EKS of c7i, m6i and r6i. All of them are x86. A new release of this library chooses
 * another type only where there was none, so that no pool is replaced.
 */
export interface MachineSettings {
  /** Its processors (vCPUs). */
  readonly cpus: number;
  /** Its memory: `16Gi`. The node keeps some of it for itself. */
  readonly memory: string;
}

/** The cheapest machine that has at least so much; undefined where none has. */
export function machineFor({ cpus, memory }: MachineSettings, machines: readonly MachineType[]): MachineType | undefined {
  const gib = gibOf(memory) ?? Infinity;
  return machines.find((machine) => machine.cpus >= cpus && machine.memory >= gib);
}

/** The largest machine: the one with the most processors, and of those with the most memory. */
export function largestMachine(machines: readonly MachineType[]): MachineType {
  return machines.reduce((most, machine) => (machine.cpus > most.cpus || (machine.cpus === most.cpus && machine.memory > most.memory) ? machine : most));
}
