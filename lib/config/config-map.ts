import type { Application } from '../core/application';
import type { Manifest } from '../core/manifest';
import { kebabCase } from '../core/names';

/** What a ConfigMap may hold in all: 1 MiB. */
const LIMIT = 1_048_576;

/** Content of a ConfigMap, by key. */
export interface ConfigContent {
  readonly data?: ReadonlyMap<string, string>;
  readonly binaryData?: ReadonlyMap<string, Uint8Array>;
}

/**
 * A ConfigMap that a workload owns. Its name ends in a hash of its content and it is immutable: a change makes a new one,
 * so the pods roll, and a rollback finds the old one as it was.
 */
export function ownedConfigMap(application: Application, property: string, prop: string, { data = new Map(), binaryData = new Map() }: ConfigContent): Manifest {
  const size = [...data.values(), ...binaryData.values()].reduce((sum, value) => sum + Buffer.byteLength(value), 0);
  if (size > LIMIT) application.problems.add(prop, `${size} bytes`, `at most ${LIMIT} bytes (1 MiB) fit in a ConfigMap; put large files on a volume or into the image`);
  const encoded = [...binaryData].map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return application.manifest(
    property,
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      immutable: true,
      ...(data.size > 0 ? { data: Object.fromEntries(data) } : {}),
      ...(encoded.length > 0 ? { binaryData: Object.fromEntries(encoded) } : {}),
    },
    { hashedName: true, name: `${application.name}-${kebabCase(property)}` },
  );
}
