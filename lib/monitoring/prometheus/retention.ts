import { readObject, type Shapes } from '../../core/forms';
import type { Mistakes } from '../../core/problems';
import { parseQuantity, QUANTITY_FORM } from '../../core/quantity';

/** How much is kept: what is over either limit goes. */
export interface RetentionProps {
  /** For how long: `'15d'`, `'12h'`. @default 15 days, 1 day without a volume */
  readonly time?: string;
  /** On how much space: `'40Gi'`, at most 85 % of the volume. @default 80 % of the volume */
  readonly size?: string;
}

/** What is kept, as Prometheus writes it. */
export interface Retention {
  readonly time: string;
  readonly size: string;
}

const SHAPES: Shapes<RetentionProps> = { time: 'text', size: 'text' };
/** Years, weeks, days, hours, minutes, seconds, in this order: what Prometheus takes, milliseconds left out. */
const TIME = /^(?=.)(\d+y)?(\d+w)?(\d+d)?(\d+h)?(\d+m)?(\d+s)?$/;
const BILLION = 1_000_000_000n;
const MEBI = 1024n * 1024n;
/** A compaction writes the new blocks beside the old ones before those go; the rest of the volume is for that. */
const MOST_PERCENT = 85n;
const USUAL_PERCENT = 80n;

/** Reads the `retention` prop and checks it against the volume that must hold it. */
export function readRetention(problems: Mistakes, prop: string, given: RetentionProps | undefined, volume: { readonly size: string; readonly kept: boolean }): Retention {
  const { time = volume.kept ? '15d' : '1d', size } = readObject<RetentionProps>(problems, prop, given, SHAPES);
  if (!TIME.test(time) || /^[0a-z]+$/.test(time)) problems.add(`${prop}.time`, time, 'a time such as "15d", "12h" or "1d12h" is allowed');
  const space = parseQuantity(volume.size) ?? 0n;
  if (size === undefined) return { time, size: megabytes((space * USUAL_PERCENT) / 100n) };
  const wanted = parseQuantity(size);
  if (wanted === undefined || wanted <= 0n) problems.add(`${prop}.size`, size, QUANTITY_FORM);
  else if (wanted > (space * MOST_PERCENT) / 100n) {
    problems.add(`${prop}.size`, size, `the volume has ${volume.size}, and Prometheus needs ${100n - MOST_PERCENT} % of it for compaction: at most ${(space * MOST_PERCENT) / 100n / BILLION / MEBI}Mi is allowed; lower it, or claim a larger volume in prometheus.storage`);
  }
  return { time, size: megabytes(wanted ?? 0n) };
}

/** Prometheus counts in powers of 1024 and writes MB for what Kubernetes writes Mi. */
const megabytes = (billionths: bigint): string => `${billionths / BILLION / MEBI}MB`;
