import type { Application } from '../core/application';
import { compact, type JsonObject } from '../core/json';
import type { Manifest } from '../core/manifest';
import { checkDnsLabel } from '../core/names';
import { parseQuantity, QUANTITY_FORM } from '../core/quantity';
import { Volume, type ClaimProps, type Mount, type MountInput } from './volume';

/** A volume as one container mounts it. */
export interface ContainerMount extends Mount {
  readonly path: string;
}

/** The volumes of one pod, gathered from what its containers mount. */
export class PodVolumes {
  private readonly byName = new Map<string, Volume>();

  public constructor(private readonly application: Application) {}

  /** Takes the mounts of a container into the pod and renders them. */
  public mount(prop: string, mounts: readonly ContainerMount[]): JsonObject[] {
    const seen = new Map<string, string>();
    return mounts.map(({ path, volume, readOnly, subPath }) => {
      this.checkPath(prop, path, seen);
      this.add(prop, volume);
      return compact({ name: volume.name, mountPath: path, readOnly: readOnly ? true : undefined, subPath })!;
    });
  }

  /** Volumes that are claims for this workload to make. */
  public get claims(): readonly { readonly name: string; readonly claim: ClaimProps }[] {
    return [...this.byName.values()].flatMap(({ name, source }) => (source.type === 'claim' ? [{ name, claim: source.claim }] : []));
  }

  /** The first volume that one node alone may mount. */
  public get exclusive(): Volume | undefined {
    return [...this.byName.values()].find((volume) => volume.accessMode === 'ReadWriteOnce' || volume.accessMode === 'ReadWriteOncePod');
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

  private add(prop: string, volume: Volume): void {
    const { problems } = this.application;
    const known = this.byName.get(volume.name);
    if (known === volume) return;
    if (known) return problems.add(prop, volume.name, 'two different volumes have this name; make the volume once and mount that value twice, or rename one');
    const wrong = checkDnsLabel(volume.name);
    if (wrong) problems.add(prop, volume.name, `${wrong} in the name of a volume`);
    if (volume.size !== undefined && (parseQuantity(volume.size) ?? 0n) <= 0n) problems.add(`${prop}.size`, volume.size, QUANTITY_FORM);
    if (volume.needsSize && volume.size === undefined) problems.add(`${prop}.size`, undefined, `a size is required for '${volume.name}': a volume in memory counts as the container's memory`);
    this.byName.set(volume.name, volume);
  }

  private checkPath(prop: string, path: string, seen: Map<string, string>): void {
    const { problems } = this.application;
    if (!path.startsWith('/') || path.includes(':') || path.split('/').includes('..')) problems.add(prop, path, 'an absolute path without ":" and ".." is allowed');
    const plain = path.replace(/\/+$/, '') || '/';
    if (plain === '/') problems.add(prop, path, 'the root of the filesystem is the image; mount below it');
    const other = seen.get(plain);
    if (other !== undefined) problems.add(prop, path, `'${other}' is mounted at this path already; give each its own`);
    seen.set(plain, path);
  }
}

/** Makes the claims of a workload whose pods share them. */
export function ownedClaim(application: Application, name: string, claim: ClaimProps): Manifest {
  return application.manifest(`${name}Claim`, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', spec: claimSpec(claim) }, { name: `${application.name}-${name}` });
}

/** The spec of a claim. */
export function claimSpec({ size, storageClass, accessMode }: ClaimProps): JsonObject {
  return compact({ accessModes: [accessMode ?? 'ReadWriteOnce'], storageClassName: storageClass, resources: { requests: { storage: size } } })!;
}

/** Reads one entry of `mounts`. */
export function readMount(application: Application, prop: string, path: string, input: MountInput): ContainerMount | undefined {
  if (input instanceof Volume) return { path, volume: input };
  if (typeof input === 'object' && input !== null) {
    if ('volume' in input && input.volume instanceof Volume) return { path, ...input };
    if ('_toKube' in input && typeof input._toKube === 'function') return { path, volume: plusVolume(input) };
  }
  application.problems.add(`${prop}.${path}`, input, 'a Volume, a volume of cdk8s-plus, or { volume, readOnly?, subPath? } is allowed');
  return undefined;
}

const fromPlus = new WeakMap<object, Volume>();

/** One value of ours for each value of theirs, so that a shared volume stays one. */
function plusVolume(volume: Parameters<typeof Volume.fromPlus>[0]): Volume {
  let ours = fromPlus.get(volume);
  if (!ours) fromPlus.set(volume, (ours = Volume.fromPlus(volume)));
  return ours;
}
