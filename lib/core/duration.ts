import type { Duration } from 'cdk8s';

/**
 * A length of time: cdk8s' `Duration`, or text such as `'90s'`, `'5m'`, `'1h30m'`, `'2d'`.
 */
export type DurationInput = Duration | string;

const UNITS: Record<string, number> = { d: 86_400, h: 3_600, m: 60, s: 1 };
const FORM = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** Whole seconds of a duration, or undefined when the text is not one. */
export function parseSeconds(input: DurationInput): number | undefined {
  if (typeof input !== 'string') {
    return typeof input?.toSeconds === 'function' ? input.toSeconds({ integral: false }) : undefined;
  }
  const match = FORM.exec(input);
  if (!match || input === '') return undefined;
  return Object.keys(UNITS).reduce((sum, unit, index) => sum + Number(match[index + 1] ?? 0) * UNITS[unit]!, 0);
}

/** What a duration looks like, for messages. */
export const DURATION_FORM = 'a duration such as "90s", "5m", "1h30m" or Duration.minutes(5) is allowed';
