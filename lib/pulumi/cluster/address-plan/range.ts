/** A range of IPv4 addresses whose size is a power of two and that begins at a multiple of it. Addresses are numbers. */
export interface Range {
  /** The first address. */
  readonly first: number;
  /** How many addresses. */
  readonly size: number;
}

/** All addresses of IPv4. */
const ALL = 2 ** 32;

const FORM = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d|[12]\d|3[0-2])$/;

/** The address and the size in `10.0.0.1/16`; undefined when it is none. */
function read(text: string): { readonly address: number; readonly size: number } | undefined {
  const numbers = (FORM.exec(text) ?? []).slice(1).map(Number);
  const prefix = numbers.pop();
  if (prefix === undefined || numbers.some((byte) => byte > 255)) return undefined;
  return { address: numbers.reduce((address, byte) => address * 256 + byte, 0), size: ALL / 2 ** prefix };
}

/** Reads `10.0.0.0/16`. @returns undefined when it is none, or its address is not the first of the range */
export function parseRange(text: string): Range | undefined {
  const found = read(text);
  return found && found.address % found.size === 0 ? { first: found.address, size: found.size } : undefined;
}

/** The prefix length: 16 for 65536 addresses. */
export const prefixOf = ({ size }: Pick<Range, 'size'>): number => 32 - Math.log2(size);

/** The range as text: `10.0.0.0/16`. */
export function showRange(range: Range): string {
  const bytes = [24, 16, 8, 0].map((shift) => Math.floor(range.first / 2 ** shift) % 256);
  return `${bytes.join('.')}/${prefixOf(range)}`;
}

/** The range that the address, which need not be its first, lies in: `10.0.0.0/16` for `10.0.0.1/16`. */
export function rangeAround(text: string): string | undefined {
  const found = read(text);
  return found && showRange({ first: found.address - (found.address % found.size), size: found.size });
}

/** Whether the two have an address in common. */
export const overlap = (one: Range, other: Range): boolean => one.first < other.first + other.size && other.first < one.first + one.size;

/** Whether the inner one lies in the outer one as a whole. */
export const contains = (outer: Range, inner: Range): boolean => outer.first <= inner.first && inner.first + inner.size <= outer.first + outer.size;

/** The least power of two that is not less. */
export const powerOfTwo = (count: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, count)));
