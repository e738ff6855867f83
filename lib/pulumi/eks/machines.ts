/** `m7g.xlarge`, `c7i-flex.large`, `u7i-12tb.224xlarge`, `m7i.metal-24xl`. Whether the region has it, the cloud knows. */
export const MACHINE_TYPE = /^[a-z]{1,4}(\d{1,2}[a-z]*|-\d+tb\d)(-[a-z0-9]+)?\.(nano|micro|small|medium|large|\d{0,3}xlarge|metal(-\d+xl)?)$/;

/** The kind of processor or accelerator that a machine has; each needs an image of its own. */
export type MachineKind = 'x86' | 'arm' | 'nvidia' | 'nvidia-arm' | 'neuron';

/** The kind of a machine, told by its family: letters, generation, attributes; a `g` after the generation is Graviton. */
export function kindOf(machineType: string): MachineKind {
  const [, family = '', attributes = ''] = /^([a-z]+)\d+([a-z]*)/.exec(machineType) ?? [];
  const arm = attributes.startsWith('g') || family === 'a';
  if (family === 'g' || family === 'gr' || family === 'p') return arm ? 'nvidia-arm' : 'nvidia';
  if (family === 'inf' || family === 'trn') return 'neuron';
  return arm ? 'arm' : 'x86';
}

/** Cores (vCPUs) of a machine, told by its size; undefined for whole machines (`metal`), whose sizes differ by family. */
export function coresOf(machineType: string): number | undefined {
  const [family = '', size = ''] = machineType.split('.');
  const times = /^(\d*)xlarge$/.exec(size);
  if (times) return 4 * Number(times[1] || 1);
  if (size.startsWith('metal')) return undefined;
  // The larger of the two that families have: limits may be too high by one, never too low.
  return size === 'large' || family.startsWith('t') ? 2 : 1;
}
