import * as z from 'zod';
import { gibOf } from '../../../core/quantity';
import { integer, section } from '../../../environment/schema';
import { largestMachine, machineFor, type MachineSettings, type MachineType } from '../../../machines/machine';
import type { Reporter, ShapeOf } from './read';

const isMemory = (value: unknown): boolean => typeof value === 'string' && (gibOf(value) ?? 0) >= 1;

/** Schema of {@link MachineSettings}. */
export const machine = section({
  cpus: integer({ min: 1 }),
  memory: z.custom<string>(isMemory, 'an amount of memory of at least 1Gi, with its unit: "16Gi"'),
} satisfies ShapeOf<MachineSettings>);

/** The two ways to say which machine it is. */
interface MachineChoice {
  readonly machine?: MachineSettings | undefined;
  readonly machineType?: string | undefined;
}

/** Reports a pool whose machine is said twice or not at all, or that no machine is large enough for. */
export function checkMachine({ machine: asked, machineType }: MachineChoice, machines: readonly MachineType[], reporter: Reporter): void {
  if (asked === undefined && machineType === undefined) reporter.add(['machine'], undefined, 'what it has, such as { cpus: 4, memory: 16Gi }; or a machineType');
  if (asked === undefined) return;
  if (machineType !== undefined) reporter.add(['machineType'], machineType, 'nothing beside machine: one of the two says what it is');
  if (machineFor(asked, machines)) return;
  const { type, cpus, memory } = largestMachine(machines);
  const allowed = `at most what the largest one has, ${type} with ${cpus} vCPUs and ${memory}Gi; or a larger one by its machineType`;
  if (asked.cpus > cpus) reporter.add(['machine', 'cpus'], asked.cpus, allowed);
  if (gibOf(asked.memory)! > memory) reporter.add(['machine', 'memory'], asked.memory, allowed);
}

/** The type of machine; none of any name where {@link checkMachine} has reported a mistake. */
export const typeOf = ({ machine: asked, machineType }: MachineChoice, machines: readonly MachineType[]): string => machineType ?? (asked && machineFor(asked, machines)?.type) ?? '';
