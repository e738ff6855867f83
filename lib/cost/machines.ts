import type { PricedCloud, RegionPrices } from './prices/table';

/** What a type of machine has, and what it costs. */
export interface Machine {
  /** Its processors. */
  readonly cpus: number;
  /** Its memory, in GiB. */
  readonly memory: number;
  /** Its list price, an hour. */
  readonly hourly: number;
}

/** GiB for each vCPU of Google's predefined machines. */
const GOOGLE_MEMORY: Readonly<Record<string, Readonly<Record<string, number>>>> = { e2: { standard: 4, highmem: 8, highcpu: 1 }, n2: { standard: 4, highmem: 8, highcpu: 1 }, n4: { standard: 4, highmem: 8, highcpu: 2 } };
/** Machines with a share of two vCPUs: the share that is paid for, and GiB. */
const GOOGLE_SHARED: Readonly<Record<string, readonly [share: number, memory: number]>> = { 'e2-micro': [0.25, 1], 'e2-small': [0.5, 2], 'e2-medium': [1, 4] };
/** GiB of AWS' machines of size `large`, which have two vCPUs, by the letter of their family. */
const AWS_MEMORY: Readonly<Record<string, number>> = { c: 4, m: 8, r: 16, t: 8 };

/** What a type of machine has and costs in a region; undefined where the table does not have it. */
export function machineOf(cloud: PricedCloud, type: string, prices: RegionPrices): Machine | undefined {
  return cloud === 'gke' ? googleMachine(type, prices) : awsMachine(type, prices);
}

function googleMachine(type: string, { machines }: RegionPrices): Machine | undefined {
  const [family = '', kind = '', size] = type.split('-');
  const price = machines[family];
  if (price === undefined || 'large' in price) return undefined;
  const cost = (vcpus: number, memory: number) => vcpus * price.vcpu + memory * price.gib;
  const shared = GOOGLE_SHARED[type];
  if (shared) return { cpus: 2, memory: shared[1], hourly: cost(...shared) };
  const cpus = Number(size);
  const perCpu = GOOGLE_MEMORY[family]?.[kind];
  if (perCpu === undefined || !/^\d+$/.test(size ?? '') || type.split('-').length > 3) return undefined;
  return { cpus, memory: cpus * perCpu, hourly: cost(cpus, cpus * perCpu) };
}

function awsMachine(type: string, { machines }: RegionPrices): Machine | undefined {
  const [family = '', size = ''] = type.split('.');
  const price = machines[family];
  const times = timesLarge(size);
  const memory = AWS_MEMORY[family.charAt(0)];
  if (price === undefined || !('large' in price) || times === undefined || memory === undefined) return undefined;
  // Smaller machines of the t families keep the two vCPUs, and those of others halve them.
  const cpus = family.startsWith('t') ? Math.max(2, 2 * times) : 2 * times;
  return Number.isInteger(cpus) ? { cpus, memory: memory * times, hourly: price.large * times } : undefined;
}

/** How many times `large` a size is. */
function timesLarge(size: string): number | undefined {
  const fixed = ({ small: 0.25, medium: 0.5, large: 1, xlarge: 2 } as Readonly<Record<string, number>>)[size];
  const multiple = /^(\d{1,2})xlarge$/.exec(size)?.[1];
  return fixed ?? (multiple === undefined ? undefined : 2 * Number(multiple));
}
