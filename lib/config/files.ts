import type { Application } from '../core/application';
import { contentHash } from '../core/hash';
import type { Manifest } from '../core/manifest';
import { checkConfigKey, checkDnsSubdomain, kebabCase } from '../core/names';
import { Mistakes } from '../core/problems';
import { Volume } from '../pod/volume';
import type { ContainerMount, PodVolumes } from '../pod/volumes';
import { ownedConfigMap } from './config-map';
import { nameOf, type ConfigMapInput, type SecretInput } from './references';

/** A file from a key of a ConfigMap or Secret; made by {@link fileFromConfig} and {@link fileFromSecret}. */
export class FileSource {
  /** @internal */
  public readonly mistakes = new Mistakes();

  /** @internal */
  public constructor(
    public readonly kind: 'config' | 'secret',
    public readonly name: string,
    public readonly key: string,
  ) {
    this.mistakes.check(kind === 'secret' ? 'secret' : 'configMap', name, checkDnsSubdomain);
    this.mistakes.check('key', key, checkConfigKey);
  }
}

/** A file with the value of one key of a ConfigMap; it does not follow changes while the pod runs. */
export const fileFromConfig = (configMap: ConfigMapInput, key: string): FileSource => new FileSource('config', nameOf(configMap), key);

/** A file with the value of one key of a Secret; it does not follow changes while the pod runs. */
export const fileFromSecret = (secret: SecretInput, key: string): FileSource => new FileSource('secret', nameOf(secret), key);

/** What a file holds: text, bytes, or the value of a key. */
export type FileInput = string | Uint8Array | FileSource;

/** Files by absolute path. */
export type FilesProps = Readonly<Record<string, FileInput>>;

/** A path as the key of a ConfigMap, the same whatever other files there are. */
function keyOf(path: string): string {
  const key = path.replace(/^\/+/, '').replace(/[^-._a-zA-Z0-9]/g, '_');
  return checkConfigKey(key) ? `file-${contentHash(path)}` : key;
}

/** The files of one container: the ConfigMap that holds them, if any, and the mounts. */
export function readFiles(application: Application, property: string, prop: string, files: FilesProps, volumes: PodVolumes): { configMap: Manifest | undefined; mounts: ContainerMount[] } {
  const sources = Object.entries(files).filter((entry): entry is [string, FileSource] => entry[1] instanceof FileSource);
  const { configMap, paths } = readContent(application, property, prop, files);
  const owned = configMap && volumes.derive(configMap.name, kebabCase(property), (name) => Volume.config(name, configMap));
  for (const path of Object.keys(files)) if (path.endsWith('/')) application.problems.add(prop, path, 'the path of a file is allowed, without "/" last');
  return {
    configMap,
    mounts: [
      ...(owned ? [...paths].map(([key, path]) => ({ prop, path, volume: owned, subPath: key, readOnly: true })) : []),
      ...sources.map(([path, source]) => {
        application.problems.include(`${prop}.${path}`, source.mistakes);
        return { prop, path, volume: volumeOf(source, property, sources, volumes), subPath: source.key, readOnly: true };
      }),
    ],
  };
}

/** The files whose content stands here: their ConfigMap, and the path of each key. */
function readContent(application: Application, property: string, prop: string, files: FilesProps): { configMap: Manifest | undefined; paths: ReadonlyMap<string, string> } {
  const data = new Map<string, string>();
  const binaryData = new Map<string, Uint8Array>();
  const paths = new Map<string, string>();
  for (const [path, content] of Object.entries(files)) {
    if (content instanceof FileSource) continue;
    const key = keyOf(path);
    const twin = paths.get(key);
    if (typeof content !== 'string' && !(content instanceof Uint8Array)) application.problems.add(`${prop}.${path}`, content, 'text, bytes (Uint8Array), fileFromConfig(…) or fileFromSecret(…) is allowed');
    else if (twin !== undefined) application.problems.add(`${prop}.${path}`, path, `'${twin}' gives the same key '${key}'; rename one of the files`);
    else {
      paths.set(key, path);
      if (typeof content === 'string') data.set(key, content);
      else binaryData.set(key, content);
    }
  }
  return { configMap: paths.size > 0 ? ownedConfigMap(application, property, prop, { data, binaryData }) : undefined, paths };
}

/** One volume for all files of a container from one source; a key that is missing there keeps the pod from starting. */
function volumeOf({ kind, name }: FileSource, property: string, sources: readonly [string, FileSource][], volumes: PodVolumes): Volume {
  return volumes.derive(`${property}/${kind}/${name}`, `${kind}-${name}`, (free) => {
    const keys = sources.map(([, source]) => source).filter((source) => source.kind === kind && source.name === name).map(({ key }) => key);
    const items = Object.fromEntries(keys.map((key) => [key, key]));
    return kind === 'secret' ? Volume.secret(free, name, { items }) : Volume.config(free, name, { items });
  });
}
