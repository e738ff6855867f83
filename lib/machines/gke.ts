import type { MachineSize, MachineType } from './machine';

/** A kind of Google's predefined machines. */
interface Kind {
  /** GiB for each vCPU. */
  readonly memory: number;
  /** Their vCPUs. */
  readonly sizes: readonly number[];
}

const TO_16 = [2, 4, 8, 16];
const TO_32 = [...TO_16, 32];
const TO_80 = [...TO_32, 48, 64, 80];
const TO_96 = [...TO_80, 96];

/** Kinds of machines that are known here, by family. */
const KINDS: Readonly<Record<string, Kind>> = {
  'e2-highcpu': { memory: 1, sizes: TO_32 }, 'e2-standard': { memory: 4, sizes: TO_32 }, 'e2-highmem': { memory: 8, sizes: TO_16 },
  'n2-highcpu': { memory: 1, sizes: TO_96 }, 'n2-standard': { memory: 4, sizes: [...TO_96, 128] }, 'n2-highmem': { memory: 8, sizes: [...TO_96, 128] },
  'n4-highcpu': { memory: 2, sizes: TO_80 }, 'n4-standard': { memory: 4, sizes: TO_80 }, 'n4-highmem': { memory: 8, sizes: TO_80 },
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

/** The kind and the vCPUs that a type names; undefined for kinds that nobody has listed here. */
function kindOf(type: string): (Kind & { readonly name: string; readonly cpus: number }) | undefined {
  const [, name = '', size] = /^([a-z]\d[a-z]?-[a-z]+)-(\d+)$/.exec(type) ?? [];
  const kind = KINDS[name];
  return kind && { ...kind, name, cpus: Number(size) };
}

/** The types of its kind, where there is none of that size. */
export function typesInstead(type: string): readonly string[] | undefined {
  const kind = kindOf(type);
  return kind && !kind.sizes.includes(kind.cpus) ? kind.sizes.map((size) => `${kind.name}-${size}`) : undefined;
}

/** What a predefined machine of Google has, told by its type; undefined for kinds that nobody has listed here, and for sizes that there are none of. */
export function gkeMachineSize(type: string): GkeMachineSize | undefined {
  const shared = SHARED[type];
  if (shared) return { cpus: 2, paidCpus: shared[0], memory: shared[1] };
  const kind = kindOf(type);
  if (kind === undefined || !kind.sizes.includes(kind.cpus)) return undefined;
  return { cpus: kind.cpus, paidCpus: kind.cpus, memory: LESS[type] ?? kind.cpus * kind.memory };
}

/** Machines that are chosen by what they have, with their vCPUs. Both families take the usual disks, and every region has them. */
const CHOSEN: Readonly<Record<string, readonly number[]>> = {
  'e2-highcpu': TO_32,
  'e2-standard': TO_32,
  'e2-highmem': TO_16,
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
