import type { Application } from '../core/application';
import type { Manifest } from '../core/manifest';
import { checkConfigKey } from '../core/names';

/** What a ConfigMap may hold in all: 1 MiB. */
const LIMIT = 1_048_576;

/** Content of a ConfigMap. */
export interface ConfigContent {
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, Uint8Array>>;
}

/**
 * A ConfigMap that a workload owns. Its name ends in a hash of its content and it is immutable: a change makes a new one,
 * so the pods roll, and a rollback finds the old one as it was.
 */
export function ownedConfigMap(application: Application, property: string, prop: string, content: ConfigContent, annotations?: Readonly<Record<string, string>>): Manifest {
  const { problems } = application;
  const sizes = [...Object.entries(content.data ?? {}).map(([key, value]) => Buffer.byteLength(key) + Buffer.byteLength(String(value))), ...Object.entries(content.binaryData ?? {}).map(([key, value]) => Buffer.byteLength(key) + value.byteLength)];
  const size = sizes.reduce((sum, part) => sum + part, 0);
  if (size > LIMIT) problems.add(prop, `${size} bytes`, `at most ${LIMIT} bytes (1 MiB) fit in a ConfigMap; put large files on a volume or into the image`);
  for (const key of [...Object.keys(content.data ?? {}), ...Object.keys(content.binaryData ?? {})]) {
    const wrong = checkConfigKey(key);
    if (wrong) problems.add(`${prop}.${key}`, key, wrong);
  }
  const binary = Object.entries(content.binaryData ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return application.manifest(
    property,
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { annotations },
      immutable: true,
      ...(Object.keys(content.data ?? {}).length > 0 ? { data: { ...content.data } } : {}),
      ...(binary.length > 0 ? { binaryData: Object.fromEntries(binary) } : {}),
    },
    { hashedName: true, name: `${application.name}-${property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}` },
  );
}
