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
