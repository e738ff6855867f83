const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL: Record<string, number> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const FORM = /^([+-]?)(\d+\.?\d*|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\d{1,2})?$/;
const NANO = 9;

const roundUp = (value: bigint, unit: bigint) => (value + unit - 1n) / unit;

/**
 * A Kubernetes quantity (`250m`, `1.5Gi`, `1e3`) in billionths, so that two can be compared exactly;
 * what is smaller counts as one billionth, as in Kubernetes.
 * Undefined when it does not parse.
 */
export function parseQuantity(text: string): bigint | undefined {
  const match = FORM.exec(text);
  if (!match) return undefined;
  const [, sign, digits, suffix = ''] = match as unknown as [string, string, string, string | undefined];
  const [whole = '', fraction = ''] = digits.split('.');
  const binary = BINARY.indexOf(suffix);
  const exponent = binary >= 0 ? 0 : /^[eE]./.test(suffix) ? Number(suffix.slice(1)) : DECIMAL[suffix]!;
  const shift = NANO + exponent - fraction.length;
  let value = BigInt(whole + fraction) * (binary >= 0 ? 1024n ** BigInt(binary + 1) : 1n);
  value = shift >= 0 ? value * 10n ** BigInt(shift) : roundUp(value, 10n ** BigInt(-shift));
  return sign === '-' ? -value : value;
}

/** GiB of a quantity of bytes (`512Mi`, `16Gi`); undefined where it is none. */
export function gibOf(quantity: unknown): number | undefined {
  const amount = typeof quantity === 'string' || typeof quantity === 'number' ? parseQuantity(String(quantity)) : undefined;
  return amount === undefined ? undefined : Number(amount / 10n ** BigInt(NANO)) / 1024 ** 3;
}

/** Billionths of a byte as a quantity in the largest binary unit that holds it exactly. */
export function formatBytes(value: bigint): string {
  let amount = value / 10n ** BigInt(NANO);
  let unit = -1;
  while (amount > 0n && amount % 1024n === 0n && unit < BINARY.length - 1) {
    amount /= 1024n;
    unit += 1;
  }
  return `${amount}${BINARY[unit] ?? ''}`;
}

/** What a quantity looks like, for messages. */
export const QUANTITY_FORM = 'a Kubernetes quantity such as "250m", "0.5", "64Mi" or "1.5Gi" is allowed';
