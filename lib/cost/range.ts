/** An amount that is at least the one and at most the other. */
export interface Range {
  /** The least. */
  readonly low: number;
  /** The most. */
  readonly high: number;
}

/** An amount that is known. */
export const exactly = (amount: number): Range => ({ low: amount, high: amount });

/** Several amounts together. */
export const sum = (ranges: readonly Range[]): Range => ranges.reduce((all, { low, high }) => ({ low: all.low + low, high: all.high + high }), exactly(0));

/** An amount so and so many times; neither is negative. */
export const times = (one: Range, other: Range): Range => ({ low: one.low * other.low, high: one.high * other.high });

/** A price as people read it: four digits. */
export const showPrice = (amount: number): string => String(Number(amount.toPrecision(4)));

const showAmount = (amount: number): string => String(Number(amount.toFixed(2)));

/** How many or how much, as people read it: `3 to 20`, `0.25`. */
export const showRange = ({ low, high }: Range): string => (showAmount(low) === showAmount(high) ? showAmount(low) : `${showAmount(low)} to ${showAmount(high)}`);
