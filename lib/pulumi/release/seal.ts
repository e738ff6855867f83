import * as pulumi from '@pulumi/pulumi';
import { isPlainObject } from '../../core/json';

/** The key around a value that was secret. */
export const SECRET = 'fairlead.dev/secret';

/**
 * The value with plain data in the places of its Outputs, once they are known. Which parts are secret is kept, and they
 * stand in clear: whoever keeps the result must keep it secret as a whole.
 */
export function seal(value: unknown): unknown {
  if (pulumi.Output.isInstance(value)) {
    const known = pulumi.unsecret(value as pulumi.Output<unknown>);
    return pulumi.all([known, pulumi.isSecret(value)]).apply(([inner, secret]) => (secret ? { [SECRET]: inner } : inner));
  }
  // Most objects have no Output in them, and one for each of their fields would be slow.
  if (Array.isArray(value)) {
    const items = value.map(seal);
    return items.some(isOutput) ? pulumi.all(items) : items;
  }
  if (!isPlainObject(value)) return value;
  const fields = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, seal(inner)]));
  return Object.values(fields).some(isOutput) ? pulumi.all(fields) : fields;
}

const isOutput = (value: unknown): boolean => pulumi.Output.isInstance(value);

/** The value with its secrets as secret Outputs. */
export const unseal = (sealed: unknown): unknown => open(sealed, (value) => pulumi.secret(value));

/** The value with its secrets in clear, to be compared. */
export const reveal = (sealed: unknown): unknown => open(sealed, (value) => value);

function open(sealed: unknown, secret: (value: unknown) => unknown): unknown {
  if (Array.isArray(sealed)) return sealed.map((item) => open(item, secret));
  if (!isPlainObject(sealed)) return sealed;
  if (Object.hasOwn(sealed, SECRET)) return secret(sealed[SECRET]);
  return Object.fromEntries(Object.entries(sealed).map(([key, inner]) => [key, open(inner, secret)]));
}
