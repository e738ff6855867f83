import type { Application } from '../core/application';
import type { Manifest } from '../core/manifest';
import { Volume } from '../pod/volume';
import type { ContainerMount } from '../pod/volumes';
import { ownedConfigMap } from './config-map';
import { nameOf, type ConfigMapInput, type SecretInput } from './references';

/** A file from a key of a ConfigMap or Secret; made by {@link fileFromConfig} and {@link fileFromSecret}. */
export class FileSource {
  /** @internal */
  public constructor(
    public readonly kind: 'config' | 'secret',
    public readonly name: string,
    public readonly key: string,
  ) {}
}

/** A file with the value of one key of a ConfigMap. */
export const fileFromConfig = (configMap: ConfigMapInput, key: string): FileSource => new FileSource('config', nameOf(configMap), key);

/** A file with the value of one key of a Secret. */
export const fileFromSecret = (secret: SecretInput, key: string): FileSource => new FileSource('secret', nameOf(secret), key);

/** What a file holds: text, bytes, or the value of a key. */
export type FileInput = string | Uint8Array | FileSource;

/** Files by absolute path. */
export type FilesProps = Readonly<Record<string, FileInput>>;

/** A path as the key of a ConfigMap, the same whatever other files there are. */
const keyOf = (path: string) => path.replace(/^\/+/, '').replace(/[^-._a-zA-Z0-9]/g, '_');

/** The files of one container: the ConfigMap that holds them, if any, and the mounts. */
export function readFiles(application: Application, property: string, prop: string, files: FilesProps): { configMap: Manifest | undefined; mounts: ContainerMount[] } {
  const data: Record<string, string> = {};
  const binaryData: Record<string, Uint8Array> = {};
  const paths = new Map<string, string>();
  for (const [path, content] of Object.entries(files)) {
    if (content instanceof FileSource) continue;
    const key = keyOf(path);
    const twin = paths.get(key);
    if (twin !== undefined) application.problems.add(`${prop}.${path}`, path, `'${twin}' gives the same key '${key}'; rename one of the files`);
    paths.set(key, path);
    if (typeof content === 'string') data[key] = content;
    else if (content instanceof Uint8Array) binaryData[key] = content;
    else application.problems.add(`${prop}.${path}`, content, 'text, bytes (Uint8Array), fileFromConfig(…) or fileFromSecret(…) is allowed');
  }
  const configMap = paths.size > 0 ? ownedConfigMap(application, property, prop, { data, binaryData }) : undefined;
  const owned = configMap && Volume.config(property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), configMap);
  const volumes = new Map<string, Volume>();
  const mounts = Object.entries(files).flatMap(([path, content]): ContainerMount[] => {
    if (!(content instanceof FileSource)) return owned ? [{ path, volume: owned, subPath: keyOf(path), readOnly: true }] : [];
    const name = `${content.kind}-${content.name}`.replace(/\./g, '-');
    const volume = volumes.get(name) ?? (content.kind === 'secret' ? Volume.secret(name, content.name) : Volume.config(name, content.name));
    volumes.set(name, volume);
    return [{ path, volume, subPath: content.key, readOnly: true }];
  });
  return { configMap, mounts };
}
