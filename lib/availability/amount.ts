const PERCENT = /^(\d{1,3})%$/;

/** Whether the value is a number of pods or a percentage of them, up to a most. */
export function isAmount(value: unknown, mostPercent: number): value is number | string {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0;
  const match = typeof value === 'string' ? PERCENT.exec(value) : null;
  return match !== null && Number(match[1]) <= mostPercent;
}

/** Pods that an amount in a budget stands for; Kubernetes rounds its percentages up. */
export const podsOf = (amount: number | string, of: number): number => (typeof amount === 'number' ? amount : Math.ceil((of * Number.parseInt(amount, 10)) / 100));
