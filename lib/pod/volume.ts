import type { Volume as PlusVolume } from 'cdk8s-plus-28';
import { nameOf, type ConfigMapInput, type SecretInput } from '../config/references';
import { compact, type JsonObject } from '../core/json';

/** How many nodes may mount a volume at once. */
export type AccessMode = 'ReadWriteOnce' | 'ReadWriteOncePod' | 'ReadWriteMany' | 'ReadOnlyMany';

/** A new claim of storage. */
export interface ClaimProps {
  /** Size: `'10Gi'`. */
  readonly size: string;
  /** Name of the StorageClass. @default the cluster's default class */
  readonly storageClass?: string;
  /** How many nodes may mount it. @default 'ReadWriteOnce' */
  readonly accessMode?: AccessMode;
}

/** A claim that exists already. */
export interface ExistingClaimProps {
  /** How many nodes may mount it, as it was claimed. @default 'ReadWriteOnce' */
  readonly accessMode?: AccessMode;
  /** Whether it is only read. @default false */
  readonly readOnly?: boolean;
}

/** Files of a ConfigMap or Secret. */
export interface ProjectionProps {
  /** Which keys become which files. @default every key, under its own name */
  readonly items?: Readonly<Record<string, string>>;
  /** Permissions of the files. @default 0o644 */
  readonly mode?: number;
  /** Whether the pod may start without it. @default false */
  readonly optional?: boolean;
}

/** Space that lives as long as the pod. */
export interface EmptyDirProps {
  /** Most that fits in. @default 1Gi on disk; in memory it must be given, as it counts as the container's memory */
  readonly size?: string;
  /** Whether it is kept in memory. @default false */
  readonly memory?: boolean;
}

/** One source of a projected volume: `{ secret: { name } }`, `{ configMap: … }`, `{ serviceAccountToken: … }`, `{ downwardAPI: … }`. */
export type ProjectedSource = JsonObject;

type Source = { readonly type: 'plain'; readonly spec: JsonObject } | { readonly type: 'claim'; readonly claim: ClaimProps };

const SCRATCH = '1Gi';

const items = (mapping: ProjectionProps['items']) => mapping && Object.entries(mapping).map(([key, path]) => ({ key, path }));

/** A volume, to be mounted by path in `mounts`. The same value mounted in two containers is shared between them. */
export class Volume {
  /** A new PersistentVolumeClaim that the workload owns: one for each pod in a StatefulService, else one for all. */
  public static claim(name: string, props: ClaimProps): Volume {
    return new Volume(name, { type: 'claim', claim: props }, { accessMode: props.accessMode ?? 'ReadWriteOnce' });
  }

  /** A claim made elsewhere, by name or as cdk8s-plus' `PersistentVolumeClaim`. */
  public static existingClaim(name: string, claim: string | { readonly name: string; readonly accessModes?: readonly string[] }, props: ExistingClaimProps = {}): Volume {
    const modes = typeof claim === 'string' ? undefined : claim.accessModes;
    const accessMode = props.accessMode ?? (modes?.length ? (modes.find((mode) => mode.endsWith('Many')) as AccessMode | undefined) : undefined) ?? 'ReadWriteOnce';
    return new Volume(name, { type: 'plain', spec: { persistentVolumeClaim: compact({ claimName: nameOf(claim), readOnly: props.readOnly }) } }, { accessMode });
  }

  /** Space that lives as long as the pod. */
  public static emptyDir(name: string, props: EmptyDirProps = {}): Volume {
    const size = props.size ?? (props.memory ? undefined : SCRATCH);
    return new Volume(name, { type: 'plain', spec: { emptyDir: compact({ medium: props.memory ? 'Memory' : undefined, sizeLimit: size }) ?? {} } }, { size, needsSize: props.memory ?? false });
  }

  /** The keys of a ConfigMap as files. */
  public static config(name: string, configMap: ConfigMapInput, props: ProjectionProps = {}): Volume {
    return new Volume(name, { type: 'plain', spec: { configMap: compact({ name: nameOf(configMap), items: items(props.items), defaultMode: props.mode, optional: props.optional }) } });
  }

  /** The keys of a Secret as files. */
  public static secret(name: string, secret: SecretInput, props: ProjectionProps = {}): Volume {
    return new Volume(name, { type: 'plain', spec: { secret: compact({ secretName: nameOf(secret), items: items(props.items), defaultMode: props.mode, optional: props.optional }) } });
  }

  /** Several sources in one directory. */
  public static projected(name: string, sources: readonly ProjectedSource[], props: { readonly mode?: number } = {}): Volume {
    return new Volume(name, { type: 'plain', spec: { projected: compact({ sources: [...sources], defaultMode: props.mode }) } });
  }

  /** Any other kind, as Kubernetes writes it: `Volume.of('share', { nfs: { server, path } })`. */
  public static of(name: string, spec: JsonObject): Volume {
    return new Volume(name, { type: 'plain', spec });
  }

  /** A volume of cdk8s-plus. */
  public static fromPlus(volume: PlusVolume): Volume {
    const { name, ...spec } = volume._toKube() as unknown as JsonObject & { name: string };
    const accessMode = spec.persistentVolumeClaim === undefined ? undefined : 'ReadWriteOnce';
    return new Volume(name, { type: 'plain', spec: plainCopy(spec) as JsonObject }, { accessMode });
  }

  /** @internal */
  public readonly accessMode: AccessMode | undefined;
  /** @internal */
  public readonly size: string | undefined;
  /** @internal */
  public readonly needsSize: boolean;

  private constructor(
    /** Name in the pod. */
    public readonly name: string,
    /** @internal */
    public readonly source: Source,
    traits: { accessMode?: AccessMode | undefined; size?: string | undefined; needsSize?: boolean } = {},
  ) {
    this.accessMode = traits.accessMode;
    this.size = traits.size ?? (source.type === 'claim' ? source.claim.size : undefined);
    this.needsSize = traits.needsSize ?? false;
  }
}

/** cdk8s-plus wraps quantities in classes; their value is what is rendered. */
function plainCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainCopy);
  if (typeof value !== 'object' || value === null) return value;
  if (value.constructor !== Object && 'value' in value) return (value as { value: unknown }).value;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined).map(([key, field]) => [key, plainCopy(field)]));
}

/** A volume at a path. */
export interface Mount {
  /** The volume. */
  readonly volume: Volume;
  /** Whether it can't be written here. @default false */
  readonly readOnly?: boolean;
  /** A path inside the volume. @default its root */
  readonly subPath?: string;
}

/** What can be mounted: a volume of ours or of cdk8s-plus, or one with options. */
export type MountInput = Volume | Mount | PlusVolume;
