import type { MachineSize, MachineType } from './machine';

/** GiB of AWS' machines of size `large`, which have two vCPUs, by the letter of their family. */
const LARGE_MEMORY: Readonly<Record<string, number>> = { c: 4, m: 8, r: 16, t: 8 };

/** How many times `xlarge` the larger sizes of those families are. */
const MULTIPLES = [2, 3, 4, 6, 8, 9, 12, 16, 18, 24, 32, 48];

/** How many times `large` the smaller sizes are. */
const SMALL_SIZES: Readonly<Record<string, number>> = { small: 0.25, medium: 0.5, large: 1, xlarge: 2 };

/** What a machine of AWS has. */
export interface EksMachineSize extends MachineSize {
  /** How many times the size `large` it is, and costs. */
  readonly larges: number;
}

/** Cores (vCPUs) of a machine, told by its size; undefined for whole machines (`metal`), whose sizes differ by family. */
export function coresOf(type: string): number | undefined {
  const [family = '', size = ''] = type.split('.');
  const times = /^(\d*)xlarge$/.exec(size);
  if (times) return 4 * Number(times[1] || 1);
  if (size.startsWith('metal')) return undefined;
  // The larger of the two that families have: limits may be too high by one, never too low.
  return size === 'large' || family.startsWith('t') ? 2 : 1;
}

/** What a machine of AWS has, told by its type; undefined for families other than c, m, r and t, and for whole machines. */
export function eksMachineSize(type: string): EksMachineSize | undefined {
  const [, letter = '', size = ''] = /^([a-z]+)\d[a-z0-9-]*\.(.+)$/.exec(type) ?? [];
  const memory = LARGE_MEMORY[letter];
  const multiple = MULTIPLES.find((times) => size === `${times}xlarge`);
  const larges = multiple === undefined ? SMALL_SIZES[size] : 2 * multiple;
  if (memory === undefined || larges === undefined) return undefined;
  // Smaller machines of the t families keep the two vCPUs, and those of others halve them.
  const cpus = letter === 't' ? Math.max(2, 2 * larges) : 2 * larges;
  return Number.isInteger(cpus) ? { cpus, memory: memory * larges, larges } : undefined;
}

/** Families that machines are chosen from: the cheapest of Intel's since the sixth generation that Zurich has, too. */
const FAMILIES = ['c7i', 'm6i', 'r6i'];
/** Sizes that all of them have. */
const SIZES = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge', '24xlarge'];

/** GiB that cost about as much as a vCPU. */
const GIB_FOR_A_CPU = 10;

const weight = ({ cpus, memory }: MachineSize): number => cpus + memory / GIB_FOR_A_CPU;

/**
 * The machines of AWS that a pool's `machine` is chosen from, the cheapest first: c7i, m6i and r6i, all x86, by how much memory
 * there is for a vCPU. The choice is part of the API, for another one would replace nodes: entries are added only where none
 * had enough.
 * Source: what EC2 offers in eu-central-2 (`aws ec2 describe-instance-type-offerings`), as https://github.com/getmoto/moto keeps it.
 */
export const EKS_MACHINES: readonly MachineType[] = FAMILIES
  .flatMap((family) => SIZES.map((size): MachineType => {
    const { cpus, memory } = eksMachineSize(`${family}.${size}`)!;
    return { type: `${family}.${size}`, cpus, memory };
  }))
  .sort((one, other) => weight(one) - weight(other));
