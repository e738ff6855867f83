import { posix } from 'node:path';
import type { Application } from '../core/application';
import { readObject } from '../core/forms';
import { contentHash } from '../core/hash';
import { compact, isPlainObject, type JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import { camelCase, checkDnsLabel, checkRelativePath } from '../core/names';
import { Volume, type ClaimProps, type Mount, type MountInput } from './volume';

/** A volume as one container mounts it. */
export interface ContainerMount extends Mount {
  /** The prop that asks for it, for messages. */
  readonly prop: string;
  readonly path: string;
  readonly volume: Volume;
}

/** Most characters in the name of a volume, and how many are left before a hash of ten or a number. */
const NAME_LIMIT = 63;
const HASHED_LIMIT = 52;
const NUMBERED_LIMIT = 60;

/** The volumes of one pod, gathered from what its containers mount. */
export class PodVolumes {
  private readonly byName = new Map<string, Volume>();
  private readonly derived = new Map<string, Volume>();

  public constructor(private readonly application: Application) {}

  /** Renders the mounts of a container. */
  public mount(mounts: readonly ContainerMount[]): JsonObject[] {
    const seen = new Map<string, string>();
    return mounts.map(({ prop, path, volume, readOnly, subPath }) => {
      this.checkPath(prop, path, seen);
      return compact({ name: volume.name, mountPath: path, readOnly: readOnly ? true : undefined, subPath })!;
    });
  }

  /** Takes a volume that the user named into the pod. */
  public add(prop: string, volume: Volume): void {
    const { problems } = this.application;
    const known = this.byName.get(volume.name);
    if (known === volume) return;
    if (known) return problems.add(prop, volume.name, 'two different volumes have this name; make the volume once and mount that value twice, or rename one');
    problems.check(`${prop}.name`, volume.name, checkDnsLabel);
    problems.include(prop, volume.mistakes);
    this.byName.set(volume.name, volume);
  }

  /** A volume that another prop calls for: one for each key, under the wanted name or one like it that is free in the pod. */
  public derive(key: string, wanted: string, make: (name: string) => Volume): Volume {
    const known = this.derived.get(key);
    if (known) return known;
    const volume = make(this.freeName(key, wanted));
    this.derived.set(key, volume);
    this.byName.set(volume.name, volume);
    return volume;
  }

  /** Volumes that are claims for this workload to make. */
  public get claims(): readonly { readonly name: string; readonly claim: ClaimProps }[] {
    return [...this.byName.values()].flatMap(({ name, source }) => (source.type === 'claim' ? [{ name, claim: source.claim }] : []));
  }

  /** Volumes that one node alone may mount. */
  public get exclusive(): readonly Volume[] {
    return [...this.byName.values()].filter((volume) => volume.accessMode === 'ReadWriteOnce' || volume.accessMode === 'ReadWriteOncePod');
  }

  /** The pod's `volumes`; `claimName` says which PersistentVolumeClaim stands behind a claim, undefined where a template makes it. */
  public render(claimName: (name: string) => string | undefined): JsonObject[] | undefined {
    const rendered = [...this.byName.values()].flatMap(({ name, source }): JsonObject[] => {
      if (source.type === 'plain') return [{ name, ...source.spec }];
      const claim = claimName(name);
      return claim === undefined ? [] : [{ name, persistentVolumeClaim: { claimName: claim } }];
    });
    return rendered.length > 0 ? rendered : undefined;
  }

  private freeName(key: string, wanted: string): string {
    const slug = wanted.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'volume';
    const fitting = slug.length > NAME_LIMIT ? `${slug.slice(0, HASHED_LIMIT)}-${contentHash(key)}` : slug;
    let name = fitting;
    for (let count = 2; this.byName.has(name); count++) name = `${fitting.slice(0, NUMBERED_LIMIT)}-${count}`;
    return name;
  }

  private checkPath(prop: string, path: string, seen: Map<string, string>): void {
    const { problems } = this.application;
    if (!path.startsWith('/') || path.includes(':') || path.split('/').includes('..')) return problems.add(prop, path, 'an absolute path without ":" and ".." is allowed');
    const plain = posix.join(path, '.').replace(/(.)\/$/, '$1');
    if (plain === '/') return problems.add(prop, path, 'the root of the filesystem is the image; mount below it');
    const other = seen.get(plain);
    if (other !== undefined) problems.add(prop, path, `'${other}' is mounted at this path already; give each its own`);
    seen.set(plain, path);
  }
}

/** Makes the claims of a workload whose pods share them. */
export function ownedClaim(application: Application, name: string, claim: ClaimProps): Manifest {
  return application.manifest(`${camelCase(name)}Claim`, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: claimSpec(claim) }, { name: `${application.name}-${name}` });
}

/** The spec of a claim. */
export function claimSpec({ size, storageClass, accessMode }: ClaimProps): JsonObject {
  return compact({ accessModes: [accessMode ?? 'ReadWriteOnce'], storageClassName: storageClass, resources: { requests: { storage: size } } })!;
}

/** Reads the `mounts` prop and takes its volumes into the pod. */
export function readMounts(application: Application, prop: string, mounts: Readonly<Record<string, MountInput>>, volumes: PodVolumes): ContainerMount[] {
  return Object.entries(mounts).flatMap(([path, input]) => {
    const given: Partial<Mount> = isPlainObject(input) ? readObject<Mount>(application.problems, `${prop}.${path}`, input as unknown as Mount, { volume: 'any', readOnly: 'truth', subPath: 'text' }) : { volume: input as Volume };
    const { volume: either, readOnly, subPath } = given;
    const volume = volumeOf(either);
    if (!volume) {
      application.problems.add(`${prop}.${path}`, input, 'a Volume, a volume of cdk8s-plus, or { volume, readOnly?, subPath? } is allowed');
      return [];
    }
    if (subPath !== undefined) application.problems.check(`${prop}.${path}.subPath`, subPath, checkRelativePath);
    volumes.add(`${prop}.${path}`, volume);
    return [{ prop, path, volume, ...(readOnly === undefined ? {} : { readOnly }), ...(subPath === undefined ? {} : { subPath }) }];
  });
}

function volumeOf(input: Mount['volume'] | undefined): Volume | undefined {
  if (input instanceof Volume) return input;
  return typeof input === 'object' && input !== null && '_toKube' in input ? plusVolume(input) : undefined;
}

const fromPlus = new WeakMap<object, Volume>();

/** One value of ours for each value of theirs, so that a shared volume stays one. */
function plusVolume(volume: Parameters<typeof Volume.fromPlus>[0]): Volume {
  let ours = fromPlus.get(volume);
  if (!ours) fromPlus.set(volume, (ours = Volume.fromPlus(volume)));
  return ours;
}
