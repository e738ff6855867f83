/** Property values as the engine sends them: secrets are wrapped, and what is not known yet is a fixed text. */
export type Props = Record<string, unknown>;

const SIGNATURE = '4dabf18193072939515e22adb298388d';
const SECRET = '1b47061264138c4ac30d75fd1eb44270';
/** What the engine writes for a text that is not known before `up`. */
export const UNKNOWN_TEXT = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
/** The same for values of each type. */
const UNKNOWN = [
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7', '3eeb2bf0-c639-47a8-9e75-3b44932eb421', UNKNOWN_TEXT,
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2', '030794c1-ac77-496b-92df-f27374a8bd58', 'e48ece36-62e2-4504-bad9-02848725956a',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
];

export const isObject = (value: unknown): value is Props => typeof value === 'object' && value !== null && !Array.isArray(value);

export const isUnknown = (value: unknown): boolean => typeof value === 'string' && UNKNOWN.includes(value);

const isSecret = (value: unknown): value is Props & { value: unknown } => isObject(value) && value[SIGNATURE] === SECRET;

const secret = (value: unknown): Props => ({ [SIGNATURE]: SECRET, value });

const some = (value: unknown, holds: (value: unknown) => boolean): boolean => {
  if (holds(value)) return true;
  if (Array.isArray(value)) return value.some((item) => some(item, holds));
  return isObject(value) && Object.values(value).some((item) => some(item, holds));
};

/** Whether the engine does not know all of it yet. */
export const hasUnknown = (value: unknown): boolean => some(value, isUnknown);

/** The values in clear. */
export function reveal<T>(value: T): T {
  const clear = (inner: unknown): unknown => {
    if (isSecret(inner)) return clear(inner.value);
    if (Array.isArray(inner)) return inner.map(clear);
    if (!isObject(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, each]) => [key, clear(each)]));
  };
  return clear(value) as T;
}

/**
 * The outputs with everything secret that is secret in the inputs of the same place; of a list that has a secret, the
 * whole list, for its order may have changed. The values of a Secret are always secret.
 */
export function hide(outputs: Props, inputs: unknown): Props {
  if (outputs.kind === 'Secret') return Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, key === 'data' || key === 'stringData' ? secret(value) : value]));
  if (!isObject(inputs)) return outputs;
  return Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, Object.hasOwn(inputs, key) ? hideValue(value, inputs[key]) : value]));
}

function hideValue(value: unknown, input: unknown): unknown {
  if (isObject(value) && isObject(input) && !isSecret(input)) return hide(value, input);
  return some(input, isSecret) ? secret(value) : value;
}

/** The value at a path; undefined where the path ends early. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string | number, unknown>)[key] : undefined), value);

/** The object at a path; an empty one where there is none. */
export const objectAt = (value: unknown, ...path: readonly (string | number)[]): Props => {
  const found = at(value, ...path);
  return isObject(found) ? found : {};
};

/** The number at a path; 0 where there is none. */
export const numberAt = (value: unknown, ...path: readonly string[]): number => Number(at(value, ...path) ?? 0);

/** A copy with the value at the path; one without it where that is undefined. */
export function withValue(object: Props, [key, ...rest]: readonly string[], value: unknown): Props {
  if (rest.length > 0) return { ...object, [key!]: withValue(objectAt(object, key!), rest, value) };
  const { [key!]: _, ...others } = object;
  return value === undefined ? others : { ...others, [key!]: value };
}
