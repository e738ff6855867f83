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

/** An amount as people read it: four digits. */
export const showAmount = (amount: number): string => String(Number(amount.toPrecision(4)));

/** A range as people read it: `3 to 20`, or `3`. */
export const showRange = ({ low, high }: Range): string => (showAmount(low) === showAmount(high) ? showAmount(low) : `${showAmount(low)} to ${showAmount(high)}`);
