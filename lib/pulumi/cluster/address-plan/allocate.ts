import { contains, overlap, type Range } from './range';

/**
 * A free range of that size within the outer one. From the bottom or from the top: what lies at the top can grow without
 * moving, as the larger range contains the smaller one.
 * @param size - a power of two
 * @returns undefined when none is left
 */
export function freeRange(outer: Range, size: number, taken: readonly Range[], from: 'bottom' | 'top'): Range | undefined {
  const end = outer.first + outer.size;
  let range: Range = { first: from === 'bottom' ? outer.first : end - size, size };
  while (contains(outer, range)) {
    const obstacle = taken.find((other) => overlap(range, other));
    if (obstacle === undefined) return range;
    // The next multiple of the size beyond the obstacle.
    const first = from === 'bottom' ? Math.ceil((obstacle.first + obstacle.size) / size) * size : (Math.floor(obstacle.first / size) - 1) * size;
    range = { first, size };
  }
  return undefined;
}

/** Cuts a range into as many equal ones as asked for, from its bottom; there may be room left. */
export function cut({ first }: Range, count: number, size: number): Range[] {
  return Array.from({ length: count }, (_, index) => ({ first: first + index * size, size }));
}
