import * as pulumi from '@pulumi/pulumi';
import { isPlainObject, type JsonObject } from '../core/json';
import type { DeployedObject } from './deployed-object';

/** The fields of a Secret that Pulumi encrypts in its state and masks in its output. */
export const SECRET_FIELDS = ['data', 'stringData'];

/** Whether the object is a Secret of the core. */
export const isSecretObject = ({ apiVersion, kind }: DeployedObject): boolean => apiVersion === 'v1' && kind === 'Secret';

/** The Secret with each of its values marked secret; its keys stay readable in previews. */
export function hideSecrets(manifest: JsonObject): JsonObject {
  const hidden = SECRET_FIELDS.flatMap((field) => {
    const values = manifest[field];
    return isPlainObject(values) ? [[field, Object.fromEntries(Object.entries(values).map(([key, value]) => [key, pulumi.secret(value)]))]] : [];
  });
  return { ...manifest, ...(Object.fromEntries(hidden) as JsonObject) };
}
