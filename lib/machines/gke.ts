import type { MachineSize, MachineType } from './machine';

/** GiB for each vCPU of Google's predefined machines. */
const MEMORY: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  e2: { standard: 4, highmem: 8, highcpu: 1 },
  n2: { standard: 4, highmem: 8, highcpu: 1 },
  n4: { standard: 4, highmem: 8, highcpu: 2 },
};

/** Machines with a share of two vCPUs: the share that is paid for, and GiB. */
const SHARED: Readonly<Record<string, readonly [paid: number, memory: number]>> = { 'e2-micro': [0.25, 1], 'e2-small': [0.5, 2], 'e2-medium': [1, 4] };

/** GiB of machines that have less than their kind. */
const LESS: Readonly<Record<string, number>> = { 'n2-highmem-128': 864 };

/** What a machine of Google has. */
export interface GkeMachineSize extends MachineSize {
  /** The vCPUs that are paid for. */
  readonly paidCpus: number;
}

/** What a predefined machine of Google has, told by its type; undefined for families that nobody has listed here. */
export function gkeMachineSize(type: string): GkeMachineSize | undefined {
  const shared = SHARED[type];
  if (shared) return { cpus: 2, paidCpus: shared[0], memory: shared[1] };
  const [, family = '', kind = '', size] = /^([a-z]\d[a-z]?)-([a-z]+)-(\d+)$/.exec(type) ?? [];
  const perCpu = MEMORY[family]?.[kind];
  return perCpu === undefined ? undefined : { cpus: Number(size), paidCpus: Number(size), memory: LESS[type] ?? Number(size) * perCpu };
}

/** Machines that are chosen by what they have, with their vCPUs. Both families take the usual disks, and every region has them. */
const CHOSEN: Readonly<Record<string, readonly number[]>> = {
  'e2-highcpu': [2, 4, 8, 16, 32],
  'e2-standard': [2, 4, 8, 16, 32],
  'e2-highmem': [2, 4, 8, 16],
  'n2-highcpu': [48, 64, 80, 96],
  'n2-standard': [48, 64, 80, 96],
  'n2-highmem': [32, 48, 64, 80, 96],
};

/** What a machine costs against others: GiB that cost as much as a vCPU, and how much more all of it costs on n2 than on e2. The same in every region, within 1 %. */
const GIB_FOR_A_CPU = 7.46;
const N2 = 1.45;

const weight = ({ type, cpus, memory }: MachineType): number => (cpus + memory / GIB_FOR_A_CPU) * (type.startsWith('n2-') ? N2 : 1);

/**
 * The machines of Google that a pool's `machine` is chosen from, the cheapest first: e2, and n2 for what e2 does not have.
 * The choice is part of the API, for another one would replace pools: entries are added only where none had enough.
 * Sources: https://cloud.google.com/compute/docs/general-purpose-machines.
 */
export const GKE_MACHINES: readonly MachineType[] = Object.entries(CHOSEN)
  .flatMap(([kind, sizes]) => sizes.map((size): MachineType => {
    const { cpus, memory } = gkeMachineSize(`${kind}-${size}`)!;
    return { type: `${kind}-${size}`, cpus, memory };
  }))
  .sort((one, other) => weight(one) - weight(other));
