import type { EngineEvent, StepEventMetadata } from '@pulumi/pulumi/automation';
import { isPlainObject } from '../../core/json';
import { show } from '../../core/problems';
import { didYouMean, sentenceList } from '../../core/suggest';
import { isStatefulPool, zonesOf } from './stateful-pools';

/** What all else stands on, or what holds that which nobody can make again. */
const GUARDED: ReadonlySet<string> = new Set([
  'gcp:container/cluster:Cluster', 'aws:eks/cluster:Cluster',
  'gcp:compute/network:Network', 'gcp:compute/subnetwork:Subnetwork', 'aws:ec2/vpc:Vpc', 'aws:ec2/subnet:Subnet',
  'gcp:kms/keyRing:KeyRing', 'gcp:kms/cryptoKey:CryptoKey', 'aws:kms/key:Key',
  'gcp:dns/managedZone:ManagedZone', 'aws:route53/zone:Zone',
  'gcp:artifactregistry/repository:Repository', 'aws:ecr/repository:Repository',
  'gcp:gkebackup/backupPlan:BackupPlan', 'aws:backup/vault:Vault', 'aws:efs/fileSystem:FileSystem',
]);

const REPLACING: ReadonlySet<string> = new Set(['replace', 'create-replacement', 'delete-replaced']);

/** How a {@link ReplacementGuard} judges. */
export interface ReplacementGuardOptions {
  /** Names of resources, as the preview shows them, that may be replaced or deleted this once. @default none */
  readonly allow?: readonly string[];
}

/** A change that a {@link ReplacementGuard} refuses. */
export interface RefusedReplacement {
  /** Its logical name: what `allow` takes. */
  readonly name: string;
  /** Its type: `gcp:container/cluster:Cluster`. */
  readonly type: string;
  /** Whether it would be made anew, is no longer in the program, or leaves zones in which volumes may be. */
  readonly change: 'replace' | 'delete' | 'leave-zones';
  /** The properties that cause it, each with its value before and after where both are known; the zones that it leaves. */
  readonly causes: readonly string[];
}

/** A preview would lose what can't be made again. */
export class ReplacementRefused extends Error {
  public constructor(
    message: string,
    /** What is refused. */
    public readonly refused: readonly RefusedReplacement[],
  ) {
    super(message);
  }
}

/**
 * Reads along with a preview, and refuses changes that would replace or delete a cluster, a network, a key, a DNS zone, an
 * image registry, backups, shared volumes, a pool with `stateful: true`, or anything else of the cloud that is protected. A cluster or stateful pool that
 * leaves a zone is refused, too: a volume in it is reached from nowhere else. Kubernetes objects have `protect` and
 * `allowDeletion` of `ChartResources`.
 *
 * @example
 * ```ts
 * const guard = new ReplacementGuard({ allow: ['production-network'] });
 * await stack.preview({ onEvent: (event) => guard.read(event) });
 * guard.check();
 * await stack.up();
 * ```
 */
export class ReplacementGuard {
  private readonly steps = new Map<string, StepEventMetadata>();

  public constructor(private readonly options: ReplacementGuardOptions = {}) {}

  /** Takes an event of the engine, of a preview. */
  public read({ resourcePreEvent: event }: EngineEvent): void {
    if (!event) return;
    const { metadata } = event;
    const { op, urn, type, old, new: next } = metadata;
    // One that an earlier update has replaced already is only waiting to go.
    if (old?.delete === true) return;
    const isKnown = GUARDED.has(type) || isStatefulPool(old?.inputs) || isStatefulPool(next?.inputs);
    const isGuarded = isKnown || (old?.protect === true && !type.startsWith('kubernetes:') && !type.startsWith('pulumi:'));
    const loses = op === 'delete' || REPLACING.has(op) ? isGuarded : op === 'update' && isKnown && zonesLeft(metadata).length > 0;
    // The step that takes the old one away says nothing of the cause.
    if (loses && (op !== 'delete-replaced' || !this.steps.has(urn))) this.steps.set(urn, metadata);
  }

  /** What the preview would replace or delete, and is not allowed to. */
  public get refused(): readonly RefusedReplacement[] {
    return this.found.filter(({ name }) => !this.options.allow?.includes(name));
  }

  /**
   * Judges what was read.
   * @throws ReplacementRefused with every change that is not allowed, and the properties that cause it; Error where a name is allowed that nothing has
   */
  public check(): void {
    const { found, refused } = this;
    const names = found.map(({ name }) => name);
    if (refused.length > 0) throw new ReplacementRefused(refused.map(describe).join('\n'), refused);
    const idle = (this.options.allow ?? []).find((name) => !names.includes(name));
    if (idle !== undefined) throw new Error(`${JSON.stringify(idle)} is allowed to be replaced, and nothing of that name would be${didYouMean(idle, names)}; ${names.length === 0 ? 'leave it out' : `these would be: ${sentenceList(names)}`}`);
  }

  private get found(): readonly RefusedReplacement[] {
    return [...this.steps.values()].map((step) => ({ name: step.urn.split('::').at(-1)!, type: step.type, ...changeOf(step) }));
  }
}

function changeOf(step: StepEventMetadata): Pick<RefusedReplacement, 'change' | 'causes'> {
  if (step.op === 'delete') return { change: 'delete', causes: [] };
  return step.op === 'update' ? { change: 'leave-zones', causes: zonesLeft(step) } : { change: 'replace', causes: causesOf(step) };
}

/** The zones that would have nodes no longer. Who named none had those that the cloud chose; not every step says which. */
function zonesLeft({ old, new: next }: StepEventMetadata): string[] {
  const [before, after] = [zonesOf(old?.inputs) ?? zonesOf(old?.outputs), zonesOf(next?.inputs)];
  if (after === undefined) return [];
  return before === undefined ? [`all zones but ${sentenceList(after.map(String))}`] : before.filter((zone) => !after.includes(zone)).map(String);
}

/** The properties that cause a replacement; the provider tells them by path, or at least by their first key. */
function causesOf({ detailedDiff = {}, keys = [], old, new: next }: StepEventMetadata): string[] {
  const paths = Object.entries(detailedDiff ?? {}).filter(([, { diffKind }]) => diffKind.endsWith('-replace')).map(([path]) => path);
  return (paths.length > 0 ? paths : (keys ?? [])).map((path) => {
    const [before, after] = [old, next].map((state) => valueAt(state?.inputs, path));
    return before === undefined || after === undefined ? path : `${path} (${show(before)} → ${show(after)})`;
  });
}

/** The value at a path as the engine writes it: `ipAllocationPolicy.stackType`, `subnets[0]`, `tags["a.b"]`. */
function valueAt(value: unknown, path: string): unknown {
  const steps = [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, plain]) => quoted ?? index ?? plain!);
  return steps.reduce<unknown>((inner, step) => (Array.isArray(inner) ? inner[Number(step)] : isPlainObject(inner) ? inner[step] : undefined), value);
}

const shortType = (type: string): string => type.replace(/\/[^:]+:/, ':');

function describe({ name, type, change, causes }: RefusedReplacement): string {
  if (change === 'delete') return `${name} (${shortType(type)}): would be deleted, as the program no longer has it; put it back, or allow it by its name`;
  if (change === 'leave-zones') return `${name} (${shortType(type)}): would leave ${sentenceList(causes)}, and volumes there are reached from nowhere else; take the change back, or allow it by its name`;
  return `${name} (${shortType(type)}): would be replaced, because of ${causes.length === 0 ? 'what it depends on' : sentenceList(causes)}; take the change back, or allow it by its name`;
}
