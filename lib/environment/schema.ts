import * as z from 'zod';
import { SecretReference } from './secret-reference';

/** The limits of a number, both included. */
export interface NumberRange {
  /**
   * The least value allowed.
   * @default no limit
   */
  readonly min?: number;
  /**
   * The greatest value allowed.
   * @default no limit
   */
  readonly max?: number;
}

const WHOLE = /^-?(0|[1-9]\d*)$/;
const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?(e[-+]?\d+)?$/i;
const VERSION = /^v?\d+(\.\d+){0,3}([-+][0-9A-Za-z.+-]+)?$/;

/** A value that may also stand in the file as text, which is what `pulumi config set` makes of it. */
function scalar<T>(read: (value: unknown) => T | undefined, allowed: string): z.ZodPipe<z.ZodCustom<unknown, unknown>, z.ZodTransform<T, unknown>> {
  return z.custom<unknown>((value) => read(value) !== undefined, allowed).transform((value) => read(value) as T);
}

function within(range: NumberRange, text: RegExp, accepts: (value: number) => boolean): (value: unknown) => number | undefined {
  const { min = -Infinity, max = Infinity } = range;
  return (value) => {
    const number = typeof value === 'string' && text.test(value) ? Number(value) + 0 : value;
    return typeof number === 'number' && accepts(number) && number >= min && number <= max ? number : undefined;
  };
}

function describeRange(noun: string, { min, max }: NumberRange): string {
  if (min !== undefined && max !== undefined) return `${noun} from ${min} to ${max}`;
  if (min !== undefined) return `${noun} of at least ${min}`;
  return max === undefined ? noun : `${noun} of at most ${max}`;
}

/** A whole number. `3` and `"3"` are the same: `pulumi config set` writes the second. */
export function integer(range: NumberRange = {}) {
  return scalar(within(range, WHOLE, Number.isSafeInteger), describeRange('an integer', range));
}

/** A number, whole or not. `0.5` and `"0.5"` are the same: `pulumi config set` writes the second. */
export function number(range: NumberRange = {}) {
  return scalar(within(range, DECIMAL, Number.isFinite), describeRange('a number', range));
}

/** `true` or `false`. `true` and `"true"` are the same: `pulumi config set` writes the second. */
export function boolean() {
  return scalar((value) => (value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined), 'true or false');
}

/**
 * A version such as `"1.30"` or `"v2.4.1-alpine"`. It needs its quotes: without them `1.30` is the number 1.3, and
 * Pulumi writes it back as `"1.3"`.
 */
export function version() {
  return z.custom<string>((value) => typeof value === 'string' && VERSION.test(value), { error: 'a version in quotes, such as "1.30"', params: { text: 'a version' } });
}

/**
 * Text of a certain form. What is allowed is said also where there is nothing, or something else than text.
 * @param allowed - the form, in words: `a region, such as "europe-west6"`
 */
export function text(allowed: string, form: RegExp) {
  return z.string({ error: (issue) => (issue.input === undefined ? allowed : undefined) }).regex(form, allowed);
}

const accepted = new WeakSet<SecretReference>();

/** Whether a {@link secret} of the schema has taken this reference. */
export function isAccepted(reference: SecretReference): boolean {
  return accepted.has(reference);
}

/**
 * An encrypted value, as `pulumi config set --secret` writes it. A plain value is refused without being shown, and
 * encrypted values are refused wherever the schema has anything else.
 */
export function secret() {
  const check = (value: unknown) => value instanceof SecretReference && accepted.add(value) === accepted;
  return z.custom<SecretReference>(check, { error: 'an encrypted value', params: { secret: true } });
}

/** A section of the file that has these keys and no others. */
export function section<const S extends z.core.$ZodLooseShape>(shape: S): z.ZodObject<S, z.core.$strict> {
  return z.strictObject(shape);
}
