import type { Volume as PlusVolume } from 'cdk8s-plus-28';
import { nameOf, type ConfigMapInput, type SecretInput } from '../config/references';
import { readObject, type Shapes } from '../core/forms';
import { compact, isPlainObject, type JsonObject } from '../core/json';
import { checkDnsSubdomain, checkRelativePath } from '../core/names';
import { Mistakes } from '../core/problems';
import { parseQuantity, QUANTITY_FORM } from '../core/quantity';
import { sentenceList } from '../core/suggest';

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
  /** How many nodes may mount it, as it was claimed. @default what cdk8s-plus' claim says, or 'ReadWriteOnce' */
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
const MODES: readonly AccessMode[] = ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany', 'ReadOnlyMany'];
const CLAIM_SHAPES: Shapes<ClaimProps> = { size: 'text', storageClass: 'text', accessMode: 'text' };
const EXISTING_SHAPES: Shapes<ExistingClaimProps> = { accessMode: 'text', readOnly: 'truth' };
const PROJECTION_SHAPES: Shapes<ProjectionProps> = { items: 'map', mode: 'number', optional: 'truth' };
const EMPTY_DIR_SHAPES: Shapes<EmptyDirProps> = { size: 'text', memory: 'truth' };

/** A volume, to be mounted by path in `mounts`. The same value mounted in two containers is shared between them. */
export class Volume {
  /** A new PersistentVolumeClaim that the workload owns: one for each pod in a StatefulService, else one for all. */
  public static claim(name: string, props: ClaimProps): Volume {
    const mistakes = new Mistakes();
    const { size = '', storageClass, accessMode = 'ReadWriteOnce' } = readObject<ClaimProps>(mistakes, 'claim', props, CLAIM_SHAPES);
    checkSize(mistakes, size);
    checkMode(mistakes, accessMode);
    if (storageClass) mistakes.check('storageClass', storageClass, checkDnsSubdomain);
    return new Volume(name, { type: 'claim', claim: compact({ size, storageClass, accessMode }) as unknown as ClaimProps }, mistakes, accessMode);
  }

  /** A claim made elsewhere, by name or as cdk8s-plus' `PersistentVolumeClaim`. */
  public static existingClaim(name: string, claim: string | { readonly name: string; readonly accessModes?: readonly string[] }, props: ExistingClaimProps = {}): Volume {
    const mistakes = new Mistakes();
    const given = readObject(mistakes, 'claim', props, EXISTING_SHAPES);
    const claimName = nameOf(claim);
    mistakes.check('claim', claimName, checkDnsSubdomain);
    const accessMode = given.accessMode ?? widest(typeof claim === 'string' ? undefined : claim?.accessModes);
    checkMode(mistakes, accessMode);
    return new Volume(name, { type: 'plain', spec: { persistentVolumeClaim: compact({ claimName, readOnly: given.readOnly }) } }, mistakes, accessMode);
  }

  /** Space that lives as long as the pod. */
  public static emptyDir(name: string, props: EmptyDirProps = {}): Volume {
    const mistakes = new Mistakes();
    const { memory = false, size = memory ? undefined : SCRATCH } = readObject(mistakes, 'emptyDir', props, EMPTY_DIR_SHAPES);
    if (size === undefined) mistakes.add('size', undefined, "a size is required: a volume in memory counts as the container's memory");
    else checkSize(mistakes, size);
    return new Volume(name, { type: 'plain', spec: { emptyDir: compact({ medium: memory ? 'Memory' : undefined, sizeLimit: size }) ?? {} } }, mistakes);
  }

  /** The keys of a ConfigMap as files. */
  public static config(name: string, configMap: ConfigMapInput, props: ProjectionProps = {}): Volume {
    const mistakes = new Mistakes();
    mistakes.check('configMap', nameOf(configMap), checkDnsSubdomain);
    return new Volume(name, { type: 'plain', spec: { configMap: compact({ name: nameOf(configMap), ...projection(mistakes, props) }) } }, mistakes);
  }

  /** The keys of a Secret as files. */
  public static secret(name: string, secret: SecretInput, props: ProjectionProps = {}): Volume {
    const mistakes = new Mistakes();
    mistakes.check('secret', nameOf(secret), checkDnsSubdomain);
    return new Volume(name, { type: 'plain', spec: { secret: compact({ secretName: nameOf(secret), ...projection(mistakes, props) }) } }, mistakes);
  }

  /** Several sources in one directory. */
  public static projected(name: string, sources: readonly ProjectedSource[], props: { readonly mode?: number } = {}): Volume {
    const mistakes = new Mistakes();
    if (!Array.isArray(sources) || sources.length === 0 || !sources.every(isPlainObject)) mistakes.add('sources', sources, 'a list of at least one source, such as { secret: { name } }, is allowed');
    const { mode } = readObject<{ readonly mode?: number }>(mistakes, 'projected', props, { mode: 'number' });
    checkFileMode(mistakes, mode);
    return new Volume(name, { type: 'plain', spec: { projected: compact({ sources, defaultMode: mode }) } }, mistakes);
  }

  /** Any other kind, as Kubernetes writes it: `Volume.of('share', { nfs: { server, path } })`. */
  public static of(name: string, spec: JsonObject): Volume {
    const mistakes = new Mistakes();
    if (!isPlainObject(spec) || Object.keys(spec).length !== 1) mistakes.add('spec', spec, 'an object with the kind of the volume as its only key is allowed, such as { nfs: { server, path } }');
    return new Volume(name, { type: 'plain', spec }, mistakes);
  }

  /** A volume of cdk8s-plus. */
  public static fromPlus(volume: PlusVolume): Volume {
    const { name, ...spec } = volume._toKube() as unknown as JsonObject & { name: string };
    const claim = spec.persistentVolumeClaim as { readonly claimName: string } | undefined;
    return new Volume(name, { type: 'plain', spec: plainCopy(spec) as JsonObject }, new Mistakes(), claim && widest(accessModesOf(volume, claim.claimName)));
  }

  private constructor(
    /** Name in the pod. */
    public readonly name: string,
    /** @internal */
    public readonly source: Source,
    /** @internal */
    public readonly mistakes: Mistakes,
    /** @internal */
    public readonly accessMode?: AccessMode,
  ) {}

  /**
   * What it may take of the node's disk as scratch space; undefined where it takes none or has no limit.
   * @internal
   */
  public get scratch(): string | undefined {
    const { emptyDir } = this.source.type === 'plain' ? (this.source.spec as { emptyDir?: { medium?: string; sizeLimit?: string } }) : {};
    return emptyDir?.medium === 'Memory' ? undefined : emptyDir?.sizeLimit;
  }
}

function checkSize(mistakes: Mistakes, size: string): void {
  if ((parseQuantity(size) ?? 0n) <= 0n) mistakes.add('size', size === '' ? undefined : size, QUANTITY_FORM);
}

function checkMode(mistakes: Mistakes, mode: string): void {
  if (!MODES.includes(mode as AccessMode)) mistakes.add('accessMode', mode, `${sentenceList(MODES)} are allowed`);
}

function checkFileMode(mistakes: Mistakes, mode: number | undefined): void {
  if (mode !== undefined && !(Number.isInteger(mode) && mode >= 0 && mode <= 0o777)) mistakes.add('mode', mode, 'permissions from 0 to 0o777 are allowed');
}

function projection(mistakes: Mistakes, props: ProjectionProps): JsonObject {
  const { items, mode, optional } = readObject(mistakes, 'projection', props, PROJECTION_SHAPES);
  checkFileMode(mistakes, mode);
  const entries = Object.entries(items ?? {});
  for (const [key, path] of entries) mistakes.check(`items.${key}`, path, checkRelativePath);
  if (items && entries.length === 0) mistakes.add('items', items, 'at least one key is required; leave it out for all');
  return { items: items && entries.map(([key, path]) => ({ key, path })), defaultMode: mode, optional };
}

/** The mode that lets most nodes in. */
const widest = (modes: readonly string[] | undefined) => (modes?.find((mode) => mode.endsWith('Many')) as AccessMode | undefined) ?? 'ReadWriteOnce';

/** How cdk8s-plus' claim behind a volume may be mounted, where it stands in the same app. */
function accessModesOf(volume: PlusVolume, claimName: string): readonly string[] | undefined {
  const claims = volume.node.root.node.findAll() as readonly { readonly kind?: string; readonly name?: string; readonly accessModes?: readonly string[] }[];
  return claims.find((construct) => construct.kind === 'PersistentVolumeClaim' && construct.name === claimName && construct.accessModes)?.accessModes;
}

/** Fields that cdk8s-plus spells otherwise than Kubernetes. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([['volumeId', 'volumeID'], ['diskUri', 'diskURI']]);

/** What cdk8s-plus says in the words of Kubernetes: it wraps quantities in classes, and spells some fields its own way. */
function plainCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainCopy);
  if (typeof value !== 'object' || value === null) return value;
  if (value.constructor !== Object && 'value' in value) return (value as { value: unknown }).value;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined).map(([key, field]) => [SPELLINGS.get(key) ?? key, plainCopy(field)]));
}

/** A volume at a path. */
export interface Mount {
  /** The volume, of ours or of cdk8s-plus. */
  readonly volume: Volume | PlusVolume;
  /** Whether it can't be written here. @default false */
  readonly readOnly?: boolean;
  /** A path inside the volume. @default its root */
  readonly subPath?: string;
}

/** What can be mounted: a volume of ours or of cdk8s-plus, or one with options. */
export type MountInput = Volume | Mount | PlusVolume;
